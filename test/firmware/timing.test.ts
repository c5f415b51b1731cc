import { describe, expect, it } from 'vitest';
import { pinMaps } from '../../protocol/wire.table';
import { loomOn } from './boards';
import { rowOf } from './loom-on-a-bench';
import {
  bauds,
  edgeErrors,
  edgeVector,
  fullLoad,
  hardDistances,
  hardLoom,
  interruptsOff,
  noLoad,
  stopByteUntil,
  untouchedAfterUse,
  widthsFrom,
} from './measure';

const within = { 57600: 0.5, 115200: 0.5, 250000: 1 } as const;

describe.each(bauds)('servos on pins at %i baud, with the line full and the strip drawn in every frame', (baud) => {
  it.each(Object.entries(hardDistances))('get their widths on an Uno when their edges are %s', (_, distances) => {
    const widths = widthsFrom(distances);
    const loom = hardLoom('uno', baud, widths);
    expect(edgeErrors(loom, widths, 100, noLoad).worst).toBeLessThanOrEqual(0.5);
    const loaded = edgeErrors(loom, widths, 400, fullLoad(loom));
    expect(loaded.pulses).toBeGreaterThan(220);
    expect(loaded.worst).toBeLessThanOrEqual(within[baud]);
    expect(loom.run(100).status).toMatchObject({ overruns: 0, frameErrors: 0, crcErrors: 0, fault: 0 });
    expect(loom.uno.counts.overruns).toBe(0);
  });

  it('get their widths on an Uno while every heddle changes as often as it can', () => {
    const widths = widthsFrom(hardDistances['all 4 µs apart']);
    const loom = hardLoom('uno', baud, widths);
    const down = 1300;
    loom.must('HOLD', { hands: 0 });
    loom.set('move.settle', 0);
    loom.must('RESUME', {});
    let worst = 0;
    loom.uno.parts.servos.onPulse = ({ heddle, rise, fall }) => {
      const us = (fall - rise) / 16;
      worst = Math.max(worst, Math.min(Math.abs(us - down), Math.abs(us - widths[heddle])));
    };
    for (let step = 2; step < 60; step++) loom.openShed(step, rowOf(step % 2 ? [...widths.keys()] : [step % 12], 12));
    expect(worst).toBeLessThanOrEqual(within[baud]);
    expect(loom.status).toMatchObject({ overruns: 0, frameErrors: 0, crcErrors: 0, fault: 0 });
  });

  it('and a WS2812 strip do not harm each other on an Uno', () => {
    const widths = widthsFrom(hardDistances['all 20 µs apart']);
    // Bytes wait for the end of the picture, and there is room for 128: 3 ms at 250,000 baud take 75.
    const loom = hardLoom('uno', baud, widths, { strip: 'ws2812', leds: baud === 250_000 ? 75 : 128 });
    const { pixels } = loom.uno.parts;
    const before = pixels.updates;
    expect(edgeErrors(loom, widths, 400, fullLoad(loom)).worst).toBeLessThanOrEqual(within[baud]);
    expect(pixels.updates - before).toBeGreaterThan(12);
    expect(pixels.doubtful).toBe(0);
    expect(loom.uno.counts.overruns).toBe(0);
  });

  it('get them exactly on a Mega', () => {
    const widths = widthsFrom(hardDistances['8 to 24 µs apart']);
    const loom = hardLoom('mega', baud, widths);
    expect(edgeErrors(loom, widths, 400, fullLoad(loom)).worst).toBe(0);
    expect(loom.run(100).status).toMatchObject({ overruns: 0, frameErrors: 0, crcErrors: 0, fault: 0 });
  });

  it('keep interrupts off for 300 µs at most, and nothing else does for more than 20 µs', () => {
    const loom = hardLoom('uno', baud, widthsFrom(hardDistances['all 20 µs apart']));
    for (const [vector, us] of interruptsOff(loom.uno, 200, fullLoad(loom)).byVector) {
      expect(us).toBeLessThanOrEqual(vector === edgeVector ? 300 : 20);
    }
  });
});

describe.each(Object.entries(pinMaps))('interrupts on the pins of %s', (_, map) => {
  it.each(['apa102', 'ws2812'] as const)(
    'are off for at most 20 µs outside the servos’ edges, with a strip of %s',
    (strip) => {
      const board = map.mcu === 'atmega2560' ? 'mega' : 'uno';
      const heddles = map.outputs === 'pins' ? 12 : 128;
      const loom = loomOn(board, { outputs: map.outputs, heddles, leds: 60, strip }, { 'move.k': 16 }).arm();
      const rows = [...Array(heddles).keys()];
      loom.must('ROW', { step: 1, row: rowOf(rows, heddles) });
      loom.must('OPEN', { step: 1 });
      const { byVector } = interruptsOff(loom.uno, 200, noLoad);
      expect(byVector.size).toBeGreaterThan(1);
      for (const [vector, us] of byVector) {
        if (board === 'uno' && vector === edgeVector && map.outputs === 'pins') continue;
        expect(us).toBeLessThanOrEqual(20);
      }
      expect(loom.status.overruns).toBe(0);
    },
  );
});

describe.each(['uno', 'mega'] as const)('a stop byte on the %s', (board) => {
  it.each(['pca9685', 'shift'] as const)('disables outputs %s within 20 µs of its end', (outputs) => {
    const loom = loomOn(board, { outputs, heddles: 40, leds: 40 })
      .arm()
      .openShed(1, rowOf([0]));
    const oe = 5;
    expect(loom.uno.pins.isHigh(oe)).toBe(false);
    expect(stopByteUntil(loom, () => loom.uno.pins.isHigh(oe))).toBeLessThan(20);
  });
});

describe('the RAM of the Uno', () => {
  it.each([
    ['pins', 12],
    ['pca9685', 128],
    ['shift', 128],
  ] as const)('has 300 bytes that the stack has never reached, with outputs %s', (outputs, heddles) => {
    expect(untouchedAfterUse('uno', outputs, heddles)).toBeGreaterThanOrEqual(300);
  });
});
