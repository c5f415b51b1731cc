import { describe, expect, it } from 'vitest';
import { cyclesPerMs } from '../../host/emulator/uno';
import { nameOf } from '../../protocol/wire';
import { mcus, type PinMap, pinMaps } from '../../protocol/wire.table';
import { loomOn, newBoard } from './boards';
import { rowOf } from './loom-on-a-bench';

const twelve = { outputs: 'pins', heddles: 12, leds: 12 } as const;
/** Cycles: the emulator shows an edge of the hardware at the end of the instruction in which it happens. */
const instruction = 5;
const all = (heddles: number) => rowOf([...Array(heddles).keys()], heddles);

describe('the Mega', () => {
  it('says which chip it is, and has room for 440 heddles', () => {
    const loom = newBoard('mega', { outputs: 'pca9685', heddles: 440, leds: 440 });
    expect(nameOf(mcus, loom.hello().mcu)).toBe('atmega2560');
    loom.set('heddles', 440);
    loom.set('leds', 440);
    expect(loom.hello()).toMatchObject({ heddles: 440, leds: 440 });
  });

  it('weaves on 28 PCA9685 boards: 440 heddles up and down, each where it belongs', () => {
    const loom = loomOn('mega', { outputs: 'pca9685', heddles: 440, leds: 40 }, { 'move.k': 16 }).arm();
    const lifted = [0, 7, 8, 15, 16, 100, 255, 256, 300, 431, 439];
    loom.openShed(1, rowOf(lifted, 440)).run(45);
    for (const [heddle, us] of loom.pulses.entries())
      expect(Math.round(us / 100)).toBe(lifted.includes(heddle) ? 17 : 13);
    loom.openShed(2, all(440)).run(45);
    expect(loom.pulses.every((us) => us > 1690)).toBe(true);
  });

  it('opens the waiting row by the treadle', () => {
    const loom = loomOn('mega', twelve)
      .arm()
      .openShed(1, rowOf([1], 12));
    loom.must('ROW', { step: 2, row: rowOf([2], 12) });
    expect(loom.tread()).toBe('opened');
    loom.opened(2);
  });
});

describe('twelve servos on the Mega’s compare outputs', () => {
  it('get their widths exactly, and all rise together', () => {
    const loom = loomOn('mega', twelve, { 'servo.down': 500, 'servo.up': 2540 }).arm();
    loom.openShed(1, rowOf([0, 2, 4, 6, 8, 10], 12)).run(45);
    const rises = new Map<number, number>();
    loom.uno.parts.servos.onPulse = ({ heddle, rise, fall }) => {
      expect(Math.abs(fall - rise - (heddle % 2 ? 500 : 2540) * 16)).toBeLessThan(instruction);
      rises.set(heddle, rise);
    };
    loom.run(30);
    expect(rises.size).toBe(12);
    expect(new Set(rises.values()).size).toBe(1);
  });

  it('give no pulse before arming', () => {
    const loom = loomOn('mega', twelve);
    loom.run(200);
    expect(loom.pulses.every((us) => us === 0)).toBe(true);
  });

  it('change from one whole pulse to the next', () => {
    const loom = loomOn('mega', twelve, { 'move.settle': 0 }).arm();
    const widths = new Set<number>();
    let before = -1;
    loom.uno.parts.servos.onPulse = ({ heddle, rise, fall }) => {
      widths.add(Math.round((fall - rise) / 16));
      if (heddle === 5 && before >= 0) expect(Math.abs(rise - before - 20 * cyclesPerMs)).toBeLessThan(instruction);
      if (heddle === 5) before = rise;
    };
    for (let step = 1; step < 12; step++) loom.openShed(step, step % 2 ? all(12) : rowOf([], 12)).run(step * 1.7);
    expect([...widths].sort()).toEqual([1300, 1700]);
  });

  it.each([...Array(24).keys()])(
    'finish the pulse in progress and get no more, stopped %i × 0.85 ms after a rise',
    (part) => {
      const loom = loomOn('mega', twelve).arm();
      let rise = 0;
      const { servos } = loom.uno.parts;
      servos.onPulse = (pulse) => {
        rise = pulse.rise;
      };
      loom.run(45);
      const stopByteMs = 10 / 57.6;
      loom.run(((rise + 40 * cyclesPerMs - loom.uno.cycles) / cyclesPerMs) % 20);
      loom.run(part * 0.85 - stopByteMs + 20);
      const pulses: number[] = [];
      servos.onPulse = ({ rise: from, fall }) => {
        expect(Math.abs(fall - from - 1300 * 16)).toBeLessThan(instruction);
        pulses.push(from);
      };
      loom.uno.send([0xff]);
      loom.run(stopByteMs);
      const stopped = loom.uno.cycles;
      loom.run(100);
      expect(pulses.filter((from) => from > stopped)).toEqual([]);
    },
  );
});

describe.each(Object.entries(pinMaps as Record<string, PinMap>))('the pin map %s', (_, map) => {
  it('is what the chip’s firmware has wired', () => {
    const board = map.mcu === 'atmega2560' ? 'mega' : 'uno';
    const loom = loomOn(board, { outputs: map.outputs, heddles: 8, leds: 8 }, { 'hands.fitted': 1 });
    loom
      .arm()
      .openShed(1, rowOf([0, 3], 8))
      .run(60);
    expect([...Array(8).keys()].filter((heddle) => loom.uno.parts.isLifted(heddle))).toEqual([0, 3]);
    expect([...loom.uno.parts.colours.subarray(0, 6)]).toEqual([255, 255, 255, 0, 0, 0]);
    loom.must('ROW', { step: 2, row: rowOf([1], 8) });
    expect(loom.tread()).toBe('opened');
    loom.opened(2);
    loom.uno.parts.hands.close();
    loom.until(() => loom.state === 'held', 'held by the hands-in switch');
    loom.uno.parts.estop.open();
    loom.until(() => loom.state === 'fault', 'the e-stop');
  });
});
