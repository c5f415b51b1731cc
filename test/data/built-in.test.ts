/** The built-in datasets hold exactly the figures that were published: counts and sums catch every slip. */
import { describe, expect, it } from 'vitest';
import { type Dataset, listDatasets, openDataset } from '../../host/data/dataset';

/** A column's sum in tenths, worked out in whole numbers. */
function tenths({ table }: Dataset, name: string): number {
  const index = table.columns.findIndex((column) => column.name === name);
  return table.rows.reduce((sum, row) => {
    const cell = row[index];
    if ('absent' in cell) throw new Error(`${name} is absent`);
    const [whole, part = ''] = cell.value.split('.');
    return sum + Number(whole + part.padEnd(1, '0'));
  }, 0);
}

function counts({ table }: Dataset, name: string): Record<string, number> {
  const index = table.columns.findIndex((column) => column.name === name);
  const found: Record<string, number> = {};
  for (const row of table.rows) {
    const cell = row[index];
    const key = 'absent' in cell ? cell.absent : cell.value;
    found[key] = (found[key] ?? 0) + 1;
  }
  return found;
}

describe('the built-in datasets', () => {
  it('are three, each with title, rows, source and licence', async () => {
    const list = await listDatasets();
    expect(list.map(({ id, rows }) => [id, rows])).toEqual([
      ['election-night-2019', 642],
      ['manchester-imd-2019', 32],
      ['trafford-turnout-2024', 21],
    ]);
    for (const { title, source, licence } of list)
      for (const text of [title, source, licence]) expect(text).toMatch(/\w{3}/);
  });

  it('give Trafford’s 21 wards as published', async () => {
    const trafford = await openDataset('trafford-turnout-2024');
    const sums = { electorate: 172_319, votes_cast: 70_612, candidates: 98, winning_votes: 37_269, majority: 18_446 };
    for (const [name, sum] of Object.entries(sums)) expect([name, tenths(trafford, name)]).toEqual([name, 10 * sum]);
    expect(tenths(trafford, 'turnout_pct')).toBe(8604);
    expect(tenths(trafford, 'imd_2025')).toBe(3169);
    expect(trafford.sha256).toBe('b31f62af0ec15a014153acf4c556b94af80be972cc5404e7148bb3f517ca305a');
  });

  it('give a turnout that votes and register confirm, most deprived ward first', async () => {
    const { table } = await openDataset('trafford-turnout-2024');
    const at = (name: string) => table.columns.findIndex((column) => column.name === name);
    const numbers = table.rows.map((row) =>
      ['electorate', 'votes_cast', 'turnout_pct', 'imd_2025'].map((name) => {
        const cell = row[at(name)];
        return 'value' in cell ? Number(cell.value) : Number.NaN;
      }),
    );
    for (const [register, votes, turnout] of numbers)
      expect(Math.abs((100 * votes) / register - turnout)).toBeLessThan(0.0501);
    const scores = numbers.map((row) => row[3]);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('give Manchester’s 32 wards as published', async () => {
    const manchester = await openDataset('manchester-imd-2019');
    const sums = { imd_2019: 12_642, housing: 8243, education: 8863, environment: 10_277 };
    for (const [name, sum] of Object.entries(sums)) expect([name, tenths(manchester, name)]).toEqual([name, sum]);
    expect(manchester.sha256).toBe('691d3f052be49a8f02c6ae112f4b209ff82b03fa72fe197b32638eb19edd7f23');
  });

  it('give 642 seats of election night, in order, no seat twice', async () => {
    const night = await openDataset('election-night-2019');
    expect(tenths(night, 'order')).toBe((10 * 642 * 643) / 2);
    expect(counts(night, 'party')).toEqual({
      CON: 361,
      LAB: 200,
      SNP: 48,
      LD: 11,
      DUP: 8,
      SF: 6,
      PC: 4,
      SDLP: 2,
      APNI: 1,
      GRN: 1,
    });
    expect(counts(night, 'result')).toEqual({ hold: 564, gain: 78 });
    expect(counts(night, 'gained_from')).toMatchObject({ LAB: 59, CON: 10, 'not applicable': 564 });
    expect(counts(night, 'card')).toEqual({ first: 614, corrected: 28 });
    expect(Object.keys(counts(night, 'constituency'))).toHaveLength(642);
    expect(night.sha256).toBe('7de87624760636d5114c1c9045e516ed8feabc3cc9b8482ffa0cd2fdc2f0e7fd');
  });

  it('name no seat by the words of the tweet', async () => {
    const { table } = await openDataset('election-night-2019');
    expect(JSON.stringify(table.rows)).not.toContain('CORRECTION');
  });

  it('say that eight seats are not there, and that no licence is stated', async () => {
    const { facts, licence } = await openDataset('election-night-2019');
    expect(facts.loom.notes.join()).toContain('642 of 650 seats');
    expect(licence).toContain('No licence stated');
  });

  it('say of places that they are no people', async () => {
    for (const id of ['trafford-turnout-2024', 'manchester-imd-2019']) {
      const { caveats } = (await openDataset(id)).provenance;
      expect(caveats.join(' ')).toMatch(/about places.*what any person.*order of the rows was our choice/);
    }
  });

  it('give no length to a score, a rank or a category', async () => {
    for (const { id } of await listDatasets())
      for (const { kind, scale } of (await openDataset(id)).table.columns)
        if (scale) expect(['count', 'amount', 'share']).toContain(kind);
  });
});
