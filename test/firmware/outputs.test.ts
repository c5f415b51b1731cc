import { describe, expect, it } from 'vitest';
import { nameOf } from '../../protocol/wire';
import { faults } from '../../protocol/wire.table';
import { LoomOnABench, rowOf } from './loom-on-a-bench';

const all = (heddles: number) => rowOf([...Array(heddles).keys()], heddles);

function exhibition(settings: Record<string, number> = {}): LoomOnABench {
  const loom = new LoomOnABench();
  loom.hello();
  for (const [name, value] of Object.entries(settings)) loom.set(name as 'move.k', value);
  return loom.arm();
}

describe('PCA9685 boards', () => {
  it('give every heddle its width to within one step', () => {
    const loom = exhibition({ 'servo.down': 1000, 'servo.up': 2000 }).openShed(1, all(40));
    loom.run(45);
    for (const pulse of loom.pulses) expect(Math.abs(pulse - 2000)).toBeLessThan(4.9);
    loom.openShed(2, rowOf([])).run(45);
    for (const pulse of loom.pulses) expect(Math.abs(pulse - 1000)).toBeLessThan(4.9);
  });

  it('are written only for the heddles that change', () => {
    const loom = exhibition().openShed(1, rowOf([0, 1]));
    const { bus } = loom.uno.parts;
    const before = bus.bytes;
    loom.openShed(2, rowOf([1, 2]));
    expect(bus.bytes - before).toBe(2 * 3);
  });

  it('start at most K heddles a frame', () => {
    const loom = exhibition({ 'move.k': 2, 'move.settle': 0 });
    loom.must('ROW', { step: 1, row: all(40) });
    const { bus } = loom.uno.parts;
    loom.run(5);
    const begun = loom.uno.nowMs;
    loom.must('OPEN', { step: 1 });
    let most = 0;
    for (let before = bus.bytes; loom.uno.nowMs - begun < 350; before = bus.bytes) {
      loom.run(20);
      most = Math.max(most, (bus.bytes - before) / 3);
    }
    expect(most).toBe(2);
  });

  it('that do not answer stop the loom', () => {
    const loom = exhibition();
    loom.uno.parts.bus.unplug(loom.uno.parts.boards[2]);
    loom.must('ROW', { step: 1, row: all(40) });
    loom.must('OPEN', { step: 1 });
    loom.until(() => loom.state === 'fault', 'the fault');
    expect(nameOf(faults, loom.status.fault)).toBe('output');
    expect(loom.uno.parts.boards[0].pulsing(0)).toBe(false);
  });

  it('that are missing at arming stop it too', () => {
    const loom = new LoomOnABench();
    loom.hello();
    loom.uno.parts.bus.unplug(loom.uno.parts.boards[1]);
    loom.must('ARM', { weave: 1, openStep: 0, rowCrc: 0 });
    loom.until(() => loom.state === 'fault', 'the fault');
    expect(nameOf(faults, loom.status.fault)).toBe('output');
  });

  it('are off within half a millisecond of a stop byte', () => {
    const loom = exhibition();
    const { boards } = loom.uno.parts;
    loom.uno.send([0xff]);
    loom.run(0.5);
    expect(boards.some((board) => board.pulsing(0))).toBe(false);
  });

  it('are freed when one holds the data line over a reset', () => {
    const loom = exhibition();
    loom.uno.parts.bus.holdSda(9);
    loom.uno.reset('dtr');
    loom.run(50);
    loom.hello();
    loom.arm().openShed(1, all(40));
  });

  it('release lowered heddles after servo.rest and take them up again', () => {
    const loom = exhibition({ 'servo.rest': 200 }).openShed(1, rowOf([4]));
    loom.run(400);
    const [board] = loom.uno.parts.boards;
    expect([board.pulsing(3), board.pulsing(4)]).toEqual([false, true]);
    loom.openShed(2, rowOf([3])).run(45);
    expect(board.pulsing(3)).toBe(true);
    expect(loom.pulses[3]).toBeGreaterThan(1600);
    expect(loom.pulses[4]).toBeLessThan(1400);
  });
});

describe('servos on pins', () => {
  it('get their widths within half a microsecond while bytes come in and LEDs go out', () => {
    const loom = LoomOnABench.onPins();
    loom.set('servo.down', 1300);
    loom.set('servo.up', 1304);
    loom.arm().openShed(1, rowOf([0, 3, 4, 8, 11], 12));
    let worst = 0;
    for (let i = 0; i < 60; i++) {
      for (let k = 0; k < 5; k++) loom.must('WEFT', { red: i, green: k, blue: 0 });
      loom.pulses.forEach((pulse, heddle) => {
        worst = Math.max(worst, Math.abs(pulse - ([0, 3, 4, 8, 11].includes(heddle) ? 1304 : 1300)));
      });
    }
    expect(worst).toBeLessThanOrEqual(0.5);
    expect(loom.status.overruns).toBe(0);
  });

  it('give no pulse before arming and none later than 20 ms after a stop', () => {
    const loom = LoomOnABench.onPins();
    loom.run(100);
    expect(loom.pulses.every((pulse) => pulse === 0)).toBe(true);
    loom.arm();
    loom.run(3);
    loom.uno.send([0xff]);
    const stopped = loom.uno.cycles;
    loom.run(200);
    for (let heddle = 0; heddle < 12; heddle++) expect(loom.uno.pulseEnd(heddle) - stopped).toBeLessThan(20 * 16_000);
    expect(loom.status.state).toBe(6);
  });

  it('are not touched by Firmata', () => {
    const loom = LoomOnABench.onPins();
    loom.arm().openShed(1, rowOf([2], 12));
    loom.uno.send([0xf4, 4, 1, 0xf5, 4, 1]);
    loom.run(60);
    expect(loom.pulses[2]).toBeCloseTo(1700, 0);
  });
});

describe('the LED strip', () => {
  const colour = (loom: LoomOnABench, led: number) => [...loom.uno.parts.strip.colours.subarray(led * 3, led * 3 + 3)];

  it('shows the lifted heddles in the weft’s colour', () => {
    const loom = exhibition();
    loom.must('WEFT', { red: 200, green: 30, blue: 7 });
    loom.openShed(1, rowOf([0, 39]));
    loom.run(40);
    expect([0, 1, 38, 39].map((led) => colour(loom, led))).toEqual([
      [200, 30, 7],
      [0, 0, 0],
      [0, 0, 0],
      [200, 30, 7],
    ]);
  });

  it('shows the host’s own colours until it is given none', () => {
    const loom = exhibition().openShed(1, rowOf([5]));
    loom.must('LED', { first: 1, rgb: Uint8Array.from([1, 2, 3, 4, 5, 6]) });
    loom.run(40);
    expect([0, 1, 2, 5].map((led) => colour(loom, led))).toEqual([
      [0, 0, 0],
      [1, 2, 3],
      [4, 5, 6],
      [0, 0, 0],
    ]);
    loom.must('LED', { first: 0, rgb: new Uint8Array() });
    loom.run(40);
    expect(colour(loom, 5)).toEqual([255, 255, 255]);
    expect(loom.try('LED', { first: 39, rgb: new Uint8Array(6) })).toBe('range');
  });
});
