/** `span`: from a low value to a high one, both their ends covered; an end that is not known is frayed. */
import { type Refusal, refuse } from '../choice';
import type { LegendEntry } from '../cloth';
import { lengthOf, lengthsOf, lengthValue } from '../scale';
import { areaYarns, standingOut } from '../yarns';
import { cellNotes, cellSaid, cellsOf } from './cells';
import { rulerOf, warpFacedIn } from './faces';
import type { Area, Face, Ground, Painter, Run } from './ground';
import type { SpanKey } from './key';
import { are, counted, lengthKinds, type Plan, type Task } from './plan';
import type { CellSaid, Said } from './said';

type Layout = Pick<SpanKey, 'bar' | 'off' | 'edge'>;

/** The bar, then two lanes: beyond the scale, and estimated. Null when there is no room. */
function layOut({ ends, selvedge, n }: Ground, room: number): Layout | null {
  const free = ends - 2 * selvedge - room;
  if (free < 4 || room < 3 * n) return null;
  const lane = Math.min(n, Math.floor(free / 2));
  const last = ends - selvedge;
  return {
    bar: { from: selvedge, to: selvedge + room },
    off: { from: last - 2 * lane, to: last - lane },
    edge: { from: last - lane, to: last },
  };
}

export function planSpan({ table, profile, choice, ground, ends, value, by }: Task): Plan | Refusal {
  const { n } = ground;
  if (!by)
    return refuse('A span goes from one column to another, and only one is named.', 'Name the second one with --by.');
  const [low, high] = [value, by];
  const { column } = low;
  for (const { column: one } of [low, high])
    if (!lengthKinds.includes(one.kind ?? ''))
      return refuse(
        `${one.title} is a ${one.kind ?? 'column of no kind'}: it has no true zero, so a span would say what is not so.`,
        'Span counts, amounts or shares.',
      );
  if (column.unit !== high.column.unit)
    return refuse(
      `${column.title} is in ${column.unit ?? 'no unit'} and ${high.column.title} in ${high.column.unit ?? 'no unit'}, so no span goes from one to the other.`,
      'Name two columns of one unit.',
    );
  const lengths = lengthsOf(column);
  if (typeof lengths === 'string')
    return refuse(`${lengths}.`, 'Declare what one end stands for, and the highest value.');
  const { perEnd, max } = column.scale as NonNullable<typeof column.scale>;
  const room = lengths.room + 1;
  const spans = layOut(ground, room);
  if (!spans)
    return refuse(
      `The scale of ${column.title} asks for ${room} ends; this loom has room for ${3 * n} to ${ground.ends - 2 * ground.selvedge - 4}.`,
      `Change what one end stands for, now ${perEnd}.`,
    );

  const said: Said[] = [];
  for (const [row, cells] of table.rows.entries()) {
    const own: CellSaid[] = [];
    for (const { column: one, index } of [low, high]) {
      const cell = cellSaid(cells[index], one, row, (number) => {
        const { at, off } = lengthOf(number, lengths);
        if (off === 'low')
          return refuse(
            `${one.title} of row ${row + 1} is ${(cells[index] as { value: string }).value}, and a length begins at zero.`,
            'Weave values below zero as bands.',
          );
        return off ? { is: 'off the scale', side: 'high' } : { is: 'length', ends: at };
      });
      if ('ok' in cell) return cell;
      own.push(cell);
    }
    const fault = spanFault(own as [CellSaid, CellSaid], room, n);
    if (fault) return refuse(`Row ${row + 1}, ${labelOf(row)}: ${fault.reason}`, fault.tryInstead);
    // There is one lane for both: which of the two is estimated, the cloth does not say.
    const flagged = own.some((one) => one.flagged);
    said.push({ statement: { is: 'cells', cells: own.map((one) => ({ ...one, flagged: false })) }, flagged });
  }

  function labelOf(row: number): string {
    const index = table.columns.findIndex(({ name }) => name === choice.label);
    const cell = table.rows[row][index];
    return cell && 'value' in cell ? cell.value : 'no label';
  }

  const weft = standingOut(profile, areaYarns(ends));
  const unit = column.unit ? ` ${column.unit}` : '';
  const legend: LegendEntry[] = [
    {
      colour: weft.colour,
      title: `From ${column.title} to ${high.column.title}, both ends covered: one end is ${perEnd}${unit}, a block of the ruler ${lengthValue(n, perEnd)}${unit}; a patch of plain weave is one number alone, at its middle`,
    },
    { colour: weft.colour, title: 'A frayed end: how far it goes is not known' },
  ];
  return {
    ok: true,
    said,
    picks: n,
    dividers: 2,
    weftOf: () => weft,
    frame: weft,
    bins: [],
    wefts: [weft],
    swatches: [],
    swatchPicks: 0,
    ruler: rulerOf(ground, spans.bar),
    legend,
    notes: [
      ...cellNotes(said, {
        missing: 'that end is frayed; where both are missing the record is basket',
        suppressed: 'that end is frayed with a gap; where both are the record is broken basket',
        flagged: '',
        off: `beyond the scale of ${max}: the lane beside the bar is turned`,
      }),
      ...counted(
        said,
        ({ flagged }) => flagged,
        are,
        'estimated, provisional or partial: the outermost lane is turned.',
      ),
    ],
    key: (common): SpanKey => ({
      ...common,
      encoding: 'span',
      value: { title: `${column.title} to ${high.column.title}`, unit: column.unit ?? '' },
      titles: { low: column.title, high: high.column.title },
      scale: { perEnd, max },
      ...spans,
    }),
  };
}

