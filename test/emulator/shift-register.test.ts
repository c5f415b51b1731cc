import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShiftRegisters } from '../../host/emulator/parts/shift-register';
import { board } from './avr-program';

const chance = () => 0;

test('eight bits fill a chip, and what came first ends up furthest', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3, maxLength: 10 }), (bytes) => {
      const [bytewise, bitwise] = [new ShiftRegisters(3, chance), new ShiftRegisters(3, chance)];
      for (const byte of bytes) {
        bytewise.byte(byte);
        for (let bit = 7; bit >= 0; bit--) bitwise.bit((byte >> bit) & 1);
      }
      bytewise.latch();
      bitwise.latch();
      const last = [...bytes.slice(-3)].reverse();
      const expected = last.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1));
      expect([...bytewise.outputs]).toEqual(expected);
      expect([...bitwise.outputs]).toEqual(expected);
    }),
  );
});

test('outputs change at the latch alone, and drive only while OE is low', () => {
  const chain = new ShiftRegisters(1, chance);
  const seen: number[][] = [];
  chain.onLatch = (outputs) => seen.push([...outputs]);
  chain.latch();
  const before = chain.outputs;
  chain.byte(0b10000001);
  expect(chain.outputs).toEqual(before);
  chain.latch();
  expect(chain.isOn(0)).toBe(false);
  chain.setOutputEnable(true);
  expect([0, 1, 7].map((output) => chain.isOn(output))).toEqual([true, false, true]);
  chain.setOutputEnable(false);
  expect(chain.isOn(0)).toBe(false);
  expect(seen).toEqual([[...before], [1, 0, 0, 0, 0, 0, 0, 1]]);
});

test('nobody knows what it shows after power-on', () => {
  let turn = 0;
  const chain = new ShiftRegisters(2, () => (turn++ % 3) / 3);
  const first = chain.outputs;
  expect(new Set(first)).toEqual(new Set([0, 1]));
  chain.powerCut();
  expect(chain.outputs).not.toEqual(first);
});

const wiring = { outputs: 'shift', heddles: 12, leds: 2 } as const;
const lifted = (uno: ReturnType<typeof board>) =>
  Array.from({ length: 12 }, (_, heddle) => (uno.parts.isLifted(heddle) ? 1 : 0)).join('');

test.each([
  ['the SPI', 'SPCR = _BV(SPE) | _BV(MSTR);', 'SPDR = byte; while (!(SPSR & _BV(SPIF))) {}'],
  [
    'bits on its pins',
    '',
    `for (uint8_t bit = 0x80; bit; bit >>= 1) { if (byte & bit) PORTB |= _BV(3); else PORTB &= ~_BV(3); PORTB |= _BV(5); PORTB &= ~_BV(5); }`,
  ],
])('on the board, %s feed it, the latch shows it and OE lets it drive', (_, begin, send) => {
  const uno = board(
    `static void out(uint8_t byte) { ${send} }
    int main(void) { PORTD = _BV(5); DDRD = _BV(5); DDRB = _BV(2) | _BV(3) | _BV(5); ${begin}
      out(0x0A); out(0x31); PORTB |= _BV(2); PORTB &= ~_BV(2); _delay_ms(1); PORTD = 0; _delay_ms(1);
      out(0xFF); _delay_ms(1); PORTB |= _BV(2); for (;;) {} }`,
    { wiring },
  );
  uno.run(0.9);
  expect([lifted(uno), uno.parts.shift.latches]).toEqual(['000000000000', 1]);
  uno.run(1);
  expect(lifted(uno)).toBe('100011000101');
  expect([...uno.pulses()].join('')).toBe('100011000101');
  uno.run(0.7);
  expect(lifted(uno)).toBe('100011000101');
  uno.run(1);
  expect(lifted(uno)).toBe('111111111000');
});

test('PORT does not move the clock while the SPI has it', () => {
  const uno = board(
    `int main(void) { DDRB = _BV(2) | _BV(3) | _BV(5); SPCR = _BV(SPE) | _BV(MSTR); SPDR = 0x81; while (!(SPSR & _BV(SPIF))) {}
      for (uint8_t i = 0; i < 5; i++) PINB = _BV(5); PORTB |= _BV(2); for (;;) {} }`,
    { wiring },
  );
  uno.run(1);
  expect([...uno.parts.shift.outputs.slice(0, 8)].join('')).toBe('10000001');
});

test('beside it an APA102 strip hangs on two pins of its own', () => {
  const uno = board(
    `int main(void) { static const uint8_t leds[] = {0, 0, 0, 0, 0xE3, 1, 2, 3, 0xFF, 4, 5, 6};
      DDRD = _BV(7); DDRB = _BV(0) | _BV(2) | _BV(3) | _BV(5); SPCR = _BV(SPE) | _BV(MSTR);
      for (uint8_t i = 0; i < sizeof leds; i++) for (uint8_t bit = 0x80; bit; bit >>= 1) {
        if (leds[i] & bit) PORTD |= _BV(7); else PORTD &= ~_BV(7); PORTB |= _BV(0); PORTB &= ~_BV(0);
        if (bit == 0x10) { SPDR = 0x55 + i; while (!(SPSR & _BV(SPIF))) {} } } PORTB |= _BV(2); for (;;) {} }`,
    { wiring },
  );
  uno.run(2);
  expect(lifted(uno)).toBe('000000000000');
  expect([...uno.parts.shift.outputs].join('')).toBe('0000011011111010');
  expect([...uno.parts.strip.colours]).toEqual([3, 2, 1, 6, 5, 4]);
});
