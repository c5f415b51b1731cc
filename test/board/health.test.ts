import { beforeEach, expect, it } from 'vitest';
import { Health } from '../../host/board/health';
import { Link } from '../../host/board/link';
import { Listener } from '../../host/board/listener';
import type { BoardFields } from '../../protocol/wire';
import { resetCauses } from '../../protocol/wire.table';
import { MemoryTransport, VirtualClock } from './world';

let health: Health;
beforeEach(() => {
  const transport = new MemoryTransport(new VirtualClock());
  health = new Health(new Link(transport, new Listener(transport)));
});

const status = (uptime: number, more: Partial<BoardFields<'STATUS'>> = {}): BoardFields<'STATUS'> => ({
  ...{ seq: 0, state: 1, openStep: 0, rowCrc: 0, events: 0, weave: 0, waiting: 0, flags: 0, fault: 0, faultDetail: 0 },
  ...{ overruns: 0, frameErrors: 0, crcErrors: 0, i2cErrors: 0, stopBytes: 0, uptime },
  ...more,
});
const hello = (reset: keyof typeof resetCauses) =>
  health.begin({ reset: resetCauses[reset].code } as BoardFields<'HELLO'>);

it('what the board counted before this run is not ours, and what it counts is added up over its resets', () => {
  health.take(status(100, { crcErrors: 7, overruns: 1 }), 1000);
  expect(health.statistics()).toMatchObject({ crcErrors: 0, overruns: 0 });
  health.take(status(101, { crcErrors: 9, overruns: 1 }), 2000);
  health.take(status(1, { crcErrors: 3 }), 9000);
  health.take(status(2, { crcErrors: 4, i2cErrors: 2 }), 10_000);
  expect(health.statistics()).toMatchObject({ crcErrors: 6, overruns: 0, i2cErrors: 2 });
});

it('a start of the board is counted once, by its cause; a new session without one is none', () => {
  hello('power');
  health.take(status(3), 3000);
  hello('power');
  health.take(status(8), 8400);
  expect(health.statistics().resets).toEqual({ power: 0, line: 0, watchdog: 0 });
  hello('watchdog');
  health.take(status(1), 12_000);
  health.take(status(2), 13_000);
  hello('reset');
  health.take(status(0), 20_000);
  hello('power');
  health.take(status(0), 40_000);
  expect(health.statistics().resets).toEqual({ power: 1, line: 1, watchdog: 1 });
});

it('an answer that was held up is no start', () => {
  hello('power');
  health.take(status(100), 100_000);
  hello('power');
  health.take(status(101), 106_000);
  health.take(status(106), 106_100);
  expect(health.statistics().resets).toEqual({ power: 0, line: 0, watchdog: 0 });
});

it('the uptime goes round after 18 hours without a start', () => {
  health.take(status(0xffff), 0);
  health.take(status(5), 6000);
  expect(health.statistics().resets).toEqual({ power: 0, line: 0, watchdog: 0 });
});

it('a stop byte that we sent is no false stop', () => {
  health.stops();
  health.stateIs('fault', 'stopByte');
  health.stateIs('idle', 'none');
  expect(health.statistics().falseStops).toBe(0);
  health.stateIs('fault', 'stopByte');
  health.stateIs('fault', 'estop');
  expect(health.statistics().falseStops).toBe(1);
});

it('statistics are told every minute, and soon after something went wrong', () => {
  expect(health.take(status(1), 1000)).toBe(false);
  expect(health.take(status(60), 60_000)).toBe(true);
  expect(health.take(status(61, { crcErrors: 1 }), 61_000)).toBe(false);
  expect(health.take(status(65, { crcErrors: 1 }), 65_000)).toBe(true);
  expect(health.take(status(80, { crcErrors: 1 }), 80_000)).toBe(false);
});
