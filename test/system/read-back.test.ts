/** What is read from the threads and the key is what the CSV says, for the built-in figures and any others. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { clothOf } from '../../host/data/cloth-of';
import { readCsv } from '../../host/data/csv';
import { type Dataset, openDataset } from '../../host/data/dataset';
import { readProfile } from '../../host/profiles/read';
import { BitRows } from '../../patterns/bit-rows';
import { checkReadsBack } from '../../patterns/checks/reads-back';
import type { Cloth, ClothKey } from '../../patterns/cloth';
import { clothFromJson, clothToJson } from '../../patterns/cloth-json';
import { readBack } from '../../patterns/read-back';
import { type BuiltIn, builtIn, clothByHand, csvOf, linesOf, type SaidByHand } from './cloth-by-hand';

/** The exhibition's loom with shuttles enough for figures in any order. */
const loom = { ...readProfile('exhibition-40'), shuttles: 9 };

/** As a stranger reads: the file of the cloth is all that there is. */
function readings(cloth: Cloth): unknown[] {
  const file = clothFromJson(clothToJson(cloth));
  return readBack(file, file.key).map(({ number: _number, label: _label, ...said }) => said);
}

const bytesOf = (key: ClothKey): Buffer => Buffer.from(JSON.stringify(key));

function saidOf(says: SaidByHand): object {
  if ('ends' in says) return { statement: { is: 'length', ends: says.ends }, by: says.colour, flagged: false };
  if ('bin' in says) return { statement: { is: 'bin', bin: says.bin }, flagged: false };
  return { statement: { is: 'lane', lane: says.lane }, flagged: false, event: says.event };
}

const tenth = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from * 10, max: to * 10 }).map((n) => `${Math.floor(n / 10)}.${n % 10}`);
const parties = ['CON', 'LAB', 'SNP', 'LD', 'DUP', 'SF', 'PC', 'SDLP', 'APNI', 'GRN'];
/** Other figures that a row of each dataset might have. */
const figures: Readonly<Record<BuiltIn, fc.Arbitrary<Readonly<Record<string, string>>>>> = {
  'trafford-turnout-2024': fc.record({ turnout_pct: tenth(0, 60), imd_2025: tenth(0, 50) }),
  'manchester-imd-2019': fc.record({ imd_2019: tenth(15, 65) }),
  'election-night-2019': fc.record({
    party: fc.constantFrom(...parties),
    result: fc.constantFrom('hold', 'gain'),
  }),
};
/** Flipped crossings that can never make one record into another: neighbouring lengths differ in 3, lanes in 6, bins in 15. */
const tooFewToLie: Readonly<Record<BuiltIn, number>> = {
  'trafford-turnout-2024': 2,
  'manchester-imd-2019': 14,
  'election-night-2019': 5,
};

