/** The structures that we weave, as a rule for each crossing, with their floats and the share of warp on the face. */

export interface Structure {
  readonly name: string;
  /** picks and ends after which the rule repeats */
  readonly picks: number;
  readonly ends: number;
  /** Is the warp up at this crossing? Indices, any size. */
  readonly up: (pick: number, end: number) => boolean;
}

/** A structure whose floats and faces are known by formula; `floatsOf` and `warpShare` measure the same by counting. */
export interface KnownStructure extends Structure {
  readonly floats: Floats;
  /** share of the crossings where the warp is on the face, 0–1 */
  readonly share: number;
  /** where the formula is from */
  readonly source: string;
}

const emery = 'Emery, The Primary Structures of Fabrics (1966)';
const watson = 'Watson, Textile Design and Colour (1912)';
const lucas = 'Lucas, Application de l’arithmétique à la construction de l’armure des satins réguliers (1867)';

const mod = (a: number, n: number): number => ((a % n) + n) % n;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Plain weave: one over, one under. Reserved for frames and selvedges. */
export const plain: KnownStructure = {
  name: 'plain',
  picks: 2,
  ends: 2,
  up: (pick, end) => ((pick + end) & 1) === 1,
  floats: { warpOver: 1, warpUnder: 1, weftOver: 1, weftUnder: 1 },
  share: 1 / 2,
  source: emery,
};

/** 2/2 basket: pairs over pairs. Reserved for records that are missing. */
export const basket: KnownStructure = {
  name: 'basket',
  picks: 4,
  ends: 4,
  up: (pick, end) => (((pick >> 1) + (end >> 1)) & 1) === 1,
  floats: { warpOver: 2, warpUnder: 2, weftOver: 2, weftUnder: 2 },
  share: 1 / 2,
  source: emery,
};

/**
 * A twill: `over` ends up, `under` down, moving one end a pick; `left` moves it the other way. Its floats are the two
 * numbers along either thread, its warp face over / (over + under).
 * @throws RangeError when a number is not positive
 */
export function twill(over: number, under: number, left = false): KnownStructure {
  if (over < 1 || under < 1) throw new RangeError(`a twill of ${over}/${under}`);
  const n = over + under;
  const step = left ? -1 : 1;
  return {
    name: `${over}/${under} twill${left ? ', left' : ''}`,
    picks: n,
    ends: n,
    up: (pick, end) => mod(end - step * pick, n) < over,
    floats: { warpOver: over, warpUnder: under, weftOver: under, weftUnder: over },
    share: over / n,
    source: watson,
  };
}

/**
 * A regular satin on n ends, shaded: `level` of its n ends are up in each pick, so 1 is the weft face and n − 1 the
 * warp face. Every level ties the same two crossings (the first up, the last down), so any mixture of levels in phase
 * is one cloth with floats of at most n − 1 (proven by exhaustion for n ≤ 4, by trial above).
 * Along a pick the ends that are up lie together: floats of n − level over them and level under. Along an end they are
 * the picks 0, t, 2t … of n, where t × step is 1 more than a multiple of n.
 * @param step moves by which the ties walk; shares no divisor with n. 1 and n − 1 make a twill of it
 * @throws RangeError when n, step and level make no satin
 */
export function satin(n: number, step: number, level = 1): KnownStructure {
  if (n < 3 || step < 1 || step >= n || gcd(n, step) !== 1) throw new RangeError(`no satin on ${n} ends by ${step}`);
  if (level < 1 || level >= n) throw new RangeError(`a satin on ${n} ends has no level ${level}`);
  return {
    name: `${n}-end satin, ${level} up`,
    picks: n,
    ends: n,
    up: (pick, end) => mod(end - step * pick, n) < level,
    floats: { ...runsAlongEnd(n, step, level), weftOver: n - level, weftUnder: level },
    share: level / n,
    source: lucas,
  };
}

/** The longest run of neighbours, and the widest gap, among the picks 0, t, … (level − 1)t of n. */
function runsAlongEnd(n: number, step: number, level: number): Pick<Floats, 'warpOver' | 'warpUnder'> {
  const inverse = Array.from({ length: n }, (_, t) => t).find((t) => (t * step) % n === 1) ?? 1;
  const at = Array.from({ length: level }, (_, i) => (i * inverse) % n).sort((a, b) => a - b);
  let warpOver = 1;
  let warpUnder = 0;
  // Twice round, for a run may pass from the last pick to the first.
  for (let i = 1, run = 1; i < 2 * level; i++) {
    const gap = mod(at[i % level] - at[(i - 1) % level], n) || n;
    run = gap === 1 ? run + 1 : 1;
    warpOver = Math.max(warpOver, run);
    warpUnder = Math.max(warpUnder, gap - 1);
  }
  if (level === 1) warpUnder = n - 1;
  return { warpOver, warpUnder };
}

/** Ways for the ties of a regular satin on n ends to walk: no divisor shared, and neither of the two twills (Lucas 1867). */
export function satinSteps(n: number): number[] {
  return Array.from({ length: Math.max(0, n - 3) }, (_, i) => i + 2).filter((step) => gcd(n, step) === 1);
}

/**
 * Blocks of weft face and warp face by turns, each `wide` ends and picks, ties in phase: turned twill on four ends,
 * damask on a satin. Being in phase no float passes a join, so all four are n − 1.
 * @param wide a multiple of n
 */
function turned(name: string, n: number, step: number, wide: number): KnownStructure {
  if (wide < n || wide % n !== 0) throw new RangeError(`blocks of ${wide} ends do not hold whole repeats of ${n}`);
  const weftFace = satin(n, step, 1);
  const warpFace = satin(n, step, n - 1);
  return {
    name,
    picks: 2 * wide,
    ends: 2 * wide,
    up: (pick, end) =>
      (((Math.floor(pick / wide) + Math.floor(end / wide)) & 1) === 0 ? weftFace : warpFace).up(pick, end),
    floats: { warpOver: n - 1, warpUnder: n - 1, weftOver: n - 1, weftUnder: n - 1 },
    share: 1 / 2,
    source: watson,
  };
}

/** 1/3 and 3/1 twill by turns. */
export const turnedTwill = (wide = 4): KnownStructure => turned('turned twill', 4, 1, wide);

/** Weft-faced and warp-faced satin by turns. @throws RangeError when n and step make no satin */
export const damask = (n = 5, step = 2, wide = n): KnownStructure => turned(`damask on ${n} ends`, n, step, wide);

/** What we weave, and what weavers compare it with. */
export function structureCatalogue(): KnownStructure[] {
  const named = (name: string, structure: KnownStructure): KnownStructure => ({ ...structure, name });
  return [
    plain,
    basket,
    ...[
      [2, 1],
      [1, 2],
      [2, 2],
      [3, 1],
      [1, 3],
      [3, 2],
      [2, 3],
    ].flatMap(([over, under]) => [twill(over, under), twill(over, under, true)]),
    ...[5, 7, 8].flatMap((n) => {
      const [step] = satinSteps(n);
      return [
        named(`${n}-end satin, weft face`, satin(n, step, 1)),
        named(`${n}-end satin, warp face`, satin(n, step, n - 1)),
      ];
    }),
    ...[2, 3].map((level) => named(`5-end shaded satin, ${level} up`, satin(5, 2, level))),
    turnedTwill(),
    damask(),
  ];
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
