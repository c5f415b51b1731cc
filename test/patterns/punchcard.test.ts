import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProfile } from '../../host/profiles/read';
import { BitRows } from '../../patterns/bit-rows';
import { checkCloth, isFault } from '../../patterns/checks';
import { readFromAcross } from '../../patterns/checks/reads-far';
import type { Choice } from '../../patterns/choice';
import type { Cloth } from '../../patterns/cloth';
import { binned, encode } from '../../patterns/encode';
import { Painter } from '../../patterns/encodings/ground';
import { type AnyKey, keyText, type PunchcardKey } from '../../patterns/encodings/key';
import { readBack } from '../../patterns/read-back';
import { readingTable } from '../../patterns/reading-table';
import type { Cell, Column, Table } from '../../patterns/table';
import { credit, exhibition40 } from './fixtures';

const turnout: Column = {
  ...{ name: 'turnout', title: 'Turnout', type: 'number', kind: 'share', unit: '%', scale: { perEnd: '2', max: '60' } },
};
const tableOf = (cells: readonly Cell[], column = turnout): Table => ({
  columns: [{ name: 'ward', title: 'Ward', type: 'string' }, column],
  rows: cells.map((cell, i) => [{ value: `Ward ${i + 1}` }, cell]),
});
const choice: Choice = {
  encoding: 'punchcard',
  label: 'ward',
  value: 'turnout',
  step: '0.1',
  words: '{label}: {value} %.',
  provenance: credit,
};
const wards = tableOf([
  { value: '38.0' },
  { value: '24.8' },
  { value: '0' },
  { value: '60' },
  { value: '51.2', flags: ['provisional'] },
  { value: '61' },
  { absent: 'not recorded' },
  { absent: 'suppressed' },
]);

