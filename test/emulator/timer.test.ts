import { expect, test } from 'vitest';
import { board, edgesOf } from './avr-program';

const gaps = (edges: number[]) => new Set(edges.slice(1).map((edge, index) => edge - edges[index]));
const asleep = 'set_sleep_mode(SLEEP_MODE_IDLE); sei(); for (;;) sleep_mode();';

test('timer 1 in CTC mode compares every OCR1A + 1 ticks, to the cycle', () => {
  const uno = board(`
    ISR(TIMER1_COMPA_vect) { PINB = _BV(0); }
    int main(void) { DDRB = _BV(0); OCR1A = 999; TCCR1B = _BV(WGM12) | _BV(CS11); TIMSK1 = _BV(OCIE1A); ${asleep} }`);
  const edges = edgesOf(uno, 8);
  uno.run(20.1);
  expect(edges.length).toBe(40);
  expect(gaps(edges)).toEqual(new Set([8000]));
});

test('timer 1 in normal mode: compare moves on with OCR1A, overflow comes every 65,536 ticks', () => {
  const uno = board(`
    ISR(TIMER1_COMPB_vect) { PINB = _BV(0); OCR1B += 500; }
    ISR(TIMER1_OVF_vect) { PINB = _BV(1); }
    int main(void) {
      DDRB = _BV(0) | _BV(1); OCR1B = 500; TCCR1B = _BV(CS10); TIMSK1 = _BV(OCIE1B) | _BV(TOIE1); ${asleep}
    }`);
  const compares = edgesOf(uno, 8);
  const overflows = edgesOf(uno, 9);
  uno.run(50);
  // Where both come together the overflow waits for the compare's routine.
  expect(compares.length).toBeGreaterThan(1500);
  expect(Math.abs(compares[1000] - compares[0] - 500_000)).toBeLessThan(100);
  expect(overflows.length).toBe(12);
  expect(Math.abs(overflows[10] - overflows[0] - 10 * 65_536)).toBeLessThan(100);
});

test('a compare that was missed by a tick comes a whole turn later', () => {
  const uno = board(`
    ISR(TIMER1_COMPA_vect) { PINB = _BV(0); }
    int main(void) {
      DDRB = _BV(0); TCCR1B = _BV(CS10); TIMSK1 = _BV(OCIE1A);
      OCR1A = TCNT1 - 1;
      TIFR1 = _BV(OCF1A);
      PINB = _BV(0);
      ${asleep}
    }`);
  const edges = edgesOf(uno, 8);
  uno.run(5);
  expect(edges[1] - edges[0]).toBeGreaterThan(65_000);
  expect(edges[1] - edges[0]).toBeLessThan(65_700);
});

test('16-bit registers are read and written whole through TEMP', () => {
  const uno = board(`
    int main(void) {
      begin(34); TCNT1 = 0xABCD; OCR1A = 0x1234; ICR1 = 0x5678;
      uint16_t each[] = {TCNT1, OCR1A, ICR1};
      for (uint8_t i = 0; i < 3; i++) { put(each[i] >> 8); put(each[i]); }
      for (;;) {}
    }`);
  uno.run(5);
  expect(Buffer.from(uno.takeOutput()).toString('hex')).toBe('abcd12345678');
});

test('timers 0 and 2 count too', () => {
  const uno = board(`
    ISR(TIMER0_COMPA_vect) { PINB = _BV(0); }
    ISR(TIMER2_OVF_vect) { PINB = _BV(1); }
    int main(void) {
      DDRB = _BV(0) | _BV(1);
      OCR0A = 249; TCCR0A = _BV(WGM01); TCCR0B = _BV(CS01) | _BV(CS00); TIMSK0 = _BV(OCIE0A);
      TCCR2B = _BV(CS22) | _BV(CS20); TIMSK2 = _BV(TOIE2);
      ${asleep}
    }`);
  const milliseconds = edgesOf(uno, 8);
  const overflows = edgesOf(uno, 9);
  uno.run(100.1);
  expect(milliseconds.length).toBe(100);
  expect(Math.abs(milliseconds[99] - milliseconds[0] - 99 * 16_000)).toBeLessThan(60);
  expect(Math.abs(overflows[20] - overflows[0] - 20 * 256 * 128)).toBeLessThan(60);
});
