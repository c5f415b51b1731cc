/** `shade`: a record is a row of cells in shaded satin, one for each column, the darker the more: a heat map in one weft. */
import { type Refusal, refuse } from '../choice';
import { linearRgb, oklab } from '../colour';
import { bytesOf, linearOf, srgbByte } from '../render/colour';
import { binOf, binsOf, binTitle } from '../scale';
import { areaYarns, standingOut } from '../yarns';
import { cellNotes, cellSaid, cellsOf, cellsSaid, guessCells } from './cells';
import { type Area, areaWords, cellEnds, type Face, lanesAcross, type Painter } from './ground';
import type { ShadeKey } from './key';
import type { Plan, Task } from './plan';
import type { CellSaid, Said } from './said';

/** From so many rows on a cell is n picks high, and 2 n below: one row is then a visitor's turn. */
const manyRows = 13;
/** Two picks that each mark one thing below a cell, and a pale one between them and the cell. */
const [offPick, flagPick, palePick] = [0, 1, 2];
const below = 3;

export function planShade({ table, profile, choice, ground, ends, warp, value, cells }: Task): Plan | Refusal {
  const { n, selvedge } = ground;
  const column = { ...cells[0].column, edges: choice.edges ?? cells[0].column.edges };
  if (column.kind === 'category')
    return refuse(`${column.title} is a category and has no shades.`, 'Weave it as a sequence of lanes.');
  const bins = binsOf(column);
  if (typeof bins === 'string')
    return refuse(`${bins}.`, `Declare 2 to ${n - 1} bins that stay fixed for the dataset.`);
  if (bins.count < 2 || bins.count > n - 1)
    return refuse(
      `${bins.count} ${bins.count === 1 ? 'bin is' : 'bins are'} asked for, and a satin on ${n} ends has 2 to ${n - 1} shades.`,
      `Give the shade bin edges of its own, at most ${n}.`,
    );
  const lanes = lanesAcross(ground, cells.length);
  if (!lanes)
    return refuse(
      `${cells.length} columns need cells of ${cellEnds(ground)} ends or more, and this loom has ${ground.across ? `${areaWords(ground)} across` : `${ground.ends - 2 * selvedge} ends between the selvedges`}.`,
      'Weave fewer columns, or group them; rows may be as many as the warp is long.',
    );
  const areaColours = areaYarns(ends);
  if (areaColours.length > 1)
    return refuse(
      `The warp "${warp.name}" has ${areaColours.length} colours, and a shade is told by how much of one is seen.`,
      'Put a warp of one colour on.',
    );
  const weft = standingOut(profile, areaColours);
  const isWeftDarker = oklab(linearRgb(weft.colour))[0] < oklab(linearRgb(areaColours[0].colour))[0];
  const levels = Array.from({ length: bins.count }, (_, bin) => {
    const step = Math.round((bin * (n - 2)) / (bins.count - 1));
    return isWeftDarker ? n - 1 - step : 1 + step;
  });

  const said: Said[] = [];
  for (const [row, values] of table.rows.entries()) {
    const own: CellSaid[] = [];
    for (const { index, column: named } of cells) {
      const cell = cellSaid(values[index], named, row, (number) => {
        const { at, off } = binOf(number, bins);
        return off ? { is: 'off the scale', side: off } : { is: 'bin', bin: at };
      });
      if ('ok' in cell) return cell;
      own.push(cell);
    }
    said.push(cellsSaid(own));
  }

  const titles = cells.map(({ column: { title } }) => title).join(', ');
  const body = table.rows.length < manyRows ? 2 * n : n;
  const side = [...levels, 'basket' as const];
  const beside = lanesAcross(ground, side.length);
  const whole = (face: Face): Area[] => [{ from: selvedge, to: ground.ends - selvedge, face }];
  return {
    ok: true,
    said,
    picks: below + body,
    dividers: 1,
    weftOf: () => weft,
    frame: weft,
    bins: [],
    wefts: [weft],
    swatches: beside
      ? [{ weft, areas: beside.map((run, i) => ({ ...run, face: side[i] })) }]
      : // One on the other, a swatch may have two picks, which do not tie a basket.
        levels.map((face) => ({ weft, areas: whole(face) })),
    swatchPicks: beside ? 2 * n : 3,
    ruler: lanes.map((run, i) => ({ ...run, face: i % 2 === 0 ? 1 : n - 1 })),
    legend: [
      ...levels.map((level, bin) => ({
        colour: mixed(weft.colour, areaColours[0].colour, 1 - level / n),
        title: `${choice.across === undefined ? '' : `${value.column.title}: `}${binTitle(column, bin)}`,
        texture: `${n - level} of ${n} in the weft`,
      })),
      { colour: mixed(weft.colour, areaColours[0].colour, 0.5), title: 'missing', texture: 'basket' },
    ],
    notes: [
      `Columns from the left: ${titles}.`,
      ...cellNotes(said, {
        missing: 'woven as basket',
        suppressed: 'woven as basket above a line',
        flagged: 'a line is close below the cell',
        off: `beyond the scale of ${column.edges?.[0]} to ${column.edges?.at(-1)}: the nearest shade, with a line farther below it`,
      }),
    ],
    key: (common): ShadeKey => ({
      encoding: 'shade',
      ...common,
      value: { ...common.value, title: choice.across === undefined ? titles : common.value.title },
      suppressed: 'underlined basket',
      edges: column.edges ?? [],
      shades: levels.map((level, bin) => ({ title: binTitle(column, bin), level })),
      columns: lanes.map((run, i) => ({ ...run, title: cells[i].column.title })),
    }),
  };
}

