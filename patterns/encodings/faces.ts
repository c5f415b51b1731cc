/** Which ends of a record show the warp: where lengths are read from before they are confirmed. */
import type { Painter } from './ground';

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
