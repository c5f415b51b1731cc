import { describe, expect, it } from 'vitest';
import { nameOf } from '../../protocol/wire';
import { faults, indexedSettings } from '../../protocol/wire.table';
import { loomOn, newBoard } from './boards';
import { type LoomOnABench, rowOf } from './loom-on-a-bench';

const clock = indexedSettings.find(({ name }) => name === 'clock')!.id;
const all = (heddles: number) => rowOf([...Array(heddles).keys()], heddles);
const fifty = 20 * 16_000;

/** Some heddle of some board would move if its output were enabled. */
const enabled = (loom: LoomOnABench) => loom.uno.parts.boards.some((board) => board.pulsing(0));

describe('a chain of PCA9685 boards', () => {
  it('takes 128 heddles on an Uno', () => {
    const lifted = [0, 15, 16, 17, 64, 126, 127];
    const loom = loomOn('uno', { outputs: 'pca9685', heddles: 128, leds: 40 }, { 'move.k': 16 }).arm();
    loom.openShed(1, rowOf(lifted, 128)).run(45);
    expect([...Array(128).keys()].filter((heddle) => loom.uno.parts.isLifted(heddle))).toEqual(lifted);
  });

  it('whose oscillators run at other speeds than they should gives the right pulses once they are trimmed', () => {
    // half-way between two values of the prescaler, but for the first
    const oscillators = [25, 26.32, 23.04];
    const loom = newBoard('uno', { outputs: 'pca9685', heddles: 40, leds: 40, oscillators });
    loom.hello();
    for (const [board, mhz] of oscillators.entries())
      loom.must('SET', { setting: clock, index: board, value: mhz * 1000 });
    loom.arm().openShed(1, all(40)).run(45);
    for (const us of loom.pulses) expect(Math.abs(us - 1700)).toBeLessThan(2.9);
    for (const board of loom.uno.parts.boards) expect(Math.abs(board.period / fifty - 1)).toBeLessThan(0.005);
  });

  it('that is not trimmed shows why it should be', () => {
    const loom = newBoard('uno', { outputs: 'pca9685', heddles: 16, leds: 1, oscillators: [26.4] });
    loom.hello();
    loom.set('heddles', 16);
    loom.arm().openShed(1, all(16)).run(45);
    for (const us of loom.pulses) expect(us).toBeLessThan(1640);
  });
});

describe.each(['uno', 'mega'] as const)('a fault of the I²C bus of the %s', (board) => {
  const wiring = { outputs: 'pca9685', heddles: 40, leds: 40 } as const;
  /** Armed, the first shed open; then the fault, and a row that moves every heddle. */
  const broken = (fault: (loom: LoomOnABench) => void) => {
    const loom = loomOn(board, wiring).arm().openShed(1, all(40)).run(30);
    expect(enabled(loom)).toBe(true);
    fault(loom);
    loom.must('ROW', { step: 2, row: rowOf([]) });
    if (loom.try('OPEN', { step: 2 }) === 'ack') loom.until(() => loom.state === 'fault', 'the fault', 200);
    expect(enabled(loom)).toBe(false);
    return loom.status;
  };

  it.each([0, 1, 2])('names board %i when it does not answer', (gone) => {
    const status = broken(({ uno }) => uno.parts.bus.unplug(uno.parts.boards[gone]));
    expect(nameOf(faults, status.fault)).toBe('output');
    expect(status.faultDetail).toBe(0x40 + gone);
    expect(status.i2cErrors).toBeGreaterThan(0);
  });

  it('names the board that stops answering in the middle of a row', () => {
    const status = broken(({ uno }) => uno.parts.bus.refuseFrom(40));
    expect(nameOf(faults, status.fault)).toBe('output');
    expect(status.faultDetail).toBe(0x40);
  });

  it.each([
    ['SDA', (loom: LoomOnABench) => loom.uno.parts.bus.holdSda(Number.POSITIVE_INFINITY)],
    ['SCL', (loom: LoomOnABench) => loom.uno.parts.bus.holdScl(true)],
  ])('is told as the bus when %s is short to ground', (_, fault) => {
    expect(nameOf(faults, broken(fault).fault)).toBe('bus');
  });

  it.each([
    ['SDA', (loom: LoomOnABench) => loom.uno.parts.bus.holdSda(Number.POSITIVE_INFINITY)],
    ['SCL', (loom: LoomOnABench) => loom.uno.parts.bus.holdScl(true)],
  ])('is seen within 60 ms while nothing moves: %s', (_, fault) => {
    const loom = loomOn(board, wiring).arm().openShed(1, all(40)).run(30);
    fault(loom);
    loom.run(60);
    expect(loom.state).toBe('fault');
    expect(enabled(loom)).toBe(false);
  });

  it.each([
    ['SDA', (loom: LoomOnABench) => loom.uno.parts.bus.holdSda(Number.POSITIVE_INFINITY)],
    ['SCL', (loom: LoomOnABench) => loom.uno.parts.bus.holdScl(true)],
  ])('keeps the loom from arming: %s', (_, fault) => {
    const loom = loomOn(board, wiring);
    fault(loom);
    loom.must('ARM', { weave: 1, openStep: 0, rowCrc: 0 });
    loom.until(() => loom.state === 'fault', 'the fault', 200);
    expect(nameOf(faults, loom.status.fault)).toBe('bus');
  });

  it('that a board’s nine clocks end is mended at the next arming', () => {
    const loom = loomOn(board, wiring).arm().openShed(1, all(40)).run(30);
    loom.uno.parts.bus.holdSda(9);
    loom.until(() => loom.state === 'fault', 'the fault', 200);
    loom.uno.parts.bus.restore();
    loom.must('CLEAR', {});
    loom
      .arm()
      .openShed(1, rowOf([3]))
      .run(45);
    expect([...Array(40).keys()].filter((heddle) => loom.uno.parts.isLifted(heddle))).toEqual([3]);
  });
});
