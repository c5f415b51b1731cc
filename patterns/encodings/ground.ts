/** The ground of a cloth: its ends, its satin, and where a face may turn; and how faces are painted into rows, whole words at a time. */
import { type Refusal, refuse } from '../choice';
import { type Harness, harnessOf } from '../harness';
import type { LoomProfile } from '../profile';
import { type Edges, edgesOf } from '../selvedge';
import { basket, plain, type Structure, satin } from '../structures';

/** Ends from index `from` to `to` (exclusive). */
interface Run {
  readonly from: number;
  readonly to: number;
}

export interface Ground {
  readonly ends: number;
  /** ends on each edge that carry no data */
  readonly selvedge: number;
  /** the satin on n ends, its ties walking by `step` */
  readonly n: number;
  readonly step: number;
  /** how the selvedges are woven; absent = plain, each edge on heddles of its own */
  readonly edges?: Edges;
  /** where each end stands in its satin, 0 … n − 1, when that is not the end's own index: shafts, or several ends a heddle */
  readonly columns?: readonly number[];
  /** the areas across that turn face one without the other, from selvedge to selvedge; absent = every end does */
  readonly across?: readonly Run[];
}

/** Shaded satin by how many of n ends are up (1 weft face … n − 1 warp face), or a structure with a meaning of its own. */
export type Face = number | 'plain' | 'basket' | 'broken basket' | Texture;

/** Textures of bins: satin levels that change from end to end, so that any of them beside any other is one cloth. */
export const textures = ['smooth', 'hairline', 'grain', 'ticking', 'stripe', 'melange', 'cord', 'dusk'] as const;
export type Texture = (typeof textures)[number];

/** Ends of one face, index `from` to `to` (exclusive). */
export interface Area {
  readonly from: number;
  readonly to: number;
  readonly face: Face;
  /** only in these rows of its part, index `from` to `to` (exclusive); absent = in all */
  readonly rows?: Run;
}

const satins = [5, 4] as const;

/**
 * The satin that a loom can float and its threading can weave: basket joins add two threads to its n − 1.
 * On shafts its n must divide the threading's repeat, so that the ties walk on from block to block.
 */
export function groundOf(profile: LoomProfile): Ground | Refusal {
  const { ends, selvedge, floatLimit } = profile;
  const harness = harnessOf(profile);
  const each = endsEach(harness, selvedge);
  const longest = Math.min(5, Math.floor(floatLimit / each) - 1);
  const data = ends - 2 * selvedge;
  if (longest < 4 || data < longest * each)
    return refuse(
      `The loom floats ${floatLimit} threads over ${ends} ends, too few for a satin and its selvedges.`,
      'A float limit of 6 and 10 ends are enough.',
    );
  if (selvedge < 1)
    return refuse(
      'The loom has no selvedge ends, so the weft would not be caught at the edges.',
      'Give it one or two in the loom profile.',
    );
  const common = { ends, selvedge, edges: edgesOf(profile) };
  if (harness.by === 'heddles' && harness.of.every((heddle, end) => heddle === end))
    return { ...common, n: longest, step: stepOf(longest) };
  for (const n of satins) {
    if (n > longest) continue;
    const columns =
      harness.by === 'shafts' ? columnsOnShafts(harness, selvedge, n) : columnsOnHeddles(harness, selvedge);
    if (!columns) continue;
    return { ...common, n, step: stepOf(n), columns, across: areasAcross(harness, selvedge, n) };
  }
  return refuse(
    `The threading has no blocks of ${longest === 5 ? '4 or 5' : longest} shafts, each straight and repeated whole, so no satin walks on across the cloth.`,
    'Thread it straight or in blocks of 5 shafts (a satin) or 4 (a twill), each block a multiple of them wide.',
  );
}

const stepOf = (n: number): number => (n === 5 ? 2 : 1);

/** Neighbours that a heddle lifts together; 1 on shafts, whose ends lie apart. */
function endsEach({ by, of }: Harness, selvedge: number): number {
  if (by === 'shafts') return 1;
  let end = selvedge;
  while (end < of.length - selvedge && of[end] === of[selvedge]) end++;
  return Math.max(1, end - selvedge);
}

function columnsOnHeddles({ of }: Harness, selvedge: number): number[] | null {
  const starts = of[selvedge] !== of[selvedge - 1] && of[of.length - selvedge] !== of[of.length - selvedge - 1];
  return starts ? of.map((heddle) => Math.max(0, heddle)) : null;
}

