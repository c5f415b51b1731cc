/** `loom flash` in a terminal: the bar that a person watches, and what Ctrl-C does while half of the firmware is written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageRoot, shippedFirmware } from '../../host/paths';
import { TerminalRun } from '../cli/terminal';
import { BootloaderBoard } from '../simavr/bootloader-board';
import { buildOptiboot } from '../simavr/build';

const command = ['-r', 'ts-node/register/transpile-only', join(packageRoot, 'host', 'cli', 'loom.ts')];
let home: string;
let board: BootloaderBoard;
let run: TerminalRun;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'loom-flash-'));
  board = await BootloaderBoard.start('atmega328p', buildOptiboot(), shippedFirmware);
  const args = ['flash', '--board', 'uno', '--port', board.path];
  run = new TerminalRun([process.execPath, ...command, ...args], 80, 24, { LOOM_HOME: home });
});
afterEach(async () => {
  run.kill();
  await board.stop();
  rmSync(home, { recursive: true, force: true });
});

it('a bar grows while it is written and read back, and one Ctrl-C does not leave half a firmware', async () => {
  await run.shows(/writing █+░+ [1-9]\d? %/);
  run.type('\x03');
  await run.shows(/The firmware is being written; half of it is none/);
  expect(await run.ended).toEqual({ code: 0, sane: true });
  expect(run.words).toMatch(/writing █{40} 100 % checking █{40} 100 % after loom .* done The firmware/);
  expect(run.sheet.wrapped).toBe(0);
});

it('a second Ctrl-C leaves, code 130, and the board can be flashed again', async () => {
  await run.shows(/writing █+░+ [1-9]\d? %/);
  run.type('\x03');
  await run.shows(/Ctrl-C again leaves/);
  run.type('\x03');
  expect((await run.ended).code).toBe(130);
  const again = ['flash', '--board', 'uno', '--port', board.path];
  run = new TerminalRun([process.execPath, ...command, ...again], 80, 24, { LOOM_HOME: home });
  expect((await run.ended).code).toBe(0);
  expect(run.words).toMatch(/done The firmware on the Arduino Uno answers/);
});
