import { describe, expect, it } from 'vitest';
import type { Wiring } from '../../host/emulator/uno';
import { encodeHost } from '../../protocol/wire';
import { type BoardName, loomOn } from './boards';
import { rowOf } from './loom-on-a-bench';

const strips: [BoardName, Wiring['outputs'], number, number][] = [
  ['uno', 'pins', 12, 128],
  ['uno', 'pca9685', 128, 128],
  ['uno', 'shift', 128, 128],
  ['mega', 'pins', 12, 440],
  ['mega', 'pca9685', 440, 440],
  ['mega', 'shift', 440, 440],
];

describe.each(strips)('a WS2812 strip on the %s with outputs %s', (board, outputs, heddles, leds) => {
  const wiring = { outputs, heddles, leds, strip: 'ws2812' } as const;
  const full = { 'led.level': 31, 'move.k': 12 };

  it('shows what it is told, and no LED can read it otherwise', () => {
    const loom = loomOn(board, wiring, full).arm();
    const { pixels } = loom.uno.parts;
    loom.must('WEFT', { red: 255, green: 128, blue: 1 });
    loom.openShed(1, rowOf([0, heddles - 1], heddles)).run(60);
    expect([...pixels.colours.subarray(0, 6)]).toEqual([254, 127, 0, 0, 0, 0]);
    expect([...pixels.colours.subarray(3 * (heddles - 1), 3 * heddles)]).toEqual([254, 127, 0]);
    expect(pixels.updates).toBeGreaterThan(2);
    expect(pixels.doubtful).toBe(0);
  });

  it('is whole while heddles move and bytes come in one after the other', () => {
    const loom = loomOn(board, wiring, full).arm();
    const { pixels } = loom.uno.parts;
    for (let step = 1; step < 6; step++) {
      loom.must('ROW', { step, row: rowOf(step % 2 ? [...Array(heddles).keys()] : [], heddles) });
      loom.must('OPEN', { step });
      for (let i = 0; i < 6; i++) {
        for (let k = 0; k < 3; k++) {
          loom.uno.send(encodeHost('WEFT', ++loom.seq & 0xff, { red: i, green: k, blue: 0 }, loom.session));
        }
        loom.run(20);
      }
      loom.opened(step);
    }
    expect(pixels.doubtful).toBe(0);
    expect(loom.status).toMatchObject({ overruns: 0, crcErrors: 0, fault: 0 });
  });
});

it('dims with led.level as an APA102 does', () => {
  const loom = loomOn('uno', { outputs: 'pca9685', heddles: 40, leds: 40, strip: 'ws2812' }, { 'led.level': 8 }).arm();
  loom.must('WEFT', { red: 255, green: 100, blue: 0 });
  loom.openShed(1, rowOf([0])).run(60);
  expect([...loom.uno.parts.pixels.colours.subarray(0, 3)]).toEqual([65, 25, 0]);
});
