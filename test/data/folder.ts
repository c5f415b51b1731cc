/** A dataset's folder made for a test, and taken away after it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Three schools and what they counted. */
export const schools = {
  name: 'schools',
  title: 'Steps of three schools',
  resources: [
    {
      name: 'data',
      path: 'data.csv',
      schema: {
        fields: [
          { name: 'school', type: 'string' },
          {
            name: 'share',
            title: 'Share who walked',
            type: 'number',
            unit: '%',
            loom: {
              kind: 'share',
              scale: { perEnd: '4', max: '100' },
              edges: ['0', '25', '50', '75', '100'],
              flags: { '*': 'estimated', p: 'provisional' },
            },
          },
          { name: 'pupils', type: 'integer', loom: { kind: 'count' } },
        ],
        missingValues: ['', { value: '..', label: 'suppressed' }],
      },
    },
  ],
  loom: {
    story: 'Each bar is a school.',
    counted: 'the pupils',
    attribution: 'Counted by the pupils.',
    encodings: [
      {
        encoding: 'bars',
        label: 'school',
        value: 'share',
        words: '{label}: {value:0} of 100 walked.',
        absentWords: '{label}: {reason}.',
      },
    ],
  },
};

export const schoolsCsv = 'school,share,pupils\nNorth,62.5,120\nSouth,41.0*,88\nHill,..,\n';

/** @returns the folder's path */
export function datasetFolder(csv: string | Uint8Array = schoolsCsv, facts: unknown = schools): string {
  const folder = mkdtempSync(join(tmpdir(), 'loom-dataset-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'data.csv'), csv);
  writeFileSync(join(folder, 'datapackage.json'), typeof facts === 'string' ? facts : JSON.stringify(facts));
  return folder;
}
