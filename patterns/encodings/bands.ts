/** `bands`: a record is a band whose weft colour and texture both say its bin. */
import { type Refusal, refuse } from '../choice';
import { binOf, binsOf, binTitle } from '../scale';
import { areaYarns, binYarns, standingOut } from '../yarns';
import { type Area, cellEnds, type Face, type Ground, mayTurn, texturesOf } from './ground';
import type { BandsKey } from './key';
import { absenceNotes, absent, counted, isFlagged, lie, numberIn, type Plan, type Task } from './plan';
import type { Said, Statement } from './said';

/** Picks of a mark, where there is no room beside the band for notch and edge lane. */
const markPicks = 3;

type Layout = Pick<BandsKey, 'notch' | 'band' | 'edge' | 'rows'>;

/**
 * The band in the middle, n or more smooth ends on each side for notch and edge lane. A small loom, and one that turns
 * from edge to edge at once, has them as rows below and above the band: less than n ends are not seen.
 */
function layOut(ground: Ground): Layout {
  const { ends, selvedge, n } = ground;
  const side = cellEnds(ground);
  let left = ends - 2 * selvedge < 4 * side ? ends : selvedge + side;
  let right = ends - selvedge - side;
  while (left < right && !mayTurn(ground, left)) left++;
  while (left < right && !mayTurn(ground, right)) right--;
  if (left < right)
    return {
      notch: { from: selvedge, to: left },
      band: { from: left, to: right },
      edge: { from: right, to: ends - selvedge },
    };
  const whole = { from: selvedge, to: ends - selvedge };
  const above = markPicks + n;
  return {
    ...{ notch: whole, band: whole, edge: whole },
    rows: {
      notch: { from: 0, to: markPicks },
      band: { from: markPicks, to: above },
      edge: { from: above, to: above + markPicks },
    },
  };
}

export function planBands({ table, profile, ground, ends, value }: Task): Plan | Refusal {
  const { column } = value;
  if (column.kind === 'category')
    return refuse(`${column.title} is a category and has no bins.`, 'Weave it as a sequence of lanes.');
  const bins = binsOf(column);
  if (typeof bins === 'string') return refuse(`${bins}.`, 'Declare 4 to 8 bins that stay fixed for the dataset.');
  const textures = texturesOf(ground);
  if (bins.count > textures.length)
    return refuse(`${bins.count} bins are more than eyes can tell on this loom.`, `Use at most ${textures.length}.`);
  const yarns = binYarns(profile, bins.count);
  if ('ok' in yarns) return yarns;

  const warp = areaYarns(ends);
  const frame = standingOut(profile, warp);
  const blank = standingOut(profile, [...warp, ...yarns], [...yarns, ...warp]);
  const spans = layOut(ground);
  const said: Said[] = [];
  for (const [row, cells] of table.rows.entries()) {
    const cell = cells[value.index];
    if ('absent' in cell) {
      said.push(absent(cell)!);
      continue;
    }
    const number = numberIn(cell, column, row);
    if ('ok' in number) return number;
    const placed = binOf(number, bins);
    const statement: Statement = placed.off ? { is: 'off the scale', side: placed.off } : { is: 'bin', bin: placed.at };
    said.push({ statement, flagged: isFlagged(cell) });
  }
  const edges = column.edges!;
  return {
    ok: true,
    said,
    picks: spans.rows?.edge.to ?? ground.n,
    dividers: 2,
    weftOf: ({ statement }) =>
      statement.is === 'bin'
        ? yarns[statement.bin]
        : statement.is === 'off the scale'
          ? yarns[statement.side === 'low' ? 0 : bins.count - 1]
          : blank,
    frame,
    bins: yarns,
    wefts: [...yarns, frame, blank],
    swatches: yarns.map((weft, bin) => ({
      weft,
      areas: [{ from: ground.selvedge, to: ground.ends - ground.selvedge, face: textures[bin] }],
    })),
    swatchPicks: 4,
    ruler: null,
    legend: [
      ...yarns.map(({ colour }, bin) => ({
        colour,
        title: `${column.title}: ${binTitle(column, bin)}`,
        texture: textures[bin],
      })),
      ...(said.some(({ statement }) => statement.is === 'absent')
        ? [{ colour: blank.colour, title: 'missing', texture: 'basket' }]
        : []),
    ],
    notes: [
      ...absenceNotes(said, spans.rows ? 'the rows above the band are warp-faced' : undefined),
      ...counted(
        said,
        ({ statement: s }) => s.is === 'off the scale',
        lie,
        `beyond the scale of ${edges[0]} to ${edges[bins.count]}: woven as the nearest bin with ${spans.rows ? 'warp-faced rows below it' : 'a notch'}.`,
      ),
    ],
    key: (common): BandsKey => ({
      encoding: 'bands',
      ...common,
      edges,
      bins: yarns.map(({ colour }, bin) => ({ title: binTitle(column, bin), colour, texture: textures[bin] })),
      absentColour: blank.colour,
      ...spans,
    }),
  };
}

/** The faces of a record that says this. */
export function bandAreas({ ground, bins, notch, band, edge, rows }: BandsKey, { statement, flagged }: Said): Area[] {
  const whole = (face: Face): Area[] => [{ from: notch.from, to: edge.to, face }];
  if (statement.is === 'absent') return whole(statement.suppressed ? 'broken basket' : 'basket');
  const off = statement.is === 'off the scale';
  const bin = statement.is === 'bin' ? statement.bin : off && statement.side === 'high' ? bins.length - 1 : 0;
  return [
    { ...notch, face: off ? ground.n - 1 : 1, rows: rows?.notch },
    { ...band, face: bins[bin].texture ?? 'smooth', rows: rows?.band },
    { ...edge, face: flagged ? ground.n - 1 : 1, rows: rows?.edge },
  ];
}

/** Everything that a band can say; the caller finds the one that the threads show. */
export function everyBand({ bins }: BandsKey): Said[] {
  const statements: Statement[] = [
    ...bins.map((_, bin): Statement => ({ is: 'bin', bin })),
    { is: 'off the scale', side: 'low' },
    { is: 'off the scale', side: 'high' },
  ];
  return [
    ...statements.flatMap((statement) => [false, true].map((flagged): Said => ({ statement, flagged }))),
    ...[false, true].map((suppressed): Said => ({ statement: { is: 'absent', suppressed }, flagged: false })),
  ];
}
