/** Every cell of machine's state table: what each message, key and contact does in each state. */
import { describe, expect, it } from 'vitest';
import { nameOf, type StateName } from '../../protocol/wire';
import { faults, states } from '../../protocol/wire.table';
import { LoomOnABench, rowCrc, rowOf } from './loom-on-a-bench';

type Reached = Exclude<StateName, 'boot'>;
const reached: readonly Reached[] = ['idle', 'armed', 'weaving', 'held', 'released', 'fault'];
const row = (step: number) => rowOf([step % 40]);

/** A loom in a state, with step 1 open where there has been a shed. */
function loomIn(state: Reached): LoomOnABench {
  const loom = new LoomOnABench();
  loom.hello();
  if (state === 'idle') return loom;
  loom.arm();
  if (state === 'armed') return loom;
  loom.openShed(1, row(1));
  if (state === 'held') loom.must('HOLD', { hands: 0 });
  if (state === 'fault') loom.must('STOP', {});
  if (state === 'released') loom.must('HOLD', { hands: 0 }) && loom.run(31_000);
  expect(nameOf(faults, loom.status.fault)).toBe(state === 'fault' ? 'stop' : 'none');
  expect(loom.state).toBe(state);
  return loom;
}

type Act = (loom: LoomOnABench) => string | undefined;
/** What an act answers and the state it leads to, by the state it meets; what is not named is refused with `state`. */
const table: Record<string, { act: Act; leads: Partial<Record<Reached, readonly [answer: string, to: Reached]>> }> = {
  ARM: {
    act: (loom) => loom.try('ARM', { weave: 9, openStep: 0, rowCrc: 0 }),
    leads: { idle: ['ack', 'armed'], released: ['ack', 'armed'] },
  },
  PARK: {
    act: (loom) => {
      const answer = loom.try('PARK', {});
      loom.run(500);
      return answer;
    },
    leads: { armed: ['ack', 'idle'], weaving: ['ack', 'idle'], held: ['ack', 'idle'] },
  },
  ROW: {
    act: (loom) => {
      const step = loom.status.openStep + 1;
      return loom.try('ROW', { step, row: row(step) });
    },
    leads: { armed: ['ack', 'armed'], weaving: ['ack', 'weaving'], held: ['ack', 'held'] },
  },
  DROP: {
    act: (loom) => loom.try('DROP', {}),
    leads: Object.fromEntries(reached.map((state) => [state, ['ack', state]])),
  },
  'OPEN without a row': {
    act: (loom) => loom.try('OPEN', { step: 2 }),
    leads: { armed: ['nothing', 'armed'], weaving: ['nothing', 'weaving'] },
  },
  'OPEN of the waiting row': {
    act: (loom) => {
      const step = loom.status.openStep + 1;
      loom.ask('ROW', { step, row: row(step) });
      return loom.try('OPEN', { step });
    },
    leads: { armed: ['ack', 'weaving'], weaving: ['ack', 'weaving'] },
  },
  HOLD: {
    act: (loom) => loom.try('HOLD', { hands: 0 }),
    leads: { weaving: ['ack', 'held'], held: ['ack', 'held'] },
  },
  'HOLD with hands': {
    act: (loom) => loom.try('HOLD', { hands: 1 }),
    leads: { weaving: ['ack', 'held'], held: ['ack', 'held'] },
  },
  RESUME: { act: (loom) => loom.try('RESUME', {}), leads: { held: ['ack', 'weaving'] } },
  STOP: {
    act: (loom) => loom.try('STOP', {}),
    leads: {
      ...{ idle: ['ack', 'idle'], armed: ['ack', 'fault'], weaving: ['ack', 'fault'], held: ['ack', 'fault'] },
      ...{ released: ['ack', 'fault'], fault: ['ack', 'fault'] },
    },
  },
  CLEAR: { act: (loom) => loom.try('CLEAR', {}), leads: { fault: ['ack', 'idle'] } },
  SET: {
    act: (loom) => loom.try('SET', { setting: 6, index: 0, value: 4 }),
    leads: { idle: ['ack', 'idle'], held: ['ack', 'held'] },
  },
  'SET of what gives all heddles another place': {
    act: (loom) => loom.try('SET', { setting: 2, index: 0, value: 39 }),
    leads: { idle: ['ack', 'idle'] },
  },
  SAVE: { act: (loom) => loom.try('SAVE', {}), leads: { idle: ['ack', 'idle'], held: ['ack', 'held'] } },
  LOAD: { act: (loom) => loom.try('LOAD', { from: 0 }), leads: { idle: ['ack', 'idle'] } },
  'LOAD of the values at first': {
    act: (loom) => loom.try('LOAD', { from: 1 }),
    leads: { idle: ['ack', 'idle'] },
  },
  TEST: { act: (loom) => loom.try('TEST', { heddle: 3, width: 1500 }), leads: { armed: ['ack', 'armed'] } },
  GET: {
    act: (loom) => loom.try('GET', { setting: 6, index: 0 }),
    leads: Object.fromEntries(reached.map((state) => [state, ['ack', state]])),
  },
  LED: {
    act: (loom) => loom.try('LED', { first: 0, rgb: Uint8Array.from([1, 2, 3]) }),
    leads: Object.fromEntries(reached.map((state) => [state, ['ack', state]])),
  },
  WEFT: {
    act: (loom) => loom.try('WEFT', { red: 1, green: 2, blue: 3 }),
    leads: Object.fromEntries(reached.map((state) => [state, ['ack', state]])),
  },
};

