/** How long a cloth takes: shuttles, changes, picks, minutes, length. */
import type { Cloth } from './cloth';

export interface WeavingTime {
  readonly picks: number;
  /** most shuttles in use at once */
  readonly shuttles: number;
  /** wefts in all */
  readonly wefts: number;
  /** times that another shuttle is taken up */
  readonly changes: number;
  /** for a novice: 8 s a pick and 12 s a change of shuttle */
  readonly minutes: number;
  readonly cm: number;
}

const secondsPerPick = 8;
const secondsPerChange = 12;
/** A shuttle that rests for more picks than this is cut off and laid aside; two turns of a visitor. */
export const restBeforeCut = 28;

/** Shuttles in use at each pick: a shuttle is, from each pass to its next, unless it rests for too long between them. */
export function shuttlesInUse(weft: Uint8Array): Uint8Array {
  const delta = new Int16Array(weft.length + 1);
  const last = new Int32Array(256).fill(-1);
  for (let pick = 0; pick < weft.length; pick++) {
    const before = last[weft[pick]];
    delta[before >= 0 && pick - before <= restBeforeCut ? before + 1 : pick]++;
    delta[pick + 1]--;
    last[weft[pick]] = pick;
  }
  const inUse = new Uint8Array(weft.length);
  let now = 0;
  for (let pick = 0; pick < weft.length; pick++) {
    now += delta[pick];
    inUse[pick] = now;
  }
  return inUse;
}

export function timeOf({ weft, lifts, picksPerCm }: Pick<Cloth, 'weft' | 'lifts' | 'picksPerCm'>): WeavingTime {
  let changes = 0;
  for (let pick = 1; pick < weft.length; pick++) if (weft[pick] !== weft[pick - 1]) changes++;
  return {
    picks: lifts.picks,
    shuttles: shuttlesInUse(weft).reduce((most, now) => Math.max(most, now), 0),
    wefts: new Set(weft).size,
    changes,
    minutes: (lifts.picks * secondsPerPick + changes * secondsPerChange) / 60,
    cm: lifts.picks / picksPerCm,
  };
}
