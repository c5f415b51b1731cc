import { expect, test } from 'vitest';
import { board } from './avr-program';

const note = 'uint8_t starts __attribute__((section(".noinit")));';

test('in reset mode it starts the chip again when it is not fed', () => {
  const uno = board(
    `${note}
    int main(void) { wdt_enable(WDTO_15MS); starts++; begin(34); put(starts); for (uint8_t i = 0; i < 10; i++) { wdt_reset(); _delay_ms(10); } for (;;) {} }`,
    {
      sram: new Uint8Array(2048),
    },
  );
  uno.run(100);
  expect(uno.counts.resets).toBe(0);
  uno.run(30);
  expect(uno.counts.resets).toBe(1);
  uno.run(120);
  expect([...uno.takeOutput()]).toEqual([1, 2, 3]);
});

test('in interrupt mode it only interrupts', () => {
  const uno = board(`
    ISR(WDT_vect) { put('w'); }
    int main(void) {
      begin(34);
      WDTCSR = _BV(WDCE) | _BV(WDE);
      WDTCSR = _BV(WDIE) | _BV(WDP2);
      set_sleep_mode(SLEEP_MODE_IDLE); sei(); for (;;) sleep_mode();
    }`);
  uno.run(800);
  expect(Buffer.from(uno.takeOutput()).toString()).toBe('www');
  expect(uno.counts.resets).toBe(0);
});
