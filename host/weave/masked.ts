/** Dead heddles: masked, so that nothing drives them, and lifted by a hand where the cloth needs it. Pure. */
import { checkEdges, checkFloats, checkOneCloth, checkReadsBack, type Finding } from '../../patterns/checks';
import type { Cloth } from '../../patterns/cloth';
import { type Harness, straightHarness, wovenWithout } from '../../patterns/harness';
import { wireRow } from './wire-row';

/** Numbers of the masked heddles, or shafts, that move in this pick: a hand moves them. */
export function byHand(cloth: Cloth, pick: number, masked: readonly number[], harness?: Harness): number[] {
  if (pick < 1) return [];
  const row = wireRow(cloth, pick, [], harness);
  return masked.filter((heddle) => ((row[(heddle - 1) >> 3] >> ((heddle - 1) & 7)) & 1) === 1);
}

/** What a hand has to do at this pick; '' when nothing. */
export function byHandWords(cloth: Cloth, pick: number, masked: readonly number[], harness?: Harness): string {
  const moved = byHand(cloth, pick, masked, harness);
  if (moved.length === 0) return '';
  const { by, of, shed } = harness ?? straightHarness(cloth.lifts.ends);
  const one = by === 'shafts' ? 'shaft' : of.every((heddle, end) => heddle === end) ? 'end' : 'heddle';
  const what = `${moved.length === 1 ? one : `${one}s`} ${moved.join(', ')}`;
  return shed === 'sinking' ? `Pull ${what} down by hand.` : `Lift ${what} by hand.`;
}

/** All checks of the cloth as it would be if no hand moved what is masked. */
export function checkMasked(cloth: Cloth, masked: readonly number[], floatLimit: number, harness?: Harness): Finding[] {
  const lifts = wovenWithout(harness ?? straightHarness(cloth.lifts.ends), cloth.lifts, masked);
  const left = { ...cloth, lifts };
  return [
    ...checkFloats(lifts, floatLimit),
    ...checkOneCloth(lifts),
    ...checkEdges(lifts, cloth.weft),
    ...checkReadsBack(left, cloth.key),
  ];
}

/** What masking means for this cloth, in sentences. */
export function maskedWords(cloth: Cloth, masked: readonly number[], floatLimit: number, harness?: Harness): string {
  const one = harness?.by === 'shafts' ? 'shaft' : 'heddle';
  if (masked.length === 0) return `No ${one} is masked.`;
  const named = `${one[0].toUpperCase()}${one.slice(1)}`;
  const which = masked.length === 1 ? `${named} ${masked[0]} is masked` : `${named}s ${masked.join(', ')} are masked`;
  const [first, ...more] = checkMasked(cloth, masked, floatLimit, harness);
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  const left = first
    ? `Left down, the cloth would not be right: ${first.sentence}${rest}`
    : 'Left down, the cloth would still pass every check.';
  return `${which}: a hand lifts the thread where it is said. ${left}`;
}
