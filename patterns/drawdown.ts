/** The drawdown of a lift plan: a row of the cloth is the union of its raised shafts' ends, by words. */
import { BitRows } from './bit-rows';
import { type LiftPlan, numbersOf } from './draft';

/** @returns rows of the cloth, 1 = warp up; an end on several shafts rises with any of them */
export function drawdown({ shafts, threading, rises }: LiftPlan): BitRows {
  const cloth = new BitRows(threading.picks, rises.picks);
  const { stride, words } = cloth;
  const ends = new Uint32Array(shafts * stride);
  for (let end = 0; end < threading.picks; end++)
    for (const shaft of numbersOf(threading, end)) ends[(shaft - 1) * stride + (end >>> 5)] |= 1 << (end & 31);
  // The same shed comes again and again: it is copied, not made anew.
  const seen = new Map<number | string, number>();
  for (let pick = 0; pick < rises.picks; pick++) {
    const at = pick * stride;
    const from = pick * rises.stride;
    const shed = rises.stride === 1 ? rises.words[from] : rises.words.subarray(from, from + rises.stride).join();
    const same = seen.get(shed);
    if (same !== undefined) {
      words.copyWithin(at, same, same + stride);
      continue;
    }
    seen.set(shed, at);
    for (let part = 0; part < rises.stride; part++)
      for (let left = rises.words[from + part]; left !== 0; left &= left - 1) {
        const shaft = (32 * part + 31 - Math.clz32(left & -left)) * stride;
        for (let word = 0; word < stride; word++) words[at + word] |= ends[shaft + word];
      }
  }
  return cloth;
}