/** One colour seen through another, by its share of the light. */
function mixed(one: string, other: string, share: number): string {
  const [a, b] = [bytesOf(one), bytesOf(other)];
  const mix = a.map((byte, i) => srgbByte(share * linearOf[byte] + (1 - share) * linearOf[b[i]]));
  return `#${mix.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function cellAreas({ ground, shades, layout }: ShadeKey, { from, to }: { from: number; to: number }, cell: CellSaid) {
  const { statement, flagged } = cell;
  const pale = ground.n - 1;
  const absent = statement.is === 'absent';
  const off = statement.is === 'off the scale';
  const bin = statement.is === 'bin' ? statement.bin : off && statement.side === 'high' ? shades.length - 1 : 0;
  const row = (at: number, face: Face): Area => ({ from, to, face, rows: { from: at, to: at + 1 } });
  return [
    row(offPick, off ? 1 : pale),
    row(flagPick, flagged || (absent && statement.suppressed) ? 1 : pale),
    row(palePick, pale),
    { from, to, face: absent ? 'basket' : shades[bin].level, rows: { from: below, to: layout.picks } } satisfies Area,
  ];
}

/** The faces of a record that says this. */
export function shadeAreas(key: ShadeKey, said: Said): Area[] {
  return cellsOf(said).flatMap((cell, i) => (key.columns[i] ? cellAreas(key, key.columns[i], cell) : []));
}

/** What a cell can say. */
function everyCell({ shades }: ShadeKey): CellSaid[] {
  return [
    ...[false, true].flatMap((flagged) => [
      ...shades.map((_, bin): CellSaid => ({ statement: { is: 'bin', bin }, flagged })),
      ...(['low', 'high'] as const).map((side): CellSaid => ({ statement: { is: 'off the scale', side }, flagged })),
    ]),
    ...[false, true].map((suppressed): CellSaid => ({ statement: { is: 'absent', suppressed }, flagged: false })),
  ];
}

/** What the record at these rows says, cell by cell. */
export function guessShade(key: ShadeKey, words: Uint32Array, pick: number, painter: Painter): Said[] {
  const cells = everyCell(key);
  const every = key.columns.map((column) => cells.map((cell) => ({ cell, areas: cellAreas(key, column, cell) })));
  return guessCells(every, words, pick, key.layout.picks, painter);
}
