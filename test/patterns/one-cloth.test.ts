import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import { checkCloth, checkOneCloth } from '../../patterns/checks';
import { layersOf, upsOfEnds, upsOfPicks } from '../../patterns/checks/one-cloth';
import { encode } from '../../patterns/encode';
import type { SelvedgeWeave } from '../../patterns/profile';
import * as real from './fixtures';

const plainRows = (ends: number, picks: number): string[] =>
  Array.from({ length: picks }, (_, pick) => Array.from({ length: ends }, (_, end) => (pick + end) % 2).join(''));

/** Every cloth of so many picks and ends. */
function* everyCloth(picks: number, ends: number): Generator<BitRows> {
  for (let bits = 0; bits < 1 << (picks * ends); bits++) {
    const rows = Uint32Array.from({ length: picks }, (_, pick) => (bits >>> (pick * ends)) & ((1 << ends) - 1));
    yield new BitRows(ends, picks, rows);
  }
}
const sizes = [1, 2, 3, 4].flatMap((picks) => [1, 2, 3, 4].map((ends) => [picks, ends] as const));

const popcount = (bits: number): number => (bits === 0 ? 0 : 1 + popcount(bits & (bits - 1)));
const ones = Array.from({ length: 16 }, (_, bits) => popcount(bits));

/** The judge: every way to lift some of the threads off the others, and how many crossings are in the way of it. */
function everyLift({ picks, ends, words }: BitRows): { readonly top: number; readonly wrong: number }[] {
  const ways: { top: number; wrong: number }[] = [];
  for (let top = 1; top < (1 << (picks + ends)) - 1; top++) {
    const endsOnTop = top >> picks;
    let wrong = 0;
    for (let pick = 0; pick < picks; pick++)
      wrong += (top >> pick) & 1 ? ones[words[pick] & ~endsOnTop & 15] : ones[~words[pick] & endsOnTop];
    ways.push({ top, wrong });
  }
  return ways;
}

/**
 * The judge of large ones: a thread rests on another where it lies over it, and threads that rest on one another in a ring
 * cannot be parted. Counts such sets (strongly connected components) by going there and back from each.
 */
function ringsOf(lifts: BitRows): number {
  const { picks, ends } = lifts;
  const count = picks + ends;
  const over = (a: number, b: number): boolean =>
    a < picks ? b >= picks && !lifts.get(a, b - picks) : b < picks && lifts.get(b, a - picks);
  const reached = (from: number, there: boolean): Set<number> => {
    const seen = new Set([from]);
    for (const a of seen)
      for (let b = 0; b < count; b++) if (!seen.has(b) && (there ? over(a, b) : over(b, a))) seen.add(b);
    return seen;
  };
  const left = new Set(Array.from({ length: count }, (_, thread) => thread));
  let rings = 0;
  for (const thread of left) {
    const back = reached(thread, false);
    for (const other of reached(thread, true)) if (back.has(other)) left.delete(other);
    rings++;
  }
  return rings;
}

