/** A cloth as hands wove it: the picks that are in it, by its journal, put back to where they belong in the plan. Pure. */
import type { Cloth } from '../../patterns/cloth';
import type { Reading } from '../../patterns/encodings/said';
import type { JournalEntry } from '../weave/entries';

/**
 * Numbers of the picks whose thread is in, in the order in which they lie. A step that is opened again after a power cut
 * is passed again, with the same thread: it counts once.
 */
export function picksIn(entries: readonly JournalEntry[]): number[] {
  let lying: { readonly step: number; readonly pick: number }[] = [];
  for (const entry of entries) {
    if (entry.what === 'begin') lying = [];
    const isIn = entry.what === 'passed' ? entry.direction === 'forward' : entry.what === 'open' && entry.threadIn;
    if (entry.what !== 'passed' && !isIn) continue;
    const { step, pick } = entry as { step: number; pick: number };
    if (isIn && lying.at(-1)?.step !== step) lying.push({ step, pick });
    if (!isIn) {
      const at = lying.findLastIndex((one) => one.pick === pick);
      if (at >= 0) lying.splice(at, 1);
    }
  }
  return lying.map(({ pick }) => pick);
}

/** Why a pick of the plan is not once and in its place in the cloth; null when it is. */
export type Faults = readonly (string | null)[];

/** @param lying numbers of the picks in the order in which they lie */
export function faultsOf(picks: number, lying: readonly number[]): Faults {
  const times = new Uint32Array(picks + 1);
  const early = new Set<number>();
  let most = 0;
  for (const pick of lying) {
    times[pick]++;
    if (pick < most) early.add(pick);
    most = Math.max(most, pick);
  }
  return Array.from({ length: picks }, (_, index) => {
    const pick = index + 1;
    if (times[pick] === 0) return pick > most ? `pick ${pick} is not woven yet` : `pick ${pick} was left out`;
    if (times[pick] > 1) return `pick ${pick} was woven ${times[pick]} times`;
    return early.has(pick) ? `pick ${pick} lies above a later one` : null;
  });
}

/** A reading of the plan becomes altered where its record's picks are not in the cloth as planned. */
export function readAsWoven(readings: readonly Reading[], cloth: Pick<Cloth, 'parts'>, faults: Faults): Reading[] {
  return readings.map((reading, record) => {
    const part = cloth.parts.find((one) => one.record === record);
    if (!part) return reading;
    const fault = faults.slice(part.from, part.to).find((one) => one !== null);
    return fault ? { number: reading.number, label: reading.label, altered: fault } : reading;
  });
}