/** What no span can say. */
function spanFault([low, high]: readonly [CellSaid, CellSaid], room: number, n: number): Omit<Refusal, 'ok'> | null {
  const [from, to] = [low.statement, high.statement];
  if (from.is === 'length' && to.is === 'length' && from.ends > to.ends)
    return { reason: 'its low value is above its high one.', tryInstead: 'Correct the row.' };
  if (from.is === 'off the scale' && to.is === 'length')
    return { reason: 'its low value is above its high one.', tryInstead: 'Correct the row.' };
  const frays = 3 * n;
  if (from.is === 'length' && to.is === 'absent' && from.ends + frays > room)
    return {
      reason: `a frayed end takes ${frays} ends and only ${room - from.ends} are left above its low value.`,
      tryInstead: 'Let one end stand for more, or widen the scale.',
    };
  if (from.is === 'absent' && to.is === 'length' && to.ends + 1 < frays)
    return {
      reason: `a frayed end takes ${frays} ends and only ${to.ends + 1} are left below its high value.`,
      tryInstead: 'Let one end stand for less.',
    };
  return null;
}

/** Where a record with neither value parts: what is left of it tells of the low one. */
const middleOf = ({ bar, edge }: SpanKey): number => Math.round((bar.from + edge.to) / 2);

/**
 * A thread that frays shows less and less of the weft: two steps of the satin, each n ends wide; suppressed, it has a
 * gap first.
 */
const frayOf = ({ n }: Ground, suppressed: boolean): readonly Face[] => (suppressed ? [Math.min(3, n - 1), 2] : [2, 3]);

/** A claim of one number would be a single end, which nobody sees: it is the middle of n ends of plain weave. */
function patchOf({ bar, ground }: SpanKey, ends: number): Run {
  const half = Math.floor(ground.n / 2);
  const at = bar.from + ends;
  return { from: Math.max(bar.from, at - half), to: Math.min(bar.to, at + half + 1) };
}

