import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import { checkFloats } from '../../patterns/checks';
import { longestFloats } from '../../patterns/draft-facts';
import { mend } from '../../patterns/mend';

const anyDraft = (ends: number, picks: number) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: ends }),
      fc.integer({ min: 1, max: picks }),
      fc.infiniteStream(fc.nat(99)),
      fc.nat(99),
    )
    .map(([wide, high, stream, share]) => {
      const lifts = new BitRows(wide, high);
      for (let pick = 0; pick < high; pick++)
        for (let end = 0; end < wide; end++) lifts.set(pick, end, stream.next().value < share);
      return lifts;
    });
const rowsOf = (lifts: BitRows): string[] => Array.from({ length: lifts.picks }, (_, pick) => lifts.text(pick));
const longest = (lifts: BitRows): number => Math.max(...Object.values(longestFloats(lifts)));

/** The judge: every set of crossings, the smaller ones first. */
function fewestByTrying(lifts: BitRows, limit: number): number {
  const { ends, picks } = lifts;
  const cells = ends * picks;
  let fewest = Number.POSITIVE_INFINITY;
  for (let set = 0; set < 1 << cells; set++) {
    let size = 0;
    for (let bits = set; bits !== 0; bits &= bits - 1) size++;
    if (size >= fewest) continue;
    const tried = new BitRows(ends, picks, lifts.words.slice());
    for (let at = 0; at < cells; at++)
      if ((set >> at) & 1) tried.set(Math.floor(at / ends), at % ends, !lifts.get(Math.floor(at / ends), at % ends));
    if (longest(tried) <= limit) fewest = size;
  }
  return fewest;
}

describe('mending', () => {
  it('leaves no float over the limit, and turns over just what it lists', () => {
    fc.assert(
      fc.property(anyDraft(24, 24), fc.integer({ min: 1, max: 7 }), (lifts, limit) => {
        const before = rowsOf(lifts);
        const { drawdown, changes } = mend(lifts, limit);
        expect(checkFloats(drawdown, limit)).toEqual([]);
        expect(rowsOf(lifts)).toEqual(before);
        for (const { pick, end, up } of changes) {
          expect(lifts.get(pick - 1, end - 1)).toBe(!up);
          lifts.set(pick - 1, end - 1, up);
        }
        expect(rowsOf(lifts)).toEqual(rowsOf(drawdown));
      }),
      { numRuns: 60 },
    );
  });

  it('needs as few changes as trying every set of crossings finds', () => {
    fc.assert(
      fc.property(anyDraft(4, 3), fc.integer({ min: 1, max: 3 }), (lifts, limit) => {
        const { changes, fewest } = mend(lifts, limit);
        expect(fewest).toBe(true);
        expect(changes.length).toBe(fewestByTrying(lifts, limit));
      }),
      { numRuns: 60 },
    );
    for (let bits = 0; bits < 512; bits++) {
      const lifts = new BitRows(3, 3);
      for (let at = 0; at < 9; at++) lifts.set(Math.floor(at / 3), at % 3, ((bits >> at) & 1) === 1);
      expect([bits, mend(lifts, 2).changes.length]).toEqual([bits, fewestByTrying(lifts, 2)]);
    }
  });

  it('of one long float needs a tie for every limit and one more threads', () => {
    const plainRow = (pick: number) => Array.from({ length: 30 }, (_, end) => (pick + end) % 2).join('');
    const lifts = BitRows.from([plainRow(0), plainRow(1), '0'.repeat(30), plainRow(1), plainRow(0)]);
    const { changes, fewest } = mend(lifts, 6);
    expect(changes.map(({ pick, end, up }) => `${pick}/${end} ${up}`)).toEqual([
      '3/7 true',
      '3/14 true',
      '3/21 true',
      '3/28 true',
    ]);
    expect(fewest).toBe(true);
  });

  it('ties a pick and an end that float over one another at the crossing that they share', () => {
    const lifts = BitRows.from(
      Array.from({ length: 9 }, (_, pick) =>
        Array.from({ length: 9 }, (_, end) => (pick === 4 || end === 4 ? 0 : (pick + end) % 2)).join(''),
      ),
    );
    expect(mend(lifts, 8).changes).toEqual([{ pick: 5, end: 5, up: true }]);
  });

  it('does nothing where nothing floats too far, and refuses what is no limit', () => {
    expect(mend(BitRows.from(['0101', '1010']), 1)).toMatchObject({ changes: [], fewest: true });
    expect(() => mend(BitRows.from(['01']), 0)).toThrow('at most 0 threads');
  });

  it('of a draft that is all floats ends, and says that fewer might do', () => {
    const { drawdown, changes, fewest } = mend(new BitRows(120, 120), 6);
    expect(checkFloats(drawdown, 6)).toEqual([]);
    // A tie in every seventh crossing of each line would be fewest; plain weave has one in every second.
    expect(changes.length).toBeLessThan((120 * 120) / 4);
    expect(fewest).toBe(false);
    expect(() => mend(new BitRows(2000, 2000), 6)).toThrow('too much to mend');
  });
});
