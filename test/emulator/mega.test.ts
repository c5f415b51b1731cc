import { expect, test } from 'vitest';
import { board, edgesOf } from './avr-program';

const chip = 'atmega2560';
const boards = { outputs: 'pca9685', heddles: 32, leds: 2 } as const;
const says = (source: string, ms = 5) => {
  const mega = board(source, { chip, wiring: boards });
  mega.run(ms);
  return Buffer.from(mega.takeOutput()).toString('hex');
};

test('calls, pointers and interrupts find their way beyond the first 128 KB of flash', () => {
  expect(
    says(
      `#define FAR __attribute__((section(".far"), noinline))
      static volatile uint8_t ticks;
      ISR(TIMER5_COMPA_vect) { ticks++; }
      FAR uint8_t sum(uint8_t n) { return n == 0 ? 0 : n + sum(n - 1); }
      FAR uint8_t tenTicks(void) { ticks = 0; while (ticks < 10) {} return ticks; }
      FAR uint8_t where(void) { uint8_t high; uint8_t *sp = (uint8_t *)SP; high = sp[1]; return high; }
      int main(void) {
        uint8_t (*volatile pointer)(uint8_t) = sum;
        begin(34); OCR5A = 999; TCCR5B = _BV(WGM52) | _BV(CS50); TIMSK5 = _BV(OCIE5A); sei();
        put(sum(10)); put(pointer(20)); put(tenTicks()); put(where()); for (;;) {} }`,
    ),
  ).toBe('37d20a00');
});

test('data beyond the first 64 KB is read through RAMPZ, and Z carries into it', () => {
  expect(
    says(
      `#include <avr/pgmspace.h>
      __attribute__((section(".far"), used)) const uint8_t table[4] = {0x12, 0x34, 0x56, 0x78};
      int main(void) {
        uint_farptr_t at = pgm_get_far_address(table);
        begin(34); put(at >> 16); put(at >> 8); put(at);
        for (uint8_t i = 0; i < 4; i++) put(pgm_read_byte_far(at + i));
        uint8_t first, second;
        asm volatile ("out 0x3b, %3\\n ldi r30, 0xFF\\n ldi r31, 0xFF\\n elpm %0, Z+\\n elpm %1, Z\\n in %2, 0x3b\\n"
          : "=&r"(first), "=&r"(second), "=&r"(at) : "r"((uint8_t)2) : "r30", "r31");
        put(first); put(second); put(at); for (;;) {} }`,
    ),
  ).toBe('02fffe' + '12345678' + '345603');
});

test('8 KB of SRAM begin at 0x200, 4 KB of EEPROM keep every byte apart', () => {
  const mega = board(
    `static uint8_t many[7000];
    static void set(uint16_t at, uint8_t value) { EEAR = at; EEDR = value; EECR |= _BV(EEMPE); EECR |= _BV(EEPE); while (EECR & _BV(EEPE)) {} }
    int main(void) {
      begin(34);
      for (uint16_t i = 0; i < sizeof many; i++) many[i] = i * 7;
      uint8_t right = 1;
      for (uint16_t i = 0; i < sizeof many; i++) if (many[i] != (uint8_t)(i * 7)) right = 0;
      uint8_t local; put(right); put((uint16_t)&many >> 8 & 0xFE); put((uint16_t)&local >> 8);
      set(0x0FFF, 1); set(0x07FF, 2); set(0x03FF, 3); for (;;) {} }`,
    { chip },
  );
  mega.run(40);
  expect(Buffer.from(mega.takeOutput()).toString('hex')).toBe('010221');
  expect([mega.eeprom[0xfff], mega.eeprom[0x7ff], mega.eeprom[0x3ff], mega.eeprom.length]).toEqual([1, 2, 3, 4096]);
});

test('the stack may lie anywhere in it, and a call takes three bytes and five cycles', () => {
  const mega = board(
    `__attribute__((noinline)) uint16_t depth(void) { return SP; }
    __attribute__((noinline)) void nothing(void) { asm volatile (""); }
    int main(void) { begin(34); uint16_t here = SP; put(here - depth());
      TCCR1B = _BV(CS10); uint16_t from = TCNT1; nothing(); uint16_t to = TCNT1; uint16_t from2 = TCNT1; uint16_t to2 = TCNT1;
      put((to - from) - (to2 - from2)); for (;;) {} }`,
    { chip },
  );
  mega.run(5);
  const [bytes, cycles] = mega.takeOutput();
  expect(bytes).toBe(3);
  // CALL and RET, five cycles each
  expect(cycles).toBe(10);
});

