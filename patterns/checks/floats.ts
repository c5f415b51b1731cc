/** Check 1: no thread floats over more than the limit, warp or weft, on either face, edges and joins included. */
import type { BitRows } from '../bit-rows';
import { type Finding, mostFindings } from './finding';

/** Bits of a word that are ends of the cloth. */
const valid = (ends: number, word: number): number =>
  ends - 32 * word >= 32 ? 0xffffffff : (1 << (ends - 32 * word)) - 1;

/** @param limit longest float allowed, in threads, at least 1 */
export function checkFloats(lifts: BitRows, limit: number): Finding[] {
  const found = [...weftFloats(lifts, limit), ...warpFloats(lifts, limit)];
  return found.slice(0, mostFindings);
}

/** Runs of equal bits in a row: erode it until only what is longer than the limit is left. */
function weftFloats({ words, stride, ends, picks }: BitRows, limit: number): Finding[] {
  const found: Finding[] = [];
  const row = new Uint32Array(stride + 1);
  for (let pick = 0; pick < picks && found.length < mostFindings; pick++)
    for (const up of [false, true]) {
      for (let word = 0; word < stride; word++) {
        const bits = words[pick * stride + word];
        row[word] = (up ? bits : ~bits) & valid(ends, word);
      }
      if (!erode(row, stride, limit + 1)) continue;
      const word = row.findIndex((bits) => bits !== 0);
      const end = 32 * word + 31 - Math.clz32(row[word] & -row[word]);
      const face = up ? 'behind' : 'over';
      found.push({
        check: 1,
        pick: pick + 1,
        end: end + 1,
        sentence: `The weft floats ${face} more than ${limit} ends from end ${end + 1} of pick ${pick + 1}.`,
      });
    }
  return found;
}

/** Keeps the bits that begin a run of at least `run` bits. @returns whether any is left */
function erode(row: Uint32Array, stride: number, run: number): boolean {
  let any = 0;
  for (let have = 1; have < run; ) {
    const shift = Math.min(have, run - have, 31);
    any = 0;
    for (let word = 0; word < stride; word++) {
      row[word] &= (row[word] >>> shift) | (row[word + 1] << (32 - shift));
      any |= row[word];
    }
    if (any === 0) return false;
    have += shift;
  }
  return run === 1 ? row.some((bits) => bits !== 0) : any !== 0;
}

/** The same along the ends, 32 of them at a time. */
function warpFloats({ words, stride, ends, picks }: BitRows, limit: number): Finding[] {
  const found: Finding[] = [];
  const column = new Uint32Array(picks);
  for (let word = 0; word < stride; word++)
    for (const up of [true, false]) {
      const flip = up ? 0 : 0xffffffff;
      for (let pick = 0, at = word; pick < picks; pick++, at += stride) column[pick] = words[at] ^ flip;
      let any = 1;
      for (let have = 1; have <= limit && any !== 0; ) {
        const shift = Math.min(have, limit + 1 - have);
        any = 0;
        for (let pick = 0; pick < picks; pick++) {
          column[pick] = pick + shift < picks ? column[pick] & column[pick + shift] : 0;
          any |= column[pick];
        }
        have += shift;
      }
      // One finding for each end: a loose end would be told at every pick.
      let told = ~valid(ends, word);
      for (let pick = 0; any !== 0 && pick < picks && found.length < mostFindings; pick++) {
        for (let left = column[pick] & ~told; left !== 0; left &= left - 1) {
          const end = 32 * word + 31 - Math.clz32(left & -left);
          const sentence = `End ${end + 1} floats ${up ? 'over' : 'behind'} more than ${limit} picks from pick ${pick + 1}.`;
          found.push({ check: 1, pick: pick + 1, end: end + 1, sentence });
        }
        told |= column[pick];
      }
    }
  return found;
}
