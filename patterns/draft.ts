/** A weaver's draft: which shafts each end is threaded on, and which shafts rise at each pick. */
import { BitRows } from './bit-rows';

/** Most shafts, treadles, ends and picks that are believed of a draft: beyond is a damaged or a hostile file. */
export const draftLimits = {
  shafts: 2048,
  treadles: 2048,
  ends: 32_768,
  picks: 262_144,
  crossings: 67_108_864,
} as const;

export interface LiftPlan {
  readonly shafts: number;
  /** row = end index, bit = shaft index; an empty row is an end that is not threaded */
  readonly threading: BitRows;
  /** row = pick index, bit = index of a shaft that rises */
  readonly rises: BitRows;
}

/** Which shafts each treadle moves, and which treadles each pick presses. */
export interface Treadling {
  /** row = treadle index, bit = shaft index */
  readonly tieUp: BitRows;
  /** row = pick index, bit = treadle index */
  readonly pressed: BitRows;
}

export interface TreadledDraft extends Treadling {
  readonly threading: BitRows;
  /** a sinking shed's tied shafts go down: the others rise */
  readonly shed: 'rising' | 'sinking';
}

/**
 * Rows of numbers that count from 1, as drafts write threading, tie-up and treadling; 0 means none.
 * @param width bits a row: shafts, or treadles
 * @throws RangeError for a number beyond `width`
 */
export function numbered(width: number, rows: readonly (readonly number[])[]): BitRows {
  const bits = new BitRows(width, rows.length);
  rows.forEach((numbers, row) => {
    for (const number of numbers) {
      if (!Number.isInteger(number) || number < 0 || number > width) throw new RangeError(`${number} of ${width}`);
      if (number > 0) bits.set(row, number - 1, true);
    }
  });
  return bits;
}

/** The numbers in a row, counted from 1, ascending. */
export function numbersOf(bits: BitRows, row: number): number[] {
  const numbers: number[] = [];
  for (let word = 0; word < bits.stride; word++)
    for (let left = bits.words[row * bits.stride + word]; left !== 0; left &= left - 1)
      numbers.push(32 * word + 32 - Math.clz32(left & -left));
  return numbers;
}

/** The union of all rows, as the words of one. */
function union(bits: BitRows): Uint32Array {
  const all = new Uint32Array(bits.stride);
  for (let at = 0; at < bits.words.length; at++) all[at % bits.stride] |= bits.words[at];
  return all;
}

/** The shafts that a treadling moves. Of a sinking shed the others rise, of those that an end is threaded on (WIF 1.1). */
export function liftPlanOf({ threading, tieUp, pressed, shed }: TreadledDraft): LiftPlan {
  const shafts = threading.ends;
  const rises = new BitRows(shafts, pressed.picks);
  const { stride, words } = rises;
  for (let pick = 0; pick < pressed.picks; pick++)
    for (const treadle of numbersOf(pressed, pick))
      for (let word = 0; word < stride; word++)
        words[pick * stride + word] |= tieUp.words[(treadle - 1) * stride + word];
  return shed === 'rising' ? { shafts, threading, rises } : sunk({ shafts, threading, rises });
}

/** A lift plan whose shafts were said to sink: the other threaded ones rise. */
export function sunk({ shafts, threading, rises }: LiftPlan): LiftPlan {
  const threaded = union(threading);
  const others = rises.words.map((word, at) => ~word & threaded[at % rises.stride]);
  return { shafts, threading, rises: new BitRows(shafts, rises.picks, others) };
}
