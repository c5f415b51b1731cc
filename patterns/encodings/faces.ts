/** Faces along a pick: the ruler that lengths are counted by, and which ends show the warp. */
import type { Area, Ground, Painter, Run } from './ground';

/** @returns whether the end of that index is up in two picks or more of those from `pick` on */
export function warpFacedIn(
  words: Uint32Array,
  pick: number,
  picks: number,
  { stride }: Painter,
): (end: number) => boolean {
  const twice = new Uint32Array(stride);
  for (let word = 0; word < stride; word++) {
    let once = 0;
    for (let i = 0; i < picks; i++) {
      const row = words[(pick + i) * stride + word];
      twice[word] |= once & row;
      once |= row;
    }
  }
  return (end) => ((twice[end >>> 5] >>> (end & 31)) & 1) === 1;
}

/** Blocks of n ends, weft and warp face by turns, so that lengths can be counted. */
export function rulerOf({ n, ends, selvedge }: Ground, bar: Run): Area[] {
  const areas: Area[] = [];
  for (let from = bar.from; from < bar.to; from += n)
    areas.push({ from, to: Math.min(from + n, bar.to), face: ((from - bar.from) / n) % 2 === 0 ? 1 : n - 1 });
  return [...areas, { from: bar.to, to: ends - selvedge, face: n - 1 }];
}
