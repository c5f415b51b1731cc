/** Treadles, e-stop and console in every state: the cells of the state table that a hand or a foot can reach. */
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../protocol/wire';
import { events, faults } from '../../protocol/wire.table';
import type { LoomOnABench } from '../firmware/loom-on-a-bench';
import { loomIn, pulsing, type Reached, reached, row, rowsWaitIn, withRowWaiting } from './loom-in';

const presses = (loom: LoomOnABench) => loom.events(events.press.code);
const openings = (loom: LoomOnABench) => loom.events(events.opening.code).length;

/** Lets time pass as a host does that is there. */
function pass(loom: LoomOnABench, ms: number): void {
  for (let passed = 0; passed < ms; passed += 200) {
    loom.ask('STATUS', {});
    loom.run(Math.min(200, ms - passed));
  }
}

describe.each(reached)('a loom that is %s, with a row waiting where one can', (state) => {
  const waits = rowsWaitIn.includes(state);
  const opens = state === 'weaving';

  it(`${opens ? 'opens it' : 'opens nothing'} at a press, however the contact bounces`, () => {
    const loom = withRowWaiting(loomIn(state));
    loom.uno.parts.treadle.bounceMs = 2;
    const before = openings(loom);
    expect(loom.tread()).toBe(opens ? 'opened' : 'state');
    pass(loom, 600);
    expect(presses(loom)).toHaveLength(1);
    expect(openings(loom) - before).toBe(opens ? 1 : 0);
    expect(loom.state).toBe(state);
    expect(loom.status.waiting).toBe(waits && !opens ? loom.status.openStep + 1 : 0);
  });

  it('counts a treadle that is held down once', () => {
    const loom = withRowWaiting(loomIn(state));
    const before = openings(loom);
    loom.uno.parts.treadle.press();
    pass(loom, 5000);
    expect(presses(loom)).toHaveLength(1);
    withRowWaiting(loom);
    pass(loom, 2000);
    expect(openings(loom) - before).toBe(opens ? 1 : 0);
    loom.uno.parts.treadle.release();
    pass(loom, 400);
    expect(presses(loom)).toHaveLength(1);
  });

  it('only tells of the back treadle', () => {
    const loom = withRowWaiting(loomIn(state));
    const [before, up] = [openings(loom), pulsing(loom)];
    loom.uno.parts.back.tap();
    pass(loom, 400);
    expect(presses(loom).map(({ arg }) => arg & 0xff)).toEqual([2]);
    expect(openings(loom)).toBe(before);
    expect(loom.state).toBe(state);
    expect(pulsing(loom)).toEqual(up);
  });

  it('stays stopped when the e-stop closes again, through every message but CLEAR and every press', () => {
    const loom = withRowWaiting(loomIn(state));
    loom.uno.parts.estop.open();
    loom.run(30);
    const stops = state !== 'idle';
    expect(loom.status.state === 6).toBe(stops);
    loom.uno.parts.estop.close();
    loom.run(100);
    if (!stops) return;
    expect(nameOf(faults, loom.status.fault)).toBe(state === 'fault' ? 'stop' : 'estop');
    const next = loom.status.openStep + 1;
    for (const answer of [
      loom.try('ARM', { weave: 7, openStep: 0, rowCrc: 0 }),
      loom.try('PARK', {}),
      loom.try('ROW', { step: next, row: row(next) }),
      loom.try('OPEN', { step: next }),
      loom.try('HOLD', { hands: 0 }),
      loom.try('RESUME', {}),
      loom.try('TEST', { heddle: 0, width: 1500 }),
    ])
      expect(answer).toBe('state');
    expect(loom.tread()).toBe('state');
    for (const line of ['~', 'arm', 'park', 'lift 1', 'heddle 1 up']) expect(loom.type(line)).toMatch(/error:\d+ /);
    pass(loom, 1000);
    loom.ask('STATUS', {});
    expect(loom.state).toBe('fault');
    expect(pulsing(loom)).toEqual([]);
    expect(loom.try('CLEAR', {})).toBe('ack');
    expect(loom.state).toBe('idle');
  });
});

/** What a line of the console leads to; from any other state it is an error and changes nothing. */
const lines: Record<string, Partial<Record<Reached, Reached>>> = {
  arm: { idle: 'armed', released: 'armed' },
  park: { armed: 'idle', weaving: 'idle', held: 'idle' },
  clear: { fault: 'idle' },
  '~': { held: 'weaving' },
};

describe.each(reached)('typed into a loom that is %s', (state) => {
  it.each(Object.keys(lines))('%s', (line) => {
    const loom = loomIn(state);
    const to = lines[line][state];
    const answer = loom.type(line);
    pass(loom, 1000);
    loom.ask('STATUS', {});
    expect([answer.startsWith('error:'), loom.state]).toEqual([to === undefined, to ?? state]);
  });

  it.each(['info', '?', 'help', '', '$$', 'nonsense'])('"%s" changes nothing', (line) => {
    const loom = loomIn(state);
    const up = pulsing(loom);
    loom.uno.send(Buffer.from(`${line}\r`));
    pass(loom, 1500);
    loom.ask('STATUS', {});
    expect(loom.state).toBe(state);
    expect(pulsing(loom)).toEqual(up);
  });
});
