import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import { checkCloth, isFault } from '../../patterns/checks';
import type { Choice } from '../../patterns/choice';
import { binned, encode } from '../../patterns/encode';
import { keyText } from '../../patterns/encodings/key';
import { readBack } from '../../patterns/read-back';
import type { Cell, Table } from '../../patterns/table';
import * as real from './fixtures';

const loom = { ...real.exhibition40, shuttles: 9 };

function woven(table: Table, choice: Choice) {
  const encoded = encode(table, loom, choice);
  const said = binned(table, loom, choice);
  if (!encoded.ok || !said.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  return { cloth: encoded.cloth, said: said.said };
}
/** What is read from nothing but lifts, thread colours and key. */
function readings(cloth: ReturnType<typeof woven>['cloth']) {
  const { lifts, yarns, warp, weft, key } = cloth;
  return readBack({ lifts, yarns, warp, weft }, JSON.parse(keyText(key))).map(
    ({ number: _, label: __, ...said }) => said,
  );
}

const tenth = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((n) => `${Math.floor(n / 10)}.${n % 10}`);
const reason = fc
  .constantFrom('not recorded', 'suppressed', 'not applicable', 'unknown')
  .map((absent) => ({ absent }) as Cell);
const flagged = (value: fc.Arbitrary<string>): fc.Arbitrary<Cell> =>
  fc
    .tuple(value, fc.boolean())
    .map(([text, flag]): Cell => (flag ? { value: text, flags: ['provisional'] } : { value: text }));
const number = (max: number): fc.Arbitrary<Cell> =>
  fc.oneof({ weight: 5, arbitrary: flagged(tenth(max)) }, { weight: 1, arbitrary: reason });

const cases = {
  bars: {
    table: real.trafford,
    choice: real.traffordChoice,
    row: fc.tuple(
      number(90),
      fc.oneof({ weight: 5, arbitrary: tenth(45).map((value): Cell => ({ value })) }, { weight: 1, arbitrary: reason }),
    ),
  },
  bands: { table: real.manchester, choice: real.manchesterChoice, row: fc.tuple(number(90)) },
  sequence: {
    table: real.night,
    choice: real.nightChoice,
    row: fc.tuple(
      fc.oneof(
        {
          weight: 5,
          arbitrary: flagged(fc.constantFrom('CON', 'LAB', 'SNP', 'LD', 'PC', 'GRN')),
        },
        { weight: 1, arbitrary: reason },
      ),
      fc.constantFrom<Cell>({ value: 'gain' }, { value: 'hold' }, { absent: 'not recorded' }, { absent: 'suppressed' }),
    ),
  },
  mirror: {
    table: real.trafford,
    choice: { ...real.traffordChoice, encoding: 'mirror' },
    row: fc.tuple(number(90), number(50)),
  },
  span: {
    table: real.claims,
    choice: real.claimsChoice,
    row: fc.tuple(number(40), number(40), fc.boolean()).map(([a, b, off]): readonly Cell[] => {
      if ('absent' in a && 'absent' in b) return [a, b];
      if ('absent' in a) return [a, { ...b, value: String(22 + (Number((b as { value: string }).value) % 18)) }];
      if ('absent' in b) return [{ ...a, value: String(Number(a.value) % 10) }, b];
      const [low, high] = Number(a.value) <= Number(b.value) ? [a, b] : [b, a];
      return [low, off ? { ...high, value: '90' } : high];
    }),
  },
  shade: { table: real.hours, choice: real.hoursChoice, row: fc.tuple(number(40), number(40), number(40), number(40)) },
} as const;

describe.each(Object.entries(cases))('%s', (_, { table, choice, row }) => {
  const tableOf = (rows: readonly (readonly Cell[])[]): Table => ({
    ...table,
    rows: rows.map((cells, i) => [{ value: `row ${i + 1}` }, ...cells]),
  });

  it('read back whatever the table says, absent and off-scale values included, and pass every check', () => {
    fc.assert(
      fc.property(
        fc.array<readonly Cell[]>(row as fc.Arbitrary<readonly Cell[]>, { minLength: 1, maxLength: 30, size: 'max' }),
        (rows) => {
          const { cloth, said } = woven(tableOf(rows), choice);
          expect(readings(cloth)).toEqual(said);
          expect(checkCloth(cloth, loom, said).filter(isFault)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('have one key for two tables of the same labels and scale, and a cloth for each', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(row as fc.Arbitrary<readonly Cell[]>, row as fc.Arbitrary<readonly Cell[]>), {
          minLength: 1,
          maxLength: 20,
        }),
        (pairs) => {
          const [one, other] = [0, 1].map((i) => woven(tableOf(pairs.map((pair) => pair[i])), choice));
          expect(keyText(one.cloth.key)).toBe(keyText(other.cloth.key));
          const sameThreads =
            one.cloth.lifts.words.join() === other.cloth.lifts.words.join() &&
            colours(one.cloth) === colours(other.cloth);
          expect(sameThreads).toBe(JSON.stringify(one.said) === JSON.stringify(other.said));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never guess: one crossing changed in a record makes it altered, not another value', () => {
    const { cloth } = woven(table, choice);
    const records = cloth.parts.filter(({ kind }) => kind === 'record');
    const ends = cloth.lifts.ends;
    fc.assert(
      fc.property(
        fc.nat(records.length - 1),
        fc.nat(9),
        fc.integer({ min: 2, max: ends - 3 }),
        (index, offset, end) => {
          const { from, to } = records[index];
          const lifts = new BitRows(ends, cloth.lifts.picks, cloth.lifts.words.slice());
          const pick = from + (offset % (to - from));
          lifts.set(pick, end, !lifts.get(pick, end));
          const before = readBack(cloth, cloth.key);
          const after = readBack({ ...cloth, lifts }, cloth.key);
          expect(after[index]).toMatchObject({ label: cloth.records[index].label, altered: expect.any(String) });
          expect(after.filter((_reading, i) => i !== index)).toEqual(before.filter((_reading, i) => i !== index));
        },
      ),
      { numRuns: 100 },
    );
  });
});

function colours({ weft, yarns }: { weft: Uint8Array; yarns: readonly { colour: string }[] }): string {
  return Array.from(weft, (yarn) => yarns[yarn].colour).join();
}

describe('a bin carried twice', () => {
  it('is altered when colour and texture disagree', () => {
    const { cloth } = woven(real.manchester, real.manchesterChoice);
    const record = cloth.parts.find(({ record: index }) => index === 0)!;
    const other = cloth.yarns.findIndex(({ name }) => name === 'gold');
    const weft = cloth.weft.slice().fill(other, record.from, record.to);
    expect(readBack({ ...cloth, weft }, cloth.key)[0]).toMatchObject({
      altered: 'its colour and its texture disagree',
    });
    weft[record.from + 1] = cloth.weft[record.from];
    expect(readBack({ ...cloth, weft }, cloth.key)[0]).toMatchObject({
      altered: expect.stringContaining('its weft changes'),
    });
  });
});

describe('a key', () => {
  const { cloth } = woven(real.night, real.nightChoice);

  it('holds labels and lanes and no winner', () => {
    const text = keyText(cloth.key);
    expect(text).toContain('Blyth Valley');
    expect(text).not.toContain('gain"');
    expect(Object.keys(cloth.key)).toEqual([
      'encoding',
      'version',
      'ground',
      'value',
      'missing',
      'suppressed',
      'layout',
      'labels',
      'lanes',
      'event',
    ]);
  });

  it('of another encoding, version or cloth is told, not guessed', () => {
    expect(() => readBack(cloth, { ...cloth.key, encoding: 'quipu' })).toThrow('no reader for the encoding "quipu"');
    expect(() => readBack(cloth, { ...cloth.key, version: 2 })).toThrow('version 2');
    const short = { ...cloth, lifts: new BitRows(40, 50, cloth.lifts.words.slice(0, 100)) };
    expect(readBack(short, cloth.key)[59]).toMatchObject({ altered: 'the cloth ends before it' });
    const rewarped = { ...cloth, warp: cloth.warp.slice().fill(cloth.warp[2], 10, 11) };
    expect(readBack(rewarped, cloth.key)[0]).toMatchObject({
      altered: expect.stringContaining('end 11 of the lane "red"'),
    });
  });
});
