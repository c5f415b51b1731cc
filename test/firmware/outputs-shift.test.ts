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

  /** The most outputs that are on at once from now on, looked at whenever that changes. */
  const watched = (loom: ReturnType<typeof loomOn>) => {
    const { shift } = loom.uno.parts;
    let most = 0;
    const look = () => {
      most = Math.max(most, lifted(loom).length);
    };
    const enable = shift.setOutputEnable.bind(shift);
    shift.setOutputEnable = (low) => {
      enable(low);
      look();
    };
    shift.onLatch = look;
    return () => most;
  };

  it('has no output on before the first shed, whatever the chips wake up with', () => {
    const loom = loomOn(board, wiring);
    const most = watched(loom);
    loom.uno.powerCut();
    loom.run(100).hello();
    loom.arm().run(100);
    expect(most()).toBe(0);
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
    const most = watched(loom);
    loom.run(50).must('CLEAR', {});
    loom.arm();
    expect(most()).toBe(0);
  });

  it('leaves pins beside the SPI to the LED strip', () => {
    const loom = loomOn(board, wiring, { 'move.k': 16 }).arm();
    loom.must('WEFT', { red: 9, green: 80, blue: 255 });
    loom.openShed(1, rowOf([1], heddles)).run(40);
    expect([...loom.uno.parts.colours.subarray(0, 9)]).toEqual([0, 0, 0, 9, 80, 255, 0, 0, 0]);
    expect(lifted(loom)).toEqual([1]);
  });
});
