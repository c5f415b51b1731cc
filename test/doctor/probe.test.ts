/** `loom doctor --port`, on boards behind a pseudo terminal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rememberBoard } from '../../host/board/remembered';
import { SerialTransport } from '../../host/board/serial-transport';
import { probe } from '../../host/doctor/probe';
import { startPtyBoard } from '../../host/emulator/start-pty-board';
import { protocolVersion } from '../../protocol/wire.table';
import { Cable } from '../board/cable';
import { ModelBoard } from '../board/model-board';

let folder: string;
let cable: Cable;
let far: SerialTransport;
let board: ModelBoard;
const port = () => join(folder, 'usb');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loom-probe-'));
  process.env.LOOM_HOME = join(folder, 'home');
  cable = new Cable([port(), join(folder, 'board')]);
  await cable.plug();
  far = new SerialTransport({ path: join(folder, 'board') });
  board = new ModelBoard(far, (bytes) => far.write(bytes));
  far.on('bytes', (bytes) => board.hear(bytes));
  await far.start();
});
afterEach(async () => {
  await far.stop();
  await cable.pull();
  rmSync(folder, { recursive: true, force: true });
});

it('a loom says what it is', async () => {
  expect(await probe(port())).toEqual([
    { mark: 'ok', what: port(), found: 'a loom of 40 heddles on an atmega328p, firmware 1.0, at 57,600 baud' },
  ]);
});

it('another rate than the last time is named', async () => {
  const real = await startPtyBoard({ wiring: { outputs: 'pca9685', heddles: 40, leds: 40 } });
  rememberBoard({ path: real.path, boardId: 77, rate: 115_200, firmware: '0.1', heddles: 40 });
  const [loom, rate] = await probe(real.path);
  await real.quit();
  expect(loom.found).toMatch(/^a loom of 40 heddles on an atmega328p, firmware \d+\.\d+, at 57,600 baud$/);
  expect(rate).toMatchObject({ what: 'rate', found: 'it was 115,200 baud when last seen' });
});

it('firmware with another protocol is to be flashed', async () => {
  board.speaks = protocolVersion - 1;
  const [finding] = await probe(port());
  expect(finding.mark).toBe('fail');
  expect(finding.found).toContain(
    `we speak protocol ${protocolVersion}, firmware 1.0 speaks protocol ${protocolVersion - 1}`,
  );
  expect(finding.found).toContain('loom flash');
});

it('a board that is silent is named, with what to check', async () => {
  board.mute = true;
  const [finding] = await probe(port());
  expect(finding).toMatchObject({ mark: 'fail', found: expect.stringMatching(/does not answer.*cable and the power/) });
});

it('a port that is not there, too', async () => {
  expect((await probe('/dev/ttyUSB77'))[0]).toMatchObject({
    mark: 'fail',
    found: expect.stringContaining('There is no port'),
  });
});
