import { describe, expect, it } from 'vitest';
import { loomOn } from './boards';
import { rowOf } from './loom-on-a-bench';

describe.each([
  ['uno', 128],
  ['mega', 440],
] as const)('a chain of 74HC595 on the %s', (board, heddles) => {
  const wiring = { outputs: 'shift', heddles, leds: 24 } as const;
  const all = rowOf([...Array(heddles).keys()], heddles);
  const lifted = (loom: ReturnType<typeof loomOn>) =>
    [...Array(heddles).keys()].filter((heddle) => loom.uno.parts.isLifted(heddle));

  it(`lifts each of ${heddles} heddles with the output of its number`, () => {
    const loom = loomOn(board, wiring, { 'move.k': 16 }).arm();
    const wanted = [0, 7, 8, 63, 64, heddles - 2, heddles - 1];
    loom.openShed(1, rowOf(wanted, heddles));
    expect(lifted(loom)).toEqual(wanted);
    loom.openShed(2, rowOf([5], heddles));
    expect(lifted(loom)).toEqual([5]);
  });

  it('has no output on before the first shed, whatever the chips wake up with', () => {
    const loom = loomOn(board, wiring);
    const on: number[] = [];
    loom.uno.powerCut();
    for (let i = 0; i < 200; i++) on.push(lifted(loom.run(0.5)).length);
    loom.hello();
    loom.must('ARM', { weave: 1, openStep: 0, rowCrc: 0 });
    for (let i = 0; i < 200; i++) on.push(lifted(loom.run(1)).length);
    expect(Math.max(...on)).toBe(0);
    expect(loom.state).toBe('armed');
  });

  it('changes at most K outputs in a frame', () => {
    const loom = loomOn(board, wiring, { 'move.k': 3 }).arm();
    const counts: number[] = [];
    loom.must('ROW', { step: 1, row: all });
    loom.must('OPEN', { step: 1 });
    for (let i = 0; i < 20; i++) counts.push(lifted(loom.run(20)).length);
    expect(Math.max(...counts.slice(1).map((count, i) => count - counts[i]))).toBe(3);
  });

  it('is off within a byte’s time of a stop byte, and stays off when the stop is cleared', () => {
    const loom = loomOn(board, wiring, { 'move.k': 16 }).arm().openShed(1, all);
    loom.uno.send([0xff]);
    loom.run(0.2);
    expect(lifted(loom)).toEqual([]);
    loom.run(50).must('CLEAR', {});
    loom.run(50);
    expect(lifted(loom)).toEqual([]);
    loom.arm();
    expect(lifted(loom)).toEqual([]);
  });

  it('leaves pins beside the SPI to the LED strip', () => {
    const loom = loomOn(board, wiring, { 'move.k': 16 }).arm();
    loom.must('WEFT', { red: 9, green: 80, blue: 255 });
    loom.openShed(1, rowOf([1], heddles)).run(40);
    expect([...loom.uno.parts.colours.subarray(0, 9)]).toEqual([0, 0, 0, 9, 80, 255, 0, 0, 0]);
    expect(lifted(loom)).toEqual([1]);
  });
});
