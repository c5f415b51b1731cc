import { beforeEach, expect, it } from 'vitest';
import { PlaceTracker } from '../../host/board/place-tracker';
import type { BoardFrame } from '../../protocol/wire';
import { events, states, statusFlags } from '../../protocol/wire.table';

let tracker: PlaceTracker;
let told: string[];
const at = (count: number, openStep: number, state: keyof typeof states = 'weaving') => ({
  state: states[state].code,
  openStep,
  rowCrc: 0,
  events: count & 0xff,
});
const event = (name: keyof typeof events, count: number, step: number, arg = step): BoardFrame => ({
  name: 'EVENT',
  fields: { event: events[name].code, arg, ...at(count, step) },
});
const status = (count: number, step: number, { settled = true, waiting = 0 } = {}): BoardFrame => ({
  name: 'STATUS',
  fields: {
    ...at(count, step),
    ...{ seq: 0, weave: 1, waiting, flags: settled ? 1 << statusFlags.settled.code : 0, fault: 0 },
    ...{ faultDetail: 0, i2cErrors: 0, stopBytes: 0, overruns: 0, frameErrors: 0, crcErrors: 0, uptime: 0 },
  },
});

beforeEach(() => {
  tracker = new PlaceTracker();
  told = [];
  tracker.on('opening', (step) => told.push(`opening ${step}`));
  tracker.on('opened', (step) => told.push(`opened ${step}`));
  tracker.on('state', (state) => told.push(state));
  const about = { protocol: 1, nonce: 1, session: 2, major: 1, minor: 0, mcu: 1, boardId: 1, heddles: 40, outputs: 0 };
  const more = { leds: 40, window: 64, settings: 0, reset: 1, features: 0, weave: 1 };
  tracker.begin({ ...about, ...more, ...at(254, 1) });
  tracker.tells(2);
  tracker.told();
});

it('a whole sequence is told as it comes, round the end of the counter', () => {
  tracker.take(event('opening', 255, 2));
  tracker.take(event('opened', 256, 2));
  expect(told).toEqual(['opening 2', 'opened 2']);
  expect(tracker.doubtful).toBe(false);
});

it('an opened whose opening was lost tells both', () => {
  tracker.take(event('opened', 256, 2));
  expect(told).toEqual(['opening 2', 'opened 2']);
  expect(tracker.doubtful).toBe(true);
  tracker.take(status(256, 2));
  expect(told).toEqual(['opening 2', 'opened 2']);
  expect(tracker.doubtful).toBe(false);
});

it('both lost are told from the next status', () => {
  tracker.take(status(256, 2));
  expect(told).toEqual(['opening 2', 'opened 2']);
});

it('a shed still moving in that status is told open when its event comes', () => {
  tracker.take(status(255, 2, { settled: false }));
  expect(told).toEqual(['opening 2']);
  tracker.take(event('opened', 256, 2));
  expect(told).toEqual(['opening 2', 'opened 2']);
});

it('an event that comes after it was told from the place is not told twice', () => {
  tracker.take(status(255, 2)); // settled already, its event on the way
  tracker.take(event('opened', 256, 2));
  expect(told).toEqual(['opening 2', 'opened 2']);
});

it('a row opened again is told again', () => {
  tracker.take(event('opening', 255, 2));
  tracker.take(event('opened', 256, 2));
  tracker.tells(2);
  tracker.told();
  tracker.take(status(258, 2));
  expect(told).toEqual(['opening 2', 'opened 2', 'opening 2', 'opened 2']);
});

it('a row that still waits has not been opened', () => {
  tracker.take(status(255, 1, { waiting: 2 }));
  expect(told).toEqual([]);
});

it('an answer from before the last event changes nothing', () => {
  tracker.take(event('opening', 255, 2));
  tracker.take(status(254, 1, { waiting: 2 }));
  expect(tracker.place.step).toBe(2);
  expect(tracker.gaps).toBe(0);
});

it('rest is worked out in the state that was asked for, and not in the one before', () => {
  tracker.on('rest', () => told.push('rest'));
  const atState = (count: number, state: keyof typeof states): BoardFrame => {
    const frame = status(count, 1) as Extract<BoardFrame, { name: 'STATUS' }>;
    return { name: 'STATUS', fields: { ...frame.fields, state: states[state].code } };
  };
  tracker.rests(1);
  tracker.take(atState(256, 'idle'));
  tracker.take(atState(258, 'armed'));
  expect(told).toEqual(['idle', 'rest', 'armed']);
});
