/** johnny-five, unmodified and with its own defaults: servos, LEDs, a button and a PCA9685 of a visitor's own, beside the loom. */
import { type EventEmitter, once } from 'node:events';
import { Board, Button, Led, Servo, Servos } from 'johnny-five';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pca9685 } from '../../host/emulator/parts/pca9685';
import { Firmata } from './firmata-io';
import { LiveBoard } from './live-board';
import { Probe } from './probe';

/** Its types forget that everything of johnny-five's is an emitter. */
const heard = (of: object, event: string) => once(of as EventEmitter, event);

const address = 0x55;
let live: LiveBoard;
let board: Board;
let visitor: Pca9685;

// One board for all: johnny-five keeps the first for ever.
beforeAll(async () => {
  live = new LiveBoard();
  visitor = live.visitor(address);
  board = new Board({ io: new Firmata(live.port()), repl: false, debug: false, sigint: false } as never);
  await heard(board, 'ready');
});
afterAll(() => live.stop());

const pulse = (probe: Probe, us: number) =>
  live.until(() => Math.abs(probe.pulse - us) < 12, `a pulse of ${us} µs on pin ${probe.pin}`);
/** Part of its period that a channel of the visitor's board is on, 0–1. */
const channel = (index: number) => (visitor.pulse(index) * 16) / visitor.period;

it('Servo turns on a free pin', async () => {
  const probe = new Probe(live.uno, 9);
  const servo = new Servo(9);
  servo.to(0);
  await pulse(probe, 600);
  servo.to(180);
  await pulse(probe, 2400);
  servo.to(90);
  await pulse(probe, 1500);
});

it('Servos turn together, on analog pins too', async () => {
  const probes = [8, 15, 17].map((pin) => new Probe(live.uno, pin));
  // A pin above 15 needs the extended analog message.
  const servos = new Servos([8, 15, 17] as never);
  servos.to(45);
  for (const probe of probes) await pulse(probe, 1050);
});

it('Led shines on a digital pin and fades on a PWM pin', async () => {
  const plain = new Led(7);
  plain.on();
  await live.until(() => live.uno.pins.isHigh(7), 'a high pin 7');
  plain.off();
  await live.until(() => !live.uno.pins.isHigh(7), 'a low pin 7');
  const fading = new Led(6);
  fading.brightness(64);
  const probe = new Probe(live.uno, 6);
  await live.until(() => Math.abs(probe.pulse - 65 * 4) < 1, 'a pulse of 260 µs');
  fading.off();
  await live.until(() => !live.uno.pins.isHigh(6) && probe.again().pulse === 0, 'a dark LED');
});

it('Button hears presses, with its pull-up', async () => {
  const button = new Button({ pin: 14, isPullup: true });
  live.uno.pins.drive(14, true);
  const down = heard(button, 'down');
  live.uno.pins.drive(14, false);
  await down;
  const up = heard(button, 'up');
  live.uno.pins.drive(14, true);
  await up;
});

it('Servo and Led.RGB use a PCA9685 of their own on the loom’s bus', async () => {
  const servo = new Servo({ controller: 'PCA9685', address, pin: 0, pwmRange: [500, 2500] } as never);
  servo.to(90);
  await live.until(() => visitor.pulse(0) > 0, 'a pulse of the visitor’s board');
  // johnny-five keeps one expander for an address, with the range that it was made with.
  const brightness = (value: number) => ((value / 255) * 2500) / 4096;
  const rgb = new Led.RGB({ controller: 'PCA9685', address, pins: { red: 1, green: 2, blue: 3 } } as never);
  rgb.color('#80ff10');
  await live.until(() => Math.abs(channel(1) - brightness(0x80)) < 0.01, 'half red');
  expect(visitor.register(0x06 + 4 * 2 + 1) & 0x10).toBe(0x10);
  await live.until(() => Math.abs(channel(3) - brightness(0x10)) < 0.01, 'a little blue');
  expect(live.uno.parts.boards.every((each) => !each.pulsing(0))).toBe(true);
});

it('is told in words that the heddles’ boards are not its own', async () => {
  const told = heard(board, 'string');
  const servo = new Servo({ controller: 'PCA9685', address: 0x41, pin: 0 } as never);
  servo.to(90);
  expect(String((await told)[0])).toMatch(/refused/);
  expect(live.uno.parts.boards[1].register(0x06 + 3) & 0x10).toBe(0x10);
});
