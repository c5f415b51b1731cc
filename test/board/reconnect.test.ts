/** A port that really goes away and comes back, with a board behind it: looked for, taken up again, and nothing moves by itself. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ListedPort } from '../../host/board/find';
import { FirmwareDriver } from '../../host/board/loom-driver';
import { portLockPath } from '../../host/board/port-lock';
import { SerialTransport } from '../../host/board/serial-transport';
import { lock } from '../../host/lock';
import { rowCrc } from '../../protocol/wire';
import { Cable } from './cable';
import { ModelBoard } from './model-board';

let folder: string;
let cables: Cable[];
let driver: FirmwareDriver;
let told: string[];
let far: SerialTransport | null;
const row = Uint8Array.of(1, 2, 3, 4, 5);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loom-reconnect-'));
  cables = [];
  told = [];
  far = null;
});
afterEach(async () => {
  await driver.stop();
  await far?.stop();
  for (const cable of cables) await cable.pull();
  rmSync(folder, { recursive: true, force: true });
});

async function plugged(name: string): Promise<Cable> {
  const cable = new Cable([join(folder, name), join(folder, `${name}-board`)]);
  cables.push(cable);
  await cable.plug();
  return cable;
}

/** Puts a board at the far end of a cable. */
async function boardAt(name: string, board?: ModelBoard): Promise<ModelBoard> {
  await far?.stop();
  const end = new SerialTransport({ path: join(folder, `${name}-board`) });
  far = end;
  const model = board ?? new ModelBoard(end, (bytes) => far?.write(bytes), 5);
  end.on('bytes', (bytes) => model.hear(bytes));
  await end.start();
  return model;
}

/** Connected, armed, and step 1 open. */
async function weaving(ports: () => Promise<ListedPort[]> = async () => []): Promise<ModelBoard> {
  const board = await boardAt('usb');
  driver = new FirmwareDriver(new SerialTransport({ path: join(folder, 'usb'), ports }), { bannerMs: 1 });
  driver.on('away', (why) => told.push(why));
  driver.on('lost', (why) => told.push(`lost: ${why}`));
  await driver.connect();
  await driver.arm({ weave: 9, step: 0, rowCrc: 0 });
  await driver.tell(1, row);
  const opened = once(driver, 'opened');
  await driver.open(1);
  await opened;
  return board;
}

async function pulled(cable: Cable): Promise<void> {
  const away = once(driver, 'away');
  await cable.pull();
  await away;
}

const place = { weave: 9, step: 1, rowCrc: rowCrc(1, row) };

it('a board that is plugged in again is asked where it is, and nothing moves', async () => {
  const cable = await plugged('usb');
  const board = await weaving();
  await pulled(cable);
  expect(told[0]).toMatch(/usb went away: .* Plug it in again: the place is kept\.$/);
  await expect(driver.askPlace()).rejects.toThrow();
  board.reset({ banner: false });
  const back = once(driver, 'reset');
  await cable.plug();
  await boardAt('usb', board);
  expect((await back)[0]).toMatch(/usb is back\.$/);
  const facts = await driver.connect();
  expect(facts.place).toEqual({ state: 'idle', ...place });
  expect(board.sheds).toHaveLength(1);
  expect(driver.statistics().unplugged).toBe(1);
  await driver.arm({ weave: 9, step: 1, rowCrc: place.rowCrc });
  await driver.tell(1, row);
  const opened = once(driver, 'opened');
  await driver.open(1);
  await opened;
});

it('it is found under another path by its USB serial number', async () => {
  const cable = await plugged('usb');
  const uno = { vendorId: '2341', productId: '0043', serialNumber: '75834353' };
  let listed: ListedPort[] = [{ path: cable.port, ...uno }];
  const board = await weaving(async () => listed);
  listed = [];
  await pulled(cable);
  const other = await plugged('elsewhere');
  await boardAt('elsewhere', board);
  const back = once(driver, 'reset');
  listed = [{ path: other.port, ...uno }];
  expect((await back)[0]).toBe(`${other.port} is back.`);
  expect((await driver.connect()).place).toEqual({ state: 'held', ...place });
});

it('another loom at its place is left alone, with a sentence; ours is taken when it comes', async () => {
  const cable = await plugged('usb');
  const board = await weaving();
  await pulled(cable);
  const stranger = await boardAfter(cable, (model) => {
    model.boardId = 5;
    model.heddles = 16;
  });
  const said = once(driver, 'away');
  const connecting = driver.connect();
  expect((await said)[0]).toMatch(/Another loom answers at .*usb: it has 16 heddles on pca9685 and 40 LEDs\. Waiting/);
  await cable.pull();
  await cable.plug();
  await boardAt('usb', board);
  const facts = await connecting;
  expect(facts.place).toEqual({ state: 'held', ...place });
  expect(stranger.place.state).toBe('idle');
});

it('a dead board may be swapped for one of the same kind, which does not know the place', async () => {
  const cable = await plugged('usb');
  await weaving();
  await pulled(cable);
  await boardAfter(cable, (model) => {
    model.boardId = 5;
  });
  const facts = await driver.connect();
  expect(facts).toMatchObject({ boardId: 5, place: { state: 'idle', weave: 0, step: 0 } });
});

it('who has the port meanwhile is named, and waited for', async () => {
  const cable = await plugged('usb');
  const board = await weaving();
  await pulled(cable);
  await cable.plug();
  const other = lock(portLockPath(cable.port), 'the port');
  await boardAt('usb', board);
  expect((await once(driver, 'away'))[0]).toContain(`is in use by process ${process.pid}`);
  const back = once(driver, 'reset');
  other.release();
  await back;
  await driver.connect();
});

it('whoever waits for it is told when the driver is stopped', async () => {
  const cable = await plugged('usb');
  await weaving();
  await pulled(cable);
  const connecting = driver.connect();
  connecting.catch(() => {});
  await driver.stop();
  await expect(connecting).rejects.toThrow('was let go');
  expect(told).toHaveLength(1);
});

/** The cable is plugged in again with another board behind it. */
async function boardAfter(cable: Cable, change: (board: ModelBoard) => void): Promise<ModelBoard> {
  const back = once(driver, 'reset');
  await cable.plug();
  const board = await boardAt('usb');
  change(board);
  await back;
  return board;
}
