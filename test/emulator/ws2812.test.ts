import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Ws2812Strip } from '../../host/emulator/parts/ws2812';
import { board } from './avr-program';

const cycles = (ns: number) => (ns * 16) / 1000;
const cycle = 62.5;

/** A strip, and a wire to it whose time is in ns. */
function strip(length: number) {
  let now = 0;
  const leds = new Ws2812Strip(length, () => now);
  const wait = (ns: number) => {
    now += cycles(ns);
  };
  const bit = (high: number, low = 11 * cycle) => {
    leds.edge(true);
    wait(high);
    leds.edge(false);
    wait(low);
  };
  const byte = (value: number, zero = 6 * cycle, one = 13 * cycle) => {
    for (let mask = 0x80; mask; mask >>= 1) bit(value & mask ? one : zero);
  };
  return { leds, wait, bit, byte };
}

describe('a WS2812 strip', () => {
  const pixels = fc.array(fc.uint8Array({ minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 3 });

  test('shows what was sent, green first, once the wire has been quiet for 50 µs', () => {
    fc.assert(
      fc.property(pixels, fc.integer({ min: 4, max: 8 }), fc.integer({ min: 9, max: 80 }), (updates, zero, one) => {
        const { leds, wait, byte } = strip(3);
        for (const update of updates) {
          const before = Uint8Array.from(leds.colours);
          for (const value of update) byte(value, zero * cycle, one * cycle);
          wait(49_000);
          expect(leds.colours).toEqual(before);
          wait(2_000);
          expect([...leds.colours]).toEqual([0, 3, 6].flatMap((at) => [update[at + 1], update[at], update[at + 2]]));
        }
        expect(leds).toMatchObject({ doubtful: 0, longGaps: 0, updates: updates.length });
      }),
    );
  });

  test('passes on what is too much for it', () => {
    const { leds, wait, byte } = strip(1);
    for (const value of [1, 2, 3, 4, 5, 6]) byte(value);
    wait(60_000);
    expect([...leds.colours]).toEqual([2, 1, 3]);
    expect(leds.doubtful).toBe(0);
  });

  test.each([
    ['between 0 and 1', 520],
    ['hardly there', 150],
    ['endless', 6_000],
  ])('counts a pixel with a pulse that is %s', (_, ns) => {
    const { leds, wait, byte, bit } = strip(2);
    byte(0);
    byte(0);
    for (let i = 0; i < 7; i++) bit(350);
    bit(ns);
    for (let i = 0; i < 3; i++) byte(0xff);
    wait(60_000);
    expect(leds.doubtful).toBe(1);
    expect([...leds.colours.slice(3)]).toEqual([255, 255, 255]);
  });

  test('counts a pixel that was cut short, and gaps that some strips take for the end', () => {
    const { leds, wait, byte } = strip(2);
    byte(1);
    wait(20_000);
    byte(2);
    byte(3);
    byte(4);
    wait(60_000);
    expect([...leds.colours]).toEqual([2, 1, 3, 0, 0, 0]);
    expect(leds).toMatchObject({ doubtful: 1, longGaps: 1, updates: 1 });
  });

  test('is dark after a power cut', () => {
    const { leds, wait, byte } = strip(1);
    for (const value of [1, 2, 3]) byte(value);
    wait(60_000);
    expect([...leds.colours]).toEqual([2, 1, 3]);
    leds.powerCut();
    expect([...leds.colours]).toEqual([0, 0, 0]);
  });
});

/** Sends bytes on pin 11 with interrupts as the caller has them; a bit takes 20 cycles. */
const send = `
static void out(uint8_t byte) {
  for (uint8_t i = 0; i < 8; i++) {
    PORTB |= _BV(3);
    if (byte & 0x80) { __builtin_avr_delay_cycles(9); PORTB &= ~_BV(3); }
    else { __builtin_avr_delay_cycles(2); PORTB &= ~_BV(3); __builtin_avr_delay_cycles(7); }
    byte <<= 1;
  }
}`;
const wiring = { outputs: 'pins', heddles: 12, leds: 2, strip: 'ws2812' } as const;

test('on the board it hangs on the data pin of the LEDs', () => {
  const uno = board(
    `${send} int main(void) { DDRB = _BV(3); for (uint8_t i = 1; i < 7; i++) out(i * 40); for (;;) {} }`,
    { wiring },
  );
  uno.run(1);
  expect([...uno.parts.colours]).toEqual([80, 40, 120, 200, 160, 240]);
  expect(uno.parts.pixels.doubtful).toBe(0);
  expect(uno.parts.strip.length).toBe(0);
});

test('an interrupt inside a bit is seen', () => {
  const uno = board(
    `${send} ISR(TIMER2_COMPA_vect) { __builtin_avr_delay_cycles(90); }
    int main(void) { DDRB = _BV(3); OCR2A = 200; TCCR2A = _BV(WGM21); TCCR2B = _BV(CS20); TIMSK2 = _BV(OCIE2A); sei();
      for (uint8_t i = 0; i < 200; i++) out(0); for (;;) {} }`,
    { wiring },
  );
  uno.run(5);
  expect(uno.parts.pixels.updates).toBe(0);
  expect(uno.parts.pixels.doubtful).toBeGreaterThan(3);
});
