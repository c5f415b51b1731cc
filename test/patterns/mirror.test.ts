import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCloth } from '../../patterns/checks';
import { readFromAcross } from '../../patterns/checks/reads-far';
import type { Choice } from '../../patterns/choice';
import type { Cloth } from '../../patterns/cloth';
import { binned, encode } from '../../patterns/encode';
import type { LoomProfile } from '../../patterns/profile';
import { readBack } from '../../patterns/read-back';
import { readingTable } from '../../patterns/reading-table';
import type { Column, Table } from '../../patterns/table';
import * as real from './fixtures';

const loom = real.exhibition40;
const choice: Choice = { ...real.traffordChoice, encoding: 'mirror', words: '{label}: {value}, {by}.' };

function woven(table: Table, asked = choice): Cloth {
  const encoded = encode(table, loom, asked);
  const meant = binned(table, loom, asked);
  if (!encoded.ok || !meant.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  expect(checkCloth(encoded.cloth, loom, meant.said)).toEqual([]);
  return encoded.cloth;
}
function refused(table: Table, asked: Choice = choice, profile: LoomProfile = loom): string {
  const encoded = encode(table, profile, asked);
  if (encoded.ok) throw new Error('it was woven');
  return `${encoded.reason} ${encoded.tryInstead}`;
}
const withColumn = (index: number, change: Partial<Column>): Table => ({
  ...real.trafford,
  columns: real.trafford.columns.map((column, i) => (i === index ? { ...column, ...change } : column)),
});
/** Numbers of the ends of a record that show the warp. */
function warpFaced({ lifts, parts }: Cloth, record: number): number[] {
  const { from, to } = parts.find((part) => part.record === record)!;
  const ends = Array.from({ length: lifts.ends - 4 }, (_, i) => i + 2);
  const ups = (end: number) => Array.from({ length: to - from }, (_, i) => lifts.get(from + i, end)).filter(Boolean);
  return ends.filter((end) => ups(end).length > 1).map((end) => end + 1);
}
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('a mirror', () => {
  it('grows from one axis: a share to the left in ends, a score to the right in equal steps', () => {
    // Old Trafford: 38.7 at 4 an end is 10 ends left of the axis; a score of 34 is the fifth bin, 5 steps of 3 ends.
    expect(warpFaced(woven(real.trafford), 1)).toEqual(numbers(11, 35));
    // Brooklands: 49.7 is 12 ends, a score of 4.6 one step.
    expect(warpFaced(woven(real.trafford), 20)).toEqual(numbers(9, 23));
  });

  it('takes one shuttle, and the legend says which colour is what and that steps are no amounts', () => {
    const cloth = woven(real.trafford);
    expect(new Set(cloth.weft).size).toBe(1);
    expect(cloth.legend).toHaveLength(2);
    expect(cloth.legend[0]).toMatchObject({ colour: '#17375e', title: expect.stringContaining('one end is 4 %') });
    expect(cloth.legend[1]).toMatchObject({ colour: '#93122c', title: expect.stringContaining('not amounts') });
  });

  it('keeps each side its own: missing, suppressed, estimated and off the scale are read where they are', () => {
    let table = real.withCell(real.trafford, 0, 1, { absent: 'not recorded' });
    table = real.withCell(table, 1, 2, { absent: 'suppressed' });
    table = real.withCell(table, 2, 1, { value: '40', flags: ['estimated'] });
    table = real.withCell(table, 3, 1, { value: '75' });
    table = real.withCell(table, 4, 2, { value: '99' });
    const cloth = woven(table);
    const words = readingTable(readBack(cloth, cloth.key), cloth.key).map((row) => row.words);
    expect(words.slice(0, 5)).toEqual([
      'Turnout absent: missing; Deprivation score 30 to 45',
      'Turnout 40 %; Deprivation score absent: suppressed',
      'Turnout 40 % (estimated, provisional or partial); Deprivation score 22 to under 30',
      'Turnout off the scale: beyond 60 %; Deprivation score 22 to under 30',
      'Turnout 40 %; Deprivation score off the scale: above it',
    ]);
  });

  it('is read from across the room within an end, whatever the lengths and steps', () => {
    const row = fc.tuple(fc.nat(15), fc.constantFrom('4', '10', '17', '25', '35'));
    fc.assert(
      fc.property(fc.array(row, { minLength: 6, maxLength: 10 }), (rows) => {
        const cells = rows.map(([ends, score]) => ['somewhere', String(4 * ends), score].map((value) => ({ value })));
        expect(readFromAcross(woven({ ...real.trafford, rows: cells }))).toMatchObject({ findings: [] });
      }),
      { numRuns: 20 },
    );
  });

  it('refuses what it cannot say, and says what to try', () => {
    const { by: _, ...alone } = choice;
    expect(refused(real.trafford, alone)).toContain('two measures back to back');
    expect(refused(withColumn(2, { edges: ['0', '5', '10', '15', '20', '25', '50'] }))).toContain('6 steps of 3 ends');
    expect(refused(withColumn(2, { edges: undefined }))).toContain('declares no bin');
    expect(refused(real.withCell(real.trafford, 2, 1, { value: '-3' }))).toContain('a length begins at zero');
    expect(refused(real.withCell(real.trafford, 2, 2, { value: '-3' }))).toContain('Widen the outermost bins');
    expect(refused(real.trafford, { ...choice, warp: 'bars' })).toContain('not of two halves');
  });
});
