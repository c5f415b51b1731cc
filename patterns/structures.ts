/** The structures that we weave, as a rule for each crossing, with their floats and the share of warp on the face. */

export interface Structure {
  readonly name: string;
  /** picks and ends after which the rule repeats */
  readonly picks: number;
  readonly ends: number;
  /** Is the warp up at this crossing? Indices, any size. */
  readonly up: (pick: number, end: number) => boolean;
}

const mod = (a: number, n: number): number => ((a % n) + n) % n;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Plain weave: one over, one under. Reserved for frames and selvedges. */
export const plain: Structure = { name: 'plain', picks: 2, ends: 2, up: (pick, end) => ((pick + end) & 1) === 1 };

/** 2/2 basket: pairs over pairs. Reserved for records that are missing. */
export const basket: Structure = {
  name: 'basket',
  picks: 4,
  ends: 4,
  up: (pick, end) => (((pick >> 1) + (end >> 1)) & 1) === 1,
};

/**
 * A twill: `over` ends up, `under` down, moving one end a pick; `left` moves it the other way.
 * @throws RangeError when a number is not positive
 */
export function twill(over: number, under: number, left = false): Structure {
  if (over < 1 || under < 1) throw new RangeError(`a twill of ${over}/${under}`);
  const n = over + under;
  const step = left ? -1 : 1;
  return { name: `${over}/${under} twill`, picks: n, ends: n, up: (pick, end) => mod(end - step * pick, n) < over };
}

/**
 * A regular satin on n ends, shaded: `level` of its n ends are up in each pick, so 1 is the weft face and n − 1 the
 * warp face. Every level ties the same two crossings (the first up, the last down), so any mixture of levels in phase
 * is one cloth with floats of at most n − 1 (proven by exhaustion for n ≤ 4, by trial above).
 * @param step moves by which the ties walk; shares no divisor with n
 * @throws RangeError when n, step and level make no satin
 */
export function satin(n: number, step: number, level = 1): Structure {
  if (n < 3 || step < 1 || step >= n || gcd(n, step) !== 1) throw new RangeError(`no satin on ${n} ends by ${step}`);
  if (level < 1 || level >= n) throw new RangeError(`a satin on ${n} ends has no level ${level}`);
  return {
    name: `${n}-end satin, ${level} up`,
    picks: n,
    ends: n,
    up: (pick, end) => mod(end - step * pick, n) < level,
  };
}

/** Share of the crossings where the warp is on the face, 0–1. */
export function warpShare(structure: Structure): number {
  let up = 0;
  for (let pick = 0; pick < structure.picks; pick++)
    for (let end = 0; end < structure.ends; end++) if (structure.up(pick, end)) up++;
  return up / (structure.picks * structure.ends);
}

export interface Floats {
  /** longest run of warp on the face along an end, and of warp behind */
  readonly warpOver: number;
  readonly warpUnder: number;
  /** longest run of weft on the face along a pick, and of weft behind */
  readonly weftOver: number;
  readonly weftUnder: number;
}

/** The longest floats of the endless structure, in threads; Infinity for a thread that is never tied. */
export function floatsOf({ picks, ends, up }: Structure): Floats {
  const longest = (lines: number, length: number, at: (line: number, i: number) => boolean): number => {
    let most = 0;
    for (let line = 0; line < lines; line++) {
      let run = 0;
      for (let i = 0; i < 2 * length; i++) {
        run = at(line, i) ? run + 1 : 0;
        most = Math.max(most, run);
      }
      if (run === 2 * length) return Number.POSITIVE_INFINITY;
    }
    return most;
  };
  return {
    warpOver: longest(ends, picks, (end, pick) => up(pick, end)),
    warpUnder: longest(ends, picks, (end, pick) => !up(pick, end)),
    weftOver: longest(picks, ends, (pick, end) => !up(pick, end)),
    weftUnder: longest(picks, ends, (pick, end) => up(pick, end)),
  };
}
