/** `bars`: a record is a weft-faced length on the warp face, from zero; the weft's colour may carry a second value's bin. */
import { type Refusal, refuse } from '../choice';
import { binOf, binsOf, binTitle, lengthOf, lengthsOf, lengthValue } from '../scale';
import { areaYarns, binYarns, standingOut } from '../yarns';
import { rulerOf, warpFacedIn } from './faces';
import type { Area, Face, Ground, Painter } from './ground';
import type { BarsKey, Span } from './key';
import {
  absenceNotes,
  absent,
  counted,
  have,
  isFlagged,
  lengthKinds,
  lie,
  numberIn,
  type Plan,
  type Task,
} from './plan';
import type { Said, Statement } from './said';

/** Least ends between the selvedges: fewer show too little of a length. */
const leastEnds = 24;

/** Bar, edge lane and notch between the selvedges, or null when there is no room. */
function layOut({ ends, selvedge, n }: Ground, room: number): { bar: Span; edge: Span; notch: Span } | null {
  const free = ends - 2 * selvedge - room;
  if (free < 2 || room < 3 * n) return null;
  const bar = { from: selvedge, to: selvedge + room };
  return {
    bar,
    edge: { from: ends - selvedge - Math.min(n, free), to: ends - selvedge },
    notch: { from: bar.to - 2 * n, to: bar.to - n },
  };
}

export function planBars({ table, profile, ground, ends, value, by }: Task): Plan | Refusal {
  const { column } = value;
  if (!lengthKinds.includes(column.kind ?? ''))
    return refuse(
      `${column.title} is a ${column.kind ?? 'column of no kind'}: it has no true zero, so a length would say what is not so.`,
      column.kind === 'category'
        ? 'Weave it as a sequence of lanes.'
        : 'Weave it as bands: bins by colour and texture.',
    );
  const data = ground.ends - 2 * ground.selvedge;
  if (data < leastEnds)
    return refuse(
      `Bars need ${leastEnds} ends between the selvedges and this loom has ${data}.`,
      'Weave bands, which need few ends.',
    );
  const scale = lengthsOf(column);
  if (typeof scale === 'string') return refuse(`${scale}.`, 'Declare what one end stands for, and the longest bar.');
  const spans = layOut(ground, scale.room);
  if (!spans)
    return refuse(
      `The scale of ${column.title} asks for bars of up to ${scale.room} ends; this loom has room for ${3 * ground.n} to ${data - 2}.`,
      `Change what one end stands for, now ${column.scale?.perEnd}.`,
    );
  const bins = by ? binsOf(by.column) : null;
  if (typeof bins === 'string') return refuse(`${bins}.`, 'Declare its bins, or weave the bars in one colour.');
  const yarns = bins ? binYarns(profile, bins.count) : [];
  if ('ok' in yarns) return yarns;

  const warp = areaYarns(ends);
  const frame = standingOut(profile, warp);
  const blank = standingOut(profile, [...warp, ...yarns], [...yarns, ...warp]);
  const said: Said[] = [];
  for (const [row, cells] of table.rows.entries()) {
    const carried = by && bins ? colourBin(cells[by.index], row) : undefined;
    if (typeof carried === 'object') return carried;
    const one = say(row);
    if ('ok' in one) return one;
    said.push(carried === undefined ? one : { ...one, by: carried });
  }

  function say(row: number): Said | Refusal {
    const cell = table.rows[row][value.index];
    if ('absent' in cell) return absent(cell)!;
    const number = numberIn(cell, column, row);
    if ('ok' in number) return number;
    const placed = lengthOf(number, scale as Exclude<typeof scale, string>);
    if (placed.off === 'low')
      return refuse(
        `${column.title} of row ${row + 1} is ${cell.value}, and a length begins at zero.`,
        'Weave it as bands.',
      );
    const statement: Statement = placed.off ? { is: 'off the scale', side: 'high' } : { is: 'length', ends: placed.at };
    return { statement, flagged: isFlagged(cell) };
  }

  function colourBin(cell: Task['table']['rows'][number][number], row: number): number | 'absent' | Refusal {
    if ('absent' in cell) return 'absent';
    const number = numberIn(cell, by!.column, row);
    if ('ok' in number) return number;
    const placed = binOf(number, bins as Exclude<typeof bins, string | null>);
    if (placed.off)
      return refuse(
        `${by!.column.title} of row ${row + 1} is ${cell.value}, beyond its bins.`,
        'Widen the outermost bins.',
      );
    return placed.at;
  }

  const unit = column.unit ? ` ${column.unit}` : '';
  const perEnd = column.scale!.perEnd + unit;
  const perBlock = lengthValue(ground.n, column.scale!.perEnd) + unit;
  return {
    ok: true,
    said,
    picks: ground.n,
    dividers: 2,
    weftOf: (one) => (one.by === undefined ? frame : one.by === 'absent' ? blank : yarns[one.by]),
    frame,
    bins: yarns,
    wefts: by ? [...yarns, frame, blank] : [frame],
    swatches: yarns.map((weft) => ({
      weft,
      areas: [{ from: ground.selvedge, to: ground.ends - ground.selvedge, face: 1 }],
    })),
    swatchPicks: 3,
    ruler: rulerOf(ground, spans.bar),
    legend: [
      {
        colour: frame.colour,
        title: `${column.title}: one end is ${perEnd}, a block of the ruler ${perBlock}`,
      },
      ...yarns.map(({ colour }, bin) => ({ colour, title: `${by!.column.title}: ${binTitle(by!.column, bin)}` })),
      ...(said.some((one) => one.by === 'absent')
        ? [{ colour: blank.colour, title: `${by!.column.title}: not known` }]
        : []),
    ],
    notes: [
      ...absenceNotes(said),
      ...counted(
        said,
        ({ statement: s }) => s.is === 'off the scale',
        lie,
        `beyond the scale of ${column.scale!.max}: full length with a notch.`,
      ),
      ...counted(said, (one) => one.by === 'absent', have, `no ${by?.column.title}: woven in ${blank.name}.`),
    ],
    key: (common): BarsKey => ({
      encoding: 'bars',
      ...common,
      scale: { perEnd: column.scale!.perEnd, max: column.scale!.max },
      ...spans,
      by: by && {
        title: by.column.title,
        bins: yarns.map(({ colour }, bin) => ({ title: binTitle(by.column, bin), colour })),
        absentColour: blank.colour,
      },
    }),
  };
}

