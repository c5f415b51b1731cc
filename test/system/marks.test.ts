/** A file may say that a value is missing, suppressed, estimated or off the scale: the cloth says so, cell by cell. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clothOf } from '../../host/data/cloth-of';
import { openDataset } from '../../host/data/dataset';
import { readProfile } from '../../host/profiles/read';
import { clothFromJson, clothToJson } from '../../patterns/cloth-json';
import { readBack } from '../../patterns/read-back';

/** The exhibition's loom with shuttles enough for figures in any order. */
const loom = { ...readProfile('exhibition-40'), shuttles: 9 };

/** Cells as they stand in the file; what the row should read as stands beside them. */
describe('a file with values that are missing, suppressed, estimated or off the scale', () => {
  const missing = { is: 'absent', suppressed: false };
  const suppressed = { is: 'absent', suppressed: true };
  const off = (side: 'low' | 'high') => ({ is: 'off the scale', side });
  const length = (ends: number) => ({ is: 'length', ends });
  const bin = (index: number) => ({ is: 'bin', bin: index });
  const lane = (name: string) => ({ is: 'lane', lane: name });
  const event = { column: 'what', is: ['moved'], title: 'moved' };
  type Row = readonly [cells: string, statement: object, more?: object];

  const files: Readonly<Record<string, { fields: object[]; how: object; rows: readonly Row[] }>> = {
    bars: {
      fields: [
        {
          name: 'share',
          type: 'number',
          loom: { kind: 'share', scale: { perEnd: '2', max: '60' }, flags: { '*': 'estimated', p: 'provisional' } },
        },
        { name: 'score', type: 'number', loom: { kind: 'score', edges: ['0', '10', '20', '50'] } },
      ],
      how: { encoding: 'bars', value: 'share', by: 'score' },
      rows: [
        ['0,0', length(0), { by: 0 }],
        ['0.9,9.99', length(0), { by: 0 }],
        ['1,10', length(1), { by: 1 }],
        ['60,50', length(30), { by: 2 }],
        ['60.1,50', off('high'), { by: 2 }],
        ['31*,12', length(16), { by: 1, flagged: true }],
        ['31,12', length(16), { by: 1 }],
        ['99*,12', off('high'), { by: 1, flagged: true }],
        ['20p,..', length(10), { by: 'absent', flagged: true }],
        ['20,c', length(10), { by: 'absent' }],
        ['..,20', missing, { by: 2 }],
        ['c,20', suppressed, { by: 2 }],
        ['n/a,20', missing, { by: 2 }],
        ['?,..', missing, { by: 'absent' }],
        ['c,..', suppressed, { by: 'absent' }],
      ],
    },
    bands: {
      fields: [
        {
          name: 'score',
          type: 'number',
          loom: { kind: 'score', edges: ['-5', '0', '10', '20'], flags: { '*': 'estimated' } },
        },
      ],
      how: { encoding: 'bands', value: 'score' },
      rows: [
        ['-5', bin(0)],
        ['-0.1', bin(0)],
        ['0', bin(1)],
        ['9.999999999999999999999', bin(1)],
        ['10.0', bin(2)],
        ['20', bin(2)],
        ['20.00000000000000000001', off('high')],
        ['-5.1', off('low')],
        ['-7*', off('low'), { flagged: true }],
        ['99*', off('high'), { flagged: true }],
        ['3*', bin(1), { flagged: true }],
        ['..', missing],
        ['c', suppressed],
        ['n/a', missing],
        ['?', missing],
        ['c', suppressed],
      ],
    },
    sequence: {
      fields: [
        {
          name: 'kind',
          type: 'string',
          loom: {
            kind: 'category',
            categories: [
              { code: 'A', title: 'Ash', lane: 'blue' },
              { code: 'B', title: 'Beech', lane: 'amber' },
              { code: 'C', title: 'Cedar' },
            ],
          },
        },
        { name: 'what', type: 'string' },
      ],
      how: { encoding: 'sequence', value: 'kind', event },
      rows: [
        ['A,moved', lane('blue'), { event: true }],
        ['A,stayed', lane('blue'), { event: false }],
        ['B,moved', lane('amber'), { event: true }],
        ['C,stayed', lane('others'), { event: false }],
        ['C,..', lane('others'), { event: 'unknown' }],
        ['..,stayed', missing, { event: false }],
        ['c,stayed', suppressed, { event: false }],
        ['?,..', missing, { event: 'unknown' }],
        ['n/a,stayed', missing, { event: false }],
        ['c,..', suppressed, { event: 'unknown' }],
        ['A,moved', lane('blue'), { event: true }],
      ],
    },
  };

  it.each(Object.keys(files))('says so in %s, cell by cell', async (name) => {
    const { fields, how, rows } = files[name];
    const folder = await mkdtemp(join(tmpdir(), 'loom-marks-'));
    try {
      const header = ['place', ...fields.map((field) => (field as { name: string }).name)].join(',');
      const csv = [header, ...rows.map(([cells], i) => `row ${i + 1},${cells}`)].join('\n');
      await writeFile(join(folder, 'data.csv'), csv);
      await writeFile(join(folder, 'datapackage.json'), JSON.stringify(packageOf(fields, how)));
      const cloth = clothOf(await openDataset(folder), loom);
      const file = clothFromJson(clothToJson(cloth));
      const read = readBack(file, file.key);
      expect(read).toEqual(
        rows.map(([, statement, more], i) => ({
          number: i + 1,
          label: `row ${i + 1}`,
          statement,
          flagged: false,
          ...more,
        })),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  function packageOf(fields: readonly object[], how: object): object {
    return {
      name: 'marks',
      title: 'Every kind of cell',
      resources: [
        {
          path: 'data.csv',
          schema: {
            fields: [{ name: 'place', type: 'string' }, ...fields],
            missingValues: [
              { value: '..', label: 'not recorded' },
              { value: 'c', label: 'suppressed' },
              { value: 'n/a', label: 'not applicable' },
              { value: '?', label: 'unknown' },
            ],
          },
        },
      ],
      loom: {
        story: '',
        counted: 'nobody',
        attribution: 'made up for a test',
        encodings: [{ ...how, label: 'place', words: '{label}: {value}.' }],
      },
    };
  }
});
