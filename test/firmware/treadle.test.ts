import { describe, expect, it } from 'vitest';
import { presses } from '../../protocol/wire.table';
import { LoomOnABench, rowOf } from './loom-on-a-bench';

const first = rowOf([1]);
const second = rowOf([2]);

function weaving(): LoomOnABench {
  const loom = new LoomOnABench();
  loom.hello();
  loom.set('press.min', 300);
  loom.arm().openShed(1, first);
  loom.must('ROW', { step: 2, row: second });
  return loom;
}

const pressCount = (loom: LoomOnABench) => loom.events(4).length;

describe('a press', () => {
  it('opens the waiting row without the host', () => {
    const loom = weaving();
    expect(loom.tread()).toBe('opened');
    loom.opened(2);
    loom.run(45);
    expect(loom.pulses[1]).toBeLessThan(1400);
    expect(loom.pulses[2]).toBeGreaterThan(1600);
  });

  it('counts once the contact has been closed for 3 ms, however it bounces', () => {
    const loom = weaving();
    const { treadle } = loom.uno.parts;
    treadle.tap(2);
    loom.run(100);
    expect(pressCount(loom)).toBe(0);
    treadle.bounceMs = 8;
    treadle.tap(80);
    loom.run(200);
    expect(pressCount(loom)).toBe(1);
  });

  it('counts again only after the contact was open for 30 ms', () => {
    const loom = weaving();
    loom.ask('STATUS', {});
    const { treadle } = loom.uno.parts;
    treadle.press();
    loom.run(50);
    treadle.release();
    loom.run(15);
    treadle.press();
    loom.run(50);
    expect(pressCount(loom)).toBe(1);
    treadle.release();
    loom.run(40);
    treadle.press();
    loom.run(10);
    expect(pressCount(loom)).toBe(2);
  });

  it('too soon after the last is said to be so', () => {
    const loom = weaving();
    expect(loom.tread()).toBe('opened');
    expect(loom.tread()).toBe('soon');
    loom.run(300);
    loom.ask('STATUS', {});
    expect(loom.tread()).toBe('nothing');
  });

  it('opens nothing while the shed moves', () => {
    const loom = new LoomOnABench();
    loom.hello();
    loom.set('press.min', 0);
    loom.arm();
    loom.must('ROW', { step: 1, row: first });
    loom.must('OPEN', { step: 1 });
    loom.must('ROW', { step: 2, row: second });
    expect(loom.tread()).toBe('moving');
    expect(loom.status.waiting).toBe(2);
  });

  it('opens nothing when the host has not been heard for 500 ms, and is not remembered', () => {
    const loom = weaving();
    loom.run(560);
    expect(loom.tread()).toBe('silent');
    loom.ask('STATUS', {});
    loom.run(300);
    expect(loom.status.waiting).toBe(2);
    expect(loom.tread()).toBe('opened');
  });

  it('opens when the host was heard 400 ms ago', () => {
    const loom = weaving();
    loom.run(400);
    expect(loom.tread()).toBe('opened');
  });

  it('that is held down since before arming counts only after a release', () => {
    const loom = new LoomOnABench();
    loom.hello();
    const { treadle } = loom.uno.parts;
    treadle.press();
    loom.run(1);
    loom.arm();
    loom.run(100);
    expect(loom.events(4).filter(({ arg }) => arg >> 8 === presses.opened.code)).toHaveLength(0);
    const before = pressCount(loom);
    treadle.release();
    loom.run(60);
    treadle.press();
    loom.run(20);
    expect(pressCount(loom)).toBe(before + 1);
  });

  it('of the back treadle only tells the host', () => {
    const loom = weaving();
    loom.uno.parts.back.tap();
    loom.run(100);
    expect(loom.events(4).map(({ arg }) => arg)).toEqual([2 | (presses.back.code << 8)]);
    expect(loom.status.waiting).toBe(2);
  });

  it('that opens nothing shows on the LEDs within 100 ms', () => {
    const loom = weaving();
    loom.must('DROP', {});
    const before = JSON.stringify(loom.uno.parts.strip.colours);
    loom.uno.parts.treadle.tap();
    loom.run(100);
    expect(JSON.stringify(loom.uno.parts.strip.colours)).not.toBe(before);
    loom.run(500);
    expect(JSON.stringify(loom.uno.parts.strip.colours)).toBe(before);
  });
});
