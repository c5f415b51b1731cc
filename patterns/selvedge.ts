/** Where shuttles turn: which pass came before, from which side, and outer ends computed so that each turn is caught. */
import type { BitRows } from './bit-rows';

export interface Passes {
  /** side that each pick's shuttle enters from: 0 left (end 1), 1 right */
  readonly side: Uint8Array;
  /** pick index of the same shuttle's pass before, −1 for its first */
  readonly before: Int32Array;
}

/** One shuttle for each weft yarn; it goes from left to right first, then to and fro. */
export function passesOf(weft: Uint8Array): Passes {
  const side = new Uint8Array(weft.length);
  const before = new Int32Array(weft.length);
  const last = new Int32Array(256).fill(-1);
  for (let pick = 0; pick < weft.length; pick++) {
    before[pick] = last[weft[pick]];
    side[pick] = before[pick] < 0 ? 0 : 1 - side[before[pick]];
    last[weft[pick]] = pick;
  }
  return { side, before };
}

/**
 * Weaves the selvedges in place. The outermost end is plain, except that a shuttle that comes back in finds it changed
 * since it left; each pick is bound to one other at each edge, so there is always an answer. The next ends alternate.
 */
export function weaveSelvedges(lifts: BitRows, weft: Uint8Array, width: number): void {
  const { side, before } = passesOf(weft);
  for (let pick = 0; pick < lifts.picks; pick++)
    for (const edge of [0, 1]) {
      const outer = edge === 0 ? 0 : lifts.ends - 1;
      const bound = side[pick] === edge && before[pick] >= 0;
      let up = bound ? !lifts.get(before[pick], outer) : ((pick + outer) & 1) === 1;
      for (let i = 0; i < width; i++, up = !up) lifts.set(pick, edge === 0 ? i : outer - i, up);
    }
}
