/**
 * Check 2: the threads hang together as one cloth (Clapham 1980, Enns 1984).
 * A layer that lifts off holds the picks with the fewest ends over them and the ends that lie over the most picks, so
 * only sorted sets need trying, and for so many ends only those picks whose count is just that number.
 */
import { BitRows } from '../bit-rows';
import { type Finding, mostFindings } from './finding';

const popcount = (bits: number): number => {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** Ends that are up in each pick. */
export function upsOfPicks({ words, stride, picks }: BitRows): Uint32Array {
  const ups = new Uint32Array(picks);
  for (let pick = 0; pick < picks; pick++)
    for (let word = 0; word < stride; word++) ups[pick] += popcount(words[pick * stride + word]);
  return ups;
}

/** Picks in which each end is up: 32 counters at a time, one bit of each in a word. */
export function upsOfEnds({ words, stride, picks, ends }: BitRows): Uint32Array {
  const ups = new Uint32Array(ends);
  const places = 32 - Math.clz32(picks);
  const planes = new Uint32Array(places);
  for (let word = 0; word < stride; word++) {
    planes.fill(0);
    for (let pick = 0; pick < picks; pick++) {
      let carry = words[pick * stride + word];
      for (let place = 0; carry !== 0; place++) {
        const both = planes[place] & carry;
        planes[place] ^= carry;
        carry = both;
      }
    }
    for (let end = 32 * word; end < Math.min(ends, 32 * word + 32); end++)
      for (let place = 0; place < places; place++) ups[end] += ((planes[place] >>> (end & 31)) & 1) << place;
  }
  return ups;
}

/** How many picks and ends lie wholly on top of all the others. */
export interface Cut {
  readonly picks: number;
  readonly ends: number;
}

export interface Layers {
  /** 1 = one cloth */
  readonly layers: number;
  /** from the top: where the cloth parts; none in one cloth */
  readonly cuts: readonly Cut[];
  /** fewest crossings that would have to be turned over for the cloth to fall apart; 0 when it does already */
  readonly strength: number;
  /** pick and end indices, topmost first */
  readonly picks: readonly number[];
  readonly ends: readonly number[];
}

/** Counts the layers that the cloth falls apart into. */
export function layersOf(lifts: BitRows): Layers {
  const { picks: m, ends: n } = lifts;
  const rowUps = upsOfPicks(lifts);
  const endUps = upsOfEnds(lifts);
  const picks = Array.from(rowUps.keys()).sort((a, b) => rowUps[a] - rowUps[b]);
  const ends = Array.from(endUps.keys()).sort((a, b) => endUps[b] - endUps[a]);
  const cuts: Cut[] = [];
  let lighter = 0;
  let upsLighter = 0;
  let upsEnds = 0;
  let strength = Number.POSITIVE_INFINITY;
  for (let t = 0; t <= n; t++) {
    if (t > 0) upsEnds += endUps[ends[t - 1]];
    while (lighter < m && rowUps[picks[lighter]] < t) upsLighter += rowUps[picks[lighter++]];
    let ups = upsLighter;
    for (let q = lighter; ; ) {
      // Crossings between the layer and the rest that are the wrong way up.
      const wrong = t * (m - q) - upsEnds + ups;
      const whole = (q === 0 && t === 0) || (q === m && t === n);
      if (!whole) strength = Math.min(strength, wrong);
      if (wrong === 0 && !whole) cuts.push({ picks: q, ends: t });
      if (q >= m || rowUps[picks[q]] !== t) break;
      ups += rowUps[picks[q++]];
    }
  }
  // All and nothing are no layers, so beside them the lightest pick alone counts, and all but the heaviest.
  if (m > 0 && m + n > 1) {
    strength = Math.min(strength, rowUps[picks[0]], n - rowUps[picks[m - 1]]);
  }
  return { layers: cuts.length + 1, cuts, strength, picks, ends };
}

export interface OneClothAsked {
  /** layers that are wanted: 2 of a double weave; 1 unless said */
  readonly layers?: number;
  /** ends (indices) that hang free and are held by the hand alone: they are named, and no part of the question */
  readonly leftOut?: readonly number[];
}

export function checkOneCloth(lifts: BitRows, { layers: wanted = 1, leftOut = [] }: OneClothAsked = {}): Finding[] {
  const kept = Array.from({ length: lifts.ends }, (_, end) => end).filter((end) => !leftOut.includes(end));
  const { layers, cuts, picks, ends } = layersOf(leftOut.length > 0 ? only(lifts, kept) : lifts);
  if (layers <= wanted) return [];
  const without =
    leftOut.length > 0 ? ` (without end ${leftOut.map((end) => end + 1).join(' and ')}, hanging free)` : '';
  return cuts.slice(0, mostFindings).map((cut) => {
    const top = cut.picks + cut.ends;
    const rest = picks.length + ends.length - top;
    const [pickSide, endSide] =
      top <= rest
        ? [picks.slice(0, cut.picks), ends.slice(0, cut.ends)]
        : [picks.slice(cut.picks), ends.slice(cut.ends)];
    const pick = pickSide.length > 0 ? least(pickSide) + 1 : undefined;
    const end = endSide.length > 0 ? kept[least(endSide)] + 1 : undefined;
    const what = [
      ...(pick ? [`${pickSide.length} ${pickSide.length === 1 ? 'pick' : 'picks'}, first pick ${pick},`] : []),
      ...(end ? [`${endSide.length} ${endSide.length === 1 ? 'end' : 'ends'}, first end ${end},`] : []),
    ].join(' and ');
    const sentence = `The cloth falls apart into ${layers} layers${without}: ${what} would come away.`;
    return { check: 2, sentence, ...(pick ? { pick } : {}), ...(end ? { end } : {}) };
  });
}

const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b));

/** The cloth without some of its ends. */
function only(lifts: BitRows, kept: readonly number[]): BitRows {
  const some = new BitRows(kept.length, lifts.picks);
  for (let pick = 0; pick < lifts.picks; pick++)
    kept.forEach((end, i) => {
      if (lifts.get(pick, end)) some.set(pick, i, true);
    });
  return some;
}
