import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOf, picksIn } from '../../host/cloth/as-woven';
import type { JournalEntry } from '../../host/weave/entries';
import { loom } from './run';

const passed = (step: number, pick: number, direction: 'forward' | 'back' = 'forward'): JournalEntry => ({
  what: 'passed',
  at: '2024-05-02T10:00:00Z',
  step,
  pick,
  direction,
});

describe('picks by the journal', () => {
  it('lie as they were thrown', () => {
    expect(picksIn([passed(1, 1), passed(2, 2), passed(3, 3)])).toEqual([1, 2, 3]);
  });

  it('are out when they were unwoven, and in again when woven again', () => {
    const back = [passed(1, 1), passed(2, 2), passed(3, 2, 'back'), passed(4, 1, 'back')];
    expect(picksIn(back)).toEqual([]);
    expect(picksIn([...back, passed(5, 1)])).toEqual([1]);
  });

  it('count once when a power cut made the same step open twice', () => {
    expect(picksIn([passed(1, 1), passed(2, 2), passed(2, 2), passed(3, 3)])).toEqual([1, 2, 3]);
  });

  it('are without fault just where each lies once, above those before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(30), (picks, woven) => {
        const upTo = Math.min(picks, woven);
        const lying = Array.from({ length: upTo }, (_, i) => i + 1);
        expect(faultsOf(picks, lying).map((fault) => fault === null)).toEqual(
          Array.from({ length: picks }, (_, i) => i < upTo),
        );
      }),
    );
    expect(faultsOf(5, [1, 3, 3, 2])).toEqual([
      null,
      'pick 2 lies above a later one',
      'pick 3 was woven 2 times',
      'pick 4 is not woven yet',
      'pick 5 is not woven yet',
    ]);
    expect(faultsOf(3, [1, 3])[1]).toBe('pick 2 was left out');
  });
});

describe('loom read --woven', () => {
  it('reads what is on the loom: the first records, and not those that are not woven yet', async () => {
    const home = mkdtempSync(join(tmpdir(), 'loom-read-woven-'));
    const env = { LOOM_HOME: home };
    const id = 'trafford-turnout-2024';
    const weave = await loom(['weave', '--dataset', id, '--picks', '60', '--auto', '0', '--no-display'], { env });
    expect(weave.code).toBe(0);
    const folder = join(home, 'weaves', `${id}--exhibition-40`);
    const records = async (...more: string[]) => {
      const ran = await loom(['read', join(folder, 'cloth.json'), '--json', ...more]);
      expect([ran.err, ran.code]).toEqual(['', 0]);
      return (JSON.parse(ran.out) as { records: { is: string; words: string }[] }).records;
    };
    const planned = await records();
    const read = await records('--woven', join(folder, 'journal.ndjson'));
    const done = read.findIndex(({ is }) => is === 'altered');
    expect(done).toBeGreaterThan(2);
    expect(read.slice(0, done)).toEqual(planned.slice(0, done));
    for (const { words } of read.slice(done)) expect(words).toMatch(/^altered: pick \d+ is not woven yet$/);
  });
});
