import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal, readEntries } from '../../host/weave/journal';
import { placeOf } from '../../host/weave/place';

const begin = {
  what: 'begin',
  weave: 7,
  dataset: 'd',
  title: 'D',
  profile: 'exhibition-40',
  picks: 30,
  clothSha256: 'x',
} as const;

async function entriesIn(path: string) {
  return readEntries(await readFile(path), path);
}

describe('the journal', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loom-journal-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives back what was written, in order, also when many appends overlap', async () => {
    const path = join(folder, 'journal.ndjson');
    const journal = new Journal(path);
    await journal.start();
    await journal.append(begin);
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => journal.append({ what: 'told', step: i + 1, pick: i + 1, crc: i })),
    );
    await journal.stop();
    const again = await entriesIn(path);
    expect(again.torn).toBe(0);
    expect(again.entries.slice(1).map((entry) => 'step' in entry && entry.step)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
  });

  it('torn at any byte of its last line still gives the place before it, and can be written on', async () => {
    const path = join(folder, 'journal.ndjson');
    const journal = new Journal(path);
    await journal.start();
    await journal.append(
      begin,
      { what: 'told', step: 1, pick: 1, crc: 11 },
      { what: 'open', step: 1, pick: 1, crc: 11, by: 'board' },
      { what: 'told', step: 2, pick: 2, crc: 22 },
      { what: 'open', step: 2, pick: 2, crc: 22, by: 'board' },
    );
    await journal.stop();
    const whole = await readFile(path);
    const lastLine = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    for (let cut = lastLine; cut < whole.length; cut++) {
      await writeFile(path, whole.subarray(0, cut));
      const torn = new Journal(path);
      const { entries } = await torn.start();
      expect(placeOf(entries)).toMatchObject({ open: { step: 1, pick: 1 }, told: { step: 2, pick: 2 } });
      await torn.append({ what: 'open', step: 2, pick: 2, crc: 22, by: 'board' });
      await torn.stop();
      const mended = await entriesIn(path);
      expect(mended.torn).toBe(0);
      expect(placeOf(mended.entries)).toMatchObject({ open: { step: 2 }, told: null });
    }
  });

  it('damaged in the middle is refused with file and line, and left as it is', async () => {
    const path = join(folder, 'journal.ndjson');
    const text = `${JSON.stringify({ ...begin, at: 'now' })}\n{"what":"op\n${JSON.stringify({ what: 'parked', at: 'now', pick: 1 })}\n`;
    await writeFile(path, text);
    await expect(new Journal(path).start()).rejects.toThrow(/journal\.ndjson, line 2.*--fresh/);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('of any bytes at all is read or refused with a sentence, never anything else', async () => {
    const path = join(folder, 'journal.ndjson');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await writeFile(path, bytes);
        const journal = new Journal(path);
        try {
          await journal.start();
        } catch (error) {
          expect(String(error)).toMatch(/not a journal entry/);
        } finally {
          await journal.stop();
        }
      }),
      { numRuns: 100 },
    );
  });
});