describe('one cloth', () => {
  it('is told from many by exhaustive search, for every cloth of up to 4 × 4', () => {
    let cloths = 0;
    for (const [picks, ends] of sizes)
      for (const lifts of everyCloth(picks, ends)) {
        const { layers, strength } = layersOf(lifts);
        const ways = everyLift(lifts);
        const least = ways.reduce((fewest, { wrong }) => Math.min(fewest, wrong), Number.POSITIVE_INFINITY);
        // Threads are of one layer when nothing that lifts off freely parts them.
        const free = ways.filter(({ wrong }) => wrong === 0);
        const thread = (i: number): string => free.map(({ top }) => (top >> i) & 1).join('');
        const parted = new Set(Array.from({ length: picks + ends }, (_, i) => thread(i))).size;
        if (layers !== parted || strength !== least) throw new Error(`${picks} × ${ends}: ${[...lifts.words]}`);
        cloths++;
      }
    expect(cloths).toBe(74_954);
  });

  it('is told from many by rings of threads that rest on one another, also for large ones', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 12 }),
        fc.infiniteStream(fc.nat(12)),
        (ends, picks, share, stream) => {
          const lifts = new BitRows(ends, picks);
          // Whole blocks that lie over others, so that many of them fall apart.
          const [high, left] = [stream.next().value % picks, stream.next().value % ends];
          for (let pick = 0; pick < picks; pick++)
            for (let end = 0; end < ends; end++)
              lifts.set(pick, end, pick < high === end < left ? stream.next().value < share : pick >= high);
          expect(layersOf(lifts).layers).toBe(ringsOf(lifts));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('names the pick that would come away', () => {
    const rows = plainRows(12, 9);
    rows[4] = '0'.repeat(12);
    const [finding] = checkOneCloth(BitRows.from(rows));
    expect(finding).toMatchObject({ check: 2, pick: 5 });
    expect(finding.sentence).toContain('falls apart into 2 layers: 1 pick, first pick 5,');
  });

  it('may be two when a double weave was asked for, and not three', () => {
    const rows = Array.from({ length: 8 }, (_, pick) =>
      Array.from({ length: 8 }, (_, end) => {
        const tie = ((pick >> 1) + (end >> 1)) % 2;
        return pick % 2 === 1 ? (end % 2 === 0 ? 1 : tie) : end % 2 === 1 ? 0 : tie;
      }).join(''),
    );
    const double = BitRows.from(rows);
    expect(layersOf(double).layers).toBe(2);
    expect(checkOneCloth(double)).toHaveLength(1);
    expect(checkOneCloth(double, { layers: 2 })).toEqual([]);
    expect(checkOneCloth(BitRows.from([...rows, '0'.repeat(8)]), { layers: 2 })).not.toEqual([]);
  });

  it('is asked of all ends but those that hang free, and names these', () => {
    const loose = BitRows.from(plainRows(12, 9).map((row) => `0${row.slice(1)}`));
    expect(checkOneCloth(loose)[0]).toMatchObject({ end: 1 });
    expect(checkOneCloth(loose, { leftOut: [0] })).toEqual([]);
    const torn = BitRows.from(plainRows(12, 9).map((row) => `0${row.slice(1, 7)}1${row.slice(8)}`));
    const [finding] = checkOneCloth(torn, { leftOut: [0] });
    expect(finding.end).toBe(8);
    expect(finding.sentence).toContain('(without end 1, hanging free): 1 end, first end 8,');
  });

  it('of a floating selvedge is left to the hand', () => {
    const encoded = encode(real.trafford, real.exhibition40, real.traffordChoice);
    if (!encoded.ok) throw new Error(encoded.reason);
    const { lifts } = encoded.cloth;
    const still = new BitRows(lifts.ends, lifts.picks, lifts.words.slice());
    for (let pick = 0; pick < still.picks; pick++) still.set(pick, 0, false);
    const second = (selvedgeWeave: SelvedgeWeave) =>
      checkCloth({ ...encoded.cloth, lifts: still }, { ...real.exhibition40, selvedgeWeave }).filter(
        ({ check }) => check === 2,
      );
    expect(second('floating')).toEqual([]);
    expect(second('plain')).toHaveLength(1);
  });

  it('counts raised ends and picks as one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.infiniteStream(fc.boolean()), (ends, stream) => {
        const lifts = new BitRows(ends, 40);
        for (let pick = 0; pick < 40; pick++)
          for (let end = 0; end < ends; end++) lifts.set(pick, end, stream.next().value);
        const rows = Array.from({ length: 40 }, (_, pick) => lifts.text(pick));
        expect([...upsOfPicks(lifts)]).toEqual(rows.map((row) => row.replaceAll('0', '').length));
        expect([...upsOfEnds(lifts)]).toEqual(
          Array.from({ length: ends }, (_, end) => rows.filter((row) => row[end] === '1').length),
        );
      }),
      { numRuns: 30 },
    );
  });
});
