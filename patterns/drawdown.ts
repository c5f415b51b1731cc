/** The drawdown of a lift plan: a row of the cloth is the union of its raised shafts' ends, by words. */
import { BitRows } from './bit-rows';
import type { LiftPlan } from './draft';

/** @returns rows of the cloth, 1 = warp up; an end on several shafts rises with any of them */
export function drawdown({ shafts, threading, rises }: LiftPlan): BitRows {
  if (!Number.isInteger(shafts) || shafts < 1 || shafts > 32) throw new RangeError(`${shafts} shafts`);
  const cloth = new BitRows(threading.length, rises.length);
  const { stride, words } = cloth;
  const ends = new Uint32Array(32 * stride);
  threading.forEach((bits, end) => {
    for (let left = bits; left !== 0; left &= left - 1)
      ends[(31 - Math.clz32(left & -left)) * stride + (end >>> 5)] |= 1 << (end & 31);
  });
  // The same shed comes again and again: it is copied, not made anew.
  const seen = new Map<number, number>();
  for (let pick = 0; pick < rises.length; pick++) {
    const at = pick * stride;
    const same = seen.get(rises[pick]);
    if (same !== undefined) {
      words.copyWithin(at, same, same + stride);
      continue;
    }
    seen.set(rises[pick], at);
    for (let left = rises[pick]; left !== 0; left &= left - 1) {
      const shaft = (31 - Math.clz32(left & -left)) * stride;
      for (let word = 0; word < stride; word++) words[at + word] |= ends[shaft + word];
    }
  }
  return cloth;
}
