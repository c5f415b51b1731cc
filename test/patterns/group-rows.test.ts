import { describe, expect, it } from 'vitest';
import { checkCloth } from '../../patterns/checks';
import type { Choice } from '../../patterns/choice';
import { binned, encode } from '../../patterns/encode';
import { groupRows } from '../../patterns/group-rows';
import { readBack } from '../../patterns/read-back';
import type { Cell, Column, Table } from '../../patterns/table';
import * as real from './fixtures';

/** Three elections in wards: so many voted of so many; the share as it was published. */
const columns: Column[] = [
  { name: 'ward', title: 'Ward', type: 'string' },
  { name: 'year', title: 'Year', type: 'string' },
  { name: 'counted', title: 'Counted', type: 'string' },
  { name: 'register', title: 'Register', type: 'integer', kind: 'count', scale: { perEnd: '1000', max: '30000' } },
  { name: 'votes', title: 'Votes', type: 'integer', kind: 'count', scale: { perEnd: '100', max: '3000' } },
  {
    ...{ name: 'turnout', title: 'Turnout', type: 'number', kind: 'share', unit: '%' },
    scale: { perEnd: '2', max: '60' },
    share: { of: 'register', count: 'votes' },
  },
  { name: 'score', title: 'Score', type: 'number', kind: 'score', edges: ['0', '10', '20', '30'] },
  { name: 'place', title: 'Place', type: 'integer', kind: 'rank' },
];
const cells = (texts: readonly string[]): Cell[] =>
  texts.map((text): Cell => {
    if (text === '..') return { absent: 'not recorded' };
    return text.endsWith('*') ? { value: text.slice(0, -1), flags: ['estimated'] } : { value: text };
  });
const wards: Table = {
  columns,
  rows: [
    ['Hale', '2016', 'by hand', '1000', '500', '50.0', '5.5', '1'],
    ['Manor', '2016', 'by hand', '9000', '1500', '16.7', '8.0', '2'],
    ['Hale', '2018', 'by hand', '1000', '400', '40.0', '5.5', '1'],
    ['Manor', '2018', 'by hand', '..', '1500', '16.0', '..', '2'],
    ['Hale', '2020', 'by hand', '1000', '400*', '40.0', '6.5', '1'],
    ['Manor', '2020', 'by machine', '1000', '100', '10.0', '25.0', '2'],
  ].map(cells),
};
const choice: Choice = {
  encoding: 'bars',
  label: 'ward',
  value: 'turnout',
  group: 'year',
  words: '{label}: {value} of 100.',
  provenance: real.credit,
};
/** A loom whose warp is long enough for three records and no more. */
const short = { ...real.exhibition40, warpMetres: 0.15 };

function columnOf(name: string, more: Partial<Choice> = {}): Cell[] {
  const found = groupRows(wards, { ...choice, value: name, ...more });
  if ('ok' in found) throw new Error(found.reason);
  return found.table.rows.map((row) => row[columns.findIndex((column) => column.name === name)]);
}

describe('rows grouped', () => {
  it('sum counts, and are partial where one is absent', () => {
    expect(columnOf('register')).toEqual([
      { value: '10000' },
      { value: '1000', flags: ['partial'] },
      { value: '2000' },
    ]);
  });

  it('work a share out from its two numbers, not from the shares', () => {
    // 2000 of 10000; only Hale's 400 of 1000; 500 of 2000, one of them estimated.
    expect(columnOf('turnout')).toEqual([
      { value: '20.0' },
      { value: '40.0', flags: ['partial'] },
      { value: '25.0', flags: ['estimated'] },
    ]);
  });

  it('average scores, rounded as finely as they were written, halves away from zero', () => {
    expect(columnOf('score')).toEqual([{ value: '6.8' }, { value: '5.5', flags: ['partial'] }, { value: '15.8' }]);
  });

  it('never add up across a break: what was counted in another way is a group of its own', () => {
    const found = groupRows(wards, { ...choice, series: 'counted' });
    if ('ok' in found) throw new Error(found.reason);
    expect(found.table.rows.map((row) => row[1])).toEqual(
      ['2016, by hand (2)', '2018, by hand (2)', '2020, by hand (1)', '2020, by machine (1)'].map((value) => ({
        value,
      })),
    );
    expect(columnOf('votes', { series: 'counted' }).map((cell) => 'value' in cell && cell.value)).toEqual([
      '2000',
      '1900',
      '400',
      '100',
    ]);
  });

  it('refuse ranks, text, shares without their two numbers and sums beyond the scale, and say what to try', () => {
    const refused = (name: string, table = wards) => groupRows(table, { ...choice, value: name });
    expect(refused('place')).toMatchObject({ reason: expect.stringContaining('a rank says nothing of a group') });
    expect(refused('counted')).toMatchObject({ reason: expect.stringContaining('no number') });
    const bare = { ...wards, columns: columns.map((one) => ({ ...one, share: undefined })) };
    expect(refused('turnout', bare)).toMatchObject({ reason: expect.stringContaining('are not named') });
    const more = { ...wards, rows: [...wards.rows, ...wards.rows] };
    expect(refused('votes', more)).toMatchObject({
      reason: expect.stringContaining('Votes of 2016 is 4000, beyond its scale of 3000'),
      tryInstead: 'Weave fewer rows, or declare a scale for the sums.',
    });
  });
});

describe('a cloth of more rows than the warp has room for', () => {
  it('has one record for each group, passes every check and says so on its label', () => {
    const made = encode(wards, short, choice);
    const meant = binned(wards, short, choice);
    if (!made.ok || !meant.ok) throw new Error(made.ok ? 'not binned' : made.reason);
    expect(made.cloth.records.map(({ words }) => words)).toEqual([
      '2016 (2): 20.0 of 100.',
      '2018 (2): 40.0 of 100.',
      '2020 (2): 25.0 of 100.',
    ]);
    expect(made.cloth.notes[0]).toMatch(
      /^6 rows are more than the warp has room for: they are grouped by Year into 3, Turnout worked out anew/,
    );
    expect(checkCloth(made.cloth, short, meant.said)).toEqual([]);
    expect(readBack(made.cloth, made.cloth.key).map(({ number, label, ...said }) => said)).toEqual(meant.said);
  });

  it('is woven row by row where there is room, and refused where no group is named', () => {
    const { group: _, ...plain } = choice;
    expect(encode(wards, real.exhibition40, choice)).toMatchObject({ cloth: { records: { length: 6 } } });
    expect(encode(wards, { ...short, warpMetres: 0.1 }, plain)).toMatchObject({
      reason: expect.stringContaining('cm long and the warp has'),
      tryInstead: expect.stringContaining('group'),
    });
  });
});
