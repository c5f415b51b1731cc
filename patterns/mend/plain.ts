/** The plain weave that has most crossings in common with a draft. */
import type { BitRows } from '../bit-rows';

/** Fills `into` with it. @returns crossings (pick × ends + end, indices) that differ; no plain weave has fewer */
export function nearestPlain(lifts: BitRows, into: BitRows): number[] {
  const { ends, picks } = lifts;
  let odd = 0;
  for (let pick = 0; pick < picks; pick++)
    for (let end = 0; end < ends; end++) if (lifts.get(pick, end) === (((pick + end) & 1) === 1)) odd++;
  const parity = 2 * odd >= ends * picks ? 1 : 0;
  const turned: number[] = [];
  for (let pick = 0; pick < picks; pick++)
    for (let end = 0; end < ends; end++) {
      const up = ((pick + end) & 1) === parity;
      if (lifts.get(pick, end) !== up) turned.push(pick * ends + end);
      into.set(pick, end, up);
    }
  return turned;
}