/** Each n ends together on n shafts, in an order that is the same wherever these shafts come again; null when they are not. */
function columnsOnShafts({ of }: Harness, selvedge: number, n: number): number[] | null {
  const columnOf = new Map<number, number>();
  const columns = new Array<number>(of.length).fill(0);
  for (let end = selvedge; end < of.length - selvedge; end++) {
    const column = (end - selvedge) % n;
    if (of[end] < 0 || (columnOf.get(of[end]) ?? column) !== column) return null;
    columnOf.set(of[end], column);
    columns[end] = column;
  }
  return columns;
}

/** Ends that have an actuator in common turn together, and with them all that lies between. */
function areasAcross({ by, of }: Harness, selvedge: number, n: number): Run[] {
  const last = new Map<number, number>();
  for (let end = selvedge; end < of.length - selvedge; end++) last.set(of[end], end);
  const areas: Run[] = [];
  let from = selvedge;
  let reach = selvedge;
  for (let end = selvedge; end < of.length - selvedge; end++) {
    reach = Math.max(reach, last.get(of[end])!);
    const whole = by === 'heddles' || (end + 1 - from) % n === 0;
    if (end < reach || !(whole || end + 1 === of.length - selvedge)) continue;
    areas.push({ from, to: end + 1 });
    from = end + 1;
  }
  if (from < of.length - selvedge) areas.push({ from, to: of.length - selvedge });
  return areas;
}

/** Areas that can turn face one without the other: the ends between the selvedges, or the blocks of the threading. */
export function areaCount({ ends, selvedge, across }: Ground): number {
  return across ? across.length : ends - 2 * selvedge;
}

/** "one area", "3 areas", for a refusal. */
export function areaWords(ground: Ground): string {
  const count = areaCount(ground);
  return count === 1 ? 'one area' : `${count} areas`;
}

/** What an encoding asks of a loom across: lanes of n ends or more, or ends that each turn by themselves. */
type Need = { readonly lanes: number } | { readonly ends: number };
const needs: Readonly<Record<string, Need>> = {
  bars: { ends: 24 },
  mirror: { ends: 24 },
  span: { ends: 24 },
  sequence: { lanes: 2 },
  shade: { lanes: 2 },
  punchcard: { lanes: 8 },
};

/** Why a loom cannot weave this encoding, whatever the data are; null when nothing stands against it. */
export function acrossFault(encoding: string, ground: Ground): Refusal | null {
  const need = needs[encoding];
  const instead = 'Weave bands, which need few ends and no areas.';
  if (!need) return null;
  const { ends, selvedge, across, n } = ground;
  const data = ends - 2 * selvedge;
  if ('ends' in need) {
    if (across)
      return refuse(
        `A length needs ends that each turn by themselves, and this loom has ${areaWords(ground)} across.`,
        instead,
      );
    if (data < need.ends)
      return refuse(`Lengths need ${need.ends} ends between the selvedges and this loom has ${data}.`, instead);
    return null;
  }
  if (lanesAcross(ground, need.lanes)) return null;
  const room = across ? `${areaWords(ground)} across` : `${data} ends between the selvedges`;
  return refuse(`${need.lanes} lanes of ${n} ends or more are needed and this loom has ${room}.`, instead);
}

/** May the face change between the end of that index and the one before it? */
export function mayTurn({ ends, selvedge, across }: Ground, end: number): boolean {
  if (end <= selvedge || end >= ends - selvedge) return true;
  return !across || across.some(({ from }) => from === end);
}

/**
 * So many lanes side by side from selvedge to selvedge, as even as the loom lets them be.
 * @returns null when a lane would be narrower than `least` ends, or the loom has fewer areas
 */
export function lanesAcross(ground: Ground, count: number, least = ground.n): Run[] | null {
  const { ends, selvedge } = ground;
  const data = ends - 2 * selvedge;
  const lanes: Run[] = [];
  let from = selvedge;
  for (let lane = 1; lane <= count; lane++) {
    const even = selvedge + Math.round((data * lane) / count);
    let to = even;
    for (let away = 0; away < data; away++) {
      to = even - away > from && mayTurn(ground, even - away) ? even - away : even + away;
      if (to > from && to <= ends - selvedge && mayTurn(ground, to)) break;
    }
    if (lane === count) to = ends - selvedge;
    if (to - from < least || to > ends - selvedge) return null;
    lanes.push({ from, to });
    from = to;
  }
  return lanes;
}

function levelOf(texture: Texture, n: number, end: number): number {
  const warp = n - 1;
  switch (texture) {
    case 'smooth':
      return 1;
    case 'hairline':
      return end % n === 0 ? warp : 1;
    case 'grain':
      return 2;
    case 'ticking':
      return end % n < 2 ? warp : 1;
    case 'stripe':
      return end % (2 * n) < n ? 1 : warp;
    case 'melange':
      return n - 2;
    case 'cord':
      return end % n === 0 ? 1 : warp;
    case 'dusk':
      return warp;
  }
}

