/** Check 3: where a shuttle turns or comes back in, the outermost end has changed since it left, so the weft is caught. */
import type { BitRows } from '../bit-rows';
import { passesOf } from '../selvedge';
import { type Finding, mostFindings } from './finding';

/** @param weft yarn of each pick: one shuttle for each, thrown to and fro, from end 1 first */
export function checkEdges(lifts: BitRows, weft: Uint8Array): Finding[] {
  const { side, before } = passesOf(weft);
  const found: Finding[] = [];
  for (let pick = 0; pick < lifts.picks && found.length < mostFindings; pick++) {
    if (before[pick] < 0) continue;
    const outer = side[pick] === 0 ? 0 : lifts.ends - 1;
    if (lifts.get(pick, outer) === lifts.get(before[pick], outer))
      found.push({
        check: 3,
        pick: pick + 1,
        end: outer + 1,
        sentence: `The weft of pick ${pick + 1} is not caught at end ${outer + 1}: the end has not changed since pick ${before[pick] + 1}.`,
      });
  }
  return found;
}
