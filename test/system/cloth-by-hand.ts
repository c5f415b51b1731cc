/**
 * The three built-in cloths worked out a second time, from their CSV files and the published rules alone. It shares no
 * code with patterns/, so that the cloth which the loom weaves can be compared with one that was made another way.
 *
 * The rules, as the key, the legend and the profile `exhibition-40` publish them. Picks and ends count from 0 here.
 *
 * - Forty ends. Two on each edge are selvedge; the 36 between carry the data.
 * - One 5-end satin from the first pick to the last: a face of depth d lifts end e on pick p when (e + 3p) mod 5 < d.
 *   Depth 1 is the weft face, depth 4 the warp face. A row is drafted below as one character an end: its depth, or
 *   `+` for plain weave, which lifts where pick + end is odd.
 * - A cloth is: frame of 6 picks in plain weave · a legend swatch for each bin or lane · for bars a ruler of 5 picks ·
 *   2 warp-faced picks · the records · for bars the ruler again · frame of 6.
 * - Bars and bands: a record is 5 picks, and 2 warp-faced picks in its own weft part it from the next. A sequence: a
 *   record is 2 picks, nothing between; the first frame has a pick more when the records would begin on an even pick,
 *   so that a missing record would be tied.
 * - Swatches are 3 picks (bars) or 4 (bands, sequence) where so many fit: at most 24 picks and 15 % of the cloth.
 * - Bars: from end 2, one end for each 2 %, halves rounded up, at most 30, weft face on the warp face; the weft's
 *   colour is the bin of the deprivation score. The ruler is blocks of 5 ends, weft face first, from end 2 to end 31.
 * - Bands: ends 7 to 32 have the bin's texture and the pick has the bin's colour; 5 ends of weft face on both sides.
 * - Sequence: the lane of the party turns to the warp face, and so does the last lane when the seat changed hands.
 * - Bins are [low, high), the last closed, from green (lowest) to plum (highest). What is no bin is woven in the yarn
 *   that stands out most from the warp: plum on linen, linen on the striped warp.
 * - Each yarn has a shuttle, which enters from the left first, then to and fro. The outermost ends are plain, except
 *   where a shuttle comes back in: that end is changed since this shuttle left. The end beside it is its opposite.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const builtIn = ['trafford-turnout-2024', 'manchester-imd-2019', 'election-night-2019'] as const;
export type BuiltIn = (typeof builtIn)[number];

export interface PickByHand {
  /** '0' or '1' for each end from end 1 */
  readonly lifts: string;
  /** name of the weft yarn */
  readonly weft: string;
  /** the record that the pick belongs to; null in frame, legend, ruler and dividers */
  readonly record: { readonly number: number; readonly label: string } | null;
}

/** What a record says: a length in ends with the bin of its colour, a bin, or a lane with its event. Bins from 0. */
export type SaidByHand =
  | { readonly ends: number; readonly colour: number }
  | { readonly bin: number }
  | { readonly lane: string; readonly event: boolean };

export interface ClothByHand {
  readonly picks: readonly PickByHand[];
  readonly records: readonly { readonly label: string; readonly says: SaidByHand }[];
}

/** A pick before it is woven: depth of each end between the selvedges, and whose record it is. */
interface Draft {
  readonly row: string;
  readonly weft: string;
  readonly record: PickByHand['record'];
}

const colours = ['green', 'gold', 'orange', 'crimson', 'plum'];
/** depths from end 0, repeated over the cloth: smooth, hairline, grain, ticking, stripe */
const textures = ['1', '41111', '2', '44111', '1111144444'];
/** first end and number of ends of each lane, from the left */
const lanes = {
  blue: [2, 8],
  red: [10, 8],
  yellow: [18, 5],
  amber: [23, 5],
  others: [28, 5],
  events: [33, 5],
} as const;
const laneOfParty: Record<string, keyof typeof lanes> = { CON: 'blue', LAB: 'red', SNP: 'yellow', LD: 'amber' };

const frame = '+'.repeat(36);
const warpFace = '4'.repeat(36);
const weftFace = '1'.repeat(36);
const ruler = `${'1111144444'.repeat(3)}444444`;

/** @param csv other figures for the same columns, none absent or off the scale; the built-in file's by default */
export function clothByHand(dataset: BuiltIn, csv = csvOf(dataset)): ClothByHand {
  const [header, ...lines] = linesOf(csv);
  const rows = lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [header[i], cell])));
  switch (dataset) {
    case 'trafford-turnout-2024':
      return bars(rows);
    case 'manchester-imd-2019':
      return bands(rows);
    case 'election-night-2019':
      return sequence(rows);
  }
}

