/** A dataset is found by id or by folder; a wrong name or a wrong package is told, with what to do. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../host/data/dataset';
import { editDistance, nearest } from '../../host/data/nearest';
import { LoomError } from '../../host/errors';
import { datasetFolder, schools, schoolsCsv } from './folder';

async function refusal(idOrFolder: string): Promise<string> {
  const error: unknown = await openDataset(idOrFolder).then(
    () => new Error('it was opened'),
    (thrown) => thrown,
  );
  if (!(error instanceof LoomError)) throw error;
  expect(error.exitCode).toBe(4);
  return error.message;
}

const changed = (change: (facts: typeof schools) => void): typeof schools => {
  const facts = structuredClone(schools);
  change(facts);
  return facts;
};

describe('a dataset', () => {
  it('is opened from a folder like from an id, with the credit that travels with the cloth', async () => {
    const { id, table, provenance, licence } = await openDataset(datasetFolder());
    expect(id).toBe('schools');
    expect(table.columns[1]).toMatchObject({ name: 'share', title: 'Share who walked', kind: 'share', unit: '%' });
    expect(licence).toBe('No licence stated.');
    expect(provenance).toMatchObject({ dataset: 'schools', counted: 'the pupils', source: 'Counted by the pupils.' });
    expect(provenance.sha256).toBe(createHash('sha256').update(schoolsCsv).digest('hex'));
  });

  it.each([
    ['trafford', 'Did you mean trafford-turnout-2024?'],
    ['manchester-imd-2091', 'Did you mean manchester-imd-2019?'],
    ['Election-Night-2019', 'Did you mean election-night-2019?'],
    ['weather', 'There are election-night-2019, manchester-imd-2019, trafford-turnout-2024.'],
  ])('%s is not there, and the nearest names are', async (asked, sentence) => {
    const message = await refusal(asked);
    expect(message).toContain(`There is no dataset "${asked}"`);
    expect(message).toContain(sentence);
  });

  it('is refused where the folder, the package or the data file is not there', async () => {
    expect(await refusal('./nowhere/at-all')).toContain('There is no folder ./nowhere/at-all');
    const folder = datasetFolder();
    expect(await refusal(join(folder, 'data.csv'))).toContain('is a file. Give the folder');
    rmSync(join(folder, 'data.csv'));
    expect(await refusal(folder)).toContain('data.csv cannot be read (ENOENT)');
    rmSync(join(folder, 'datapackage.json'));
    expect(await refusal(folder)).toContain('datapackage.json is missing');
  });

  it.each<[string, unknown, string]>([
    ['is not JSON', '{"name": ', 'datapackage.json is not JSON'],
    ['is empty', {}, 'name: '],
    ['has no story', changed(({ loom }) => Reflect.deleteProperty(loom, 'story')), 'loom.story'],
    ['misspells one of our keys', { ...schools, loom: { ...schools.loom, storry: '' } }, 'storry'],
    [
      'weaves a column that is none',
      changed(({ loom }) => {
        loom.encodings[0].value = 'shares';
      }),
      'there is no field "shares"',
    ],
    [
      'waits for an event in a column that is none',
      {
        ...schools,
        loom: {
          ...schools.loom,
          encodings: [{ ...schools.loom.encodings[0], event: { column: 'feast', is: ['yes'], title: 'Feast' } }],
        },
      },
      'there is no field "feast"',
    ],
    [
      'reaches out of its folder',
      changed(({ resources }) => {
        resources[0].path = '../../etc/passwd';
      }),
      'must be a path inside the folder',
    ],
    [
      'has a name that is no file’s name',
      changed((facts) => {
        facts.name = '../schools';
      }),
      'must be lower-case letters',
    ],
  ])('is refused when its package %s', async (_, facts, sentence) => {
    const message = await refusal(datasetFolder(schoolsCsv, facts));
    expect(message).toContain('datapackage.json');
    expect(message).toContain(sentence);
  });

  it('is refused with the name of the data file and the line', async () => {
    const folder = datasetFolder('school,share,pupils\nNorth,x,1\n');
    expect(await refusal(folder)).toContain(`${join(folder, 'data.csv')}, line 2 (row 1), column "share"`);
  });
});

describe('nearest names', () => {
  it('a distance is the same both ways, 0 for the same word, and one letter is 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, `${a}x`)).toBe(1);
      }),
    );
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });

  it('come nearest first, and none for a word that is far from all', () => {
    expect(nearest('bars', ['bands', 'bars', 'sequence'])).toEqual(['bars', 'bands']);
    expect(nearest('weather', ['bands', 'bars'])).toEqual([]);
  });
});
