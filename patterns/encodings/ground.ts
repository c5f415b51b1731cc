/** The ground of a cloth: its ends, its satin, and where a face may turn; and how faces are painted into rows, whole words at a time. */
import type { Edges } from '../selvedge';
import { basket, plain, type Structure, satin } from '../structures';

export { acrossFault, areaCount, areaWords, cellEnds, groundOf, lanesAcross, mayTurn } from './across';

/** Ends from index `from` to `to` (exclusive). */
export interface Run {
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
