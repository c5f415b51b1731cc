import { expect, test } from 'vitest';
import { arduinoVariant, board, edgesOf } from './avr-program';

const arduino = (variant: string) => `
#define ARDUINO_MAIN
#define NOT_A_PIN 0
#define NOT_A_PORT 0
#define NOT_AN_INTERRUPT -1
enum { PA = 1, PB, PC, PD, PE, PF, PG, PH, PJ = 10, PK, PL };
enum { NOT_ON_TIMER, TIMER0A, TIMER0B, TIMER1A, TIMER1B, TIMER1C, TIMER2, TIMER2A, TIMER2B, TIMER3A, TIMER3B, TIMER3C,
  TIMER4A, TIMER4B, TIMER4C, TIMER4D, TIMER5A, TIMER5B, TIMER5C };
#undef PA0
#include "${arduinoVariant(variant)}"
#define REGISTER(table, pin) (*(volatile uint8_t *)pgm_read_word(&table[pgm_read_byte(&digital_pin_to_port_PGM[pin])]))
#define BIT(pin) pgm_read_byte(&digital_pin_to_bit_mask_PGM[pin])
`;

test.each([
  ['atmega328p', 'standard', 20],
  ['atmega2560', 'mega', 70],
] as const)('the pins of the %s are numbered as the Arduino core numbers them', (chip, variant, count) => {
  const uno = board(
    `${arduino(variant)} int main(void) { for (uint8_t pin = 0; pin < ${count}; pin++) {
      REGISTER(port_to_mode_PGM, pin) |= BIT(pin); REGISTER(port_to_output_PGM, pin) |= BIT(pin); } for (;;) {} }`,
    { chip },
  );
  const rises: number[] = [];
  for (let pin = 0; pin < count; pin++) uno.pins.watch(pin, (high) => high && rises.push(pin));
  uno.run(2);
  expect(rises).toEqual(Array.from({ length: count }, (_, pin) => pin));
  expect(() => uno.pins.watch(count, () => {})).toThrow(`no pin ${count}`);
});

test.each([
  ['atmega328p', 'standard', 20],
  ['atmega2560', 'mega', 70],
] as const)('analogWrite on the %s comes out of the pins that the Arduino core drives', (chip, variant, count) => {
  const mega = chip === 'atmega2560';
  const timers = mega ? [0, 1, 2, 3, 4, 5] : [0, 1, 2];
  const channels = timers.flatMap((timer) =>
    (mega && timer % 2 === 1) || timer === 4
      ? ['A', 'B', 'C'].map((letter) => `${timer}${letter}`)
      : [`${timer}A`, `${timer}B`],
  );
  // As wiring_analog.c and wiring.c of the core do it, all timers at 8 bits.
  const uno = board(
    `${arduino(variant)} int main(void) {
      ${timers.map((n) => `TCCR${n}A = _BV(WGM${n}0); TCCR${n}B = _BV(CS${n}1);`).join(' ')}
      for (uint8_t pin = 0; pin < ${count}; pin++) {
        uint8_t timer = pgm_read_byte(&digital_pin_to_timer_PGM[pin]);
        if (timer == NOT_ON_TIMER) continue;
        REGISTER(port_to_mode_PGM, pin) |= BIT(pin);
        switch (timer) {
          ${channels.map((name) => `case TIMER${name}: TCCR${name[0]}A |= _BV(COM${name}1); OCR${name} = pin + 20; break;`).join('\n')}
        } } for (;;) {} }`,
    { chip },
  );
  const widths = new Map<number, number>();
  for (let pin = 0; pin < count; pin++) {
    let rise = 0;
    uno.pins.watch(pin, (high) => {
      if (high) rise = uno.cycles;
      else widths.set(pin, uno.cycles - rise);
    });
  }
  uno.run(5);
  const expected = mega ? [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 44, 45, 46] : [3, 5, 6, 9, 10, 11];
  expect([...widths.keys()].sort((a, b) => a - b)).toEqual(expected);
  // On two slopes a pulse is twice as long as the compare value; the timers run at 2 MHz.
  for (const [pin, width] of widths) expect([pin, width]).toEqual([pin, (pin + 20) * 2 * 8]);
});

test('a level, an edge and a change on a pin interrupt as they were asked to', () => {
  const uno = board(
    `ISR(INT0_vect) { EIMSK &= ~_BV(INT0); put('l'); }
    ISR(INT1_vect) { put('r'); }
    ISR(PCINT2_vect) { put('c'); }
    int main(void) { begin(34); EICRA = _BV(ISC11) | _BV(ISC10); PCMSK2 = _BV(4); EIMSK = _BV(INT0) | _BV(INT1); PCICR = _BV(PCIE2);
      sei(); for (;;) {} }`,
    { wiring: { outputs: 'pca9685', heddles: 16, leds: 0 } },
  );
  const said = () => {
    uno.run(1);
    return Buffer.from(uno.takeOutput()).toString();
  };
  const { treadle, estop, back } = uno.parts;
  // Pin 3 is held low by the closed e-stop from the start, pins 2 and 4 are high.
  expect(said()).toBe('');
  estop.open();
  expect(said()).toBe('r');
  estop.close();
  expect(said()).toBe('');
  treadle.press();
  expect(said()).toBe('l');
  back.press();
  expect(said()).toBe('c');
  back.release();
  expect(said()).toBe('c');
});

test('an interrupt for any change comes at both edges, one for falling edges at those alone', () => {
  const uno = board(
    `ISR(INT0_vect) { put('a'); }
    ISR(INT1_vect) { put('f'); }
    int main(void) { begin(34); EICRA = _BV(ISC00) | _BV(ISC11); EIMSK = _BV(INT0) | _BV(INT1); sei(); for (;;) {} }`,
    { wiring: { outputs: 'pca9685', heddles: 16, leds: 0 } },
  );
  const { treadle, estop } = uno.parts;
  uno.run(1);
  for (const act of [() => treadle.press(), () => treadle.release(), () => estop.open(), () => estop.close()]) {
    act();
    uno.run(1);
  }
  expect(Buffer.from(uno.takeOutput()).toString()).toBe('aaf');
});

test('a pin that nobody has asked about interrupts nobody', () => {
  const uno = board(
    `ISR(BADISR_vect) { put('?'); }
    int main(void) { begin(34); PCMSK2 = _BV(4); PCICR = _BV(PCIE2); sei(); for (;;) {} }`,
    { wiring: { outputs: 'pca9685', heddles: 16, leds: 0 } },
  );
  uno.run(1);
  uno.parts.treadle.press();
  uno.parts.estop.open();
  uno.run(1);
  expect(uno.takeOutput().length).toBe(0);
});

test('several may listen to one pin', () => {
  const uno = board('int main(void) { DDRB = 1; for (;;) { PINB = 1; _delay_us(10); } }');
  const [first, second] = [edgesOf(uno, 8), edgesOf(uno, 8)];
  uno.run(1);
  expect(first.length).toBeGreaterThan(50);
  expect(second).toEqual(first);
});
