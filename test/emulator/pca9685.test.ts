import { beforeEach, describe, expect, test } from 'vitest';
import { Pca9685 } from '../../host/emulator/parts/pca9685';

const MODE1 = 0x00;
const ALL_OFF_H = 0xfd;
const PRE_SCALE = 0xfe;
const autoIncrement = 0x21;
const sleeping = 0x31;
const fullOff = 0x10;
/** cycles of 16 MHz in a period at prescale 121: 4096 × 122 / 25 MHz */
const period = (4096 * 122 * 16) / 25;

let now = 0;
let board: Pca9685;

function write(register: number, ...bytes: number[]): void {
  board.begin(false);
  for (const byte of [register, ...bytes]) board.write(byte);
  board.end();
}
const pulse = (channel: number, off: number, on = 0) =>
  write(6 + 4 * channel, on & 0xff, on >> 8, off & 0xff, off >> 8);
const microseconds = (counts: number) => (counts * 122) / 25;

beforeEach(() => {
  now = 0;
  board = new Pca9685(
    0x40,
    () => now,
    () => 0.3,
  );
  write(MODE1, sleeping);
  write(PRE_SCALE, 121);
  write(MODE1, autoIncrement);
  now += period;
});

describe('a PCA9685 board', () => {
  test('gives no pulse before its outputs are enabled', () => {
    pulse(3, 300);
    now += 10 * period;
    expect(board.pulse(3)).toBe(0);
    board.setOutputEnable(true);
    now += 3 * period;
    expect(board.pulse(3)).toBeCloseTo(microseconds(300), 6);
    expect(board.pulsing(3)).toBe(true);
    expect(board.pulse(4)).toBe(0);
  });

  test('takes a new width with its next period, never in the middle of a pulse', () => {
    board.setOutputEnable(true);
    pulse(0, 300);
    now += 4 * period;
    const last = board.pulseEnd(0);
    now = last + period - 100 * 16;
    pulse(0, 400);
    now = last + period + 1;
    expect(board.pulse(0)).toBeCloseTo(microseconds(300), 6);
    expect(board.pulseEnd(0)).toBeCloseTo(last + period, 3);
    now += period + (microseconds(100) + 1) * 16;
    expect(board.pulse(0)).toBeCloseTo(microseconds(400), 6);
  });

  test('counts only pulses that were whole', () => {
    board.setOutputEnable(true);
    pulse(0, 300);
    now += 4 * period;
    // In the middle of the next pulse: it rises a period after the last one did.
    now = board.pulseEnd(0) + period - 100 * 16;
    board.setOutputEnable(false);
    const ended = board.pulseEnd(0);
    now += 5 * period;
    expect(board.pulseEnd(0)).toBe(ended);
    // In the middle of another, 100 µs before it falls: the first whole one ends a period later.
    board.setOutputEnable(true);
    now += 200 * 16;
    expect(board.pulseEnd(0)).toBe(ended);
    now += period;
    expect(board.pulseEnd(0)).toBeCloseTo(ended + 7 * period, 3);
  });

  test('goes on by itself: the same pulses, period after period', () => {
    board.setOutputEnable(true);
    pulse(7, 350);
    now += 3 * period;
    const first = board.pulseEnd(7);
    now += 100 * period;
    expect((board.pulseEnd(7) - first) / period).toBeCloseTo(100, 6);
  });

  test('switches a channel off with the full-off bit, all channels with ALL_LED, and keeps the last width', () => {
    board.setOutputEnable(true);
    pulse(1, 300);
    pulse(2, 300);
    now += 3 * period;
    write(6 + 4 + 3, fullOff);
    now += 2 * period;
    expect([board.pulsing(1), board.pulsing(2)]).toEqual([false, true]);
    write(ALL_OFF_H, fullOff);
    now += 2 * period;
    expect(board.pulsing(2)).toBe(false);
    expect(board.pulse(2)).toBeCloseTo(microseconds(300), 6);
  });

  test('starts a pulse at its ON count, over the end of the period too', () => {
    board.setOutputEnable(true);
    pulse(0, 100, 4000);
    now += 3 * period;
    expect(board.pulse(0)).toBeCloseTo(microseconds(196), 6);
  });

  test('takes a prescale only while it sleeps', () => {
    write(PRE_SCALE, 50);
    expect(board.register(PRE_SCALE)).toBe(121);
    write(MODE1, sleeping);
    write(PRE_SCALE, 50);
    expect(board.register(PRE_SCALE)).toBe(50);
  });

  test('stays silent after sleep until RESTART is written', () => {
    board.setOutputEnable(true);
    pulse(0, 300);
    now += 2 * period;
    write(MODE1, sleeping);
    write(MODE1, autoIncrement);
    now += 2 * period;
    expect(board.pulsing(0)).toBe(false);
    expect(board.register(MODE1) & 0x80).toBe(0x80);
    write(MODE1, autoIncrement | 0x80);
    now += 2 * period;
    expect(board.pulsing(0)).toBe(true);
  });

  test('answers to its own address, and to 0x70 while ALLCALL is set', () => {
    expect([0x40, 0x41, 0x70].map((address) => board.answers(address))).toEqual([true, false, true]);
    write(MODE1, 0x20);
    expect(board.answers(0x70)).toBe(false);
  });

  test('forgets everything without its supply', () => {
    board.setOutputEnable(true);
    pulse(0, 300);
    now += 3 * period;
    expect(board.pulse(0)).toBeGreaterThan(0);
    board.powerCut();
    expect(board.pulse(0)).toBe(0);
    expect(board.register(MODE1)).toBe(0x11);
  });
});

test('its own oscillator may run fast or slow: pulses and periods follow it', () => {
  const of = (mhz: number) => {
    board = new Pca9685(
      0x40,
      () => now,
      () => 0,
      mhz,
    );
    write(MODE1, sleeping);
    write(PRE_SCALE, 121);
    write(MODE1, autoIncrement);
    board.setOutputEnable(true);
    pulse(0, 300);
    now += 5 * period;
    return board.pulse(0);
  };
  expect(of(25)).toBeCloseTo(microseconds(300), 6);
  expect(of(26.4)).toBeCloseTo((microseconds(300) * 25) / 26.4, 6);
  expect(board.period).toBeCloseTo((period * 25) / 26.4, 6);
});
