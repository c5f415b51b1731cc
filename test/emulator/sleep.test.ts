import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EmulatedBoard } from '../../host/emulator/board';
import { type ChipName, chips } from '../../host/emulator/chips/chips';
import type { Wiring } from '../../host/emulator/wiring';
import { firmwareFor } from '../../host/paths';
import { encodeHost } from '../../protocol/wire';
import { helloSeed, protocolVersion } from '../../protocol/wire.table';
import { board, build, edgesOf } from './avr-program';

/** Everything that comes out of the board's pins and its wire, each with its cycle, while a loom is woken, armed and trodden on. */
function story(chip: ChipName, wiring: Wiring, skipSleep: boolean) {
  const uno = new EmulatedBoard({ hex: readFileSync(firmwareFor(chip), 'utf8'), chip, wiring, skipSleep });
  const seen: string[] = [];
  uno.onByte = (byte) => seen.push(`${uno.cycles} ${byte}`);
  for (let pin = 2; pin < chips[chip].pins.length; pin++) {
    uno.pins.watch(pin, (high) => seen.push(`${uno.cycles} pin ${pin} ${high}`));
  }
  uno.run(100);
  uno.send(encodeHost('HELLO', 1, { protocol: protocolVersion, nonce: 5 }, helloSeed));
  uno.run(100);
  uno.send(Buffer.from('arm\r\n'));
  uno.parts.treadle.tap();
  uno.run(400);
  return { seen, pulses: [...uno.pulses()], asleep: uno.asleep };
}

test.each([
  ['atmega328p', { outputs: 'pca9685', heddles: 40, leds: 40 }],
  ['atmega2560', { outputs: 'pca9685', heddles: 40, leds: 40 }],
] as const)(
  'the firmware of the %s gives the same bytes and edges at the same cycles whether sleep is skipped or not',
  (chip, wiring) => {
    const skipped = story(chip, wiring, true);
    expect(skipped).toEqual(story(chip, wiring, false));
    expect(skipped.seen.length).toBeGreaterThan(100);
    expect(skipped.asleep).toBeGreaterThan(0.5);
  },
);

test('hardware PWM has the same edges whether sleep is skipped or not', () => {
  const hex =
    build(`int main(void) { DDRB = _BV(1) | _BV(3); DDRD = _BV(6); OCR0A = 77; OCR2A = 33; ICR1 = 4999; OCR1A = 1234;
    TCCR0A = _BV(COM0A1) | _BV(WGM01) | _BV(WGM00); TCCR0B = _BV(CS01); TCCR2A = _BV(COM2A1) | _BV(WGM20); TCCR2B = _BV(CS21);
    TCCR1A = _BV(COM1A1) | _BV(WGM11); TCCR1B = _BV(WGM13) | _BV(WGM12) | _BV(CS10);
    set_sleep_mode(SLEEP_MODE_IDLE); for (;;) sleep_mode(); }`);
  const edges = (skipSleep: boolean) => {
    const uno = board('', { hex, skipSleep });
    const each = [6, 9, 11].map((pin) => edgesOf(uno, pin));
    uno.run(20);
    return each;
  };
  const skipped = edges(true);
  expect(skipped).toEqual(edges(false));
  expect(Math.min(...skipped.map(({ length }) => length))).toBeGreaterThan(20);
});

test('no interrupt is served between SEI and the instruction after it, so none is lost before SLEEP', () => {
  const uno = board(`
    ISR(TIMER1_COMPA_vect) { PINB = 1; }
    int main(void) {
      DDRB = 1; OCR1A = 100; TCCR1B = _BV(WGM12) | _BV(CS10); set_sleep_mode(SLEEP_MODE_IDLE);
      sleep_enable();
      TIMSK1 = _BV(OCIE1A);
      _delay_us(50);
      TIMSK1 |= 0; TCCR1B = 0;
      sei(); sleep_cpu();
      begin(34); put('x'); for (;;) {}
    }`);
  uno.run(2);
  expect(Buffer.from(uno.takeOutput()).toString()).toBe('x');
});

test('SLEEP without SE is nothing', () => {
  const uno = board("int main(void) { begin(34); SMCR = 0; sleep_cpu(); put('x'); for (;;) {} }");
  uno.run(2);
  expect(Buffer.from(uno.takeOutput()).toString()).toBe('x');
});
