/** Mends a draft whose threads float too far: turns over as few crossings as it can, and lists each. */
import { BitRows } from './bit-rows';
import { fewestTurns } from './mend/fewest';
import { LongFloats } from './mend/long-floats';
import { nearestPlain } from './mend/plain';

/** A crossing that was turned over. Numbers, counted from 1. */
export interface Change {
  readonly pick: number;
  readonly end: number;
  /** is the warp up there now? */
  readonly up: boolean;
}

export interface Mended {
  readonly drawdown: BitRows;
  /** from the first pick to the last, in each from end 1 */
  readonly changes: readonly Change[];
  /** it is proved that no fewer would do; else no fewer were found */
  readonly fewest: boolean;
}

/**
 * Leaves no float longer than `limit`, warp or weft, on either face; those at the edges and those that mending itself
 * would make included. The draft that is given stays as it is.
 * @param limit longest float allowed, in threads
 * @throws RangeError when the limit is not a whole number of at least 1, or when there is too much to mend
 */
export function mend(lifts: BitRows, limit: number): Mended {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`A float of at most ${limit} threads is none.`);
  const drawdown = new BitRows(lifts.ends, lifts.picks, lifts.words.slice());
  // Floats of one thread are plain weave, and of that there are two.
  const found = limit > 1 ? turnedOver(new LongFloats(drawdown, limit)) : null;
  const { turned, fewest } = found ?? { turned: nearestPlain(lifts, drawdown), fewest: limit === 1 };
  const changes = [...turned]
    .sort((a, b) => a - b)
    .map((at): Change => {
      const [pick, end] = [Math.floor(at / lifts.ends), at % lifts.ends];
      return { pick: pick + 1, end: end + 1, up: drawdown.get(pick, end) };
    });
  return { drawdown, changes, fewest };
}

/** Turns crossings over in place, one damaged place after the other. @returns null when one of them cannot be mended so */
function turnedOver(floats: LongFloats): { turned: number[]; fewest: boolean } | null {
  const places = floats.places();
  const least = floats.apart(places.flat());
  const turned: number[] = [];
  let proved = true;
  for (const place of places) {
    const found = fewestTurns(floats, place, turned);
    if (!found) return null;
    turned.push(...found.turns);
    proved &&= found.proved;
  }
  // One place searched to its end is proof, and so is a change for each float that shares no crossing with another.
  return { turned, fewest: turned.length === least || (places.length <= 1 && proved) };
}
