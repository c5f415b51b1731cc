import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EmulatedUno } from '../../host/emulator/uno';
import { shippedFirmware } from '../../host/paths';
import { encodeHost } from '../../protocol/wire';
import { helloSeed } from '../../protocol/wire.table';
import { board } from './avr-program';

test('the firmware sends the same bytes at the same cycles whether sleep is skipped or not', () => {
  const story = (skipSleep: boolean) => {
    const uno = new EmulatedUno({
      hex: readFileSync(shippedFirmware, 'utf8'),
      wiring: { outputs: 'pca9685', heddles: 40, leds: 40 },
      skipSleep,
    });
    const seen: string[] = [];
    uno.onByte = (byte) => seen.push(`${uno.cycles} ${byte}`);
    uno.pins.watch(13, (high) => seen.push(`${uno.cycles} ${high}`));
    uno.run(100);
    uno.send(encodeHost('HELLO', 1, { protocol: 2, nonce: 5 }, helloSeed));
    uno.run(100);
    uno.send(Buffer.from('arm\r\n'));
    uno.parts.treadle.tap();
    uno.run(400);
    return { seen, pulses: [...uno.pulses()], asleep: uno.asleep };
  };
  const skipped = story(true);
  expect(skipped).toEqual(story(false));
  expect(skipped.seen.length).toBeGreaterThan(100);
  expect(skipped.asleep).toBeGreaterThan(0.5);
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
