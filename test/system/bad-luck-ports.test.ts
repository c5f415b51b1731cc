/** Two programs that want one port: the second is refused with the name of the first, and the first goes on undisturbed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PtyLoom } from './pty-loom';

let homes: string[];
let loom: PtyLoom;
beforeEach(async () => {
  homes = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'loom-ports-'))));
  loom = await PtyLoom.start(homes[0]);
});
afterEach(async () => {
  await loom.board.quit();
  for (const home of homes) await rm(home, { recursive: true, force: true });
});

it('a second loom weave is refused with code 6, whatever its home, and the first weaves on', async () => {
  const first = loom.weave('--auto', '50', '--picks', '8');
  await first.untilPicks(2);
  const resets = loom.reports.filter(({ type }) => type === 'reset').length;
  const second = loom.weaveFrom(homes[1], '--auto', '50');
  expect(await second.ended).toBe(6);
  expect(second.error?.message).toContain(`${loom.board.path} is in use by process ${first.pid} (loom weave`);
  expect(await first.ended).toBe(0);
  expect(first.picks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(loom.reports.filter(({ type }) => type === 'reset')).toHaveLength(resets);
});

it('a port that another program has locked is not taken from it, and the program is named', async () => {
  const lock =
    'import fcntl,os,sys; f=os.open(sys.argv[1],os.O_RDWR|os.O_NOCTTY); fcntl.flock(f,fcntl.LOCK_EX); print(flush=True); sys.stdin.read()';
  const other = spawn('python3', ['-c', lock, loom.board.path], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(other.stdout, 'data');
  const host = loom.weave('--auto', '50');
  expect(await host.ended).toBe(6);
  expect(host.error?.message).toMatch(/is in use by process \d+ \(python3[.\d]*\)\. Close that one first\./);
  other.stdin.end();
  await once(other, 'exit');
  const later = loom.weave('--auto', '50', '--picks', '2');
  expect(await later.ended).toBe(0);
});
