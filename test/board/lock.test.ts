import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { LoomError } from '../../host/errors';
import { holderOf, lock } from '../../host/lock';

const folder = mkdtempSync(join(tmpdir(), 'loom-lock-'));
let made = 0;
const freshPath = () => join(folder, `${++made}`, 'lock');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Another process that takes the lock, says so (or that it is busy), and stays. */
function elsewhere(path: string): { child: ChildProcess; said: Promise<string>; gone: Promise<void> } {
  const script = `
    require('ts-node/register/transpile-only');
    try { require('./host/lock').lock(${JSON.stringify(path)}, 'the journal'); console.log('held'); }
    catch (error) { console.log(error.message); }
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const said = new Promise<string>((resolve) => child.stdout?.once('data', (text) => resolve(String(text).trim())));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { child, said, gone };
}

function busyError(take: () => unknown): LoomError {
  try {
    take();
  } catch (error) {
    if (error instanceof LoomError) return error;
  }
  throw new Error('It was not refused.');
}

it('a lock is held once, and free again when it is let go', () => {
  const path = freshPath();
  const first = lock(path, 'the journal');
  const error = busyError(() => lock(path, 'the journal'));
  expect(error.exitCode).toBe(6);
  expect(error.message).toContain(`the journal is in use by process ${process.pid}`);
  first.release();
  first.release();
  expect(existsSync(path)).toBe(false);
  lock(path, 'the journal').release();
});

it('letting go does not touch a lock that another took since', () => {
  const path = freshPath();
  const first = lock(path, 'the journal');
  first.release();
  const second = lock(path, 'the journal');
  first.release();
  expect(holderOf(path)?.pid).toBe(process.pid);
  second.release();
  expect(holderOf(path)).toBeNull();
});

it('the holder is named, and killed without warning it holds nothing', async () => {
  const path = freshPath();
  const { child, said, gone } = elsewhere(path);
  expect(await said).toBe('held');
  expect(busyError(() => lock(path, 'the journal')).message).toContain(`process ${child.pid} (`);
  child.kill('SIGKILL');
  await gone;
  lock(path, 'the journal').release();
});

it('a later process with the same number is not the holder', () => {
  const path = freshPath();
  lock(path, 'the journal');
  const holder = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...holder, started: '1' }));
  lock(path, 'the journal').release();
});

it('a lock file torn by a power cut holds nothing', () => {
  const path = freshPath();
  lock(path, 'the journal').release();
  writeFileSync(path, '{"pid": 1, "star');
  lock(path, 'the journal').release();
});

it('of several that find a dead lock at once, one gets it', async () => {
  const path = freshPath();
  lock(path, 'the journal').release();
  writeFileSync(path, JSON.stringify({ pid: 4194303, started: '1', command: 'gone', mark: 'x' }));
  const all = await Promise.all(Array.from({ length: 4 }, () => elsewhere(path).said));
  expect(all.filter((said) => said === 'held')).toHaveLength(1);
  expect(readdirSync(join(path, '..'))).toEqual(['lock']);
});