/** Textures that a satin on this ground has: on n columns a stripe is narrower, and on four two of them are the same. */
export function texturesOf({ n, columns, across }: Ground): readonly Texture[] {
  const short = columns && across ? (n === 4 ? ['stripe', 'melange'] : []) : n === 4 ? ['melange'] : [];
  return textures.filter((texture) => !short.includes(texture));
}

/** The structure of a face; its ends are columns of the ground. */
function structureOf(face: Face, { ends, selvedge, n, step, columns }: Ground): Structure {
  if (face === 'plain') return plain;
  if (face === 'basket') return basket;
  if (typeof face === 'number') return satin(n, step, face);
  const levels = Array.from({ length: n - 1 }, (_, i) => satin(n, step, i + 1));
  if (face === 'broken basket') {
    const warpFace = levels[n - 2];
    const stripes = 3 * n;
    // Where there is no room for stripes along the warp it breaks along the weft, with the ties that all levels have.
    const along = (pick: number, end: number): boolean => {
      const tied = levels[0].up(pick, end);
      return tied === warpFace.up(pick, end) || pick % 2 === 1 ? tied : basket.up(pick, end);
    };
    const up = (pick: number, end: number): boolean => (end % stripes < 2 * n ? basket : warpFace).up(pick, end);
    const narrow = columns !== undefined || ends - 2 * selvedge < stripes + n;
    return narrow
      ? { name: face, picks: 4 * n, ends: 4 * n, up: along }
      : { name: face, picks: 4 * n, ends: 12 * n, up };
  }
  if (face === 'stripe' && columns)
    return { name: face, picks: n, ends: n, up: (pick, end) => levels[end % n < 3 ? n - 2 : 0].up(pick, end) };
  return { name: face, picks: n, ends: 2 * n, up: (pick, end) => levels[levelOf(face, n, end) - 1].up(pick, end) };
}

/** Is the area in that row of its part? */
const isIn = (rows: Run | undefined, row: number): boolean => !rows || (row >= rows.from && row < rows.to);

/** The areas of a part that are in its row of that index. */
export function areasInRow(areas: readonly Area[], row: number): readonly Area[] {
  return areas.some(({ rows }) => rows) ? areas.filter(({ rows }) => isIn(rows, row)) : areas;
}

/** Paints areas into rows. Whole rows of each face are made once; an area is then copied by words. */
export class Painter {
  private readonly made = new Map<Face, readonly Uint32Array[]>();
  readonly stride: number;

  constructor(readonly ground: Ground) {
    this.stride = (ground.ends + 31) >>> 5;
  }

  private rows(face: Face): readonly Uint32Array[] {
    const known = this.made.get(face);
    if (known) return known;
    const structure = structureOf(face, this.ground);
    const rows = Array.from({ length: structure.picks }, (_, pick) => {
      const row = new Uint32Array(this.stride);
      const { ends, columns } = this.ground;
      for (let end = 0; end < ends; end++)
        if (structure.up(pick, columns?.[end] ?? end)) row[end >>> 5] |= 1 << (end & 31);
      return row;
    });
    this.made.set(face, rows);
    return rows;
  }

  /** Sets the bits of the areas in the row that starts at word `at`, for the pick of that index. They must be 0 before. */
  paint(words: Uint32Array, at: number, pick: number, areas: readonly Area[]): void {
    for (const { from, to, face } of areas) {
      if (to <= from) continue;
      const rows = this.rows(face);
      const row = rows[pick % rows.length];
      const first = from >>> 5;
      const last = (to - 1) >>> 5;
      for (let word = first; word <= last; word++) {
        let mask = 0xffffffff;
        if (word === first) mask &= 0xffffffff << (from & 31);
        if (word === last) mask &= 0xffffffff >>> (31 - ((to - 1) & 31));
        words[at + word] |= row[word] & mask;
      }
    }
  }

  /** Do the rows from that pick show exactly these areas? Ends outside of the areas are not looked at. */
  shows(words: Uint32Array, from: number, picks: number, areas: readonly Area[]): boolean {
    for (let pick = from; pick < from + picks; pick++)
      for (const { from: left, to, face, rows: only } of areas) {
        if (to <= left || !isIn(only, pick - from)) continue;
        const rows = this.rows(face);
        const row = rows[pick % rows.length];
        const first = left >>> 5;
        const last = (to - 1) >>> 5;
        for (let word = first; word <= last; word++) {
          let mask = 0xffffffff;
          if (word === first) mask &= 0xffffffff << (left & 31);
          if (word === last) mask &= 0xffffffff >>> (31 - ((to - 1) & 31));
          if (((words[pick * this.stride + word] ^ row[word]) & mask) !== 0) return false;
        }
      }
    return true;
  }
}
