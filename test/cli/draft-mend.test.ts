import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loom } from './run';

const file = join(mkdtempSync(join(tmpdir(), 'loom-draft-mend-')), 'float.pbm');
/** The lowest row, pick 1, floats over eight ends. */
writeFileSync(file, 'P1\n8 4\n01010101\n10101010\n01010101\n00000000\n');

interface Told {
  readonly maxFloat: Record<string, number>;
  readonly layers: number;
  readonly mended?: { readonly changes: readonly object[]; readonly fewest: boolean };
}
const told = async (...more: string[]): Promise<Told> => {
  const ran = await loom(['draft', file, '--json', ...more]);
  expect([ran.err, ran.code]).toEqual(['', 0]);
  return JSON.parse(ran.out) as Told;
};

describe('loom draft --mend', () => {
  it('ties a float down with the fewest crossings, and lists each', async () => {
    expect((await told()).maxFloat.weftOver).toBe(8);
    const { maxFloat, mended } = await told('--mend', '--limit', '4');
    expect(maxFloat.weftOver).toBeLessThanOrEqual(4);
    expect(mended).toMatchObject({ changes: [{ pick: 1, up: true }], fewest: true });
    const { out } = await loom(['draft', file, '--mend', '--limit', '4']);
    expect(out).toMatch(
      /Mended: 1 crossing turned over; no fewer would do\.\n {2}Mended: end [45] is up in pick 1 now\./,
    );
  });

  it('leaves the JSON as it is without it', async () => {
    expect(Object.keys(await told())).toEqual([
      ...['ends', 'picks', 'shafts', 'treadles', 'risingShed', 'colors'],
      ...['maxFloat', 'layers', 'strength', 'drawdownSha256', 'notes'],
    ]);
  });

  it('says that a limit alone does nothing, code 2', async () => {
    const ran = await loom(['draft', file, '--limit', '4']);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('--limit is for --mend')]);
  });
});
