import { afterEach, expect, test } from 'vitest';
import { FirmwareDriver } from '../../host/board/loom-driver';
import { SerialTransport } from '../../host/board/serial-transport';
import type { PtyReport } from '../../host/emulator/pty-messages';
import { type PtyBoard, startPtyBoard } from '../../host/emulator/start-pty-board';
import { rowCrc } from '../../protocol/wire';

let board: PtyBoard;
let driver: FirmwareDriver;
afterEach(async () => {
  await driver.stop();
  await board.quit();
});

const report = (type: PtyReport['type']) =>
  new Promise<PtyReport>((resolve) => {
    const listen = (each: PtyReport) => {
      if (each.type !== type) return;
      board.off('report', listen);
      resolve(each);
    };
    board.on('report', listen);
  });
const opened = () => new Promise<number>((resolve) => driver.once('opened', resolve));

/** A host that has not been here before. */
async function arrive() {
  driver = new FirmwareDriver(new SerialTransport({ path: board.path }), { bannerMs: 300 });
  const facts = await driver.connect();
  return facts.place;
}
async function arm(step: number, crc: number): Promise<void> {
  const rest = new Promise<void>((resolve) => driver.once('rest', resolve));
  for (;;) {
    try {
      await driver.arm({ weave: 9, step, rowCrc: crc });
      break;
    } catch {
      // A board that has just been given its number is still writing it down.
      await driver.askPlace();
    }
  }
  await rest;
}

test('a board in a process of its own outlives its hosts, keeps its place, and writes its sheds down', async () => {
  board = await startPtyBoard({ wiring: { outputs: 'pca9685', heddles: 40, leds: 40 }, resetOnOpen: false });
  const row = Uint8Array.from([0x01, 0x80, 0xff, 0x00, 0x55]);
  await arrive();
  await arm(0, 0);
  await driver.tell(1, row);
  const first = opened();
  await driver.open(1);
  expect(await first).toBe(1);
  const closed = report('closed');
  await driver.stop();
  await closed;

  // The next host opens the port with a reset, as an Uno does: the place is still known.
  board.resetOnOpen(true);
  const reset = report('reset');
  expect(await arrive()).toMatchObject({ state: 'idle', weave: 9, step: 1, rowCrc: rowCrc(1, row) });
  await reset;
  await arm(1, rowCrc(1, row));
  await driver.tell(2, row);
  const shed = report('shed');
  const second = opened();
  await driver.open(2);
  expect(await second).toBe(2);
  await shed;

  expect(board.sheds.map(({ step }) => step)).toEqual([1, 2]);
  const bits = '1000000000000001111111110000000010101010';
  for (const shed of board.sheds) {
    expect(shed.row).toBe(bits);
    expect(shed.pulses.length).toBe(40);
    expect(shed.rowCrc).toBe(rowCrc(shed.step, row));
  }
});
