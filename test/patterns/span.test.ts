import { describe, expect, it } from 'vitest';
import { checkCloth, isFault } from '../../patterns/checks';
import type { Cloth } from '../../patterns/cloth';
import { binned, encode } from '../../patterns/encode';
import { readBack } from '../../patterns/read-back';
import { readingTable } from '../../patterns/reading-table';
import type { Cell, Table } from '../../patterns/table';
import * as real from './fixtures';

const loom = real.exhibition40;

function woven(table: Table): Cloth {
  const encoded = encode(table, loom, real.claimsChoice);
  const meant = binned(table, loom, real.claimsChoice);
  if (!encoded.ok || !meant.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  expect(checkCloth(encoded.cloth, loom, meant.said).filter(isFault)).toEqual([]);
  return encoded.cloth;
}
const rows = (...pairs: [Cell, Cell][]): Table => ({
  ...real.claims,
  rows: pairs.map(([low, high], i) => [{ value: `claim ${i + 1}` }, low, high]),
});
function refused(table: Table, more: Partial<typeof real.claimsChoice> = {}): string {
  const encoded = encode(table, loom, { ...real.claimsChoice, ...more });
  if (encoded.ok) throw new Error('it was woven');
  return `${encoded.reason} ${encoded.tryInstead}`;
}
/** How many picks of a record show the weft, at each of its ends between the selvedges. */
function weftIn({ lifts, parts }: Cloth, record: number): string {
  const { from, to } = parts.find((part) => part.record === record)!;
  const shown = (end: number) =>
    Array.from({ length: to - from }, (_, i) => lifts.get(from + i, end)).filter((up) => !up);
  return Array.from({ length: lifts.ends - 4 }, (_, i) => shown(i + 2).length).join('');
}

describe('a span', () => {
  it('of one number alone is a patch of plain weave around it, seen where a single end is not', () => {
    const cloth = woven(rows(...['0', '1.5', '15', '39', '40'].map((value): [Cell, Cell] => [{ value }, { value }])));
    expect([2, 3, 4].map((record) => weftIn(cloth, record).replace(/[23]/g, '+'))).toEqual([
      expect.stringMatching(/^1{8}\+{5}1+$/),
      expect.stringMatching(/^1{24}\+{4}1+$/),
      expect.stringMatching(/^1{25}\+{3}1+$/),
    ]);
    const words = readingTable(readBack(cloth, cloth.key), cloth.key).map((row) => row.words);
    expect(words[2]).toBe('At least 15.0 thousand; At most 15.0 thousand');
    expect(new Set(words).size).toBe(5);
  });

  it('covers the ends of both its values, and frays where one is not known', () => {
    const cloth = woven(real.claims);
    // 13 to 18 thousand at 1.5 an end: ends 9 to 12, counted from zero.
    expect(weftIn(cloth, 2)).toMatch(/^1{9}4{4}1+$/);
    // From 2 thousand, nobody says how far: the weft shows less and less.
    expect(weftIn(cloth, 1)).toMatch(/^1{1}4{5}3{5}2{5}1+$/);
    expect(weftIn(cloth, 3)).toMatch(/^1+2{5}3{5}4{5}1+$/);
    expect(cloth.notes[0]).toContain('2 of 10 values are missing: that end is frayed');
  });

  it('is read back as what was claimed, rounded to ends', () => {
    const cloth = woven(real.claims);
    const words = readingTable(readBack(cloth, cloth.key), cloth.key).map((row) => row.words);
    expect(words[2]).toBe('At least 13.5 thousand; At most 18.0 thousand');
    expect(words[1]).toContain('At most absent: missing');
    expect(words[3]).toContain('At least absent: missing');
    expect(words[4]).toContain('estimated, provisional or partial');
  });

  it('tells a claim of one number from none, and from what goes beyond the scale', () => {
    const unknown: Cell = { absent: 'unknown' };
    const cloth = woven(
      rows(
        [{ value: '30' }, { value: '30' }],
        [unknown, unknown],
        [{ value: '30' }, { value: '50' }],
        [{ value: '50' }, unknown],
      ),
    );
    const shown = [0, 1, 2, 3].map((record) => weftIn(cloth, record));
    expect(new Set(shown).size).toBe(4);
    expect(cloth.notes.join(' ')).toContain('beyond the scale of 40');
  });

  it('refuses what is no span, and says what to try', () => {
    expect(refused(rows([{ value: '20' }, { value: '10' }]))).toContain('low value is above its high one');
    expect(refused(real.claims, { by: undefined })).toMatch(/two|one column/);
    expect(refused(rows([{ value: '-1' }, { value: '10' }]))).toContain('a length begins at zero');
    expect(refused(rows([{ value: '38' }, { absent: 'unknown' }]))).toContain('a frayed end takes 15 ends');
  });
});
