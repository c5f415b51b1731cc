/** `loom calibrate` in a real terminal (a pty), on the shipped firmware. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageRoot } from '../../host/paths';
import { TerminalRun } from '../cli/terminal';

const command = join(packageRoot, 'dist', 'host', 'cli', 'loom.js');
const keys = {
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  pageUp: '\x1b[5~',
  enter: '\r',
  escape: '\x1b',
};
let home: string;
const running: TerminalRun[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'loom-calibrate-'));
});
afterEach(() => {
  for (const run of running.splice(0)) run.kill();
  rmSync(home, { recursive: true, force: true });
});

function calibrate(columns = 80, rows = 24): TerminalRun {
  const run = new TerminalRun([process.execPath, command, 'calibrate', '--emulated'], columns, rows, {
    LOOM_HOME: home,
  });
  running.push(run);
  return run;
}

it('moves heddles with the arrow keys, copies, tests, masks, takes back, saves, and gives the terminal back', async () => {
  const run = calibrate();
  await run.shows(/all saved.*heddle 1\b.*lowered 1300 µs \(servo\.down\)/s);
  run.type(keys.right);
  await run.shows(/heddle 2\b/);
  run.type('u');
  await run.shows(/lifted 1700 µs/);
  run.type(keys.up);
  run.type(keys.pageUp);
  await run.shows(/lifted 1724 µs saved: 1700 \(servo\.up\)/);
  run.type('c');
  await run.shows(/Copy heddle 2 to which/);
  for (const key of '5-8') run.type(key);
  run.type(keys.enter);
  await run.shows(/5 of 40 heddles not saved.*Copied to 4 heddles/s);
  run.type('z');
  await run.shows(/1 of 40 heddles not saved/);
  run.type('t');
  await run.shows(/Test row: plain weave, odd ends/);
  run.type('m');
  await run.shows(/heddle 2 · masked: nothing drives it/);
  run.type('m');
  run.type('s');
  await run.shows(/all saved.*1724 µs.*Saved: 1 values/s);
  run.type('q');
  expect(await run.ended).toEqual({ code: 0, sane: true });
  expect(run.sheet.isAlternate).toBe(false);
  expect(run.sheet.cursorShown).toBe(true);
});

it('asks before what is not saved is left, and keeps it', async () => {
  const run = calibrate(100, 30);
  await run.shows(/heddle 1\b/);
  run.type('u');
  run.type(keys.down);
  await run.shows(/1696 µs/);
  run.type('q');
  await run.shows(/Not everything is saved/);
  run.type('q');
  expect(await run.ended).toEqual({ code: 0, sane: true });
  expect(readdirSync(join(home, 'calibration'))).toHaveLength(1);
});