/** The faces of a record that says this. */
export function spanAreas(key: SpanKey, said: Said): Area[] {
  const { ground, bar, off, edge } = key;
  const [low, high] = cellsOf(said).map(({ statement }) => statement);
  if (!low || !high) return [];
  const { n } = ground;
  const back = n - 1;
  if (low.is === 'absent' && high.is === 'absent') {
    const face = (suppressed: boolean): Face => (suppressed ? 'broken basket' : 'basket');
    const middle = middleOf(key);
    return [
      { from: bar.from, to: middle, face: face(low.suppressed) },
      { from: middle, to: edge.to, face: face(high.suppressed) },
    ];
  }
  const beyond = low.is === 'off the scale' || high.is === 'off the scale';
  const lanes: Area[] = [
    { from: bar.to, to: off.from, face: back },
    { ...off, face: beyond ? 1 : back },
    { ...edge, face: said.flagged ? 1 : back },
  ];
  const bare = (from: number, to: number): Area => ({ from, to, face: back });
  /** Two steps of the fray from an end on. */
  const fray = (from: number, faces: readonly Face[]): Area[] =>
    faces.map((face, i) => ({ from: from + i * n, to: from + (i + 1) * n, face }));
  if (low.is === 'off the scale') {
    if (high.is !== 'absent') return [bare(bar.from, bar.to), ...lanes];
    const begin = bar.to - 2 * n;
    return [bare(bar.from, begin), ...fray(begin, frayOf(ground, high.suppressed)), ...lanes];
  }
  const until = high.is === 'length' ? bar.from + high.ends + 1 : bar.to;
  if (low.is === 'length') {
    const begin = bar.from + low.ends;
    if (high.is === 'length' && high.ends === low.ends) {
      const patch = patchOf(key, low.ends);
      return [bare(bar.from, patch.from), { ...patch, face: 'plain' }, bare(patch.to, bar.to), ...lanes];
    }
    if (high.is !== 'absent')
      return [bare(bar.from, begin), { from: begin, to: until, face: 1 }, bare(until, bar.to), ...lanes];
    return [
      bare(bar.from, begin),
      { from: begin, to: begin + n, face: 1 },
      ...fray(begin + n, frayOf(ground, high.suppressed)),
      bare(begin + 3 * n, bar.to),
      ...lanes,
    ];
  }
  const outwards = [...frayOf(ground, low.is === 'absent' && low.suppressed)].reverse();
  return [
    bare(bar.from, until - 3 * n),
    ...fray(until - 3 * n, outwards),
    { from: until - n, to: until, face: 1 },
    bare(until, bar.to),
    ...lanes,
  ];
}

type Ends = CellSaid['statement'];

/** What the record at these rows seems to say, from the faces of its ends; the caller confirms it. */
export function guessSpan(key: SpanKey, words: Uint32Array, pick: number, painter: Painter): Said[] {
  const { bar, edge } = key;
  const warpFaced = warpFacedIn(words, pick, key.layout.picks, painter);
  let from = bar.from;
  while (from < bar.to && warpFaced(from)) from++;
  let to = from;
  while (to < bar.to && !warpFaced(to)) to++;
  const flagged = !warpFaced(edge.from);
  const unknown = [false, true].map((suppressed): Ends => ({ is: 'absent', suppressed }));
  const beyond: Ends = { is: 'off the scale', side: 'high' };
  const low: Ends = { is: 'length', ends: from - bar.from };
  const high: Ends = { is: 'length', ends: to - 1 - bar.from };
  const frays = 3 * key.ground.n;
  const pairs: [Ends, Ends][] = [[beyond, beyond]];
  for (const one of unknown) {
    pairs.push([one, beyond], [beyond, one]);
    for (const other of unknown) pairs.push([one, other]);
    if (from + frays <= bar.to) pairs.push([low, one]);
    if (to - frays >= bar.from) pairs.push([one, high]);
  }
  if (from < bar.to) pairs.push([low, high], [low, beyond]);
  else
    for (let ends = 0; ends < bar.to - bar.from; ends++) {
      const { from: first, to: last } = patchOf(key, ends);
      if (!painter.shows(words, pick, key.layout.picks, [{ from: first, to: last, face: 'plain' }])) continue;
      pairs.push([
        { is: 'length', ends },
        { is: 'length', ends },
      ]);
    }
  return pairs.map((pair): Said => {
    const cells = pair.map((statement): CellSaid => ({ statement, flagged: false }));
    return { statement: { is: 'cells', cells }, flagged: flagged && pair.some(({ is }) => is !== 'absent') };
  });
}
