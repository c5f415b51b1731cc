import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { DriverEvents } from '../../host/board/driver';
import { FirmwareDriver } from '../../host/board/loom-driver';
import { EmulatedTransport } from '../../host/emulator/emulated-transport';
import { rowCrc } from '../../protocol/wire';
import { settings } from '../../protocol/wire.table';

// The shipped firmware on the emulated Uno: 40 heddles on PCA9685 boards.
const heddles = 40;
const initial = (name: string) => settings.find((setting) => setting.name === name)!.initial;
const [down, up] = [initial('servo.down'), initial('servo.up')];
const outputStep = 5; // µs of one PCA9685 count at 50 Hz

const running: FirmwareDriver[] = [];
afterEach(async () => {
  for (const driver of running.splice(0)) await driver.stop();
});

function rig() {
  const board = new EmulatedTransport({ wiring: { outputs: 'pca9685', heddles, leds: 40 } });
  const driver = new FirmwareDriver(board);
  running.push(driver);
  const told: string[] = [];
  driver.on('opening', (step) => told.push(`opening ${step}`));
  driver.on('opened', (step) => told.push(`opened ${step}`));
  driver.on('rest', () => told.push('rest'));
  driver.on('state', (state, fault) => told.push(fault === 'none' ? state : `${state} ${fault}`));
  driver.on('press', (direction, outcome) => told.push(`press ${direction} ${outcome}`));
  driver.on('estop', (open) => told.push(open ? 'e-stop open' : 'e-stop closed'));
  driver.on('reset', (why) => told.push(`reset: ${why}`));
  driver.on('silent', () => told.push('silent'));
  const heard = <E extends keyof DriverEvents>(event: E) => once(driver, event) as unknown as Promise<DriverEvents[E]>;
  const later = (ms: number) => new Promise<void>((resolve) => board.after(ms, resolve));
  return { board, driver, told, heard, later };
}
type Rig = ReturnType<typeof rig>;

const row = (step: number) => Uint8Array.of(step, 0xff, 0x00, 0xaa, ~step & 0xff);
const place = (step: number) => ({ weave: 9, step, rowCrc: step ? rowCrc(step, row(step)) : 0 });

async function arm({ driver, heard }: Rig, step = 0): Promise<void> {
  const rest = heard('rest');
  await driver.arm(place(step));
  await rest;
}

async function weave({ driver, heard }: Rig, step: number): Promise<void> {
  await driver.tell(step, row(step));
  const opened = heard('opened');
  await driver.open(step);
  await opened;
}

/** Connected, armed, and step 1 open. */
async function weaving(): Promise<Rig> {
  const it = rig();
  await it.driver.connect();
  await arm(it);
  await weave(it, 1);
  it.told.length = 0;
  return it;
}

function expectLifted({ driver }: Rig, bytes: Uint8Array): void {
  const pulses = driver.pulses()!;
  for (let heddle = 0; heddle < heddles; heddle++) {
    const lifted = (bytes[heddle >> 3] >> (heddle & 7)) & 1;
    expect(Math.abs(pulses[heddle] - (lifted ? up : down))).toBeLessThanOrEqual(outputStep);
  }
}

