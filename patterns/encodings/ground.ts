/** The ground of a cloth: its ends and its satin, and how faces of it are painted into rows, whole words at a time. */
import type { LoomProfile } from '../profile';
import { basket, plain, type Structure, satin } from '../structures';

export interface Ground {
  readonly ends: number;
  /** ends on each edge that carry no data */
  readonly selvedge: number;
  /** the satin on n ends, its ties walking by `step` */
  readonly n: number;
  readonly step: number;
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
}

/** The satin that a loom can float: basket joins add two threads to its n − 1. Null when the limit is below 5. */
export function groundOf(profile: LoomProfile): Ground | null {
  const n = Math.min(5, profile.floatLimit - 1);
  if (n < 4 || profile.ends - 2 * profile.selvedge < n || profile.selvedge < 1) return null;
  return { ends: profile.ends, selvedge: profile.selvedge, n, step: n === 5 ? 2 : 1 };
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

function structureOf(face: Face, { n, step }: Ground): Structure {
  if (face === 'plain') return plain;
  if (face === 'basket') return basket;
  if (typeof face === 'number') return satin(n, step, face);
  const levels = Array.from({ length: n - 1 }, (_, i) => satin(n, step, i + 1));
  if (face === 'broken basket')
    return {
      name: face,
      picks: 4 * n,
      ends: 12 * n,
      up: (pick, end) => (end % (3 * n) < 2 * n ? basket.up(pick, end) : levels[n - 2].up(pick, end)),
    };
  return { name: face, picks: n, ends: 2 * n, up: (pick, end) => levels[levelOf(face, n, end) - 1].up(pick, end) };
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
      for (let end = 0; end < this.ground.ends; end++) if (structure.up(pick, end)) row[end >>> 5] |= 1 << (end & 31);
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
      for (const { from: left, to, face } of areas) {
        if (to <= left) continue;
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
