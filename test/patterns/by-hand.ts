/**
 * The cloths of the built-in datasets on the exhibition loom, worked out crossing by crossing from their CSV files with
 * nothing of ours: no table, no encoding, no bit rows. What the loom weaves is compared with this.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface HandPick {
  /** '1' = warp up, from end 1 */
  readonly lifts: string;
  /** name of the weft yarn */
  readonly weft: string;
  /** index of the record, or null for frame, legend, ruler and dividers */
  readonly record: number | null;
}

const ends = 40;
const palette = ['green', 'gold', 'orange', 'crimson', 'plum'];

/** Rows of a CSV without line breaks in cells, as objects by the header. */
function csv(id: string): Record<string, string>[] {
  const text = readFileSync(join(__dirname, '../../host/data/built-in', id, 'data.csv'), 'utf8');
  const [head, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map((cell) => cell[1] ?? cell[2]));
  return rows.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i]])));
}

type Crossing = (end: number, pick: number) => boolean;
/** 5-end satin by 2, so many ends of five up. */
const satin =
  (level: number): Crossing =>
  (end, pick) =>
    (((end - 2 * pick) % 5) + 5) % 5 < level;
const plain: Crossing = (end, pick) => (end + pick) % 2 === 1;

interface Row {
  readonly up: Crossing;
  readonly weft: string;
  readonly record: number | null;
}
const many = (count: number, up: Crossing, weft: string, record: number | null = null): Row[] =>
  Array.from({ length: count }, () => ({ up, weft, record }));

/** Two selvedge ends on each side: the outer one plain, unless its shuttle comes back round it; the next the opposite. */
function weave(rows: readonly Row[]): HandPick[] {
  const done: string[][] = [];
  const shuttles = new Map<string, { pick: number; at: 'left' | 'right' }>();
  rows.forEach(({ up, weft }, pick) => {
    const row: string[] = Array.from({ length: ends }, (_, end) => (up(end, pick) ? '1' : '0'));
    const last = shuttles.get(weft);
    const outer = (end: number, here: 'left' | 'right'): string => {
      if (last?.at === here) return done[last.pick][end] === '1' ? '0' : '1';
      return plain(end, pick) ? '1' : '0';
    };
    row[0] = outer(0, 'left');
    row[1] = row[0] === '1' ? '0' : '1';
    row[39] = outer(39, 'right');
    row[38] = row[39] === '1' ? '0' : '1';
    done.push(row);
    shuttles.set(weft, { pick, at: last?.at === 'right' ? 'left' : 'right' });
  });
  return done.map((row, pick) => ({ lifts: row.join(''), weft: rows[pick].weft, record: rows[pick].record }));
}

const tenths = (text: string): number => {
  const [whole, fraction = '0'] = text.split('.');
  return Number(whole) * 10 + Number(fraction);
};

/** Trafford: 2 points of turnout an end from end 3, deprivation in tens as the weft. */
function bars(): HandPick[] {
  const ruler: Crossing = (end, pick) => satin(end < 32 && Math.floor((end - 2) / 5) % 2 === 0 ? 1 : 4)(end, pick);
  const rows = [
    ...many(6, plain, 'plum'),
    ...palette.flatMap((weft) => many(3, satin(1), weft)),
    ...many(5, ruler, 'plum'),
    ...many(2, satin(4), 'plum'),
  ];
  csv('trafford-turnout-2024').forEach(({ turnout_pct, imd_2025 }, record) => {
    const weft = palette[Math.floor(tenths(imd_2025) / 100)];
    const length = Math.floor((tenths(turnout_pct) + 10) / 20);
    rows.push(
      ...many(5, (end, pick) => satin(end < 2 + length ? 1 : 4)(end, pick), weft, record),
      ...many(2, satin(4), weft),
    );
  });
  return weave([...rows, ...many(5, ruler, 'plum'), ...many(6, plain, 'plum')]);
}

/** Manchester: bins of ten points from 15, each with its weft and its texture between two smooth borders. */
function bands(): HandPick[] {
  const textures: Crossing[] = [
    satin(1),
    (end, pick) => satin(end % 5 === 0 ? 4 : 1)(end, pick),
    satin(2),
    (end, pick) => satin(end % 5 < 2 ? 4 : 1)(end, pick),
    (end, pick) => satin(end % 10 < 5 ? 1 : 4)(end, pick),
  ];
  const rows = [
    ...many(6, plain, 'plum'),
    ...palette.flatMap((weft, bin) => many(4, textures[bin], weft)),
    ...many(2, satin(4), 'plum'),
  ];
  csv('manchester-imd-2019').forEach(({ imd_2019 }, record) => {
    const bin = Math.min(4, Math.floor((tenths(imd_2019) - 150) / 100));
    const band: Crossing = (end, pick) => (end < 7 || end >= 33 ? satin(1) : textures[bin])(end, pick);
    rows.push(...many(5, band, palette[bin], record), ...many(2, satin(4), palette[bin]));
  });
  return weave([...rows, ...many(6, plain, 'plum')]);
}

/** Election night: a lane for each of four parties, one for the others, one for gains; two picks a seat. */
function sequence(): HandPick[] {
  const lanes: Record<string, [number, number]> = { CON: [2, 10], LAB: [10, 18], SNP: [18, 23], LD: [23, 28] };
  const others: [number, number] = [28, 33];
  const gains: [number, number] = [33, 38];
  const turned =
    (...spans: [number, number][]): Crossing =>
    (end, pick) =>
      satin(spans.some(([from, to]) => end >= from && end < to) ? 4 : 1)(end, pick);
  const rows = [
    ...many(7, plain, 'linen'),
    ...[...Object.values(lanes), others, gains].flatMap((lane) => many(4, turned(lane), 'linen')),
  ];
  csv('election-night-2019').forEach(({ party, result }, record) => {
    const lane = lanes[party] ?? others;
    rows.push(...many(2, result === 'gain' ? turned(lane, gains) : turned(lane), 'linen', record));
  });
  return weave([...rows, ...many(6, plain, 'linen')]);
}

export const byHand = {
  'trafford-turnout-2024': bars,
  'manchester-imd-2019': bands,
  'election-night-2019': sequence,
} as const;
