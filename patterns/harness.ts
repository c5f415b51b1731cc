/** Which heddle or shaft moves each end: the one way from the lifts of a cloth to what the board lifts, and back. */
import { BitRows } from './bit-rows';
import type { LoomProfile, Threading } from './profile';

export interface Harness {
  readonly by: 'heddles' | 'shafts';
  /** heddles or shafts that the board moves */
  readonly count: number;
  /** actuator index of each end; −1 = it hangs free, and the hand passes the shuttle over and under it */
  readonly of: readonly number[];
  readonly shed: 'rising' | 'sinking';
}

/** Two ends of one actuator that a pick wants apart; numbers. */
export interface Torn {
  readonly pick: number;
  readonly ends: readonly [number, number];
  readonly actuator: number;
}

/** Cached: looms are few, and every row of a weave asks. */
const known = new WeakMap<LoomProfile, Harness>();

/** Every end is on an actuator that the board has, or free, where host/profiles has read the profile. */
export function harnessOf(profile: LoomProfile): Harness {
  let harness = known.get(profile);
  if (!harness) {
    harness = made(profile);
    known.set(profile, harness);
  }
  return harness;
}

/** One heddle an end, end 1 on heddle 1. */
export function straightHarness(ends: number): Harness {
  return { by: 'heddles', count: ends, of: Array.from({ length: ends }, (_, end) => end), shed: 'rising' };
}

function made(profile: LoomProfile): Harness {
  const { lifting = { by: 'heddles' }, shed = 'rising', board } = profile;
  const of = lifting.by === 'heddles' ? onHeddles(profile, lifting.endsPerHeddle ?? 1) : onShafts(profile, lifting);
  return { by: lifting.by, count: board.heddles, of, shed };
}

/** Floating ends have no heddle: the first heddle is the next end's. */
function onHeddles({ ends, selvedgeWeave }: LoomProfile, each: number): number[] {
  const free = selvedgeWeave === 'floating' ? 1 : 0;
  return Array.from({ length: ends }, (_, end) =>
    end < free || end >= ends - free ? -1 : Math.floor((end - free) / each),
  );
}

function onShafts(
  profile: LoomProfile,
  lifting: Exclude<LoomProfile['lifting'], undefined> & { by: 'shafts' },
): number[] {
  const { threading, leftSelvedge = [], rightSelvedge = [] } = lifting;
  if (threading.kind === 'custom') return threading.ends.map((shaft) => shaft - 1);
  const free = profile.selvedgeWeave === 'floating' ? [0] : [];
  const left = [...free, ...leftSelvedge];
  const right = [...free, ...rightSelvedge].reverse();
  const between = threaded(threading, profile.ends - left.length - right.length);
  return [...left, ...between, ...right].map((shaft) => shaft - 1);
}

/** The shafts of so many ends, as numbers. */
export function threaded(threading: Exclude<Threading, { kind: 'custom' }>, ends: number): number[] {
  if (threading.kind === 'blocks') return threading.blocks.flatMap(({ shafts, ends: wide }) => again(shafts, wide));
  return again(threadingRepeat(threading), ends);
}

/** The order of shafts that comes again and again. */
export function threadingRepeat(threading: Exclude<Threading, { kind: 'custom' | 'blocks' }>): readonly number[] {
  if (threading.kind === 'straight') return threading.shafts;
  if (threading.kind === 'repeat') return threading.order;
  return [...threading.shafts, ...threading.shafts.slice(1, -1).reverse()];
}

const again = (order: readonly number[], count: number): number[] =>
  Array.from({ length: count }, (_, i) => order[i % order.length]);

/** Actuators that move an end at all, as bits of one row. */
function threadedActuators({ count, of }: Harness): BitRows {
  const bits = new BitRows(count, 1);
  for (const actuator of of) if (actuator >= 0) bits.set(0, actuator, true);
  return bits;
}

/**
 * What the board is told for a pick: bit = actuator, 1 = it moves. Of a sinking shed the others of those that have ends.
 * @param pick index
 * @param rest actuator numbers that nothing drives
 * @returns ceil(count / 8) bytes, bit 0 of byte 0 is actuator 1
 */
export function actuatorRow(harness: Harness, lifts: BitRows, pick: number, rest: readonly number[] = []): Uint8Array {
  const row = new BitRows(harness.count, 1);
  harness.of.forEach((actuator, end) => {
    if (actuator >= 0 && lifts.get(pick, end)) row.set(0, actuator, true);
  });
  if (harness.shed === 'sinking') {
    const all = threadedActuators(harness);
    for (let word = 0; word < row.stride; word++) row.words[word] = ~row.words[word] & all.words[word];
  }
  for (const actuator of rest) if (actuator >= 1 && actuator <= harness.count) row.set(0, actuator - 1, false);
  return row.bytes(0);
}

/** The cloth as these actuators weave it when some of them stay at rest. Ends that hang free are as they were. */
export function wovenWithout(harness: Harness, lifts: BitRows, rest: readonly number[]): BitRows {
  const woven = new BitRows(lifts.ends, lifts.picks, lifts.words.slice());
  const still = new Set(rest.map((number) => number - 1));
  const up = harness.shed === 'sinking';
  harness.of.forEach((actuator, end) => {
    if (still.has(actuator)) for (let pick = 0; pick < lifts.picks; pick++) woven.set(pick, end, up);
  });
  return woven;
}

/** Numbers of the ends that an actuator of that number moves. */
export function endsOn({ of }: Harness, actuator: number): number[] {
  return of.flatMap((one, end) => (one === actuator - 1 ? [end + 1] : []));
}

/** The first pick that wants two ends of one actuator apart, for each actuator; none when the loom can weave the lifts. */
export function tornApart({ of }: Harness, lifts: BitRows): Torn[] {
  const first = new Map<number, number>();
  const found: Torn[] = [];
  const told = new Set<number>();
  const pairs: { end: number; with: number; actuator: number }[] = [];
  of.forEach((actuator, end) => {
    if (actuator < 0) return;
    const other = first.get(actuator);
    if (other === undefined) first.set(actuator, end);
    else pairs.push({ end, with: other, actuator });
  });
  for (let pick = 0; pick < lifts.picks; pick++)
    for (const { end, with: other, actuator } of pairs) {
      if (told.has(actuator) || lifts.get(pick, end) === lifts.get(pick, other)) continue;
      told.add(actuator);
      found.push({ pick: pick + 1, ends: [other + 1, end + 1], actuator: actuator + 1 });
    }
  return found;
}