describe.each(builtIn)('the cloth of %s', (id) => {
  const byHand = clothByHand(id).records;
  let dataset: Dataset;
  let cloth: Cloth;
  beforeAll(async () => {
    dataset = await openDataset(id);
    cloth = clothOf(dataset, readProfile('exhibition-40'));
  });

  /** The dataset with other figures in the same rows, as CSV, read as any file is. */
  function withFigures(rows: readonly Readonly<Record<string, string>>[]): { cloth: Cloth; csv: string } {
    const [header, ...lines] = linesOf(csvOf(id));
    const changed = lines.map((line, i) => line.map((cell, column) => rows[i]?.[header[column]] ?? cell));
    const csv = [header, ...changed].map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\n');
    const table = readCsv(Buffer.from(csv), 'other.csv', dataset.facts.resources[0]);
    return { cloth: clothOf({ ...dataset, table }, loom), csv };
  }

  it('reads back as the figures binned by hand, each under its own label', () => {
    expect(readings(cloth)).toEqual(byHand.map(({ says }) => saidOf(says)));
    expect(readBack(cloth, cloth.key).map(({ number, label }) => [number, label])).toEqual(
      byHand.map(({ label }, i) => [i + 1, label]),
    );
  });

  it('would have the same key, to the byte, for any other figures, and other threads, which read back right', () => {
    const rows = linesOf(csvOf(id)).length - 1;
    fc.assert(
      fc.property(fc.array(figures[id], { minLength: rows, maxLength: rows }), (others) => {
        const other = withFigures(others);
        const { picks, records } = clothByHand(id, other.csv);
        expect(bytesOf(other.cloth.key).equals(bytesOf(cloth.key))).toBe(true);
        expect(rowsOf(other.cloth)).toEqual(picks.map(({ lifts, weft }) => `${lifts} ${weft}`));
        expect(readings(other.cloth)).toEqual(records.map(({ says }) => saidOf(says)));
        const same = records.every(({ says }, i) => JSON.stringify(says) === JSON.stringify(byHand[i].says));
        expect(rowsOf(other.cloth).join() === rowsOf(cloth).join()).toBe(same);
      }),
      { numRuns: 25 },
    );
  });

  it('never lies: with a few crossings of a record flipped, that record is altered and the others stay', () => {
    const { from, to } = cloth.parts.find(({ kind }) => kind === 'record')!;
    const before = readBack(cloth, cloth.key);
    const crossing = fc.record({ pick: fc.nat(to - from - 1), end: fc.integer({ min: 2, max: 37 }) });
    const flips = fc.uniqueArray(crossing, {
      minLength: 1,
      maxLength: tooFewToLie[id],
      selector: ({ pick, end }) => pick * 40 + end,
    });
    fc.assert(
      fc.property(fc.nat(before.length - 1), flips, (record, flipped) => {
        const after = readBack(withFlips(cloth, record, flipped), cloth.key);
        expect(after[record]).toEqual({
          number: record + 1,
          label: cloth.records[record].label,
          altered: expect.any(String),
        });
        expect(after.toSpliced(record, 1)).toEqual(before.toSpliced(record, 1));
      }),
      { numRuns: 100 },
    );
  });

  it('is altered where two picks of a record were woven in the wrong order', () => {
    const { words, ends, picks, stride } = cloth.lifts;
    const part = cloth.parts.find(({ record }) => record === 3)!;
    const swapped = words.slice();
    swapped.set(words.subarray(part.from * stride, (part.from + 1) * stride), (part.from + 1) * stride);
    swapped.set(words.subarray((part.from + 1) * stride, (part.from + 2) * stride), part.from * stride);
    const read = readBack({ ...cloth, lifts: new BitRows(ends, picks, swapped) }, cloth.key);
    expect(read[3]).toHaveProperty('altered');
  });
});

describe('three crossings that make a bar one end longer', () => {
  it('read as that length, and the check against the figures says so', async () => {
    const cloth = clothOf(await openDataset('trafford-turnout-2024'), loom);
    const [, oldTrafford] = clothByHand('trafford-turnout-2024').records;
    const { ends } = oldTrafford.says as { ends: number };
    const { from } = cloth.parts.find(({ record }) => record === 1)!;
    const end = 2 + ends;
    const flipped = [0, 1, 2, 3, 4]
      .map((pick) => ({ pick, end }))
      .filter(({ pick }) => cloth.lifts.get(from + pick, end) !== ((end + 3 * (from + pick)) % 5 === 0));
    expect(flipped).toHaveLength(3);
    const longer = withFlips(cloth, 1, flipped);
    expect(readBack(longer, cloth.key)[1]).toMatchObject({ statement: { is: 'length', ends: ends + 1 } });
    const said = readBack(cloth, cloth.key).map((reading) => {
      if ('altered' in reading) throw new Error(reading.altered);
      return reading;
    });
    expect(checkReadsBack(longer, cloth.key, said)).toEqual([
      {
        check: 4,
        pick: from + 1,
        sentence: 'Record 2, Old Trafford, reads “20 ends, second bin 4” and should read “19 ends, second bin 4”.',
      },
    ]);
  });
});

/** Pick in the record and end, indices. */
function withFlips(cloth: Cloth, record: number, flipped: readonly { pick: number; end: number }[]): Cloth {
  const { ends, picks, words } = cloth.lifts;
  const { from } = cloth.parts.find((part) => part.record === record)!;
  const lifts = new BitRows(ends, picks, words.slice());
  for (const { pick, end } of flipped) lifts.set(from + pick, end, !lifts.get(from + pick, end));
  return { ...cloth, lifts };
}

function rowsOf({ lifts, yarns, weft }: Cloth): string[] {
  return Array.from(weft, (yarn, pick) => `${lifts.text(pick)} ${yarns[yarn].name}`);
}
