/** Settings on the shipped firmware: read, changed, kept through a reset, refused whole, and put on another board. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FirmwareDriver } from '../../host/board/loom-driver';
import { EmulatedTransport } from '../../host/emulator/emulated-transport';
import { readImage, readValues, writeValues } from '../../host/maker/board-image';
import { checkFitsBoard } from '../../host/maker/fits-board';
import { changes, type SettingsImage, type SettingValue, valueIn } from '../../host/maker/image';
import { keepSettings } from '../../host/maker/keep-settings';
import { keepImage, keptImages, newestOf } from '../../host/maker/kept';
import { settingNamed } from '../../host/maker/names';
import { firstImage } from './an-image';

let home: string;
const outer = process.env.LOOM_HOME;
const running: FirmwareDriver[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'loom-settings-'));
  process.env.LOOM_HOME = home;
});
afterEach(async () => {
  for (const driver of running.splice(0)) await driver.stop();
  if (outer === undefined) delete process.env.LOOM_HOME;
  else process.env.LOOM_HOME = outer;
  rmSync(home, { recursive: true, force: true });
});

/** A board in its box, with an id of its own. */
async function newBoard(seed: number) {
  const board = new EmulatedTransport({ wiring: { outputs: 'pca9685', heddles: 40, leds: 40 }, seed });
  const driver = new FirmwareDriver(board);
  running.push(driver);
  return { board, driver, facts: await driver.connect() };
}

const set = (name: string, index: number, value: number): SettingValue => ({
  ...{ setting: settingNamed(name).id, index, value },
});

/** What a maker found in an evening: no two heddles alike, one masked, one on a spare output. */
const evening = [
  set('servo.up', 0, 1660),
  ...Array.from({ length: 40 }, (_, index) => set('up', index, 1600 + 4 * index)),
  ...Array.from({ length: 40 }, (_, index) => set('down', index, 1400 - 4 * index)),
  set('output', 6, 0xffff),
  set('output', 11, 44),
  set('clock', 1, 25400),
];

/** µs that each heddle gets in a row of every second one lifted. */
async function pulsesOfARow(driver: FirmwareDriver): Promise<number[]> {
  const rest = once(driver, 'rest');
  await driver.arm({ weave: 5, step: 0, rowCrc: 0 });
  await rest;
  await driver.tell(1, new Uint8Array(5).fill(0x55));
  const opened = once(driver, 'opened');
  await driver.open(1);
  await opened;
  return [...driver.pulses()!];
}

describe('a board', () => {
  it('that is new has what the table has at first', async () => {
    const { driver, facts } = await newBoard(1);
    const image = await readImage(driver.settings, facts);
    expect(changes(firstImage().values, image.values)).toEqual([]);
    expect(image).toMatchObject({ boardId: facts.boardId, version: facts.settingsVersion });
  });

  it('keeps what was set and saved through a reset, and its version shows it', async () => {
    const { board, driver, facts } = await newBoard(1);
    const changed = await writeValues(driver.settings, evening);
    expect(changed.length).toBeGreaterThan(80);
    expect(await driver.settings.unsaved()).toBe(false);
    const reset = once(driver, 'reset');
    board.powerCut();
    await reset;
    const after = await driver.connect();
    expect(after.boardId).toBe(facts.boardId);
    expect(after.settingsVersion).not.toBe(facts.settingsVersion);
    expect(changes(await readValues(driver.settings), evening)).toEqual([]);
    expect(await writeValues(driver.settings, evening)).toEqual([]);
  });

  it('that refuses one value has none of them', async () => {
    const { driver, facts } = await newBoard(1);
    const before = await readValues(driver.settings);
    const wrong = [set('servo.up', 0, 1660), set('up', 3, 1640), set('up', 4, 9999)];
    await expect(writeValues(driver.settings, wrong)).rejects.toThrow(
      /refused up of heddle 5 = 9999.*Nothing was changed/,
    );
    expect(changes(before, await readValues(driver.settings))).toEqual([]);
    expect((await driver.connect()).settingsVersion).toBe(facts.settingsVersion);
  });

  it('that refuses one value keeps what somebody had changed before and not saved', async () => {
    const { driver } = await newBoard(1);
    const { setting, index, value } = set('up', 7, 1655);
    await driver.settings.set(setting, index, value);
    const before = await readValues(driver.settings);
    expect(await driver.settings.unsaved()).toBe(true);
    await expect(writeValues(driver.settings, [set('up', 3, 1640), set('up', 4, 9999)])).rejects.toThrow(
      'Nothing was changed',
    );
    expect(changes(before, await readValues(driver.settings))).toEqual([]);
    expect(await driver.settings.unsaved()).toBe(true);
  });

  it('takes other exceptions in the place of sixteen', async () => {
    const { driver } = await newBoard(1);
    const rule = (from: number) => Array.from({ length: 16 }, (_, i) => set('output', from + i, from + i));
    const swapped = (from: number) => Array.from({ length: 16 }, (_, i) => set('output', from + i, from + (i ^ 1)));
    await writeValues(driver.settings, swapped(0));
    await writeValues(driver.settings, [...swapped(16), ...rule(0)]);
    expect(changes(await readValues(driver.settings), [...swapped(16), ...rule(0)])).toEqual([]);
  });
});

describe('a copy of the settings', () => {
  it('puts a blank board in the place of a dead one: same pulses, to the microsecond', async () => {
    const old = await newBoard(1);
    await writeValues(old.driver.settings, evening);
    keepImage(await readImage(old.driver.settings, await old.driver.connect()));
    const before = await pulsesOfARow(old.driver);
    await old.driver.stop();

    const { driver, facts } = await newBoard(2);
    expect(facts.boardId).not.toBe(old.facts.boardId);
    const { file } = newestOf(old.facts.boardId)!;
    checkFitsBoard(file, await readImage(driver.settings, facts), true);
    await writeValues(driver.settings, file.values);
    expect((await driver.connect()).settingsVersion).toBe(file.origin.version);
    expect(valueIn(await readValues(driver.settings), 'output', 6)).toBe(0xffff);
    const after = await pulsesOfARow(driver);
    expect(new Set(before).size).toBeGreaterThan(30);
    expect(after).toEqual(before);
  });

  it('is kept where the version is a new one, the newest first, and not of what is unsaved', async () => {
    const { driver, facts } = await newBoard(1);
    // An emulated board forgets everything; a real one is kept.
    const real = { ...facts, kind: 'serial' as const };
    expect(await keepSettings(driver, facts)).toBe(null);
    expect(await keepSettings(driver, real)).toMatch(/settings/);
    expect(await keepSettings(driver, real)).toBe(null);
    await driver.settings.set(settingNamed('servo.up').id, 0, 1660);
    const unsaved = await driver.connect();
    expect(await keepSettings(driver, { ...unsaved, kind: 'serial' })).toBe(null);
    await driver.settings.save();
    expect(await keepSettings(driver, { ...unsaved, kind: 'serial' })).toMatch(/settings/);
    expect(keptImages().map(({ file }) => valueIn(file.values, 'servo.up'))).toEqual([1660, 1700]);
  });

  it('that was damaged is left out, and the one before it is the newest', () => {
    const image: SettingsImage = firstImage();
    keepImage(image);
    const path = keepImage({ ...image, date: '2026-12-01T09:30:00.000Z', values: [set('servo.up', 0, 9999)] });
    expect(path).toContain(home);
    expect(keptImages().map(({ date }) => date)).toEqual([image.date]);
  });
});