/** The faces of a record that says this. */
export function barAreas({ ground, bar, edge, notch }: BarsKey, { statement, flagged }: Said): Area[] {
  const whole = (face: Face): Area[] => [{ from: bar.from, to: edge.to, face }];
  const back = ground.n - 1;
  if (statement.is === 'absent') return whole(statement.suppressed ? 'broken basket' : 'basket');
  const to = statement.is === 'length' ? bar.from + statement.ends : bar.to;
  const cut = statement.is === 'off the scale';
  return [
    { from: bar.from, to: cut ? notch.from : to, face: 1 },
    ...(cut
      ? [
          { from: notch.from, to: notch.to, face: back },
          { from: notch.to, to: bar.to, face: 1 },
        ]
      : []),
    { from: to, to: edge.from, face: back },
    { from: edge.from, to: edge.to, face: flagged ? 1 : back },
  ];
}

/** What the record at these rows seems to say, from the faces of its ends; the caller confirms it. */
export function guessBars(key: BarsKey, words: Uint32Array, pick: number, painter: Painter): Said[] {
  const warpFaced = warpFacedIn(words, pick, key.layout.picks, painter);
  let ends = 0;
  while (ends < key.bar.to - key.bar.from && !warpFaced(key.bar.from + ends)) ends++;
  const flagged = !warpFaced(key.edge.from);
  const statements: Statement[] = [
    { is: 'length', ends },
    { is: 'off the scale', side: 'high' },
    { is: 'absent', suppressed: false },
    { is: 'absent', suppressed: true },
  ];
  return statements.map((statement) => ({ statement, flagged: statement.is === 'absent' ? false : flagged }));
}