describe.each(reached)('a loom that is %s', (state) => {
  it.each(Object.keys(table))('meets %s', (name) => {
    const loom = loomIn(state);
    const { act, leads } = table[name];
    const [answer, to] = leads[state] ?? ['state', state];
    expect(act(loom)).toBe(answer);
    expect(nameOf(states, loom.status.state)).toBe(to);
  });

  const stops: Record<string, [fault: keyof typeof faults, act: (loom: LoomOnABench) => void]> = {
    'the byte FF': ['stopByte', (loom) => loom.uno.send([0xff])],
    'the byte FF inside a message': ['stopByte', (loom) => loom.uno.send([0xf0, 0x0c, 0x11, 0xff])],
    'a ! in the console': ['console', (loom) => loom.uno.send([0x21])],
    'the e-stop': ['estop', (loom) => loom.uno.parts.estop.open()],
  };
  it.each(Object.keys(stops))('meets %s', (name) => {
    const loom = loomIn(state);
    const [reason, act] = stops[name];
    const place = loom.status.openStep;
    loom.ask('ROW', { step: place + 1, row: row(place + 1) });
    act(loom);
    loom.run(60);
    const after = loom.status;
    const stopped = state !== 'idle' && state !== 'fault';
    expect(loom.state).toBe(stopped ? 'fault' : state);
    expect(nameOf(faults, after.fault)).toBe(stopped ? reason : state === 'fault' ? 'stop' : 'none');
    expect(after.openStep).toBe(place);
    expect(after.waiting).toBe(0);
    if (stopped || state === 'idle') {
      const last = Math.max(...loom.pulses.map((_, heddle) => loom.uno.pulseEnd(heddle)));
      expect(loom.run(100).uno.cycles - last).toBeGreaterThan(2_000_000);
    }
  });

  it('meets ~ in the console', () => {
    const loom = loomIn(state);
    expect(loom.type('~')).toBe(state === 'held' ? 'ok' : 'error:4 not in this state, see ?');
    loom.ask('STATUS', {});
    expect(loom.state).toBe(state === 'held' ? 'weaving' : state);
  });

  it('meets a press with nothing waiting', () => {
    const loom = loomIn(state);
    loom.ask('STATUS', {});
    expect(loom.tread()).toBe(state === 'weaving' ? 'nothing' : 'state');
    loom.ask('STATUS', {});
    expect(loom.state).toBe(state);
  });

  it('meets two seconds of silence, and thirty', () => {
    const loom = loomIn(state);
    loom.run(2100);
    const after2: Reached = state === 'weaving' ? 'held' : state;
    expect(loom.ask('STATUS', {}).name).toBe('STATUS');
    expect(loom.state).toBe(after2);
    loom.run(30_100);
    loom.ask('STATUS', {});
    expect(loom.state).toBe(after2 === 'held' ? 'released' : after2);
  });

  it('meets a new session: nothing waits, a weaving loom holds', () => {
    const loom = loomIn(state);
    const step = loom.status.openStep + 1;
    loom.ask('ROW', { step, row: row(step) });
    loom.hello(0x7777);
    expect(loom.status.waiting).toBe(0);
    expect(loom.state).toBe(state === 'weaving' ? 'held' : state);
  });
});

describe('the e-stop', () => {
  it('lets nobody arm while it is open, and nobody clear', () => {
    const loom = loomIn('idle');
    loom.uno.parts.estop.open();
    loom.run(20);
    expect(loom.try('ARM', { weave: 1, openStep: 0, rowCrc: 0 })).toBe('estop');
    const stopped = loomIn('fault');
    stopped.uno.parts.estop.open();
    stopped.run(20);
    expect(stopped.try('CLEAR', {})).toBe('estop');
    stopped.uno.parts.estop.close();
    stopped.run(60);
    expect(stopped.try('CLEAR', {})).toBe('ack');
    expect(stopped.events(5).map(({ arg }) => arg)).toEqual([1, 0]);
  });

  it('is only counted as the first reason when it is', () => {
    const loom = loomIn('weaving');
    loom.uno.send([0xff]);
    loom.run(5);
    loom.uno.parts.estop.open();
    loom.run(20);
    expect(nameOf(faults, loom.status.fault)).toBe('stopByte');
  });
});

describe('hands in the shed', () => {
  it('hold the loom until they are taken out where they were put in', () => {
    const loom = loomIn('weaving');
    loom.must('ROW', { step: 2, row: row(2) });
    loom.must('HOLD', { hands: 1 });
    expect(loom.try('RESUME', {})).toBe('hands');
    expect(loom.try('PARK', {})).toBe('hands');
    expect(loom.tread()).toBe('hands');
    loom.must('HOLD', { hands: 0 });
    expect(loom.state).toBe('held');
    expect(loom.try('RESUME', {})).toBe('ack');
    expect(loom.tread()).toBe('opened');
  });
});

describe('the outputs', () => {
  it('give no pulse before arming and rest the lowered heddles only when released', () => {
    const loom = loomIn('idle');
    loom.run(200);
    expect(loom.pulses.every((pulse) => pulse === 0)).toBe(true);
    const released = loomIn('released');
    released.run(100);
    const { boards } = released.uno.parts;
    const pulsing = [...Array(40).keys()].filter((heddle) => boards[heddle >> 4].pulsing(heddle & 15));
    expect(pulsing).toEqual([1]);
    released.arm(1, rowCrc(1, row(1)));
    expect(boards[0].pulsing(5)).toBe(true);
  });
});