function bars(rows: readonly Row[]): ClothByHand {
  const records = rows.map(({ ward, turnout_pct, imd_2025 }) => {
    const ends = Math.floor((tenths(turnout_pct) + 10) / 20);
    return { label: ward, says: { ends, colour: binOf(tenths(imd_2025), [0, 100, 200, 300, 400, 500]) } };
  });
  const swatches = colours.flatMap((weft) => times(3, { row: weftFace, weft, record: null }));
  const woven = records.flatMap(({ label, says: { ends, colour } }, i) => [
    ...times(5, {
      row: '1'.repeat(ends) + '4'.repeat(36 - ends),
      weft: colours[colour],
      record: { number: i + 1, label },
    }),
    ...times(2, { row: warpFace, weft: colours[colour], record: null }),
  ]);
  const blank = (picks: number, row: string) => times(picks, { row, weft: 'plum', record: null });
  const ruled = blank(5, ruler);
  return weave(
    [...blank(6, frame), ...swatches, ...ruled, ...blank(2, warpFace), ...woven, ...ruled, ...blank(6, frame)],
    records,
  );
}

function bands(rows: readonly Row[]): ClothByHand {
  const records = rows.map(({ ward, imd_2019 }) => ({
    label: ward,
    says: { bin: binOf(tenths(imd_2019), [150, 250, 350, 450, 550, 650]) },
  }));
  const texture = (bin: number, from: number, to: number) => textures[bin].repeat(40).slice(from, to);
  const swatches = colours.flatMap((weft, bin) => times(4, { row: texture(bin, 2, 38), weft, record: null }));
  const woven = records.flatMap(({ label, says: { bin } }, i) => [
    ...times(5, { row: `11111${texture(bin, 7, 33)}11111`, weft: colours[bin], record: { number: i + 1, label } }),
    ...times(2, { row: warpFace, weft: colours[bin], record: null }),
  ]);
  const blank = (picks: number, row: string) => times(picks, { row, weft: 'plum', record: null });
  return weave([...blank(6, frame), ...swatches, ...blank(2, warpFace), ...woven, ...blank(6, frame)], records);
}

function sequence(rows: readonly Row[]): ClothByHand {
  const records = rows.map(({ constituency, party, result }) => ({
    label: constituency,
    says: { lane: laneOfParty[party] ?? 'others', event: result === 'gain' } as const,
  }));
  const turned = (...names: (keyof typeof lanes)[]): string => {
    const ends = [...weftFace];
    for (const name of names) ends.fill('4', lanes[name][0] - 2, lanes[name][0] - 2 + lanes[name][1]);
    return ends.join('');
  };
  const blank = (picks: number, row: string) => times(picks, { row, weft: 'linen', record: null });
  const swatches = (Object.keys(lanes) as (keyof typeof lanes)[]).flatMap((name) => blank(4, turned(name)));
  const woven = records.flatMap(({ label, says: { lane, event } }, i) =>
    times(2, {
      row: event ? turned(lane, 'events') : turned(lane),
      weft: 'linen',
      record: { number: i + 1, label },
    }),
  );
  return weave([...blank(7, frame), ...swatches, ...woven, ...blank(6, frame)], records);
}

/** Drafts to lifts: the satin between the selvedges, and the selvedges as the shuttles turn. */
function weave(drafts: readonly Draft[], records: ClothByHand['records']): ClothByHand {
  interface Shuttle {
    at: 'left' | 'right';
    /** outermost ends on its pass before */
    left?: boolean;
    right?: boolean;
  }
  const shuttles = new Map<string, Shuttle>();
  const picks = drafts.map(({ row, weft, record }, pick) => {
    const shuttle: Shuttle = shuttles.get(weft) ?? { at: 'left' };
    const outer = { left: pick % 2 === 1, right: pick % 2 === 0 };
    const waiting = shuttle[shuttle.at];
    if (waiting !== undefined) outer[shuttle.at] = !waiting;
    shuttles.set(weft, { at: shuttle.at === 'left' ? 'right' : 'left', ...outer });
    const data = [...row].map((depth, i) => {
      const end = i + 2;
      return depth === '+' ? (pick + end) % 2 === 1 : (end + 3 * pick) % 5 < Number(depth);
    });
    const ups = [outer.left, !outer.left, ...data, !outer.right, outer.right];
    return { lifts: ups.map((up) => (up ? '1' : '0')).join(''), weft, record };
  });
  return { picks, records };
}

type Row = Readonly<Record<string, string>>;

/** The built-in file as it is. */
export function csvOf(dataset: BuiltIn): string {
  return readFileSync(join(__dirname, '../../host/data/built-in', dataset, 'data.csv'), 'utf8');
}

/** Cells of each line, the header first. Cells may be quoted; none of the built-in files has a quotation mark inside. */
export function linesOf(csv: string): string[][] {
  const cellsOf = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map(([, quoted, bare]) => quoted ?? bare);
  return csv.trimEnd().split('\n').map(cellsOf);
}

/** "24.8" is 248: whole numbers compare as the decimals in the file do. */
function tenths(text: string): number {
  const [, whole, tenth = '0'] = /^(\d+)(?:\.(\d))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`"${text}" has no rule here`);
  return 10 * Number(whole) + Number(tenth);
}

function binOf(value: number, edges: readonly number[]): number {
  const last = edges.length - 2;
  if (value < edges[0] || value > edges[last + 1])
    throw new Error(`${value / 10} is off the scale and has no rule here`);
  return value === edges[last + 1] ? last : edges.filter((edge) => edge <= value).length - 1;
}

const times = (picks: number, draft: Draft): Draft[] => Array.from({ length: picks }, () => draft);