function woven(table: Table, loom = exhibition40, how: Choice = choice) {
  const encoded = encode(table, loom, how);
  const said = binned(table, loom, how);
  if (!encoded.ok || !said.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  return { cloth: encoded.cloth, said: said.said, key: encoded.cloth.key as PunchcardKey };
}
const words = (cloth: Cloth) =>
  readingTable(readBack(cloth, cloth.key), cloth.key).map((reading) =>
    'words' in reading ? reading.words : 'altered',
  );

describe('a punchcard', () => {
  it('says every figure to its last digit, and what is not there', () => {
    const { cloth, said } = woven(wards);
    expect(words(cloth)).toEqual([
      ...[
        '38.0 %',
        '24.8 %',
        '0.0 %',
        '60.0 %',
        '51.2 %; estimated, provisional or partial',
        'off the scale: beyond 60 %',
        'absent: missing',
        'absent: suppressed',
      ],
    ]);
    expect(checkCloth(cloth, exhibition40, said)).toEqual([]);
  });

  it('has as few rows of holes as the loom lets it, the highest digit at the upper left', () => {
    const { key } = woven(wards);
    // 600 steps are ten digits, and with parity and mark twelve holes: two rows of six.
    expect(key.digits).toHaveLength(10);
    expect(key.layout.picks).toBe(2 * key.ground.n);
    expect(key.digits[0]).toEqual({ from: 2, to: 8, rows: { from: 5, to: 10 } });
    expect(key.digits[6]).toEqual({ from: 2, to: 8, rows: { from: 0, to: 5 } });
    expect(key.edge).toEqual({ from: 32, to: 38, rows: { from: 0, to: 5 } });
    expect(woven(wards, readProfile('jacquard-440')).key.layout.picks).toBe(5);
    expect(woven(wards, readProfile('table-16')).key.layout.picks).toBe(16);
  });

  it('shows the weft where a digit is 1: 38.0 is 256 + 64 + 32 + 16 + 8 + 4 tenths', () => {
    const { cloth, key } = woven(wards);
    const isWeft = ({ from, rows }: PunchcardKey['parity']): number => {
      let up = 0;
      for (let row = rows.from; row < rows.to; row++) up += cloth.lifts.get(key.layout.first + row, from) ? 1 : 0;
      return up < 2 ? 1 : 0;
    };
    expect(key.digits.map(isWeft).join('')).toBe('0101111100');
    // Six of them are an even number already.
    expect([isWeft(key.parity), isWeft(key.edge)]).toEqual([0, 0]);
  });

  it('is read from across the room, in one row or in several', () => {
    for (const loom of [exhibition40, readProfile('table-16'), readProfile('jacquard-440')]) {
      const { cloth } = woven(wards, loom);
      expect(readFromAcross(cloth), loom.name).toMatchObject({ findings: [] });
    }
  });

  it('is exact for every value of any scale, and passes every check', () => {
    const tenths = fc.integer({ min: 0, max: 600 }).map((n): Cell => ({ value: (n / 10).toFixed(1) }));
    fc.assert(
      fc.property(fc.array(tenths, { minLength: 1, maxLength: 12 }), (cells) => {
        const { cloth, said } = woven(tableOf(cells));
        expect(words(cloth)).toEqual(cells.map((cell) => `${(cell as { value: string }).value} %`));
        expect(checkCloth(cloth, exhibition40, said).filter(isFault)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('whose hole was woven wrongly is altered, not another figure: the number of holes is odd', () => {
    const { cloth, key } = woven(wards);
    const { ground, layout } = key;
    const painter = new Painter(ground);
    const bits = [...'0101111100', '0'];
    [...key.digits, key.parity].forEach(({ from, to, rows }, i) => {
      const lifts = new BitRows(ground.ends, cloth.lifts.picks, cloth.lifts.words.slice());
      const face = bits[i] === '1' ? ground.n - 1 : 1;
      for (let pick = layout.first + rows.from; pick < layout.first + rows.to; pick++) {
        for (let end = from; end < to; end++) lifts.set(pick, end, false);
        painter.paint(lifts.words, pick * lifts.stride, pick, [{ from, to, face }]);
      }
      expect(lifts.words).not.toEqual(cloth.lifts.words);
      expect(readBack({ ...cloth, lifts }, key)[0]).toMatchObject({ altered: expect.any(String) });
    });
  });

  it('never reads more than its scale holds', () => {
    const { cloth, key } = woven(tableOf([{ value: '59' }]));
    // The same card with a shorter scale of as many digits: 590 steps were never woven on it.
    expect(readBack(cloth, { ...key, max: '55' })[0]).toMatchObject({ altered: expect.any(String) });
  });

  it('has a key without values', () => {
    const other = tableOf(wards.rows.map((_, i) => ({ value: String(i) })));
    expect(keyText(woven(other).key as AnyKey)).toBe(keyText(woven(wards).key as AnyKey));
    expect(woven(other).cloth.lifts.words).not.toEqual(woven(wards).cloth.lifts.words);
  });
});

describe('a punchcard is refused', () => {
  const refused = (table: Table, how: Partial<Choice> = {}) => encode(table, exhibition40, { ...choice, ...how });

  it('where a figure is finer than its steps, for it would not be exact', () => {
    expect(refused(tableOf([{ value: '38.05' }]))).toMatchObject({
      reason: 'Turnout of row 1 is 38.05, no whole number of steps of 0.1, and a punchcard is exact.',
      tryInstead: expect.stringContaining('"step"'),
    });
  });

  it('where nobody said how fine the figures are, or how high they go', () => {
    expect(refused(wards, { step: undefined })).toMatchObject({ reason: expect.stringContaining('is not said') });
    expect(refused(tableOf([{ value: '1' }], { ...turnout, scale: undefined }))).toMatchObject({
      reason: 'Turnout declares no scale.',
    });
  });

  it('below zero, and where there are more digits than holes', () => {
    expect(refused(tableOf([{ value: '-1' }]))).toMatchObject({ reason: 'Turnout of row 1 is -1, below zero.' });
    expect(refused(wards, { step: '0.0000001' })).toMatchObject({
      reason: expect.stringContaining('30 binary digits, and with parity and mark 32 holes of 5 ends'),
    });
  });
});
