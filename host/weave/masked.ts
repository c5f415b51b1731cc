/** Dead heddles: masked, so that nothing drives them, and lifted by a hand where the cloth needs it. Pure. */
import { BitRows } from '../../patterns/bit-rows';
import { checkEdges, checkFloats, checkOneCloth, checkReadsBack, type Finding } from '../../patterns/checks';
import type { Cloth } from '../../patterns/cloth';
import { wireRow } from './wire-row';

/** Numbers of the masked heddles that are up in this pick: a hand lifts them. */
export function byHand(cloth: Cloth, pick: number, masked: readonly number[]): number[] {
  return pick < 1 ? [] : masked.filter((heddle) => cloth.lifts.get(pick - 1, heddle - 1));
}

/** What a hand has to do at this pick; '' when nothing. */
export function byHandWords(cloth: Cloth, pick: number, masked: readonly number[]): string {
  const ends = byHand(cloth, pick, masked);
  return ends.length === 0 ? '' : `Lift ${ends.length === 1 ? 'end' : 'ends'} ${ends.join(', ')} by hand.`;
}

/** All checks of the cloth as it would be if no hand lifted what is masked. */
export function checkMasked(cloth: Cloth, masked: readonly number[], floatLimit: number): Finding[] {
  const { ends, picks } = cloth.lifts;
  const lifts = new BitRows(ends, picks);
  for (let pick = 0; pick < picks; pick++) {
    const row = wireRow(cloth, pick + 1, masked);
    for (let end = 0; end < ends; end++) if ((row[end >> 3] >> (end & 7)) & 1) lifts.set(pick, end, true);
  }
  const left = { ...cloth, lifts };
  return [
    ...checkFloats(lifts, floatLimit),
    ...checkOneCloth(lifts),
    ...checkEdges(lifts, cloth.weft),
    ...checkReadsBack(left, cloth.key),
  ];
}

/** What masking means for this cloth, in sentences. */
export function maskedWords(cloth: Cloth, masked: readonly number[], floatLimit: number): string {
  if (masked.length === 0) return 'No heddle is masked.';
  const which = masked.length === 1 ? `Heddle ${masked[0]} is masked` : `Heddles ${masked.join(', ')} are masked`;
  const [first, ...more] = checkMasked(cloth, masked, floatLimit);
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  const left = first
    ? `Left down, the cloth would not be right: ${first.sentence}${rest}`
    : 'Left down, the cloth would still pass every check.';
  return `${which}: a hand lifts the thread where it is said. ${left}`;
}