test('an interrupt begins a cycle later than on an Uno, for the third byte of its way back', () => {
  // The compare unit moves its pin at the match, the interrupt's first instruction another.
  const latency = (of: 'atmega328p' | 'atmega2560', compare: number, pin: number) => {
    const uno = board(
      `ISR(TIMER1_COMPA_vect, ISR_NAKED) { PINB = _BV(0); reti(); }
      int main(void) { DDRB = 0xFF; OCR1A = 999; TCCR1A = _BV(COM1A0); TCCR1B = _BV(WGM12) | _BV(CS10); TIMSK1 = _BV(OCIE1A);
        set_sleep_mode(SLEEP_MODE_IDLE); sei(); for (;;) sleep_mode(); }`,
      { chip: of },
    );
    const [matches, entries] = [edgesOf(uno, compare), edgesOf(uno, pin)];
    uno.run(1);
    return entries[4] - matches[4];
  };
  expect(latency(chip, 11, 53) - latency('atmega328p', 9, 8)).toBe(1);
});

test('its interrupts have vectors of their own: serial line, SPI, ADC, EEPROM, watchdog, pins', () => {
  const mega = board(
    `ISR(USART0_RX_vect) { put(UDR0); }
    ISR(SPI_STC_vect) { put('s'); }
    ISR(ADC_vect) { put('a'); }
    ISR(EE_READY_vect) { EECR &= ~_BV(EERIE); put('e'); }
    ISR(WDT_vect) { put('w'); WDTCSR = _BV(WDCE) | _BV(WDE); WDTCSR = 0; }
    ISR(INT4_vect) { put('4'); }
    ISR(PCINT1_vect) { put('p'); }
    int main(void) {
      begin(34); UCSR0B |= _BV(RXCIE0);
      SPCR = _BV(SPE) | _BV(MSTR) | _BV(SPIE); DDRB = _BV(0) | _BV(1) | _BV(2);
      EICRB = _BV(ISC41); EIMSK = _BV(INT4); PCMSK1 = _BV(1); PCICR = _BV(PCIE1);
      sei(); SPDR = 1; _delay_ms(1);
      ADCSRA = _BV(ADEN) | _BV(ADIE) | _BV(ADSC) | 7; _delay_ms(1);
      EECR |= _BV(EERIE); _delay_ms(1);
      WDTCSR = _BV(WDCE) | _BV(WDE); WDTCSR = _BV(WDIE);
      for (;;) {} }`,
    { chip, wiring: boards },
  );
  mega.run(30);
  mega.send(Buffer.from('r'));
  mega.run(2);
  // Pin 2 is INT4 and the treadle; pin 15 is PJ0, the second pin of its group.
  mega.parts.treadle.press();
  mega.run(1);
  mega.parts.treadle.release();
  mega.pins.drive(15, false);
  mega.run(1);
  expect(Buffer.from(mega.takeOutput()).toString()).toBe('saewr4p');
});

test('sixteen analog inputs', () => {
  const mega = board(
    `int main(void) { begin(34); for (uint8_t i = 0; i < 16; i++) {
      ADMUX = _BV(REFS0) | (i & 7); ADCSRB = i > 7 ? _BV(MUX5) : 0; ADCSRA = _BV(ADEN) | _BV(ADSC) | 7;
      while (ADCSRA & _BV(ADSC)) {} put((ADC + 2) / 51); } for (;;) {} }`,
    { chip },
  );
  for (let channel = 0; channel < 16; channel++) mega.analog(channel, channel / 4);
  mega.run(10);
  expect([...mega.takeOutput()]).toEqual(Array.from({ length: 16 }, (_, channel) => channel));
});

test('I²C on 20 and 21 and the strip on 51 and 52 reach their parts', () => {
  const mega = board(
    `static void step(uint8_t control) { TWCR = _BV(TWINT) | _BV(TWEN) | control; while (!(TWCR & _BV(TWINT))) {} }
    int main(void) {
      static const uint8_t i2c[] = {0x41 << 1, 0xFE, 121};
      static const uint8_t leds[] = {0, 0, 0, 0, 0xE3, 1, 2, 3, 0xFF, 4, 5, 6};
      TWBR = 12; step(_BV(TWSTA)); for (uint8_t i = 0; i < 3; i++) { TWDR = i2c[i]; step(0); }
      DDRB = _BV(0) | _BV(1) | _BV(2); SPCR = _BV(SPE) | _BV(MSTR);
      for (uint8_t i = 0; i < sizeof leds; i++) { SPDR = leds[i]; while (!(SPSR & _BV(SPIF))) {} } for (;;) {} }`,
    { chip, wiring: boards },
  );
  mega.run(2);
  expect(mega.parts.boards[1].register(0xfe)).toBe(121);
  expect([...mega.parts.strip.colours]).toEqual([3, 2, 1, 6, 5, 4]);
});

test('bytes at full rate come and go, both ways', () => {
  const mega = board(
    `ISR(USART0_RX_vect) { UDR0 = UDR0; }
    int main(void) { begin(7); UCSR0B |= _BV(RXCIE0); set_sleep_mode(SLEEP_MODE_IDLE); sei(); for (;;) sleep_mode(); }`,
    { chip, baud: 250_000 },
  );
  mega.run(1);
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  mega.send(bytes);
  mega.run(20);
  expect(mega.takeOutput()).toEqual(bytes);
  expect(mega.counts).toMatchObject({ overruns: 0, frameErrors: 0 });
});