describe('the shipped firmware', () => {
  it('says what it is, and no heddle gets a pulse before arming', async () => {
    const { driver } = rig();
    const facts = await driver.connect();
    expect(facts).toMatchObject({ kind: 'emulated', mcu: 'atmega328p', heddles, outputs: 'pca9685', leds: 40 });
    expect(facts.reset).toBe('power');
    expect(facts.place).toEqual({ state: 'idle', weave: 0, step: 0, rowCrc: 0 });
    expect([...driver.pulses()!].every((pulse) => pulse === 0)).toBe(true);
  });

  it('arms, opens a told row and says so once', async () => {
    const it = rig();
    await it.driver.connect();
    await arm(it);
    expectLifted(it, new Uint8Array(5));
    await weave(it, 1);
    expect(it.told).toEqual(['armed', 'rest', 'weaving', 'opening 1', 'opened 1']);
    expect(it.driver.place()).toEqual({ state: 'weaving', ...place(1) });
    expectLifted(it, row(1));
  });

  it('opens the waiting row at a press, and a press without one only shows', async () => {
    const it = await weaving();
    const nothing = it.heard('press');
    it.board.press();
    expect(await nothing).toEqual(['forward', 'nothing']);
    await it.later(500);
    await it.driver.tell(2, row(2));
    const opened = it.heard('opened');
    it.board.press();
    expect(await opened).toEqual([2]);
    expectLifted(it, row(2));
    const back = it.heard('press');
    it.board.press('back');
    expect(await back).toEqual(['back', 'back']);
  });

  it('drops a waiting row, and says when it is open already', async () => {
    const { driver } = await weaving();
    expect(await driver.drop()).toBe('open');
    await driver.tell(2, row(2));
    expect(await driver.drop()).toBe('dropped');
  });

  it('holds and resumes without moving; hands in the shed block both', async () => {
    const it = await weaving();
    await it.driver.hold(true);
    await expect(it.driver.resume()).rejects.toThrow('hands in the shed');
    await it.driver.hold(false);
    await it.driver.resume();
    expect(it.told).toEqual(['held', 'weaving']);
    expectLifted(it, row(1));
  });

  it('stops at once, keeps the place, and goes on after clear and arm', async () => {
    const it = await weaving();
    const fault = it.heard('state');
    it.driver.stopNow();
    expect(await fault).toEqual(['fault', 'stopByte', 0]);
    expect(it.driver.place()).toEqual({ state: 'fault', ...place(1) });
    await it.driver.clear();
    await arm(it, 1);
    await weave(it, 1);
    expectLifted(it, row(1));
  });

  it('tells the e-stop, and refuses to be cleared while it is open', async () => {
    const it = await weaving();
    const fault = it.heard('state');
    it.board.estop(true);
    expect(await fault).toEqual(['fault', 'estop', 0]);
    await expect(it.driver.clear()).rejects.toThrow('the e-stop is open');
    const closed = it.heard('estop');
    it.board.estop(false);
    expect(await closed).toEqual([false]);
    await it.driver.clear();
  });

  it('is noticed when it is reset in mid-weave, and still knows the place', async () => {
    const it = await weaving();
    const reset = it.heard('reset');
    it.board.reset();
    await reset;
    const facts = await it.driver.connect();
    expect(facts).toMatchObject({ reset: 'reset', place: { state: 'idle', ...place(1) } });
    await arm(it, 1);
    await weave(it, 1);
    await weave(it, 2);
  });

  it('says after a power cut that it knows nothing', async () => {
    const it = await weaving();
    const reset = it.heard('reset');
    it.board.powerCut();
    await reset;
    const facts = await it.driver.connect();
    expect(facts).toMatchObject({ reset: 'power', place: { state: 'idle', weave: 0, step: 0 } });
  });

  it('holds when a new session takes over a weaving board', async () => {
    const it = await weaving();
    await it.driver.tell(2, row(2));
    const facts = await it.driver.connect();
    expect(facts.place).toEqual({ state: 'held', ...place(1) });
    await it.driver.resume();
    await weave(it, 2);
  });

  it('weaves a hundred rows, each once and in order, with nothing sent twice', async () => {
    const it = await weaving();
    for (let step = 2; step <= 100; step++) await weave(it, step);
    const opened = it.told.filter((words) => words.startsWith('opened'));
    expect(opened).toEqual(Array.from({ length: 99 }, (_, i) => `opened ${i + 2}`));
    expect(it.driver.statistics()).toMatchObject({
      resent: 0,
      crcErrors: 0,
      eventGaps: 0,
      overruns: 0,
      frameErrors: 0,
    });
    expectLifted(it, row(100));
  });

  it('says why it refused', async () => {
    const { driver } = await weaving();
    await expect(driver.tell(3, row(3))).rejects.toThrow('not the step that comes next');
    await expect(driver.tell(2, new Uint8Array(4))).rejects.toThrow('wrong length');
    await driver.tell(2, row(2));
    await expect(driver.tell(3, row(3))).rejects.toThrow('a row is already waiting');
    await expect(driver.clear()).rejects.toThrow('not in this state');
  });
});
