import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Apa102Strip } from '../../host/emulator/parts/apa102';
import { board } from './avr-program';

type Led = readonly [brightness: number, red: number, green: number, blue: number];
const byte = fc.integer({ min: 0, max: 255 });
const led: fc.Arbitrary<Led> = fc.tuple(fc.integer({ min: 0, max: 31 }), byte, byte, byte);

function update(leds: readonly Led[], end: readonly number[]): number[] {
  return [0, 0, 0, 0, ...leds.flatMap(([level, red, green, blue]) => [0xe0 | level, blue, green, red]), ...end];
}
function shown(strip: Apa102Strip): Led[] {
  return Array.from(
    { length: strip.length },
    (_, i) => [strip.brightness[i], ...strip.colours.slice(3 * i, 3 * i + 3)] as unknown as Led,
  );
}
const ends = fc.constantFrom([], [0], [0, 0, 0, 0, 0], [255], [255, 255, 255, 255, 255]);
const updates = fc.array(fc.tuple(fc.array(led, { minLength: 5, maxLength: 5 }), ends), { minLength: 1, maxLength: 4 });

describe('an APA102 strip', () => {
  test('shows the last update, whatever ended the ones before', () => {
    fc.assert(
      fc.property(updates, (each) => {
        const strip = new Apa102Strip(5);
        for (const [leds, end] of each) for (const byte of update(leds, end)) strip.byte(byte);
        expect(shown(strip)).toEqual(each.at(-1)?.[0]);
        expect(strip.updates).toBe(each.length);
      }),
    );
  });

  test('reads bits and bytes alike, and finds the beginning after stray bits', () => {
    fc.assert(
      fc.property(updates, fc.array(fc.constantFrom(0, 1), { maxLength: 20 }), (each, stray) => {
        const bytewise = new Apa102Strip(5);
        const bitwise = new Apa102Strip(5);
        for (const strip of [bytewise, bitwise]) for (const bit of stray) strip.bit(bit);
        for (const byte of each.flatMap(([leds, end]) => update(leds, end))) {
          bytewise.byte(byte);
          for (let bit = 7; bit >= 0; bit--) bitwise.bit((byte >> bit) & 1);
        }
        expect(shown(bitwise)).toEqual(shown(bytewise));
        expect(shown(bitwise)).toEqual(each.at(-1)?.[0]);
      }),
    );
  });
});

describe('on the board', () => {
  const wiring = { outputs: 'pins', heddles: 12, leds: 2 } as const;
  const bytes = '{0, 0, 0, 0, 0xE3, 1, 2, 3, 0xFF, 4, 5, 6}';
  const expected: Led[] = [
    [3, 3, 2, 1],
    [31, 6, 5, 4],
  ];

  test('the SPI feeds it', () => {
    const uno = board(
      `int main(void) { static const uint8_t out[] = ${bytes}; DDRB = _BV(2) | _BV(3) | _BV(5); SPCR = _BV(SPE) | _BV(MSTR);
        for (uint8_t i = 0; i < sizeof out; i++) { SPDR = out[i]; while (!(SPSR & _BV(SPIF))) {} } for (;;) {} }`,
      { wiring },
    );
    uno.run(2);
    expect(shown(uno.parts.strip)).toEqual(expected);
  });

  test('bits on its pins feed it as well', () => {
    const uno = board(
      `int main(void) { static const uint8_t out[] = ${bytes}; DDRB = _BV(3) | _BV(5);
        for (uint8_t i = 0; i < sizeof out; i++) for (uint8_t bit = 0x80; bit; bit >>= 1) {
          if (out[i] & bit) PORTB |= _BV(3); else PORTB &= ~_BV(3);
          PORTB |= _BV(5); PORTB &= ~_BV(5);
        } for (;;) {} }`,
      { wiring },
    );
    uno.run(2);
    expect(shown(uno.parts.strip)).toEqual(expected);
  });
});
