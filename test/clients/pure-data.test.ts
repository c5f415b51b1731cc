/** Pure Data with pduino, as Debian has them, uses the pins that the loom leaves free: loom.pd on a pseudo terminal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { LiveBoard } from './live-board';

let board: LiveBoard;
let pd: ChildProcess;
afterEach(() => {
  pd.kill();
  board.stop();
});

it('pduino learns what the board is, writes and dims pins, and hears inputs and volts', async () => {
  board = new LiveBoard('optiboot');
  board.uno.analog(0, 1.25);
  const path = await board.pseudoTerminal();
  pd = spawn('pd', [
    ...['-nogui', '-stderr', '-noaudio', '-nomidi', '-noprefs'],
    ...['-open', join(__dirname, 'loom.pd'), '-send', `port symbol ${path}`],
  ]);
  const lines: string[] = [];
  createInterface({ input: pd.stderr as Readable }).on('line', (line) => lines.push(line));
  const said = (what: RegExp) =>
    board
      .until(() => lines.some((line) => what.test(line)), `${what} in what Pure Data printed`)
      .catch((error: Error) => Promise.reject(new Error(`${error.message} It printed ${lines.join(' | ')}`)));

  await said(/^version: 2 7$/);
  await said(/^firmware: loom-uno \d+ \d+$/);
  await board.until(() => board.uno.pins.isHigh(7), 'a high pin 7');
  await said(/^heard: analog 0 0\.2\d+$/);
  expect(await board.duty(6)).toBeCloseTo(128 / 256, 2);
  board.uno.pins.drive(8, false);
  await said(/^heard: digital 8 0$/);
  board.uno.pins.drive(8, true);
  await said(/^heard: digital 8 1$/);
  expect(lines.filter((line) => /error|warning|couldn't|UNKNOWN/i.test(line))).toEqual([]);
});
