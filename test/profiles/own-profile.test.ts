/** A loom of one's own: a file given with --profile weaves through the compiled command, edges that hang free and all. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packageRoot, shippedProfiles } from '../../host/paths';

const loom = join(packageRoot, 'dist/host/cli/loom.js');

interface Line {
  readonly type: string;
  readonly lifts?: string;
  readonly pulses?: readonly number[];
}

function run(home: string, ...asked: string[]): Promise<{ code: number | null; out: string; said: string }> {
  const child = spawn(process.execPath, [loom, ...asked], { env: { ...process.env, LOOM_HOME: home } });
  let [out, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, said })));
}

function folderWith(profile: string): { folder: string; file: string } {
  if (!existsSync(loom)) throw new Error('dist/ is missing: npm run build makes it');
  const folder = mkdtempSync(join(tmpdir(), 'loom-own-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'mine.toml');
  writeFileSync(file, profile);
  return { folder, file };
}

const floating = readFileSync(join(shippedProfiles, 'shaft-8.toml'), 'utf8')
  .replace('name = "shaft-8"', 'name = "mine"')
  .replace('selvedgeWeave = "plain"', 'selvedgeWeave = "floating"')
  .replace('selvedge = 2', 'selvedge = 1')
  .replace(/(left|right)Selvedge = .*\n/g, '')
  .replaceAll('204', '202');

it('is woven: shafts rise, and the ends that hang free are left to the hand', async () => {
  const { folder, file } = folderWith(floating);
  const asked = ['--dataset', 'manchester-imd-2019', '--profile', file, '--picks', '3', '--auto', '0'];
  const { code, out, said } = await run(folder, 'weave', ...asked, '--json-lines', '--no-display');
  expect([code, said]).toEqual([0, '']);
  const picks = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ type }) => type === 'pick');
  expect(picks).toHaveLength(3);
  for (const { lifts, pulses } of picks) {
    expect(lifts).toHaveLength(202);
    const risen = pulses!.map((pulse) => (pulse > 1500 ? '1' : '0')).join('');
    expect(risen).toBe(`${lifts!.slice(1, 6)}000`);
  }
  // Over the first one and under the last one, to and fro.
  expect(picks.map(({ lifts }) => `${lifts![0]}${lifts![201]}`)).toEqual(['01', '10', '01']);
}, 60_000);

it('is refused with file, key and what to do when it is wrong', async () => {
  const { folder, file } = folderWith(floating.replace('[1, 2, 3, 4, 5]', '[1, 2, 3, 4, 11]'));
  const { code, said } = await run(
    folder,
    'weave',
    '--dataset',
    'manchester-imd-2019',
    '--profile',
    file,
    '--auto',
    '0',
  );
  expect(code).toBe(3);
  expect(said).toContain(`${file}: lifting, threading: there is no shaft 11: board.heddles is 8. Correct it there.`);
}, 60_000);
