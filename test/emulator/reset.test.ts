import { expect, test } from 'vitest';
import { board, divisors } from './avr-program';

/** Counts its starts in memory that is not cleared, says the count, and drives pin 8 high. */
const counting = `
uint8_t starts __attribute__((section(".noinit")));
int main(void) { starts++; begin(${divisors[57_600]}); DDRB = PORTB = _BV(0); put(starts); for (;;) {} }`;

test('a reset keeps SRAM, a power cut does not', () => {
  const uno = board(counting, { sram: new Uint8Array(2048).fill(10) });
  uno.run(1);
  uno.reset('dtr');
  uno.run(1);
  uno.reset('button');
  uno.run(1);
  expect([...uno.takeOutput()]).toEqual([11, 12, 13]);
  uno.powerCut();
  uno.run(1);
  const afterwards = uno.sram;
  uno.powerCut();
  expect(uno.sram).not.toEqual(afterwards);
  expect(uno.counts.resets).toBe(4);
});

test('time goes on through a reset, and the pins are let go', () => {
  const uno = board(counting);
  const levels: boolean[] = [];
  uno.pins.watch(8, (high) => levels.push(high));
  uno.run(3);
  uno.reset();
  expect(uno.nowMs).toBeGreaterThanOrEqual(3);
  expect(levels).toEqual([true, false]);
});

test('a byte that the board was sending when it was reset arrives damaged', () => {
  const uno = board(`int main(void) { begin(${divisors[57_600]}); _delay_ms(1); put(0); for (;;) {} }`);
  uno.run(1.1);
  uno.reset();
  uno.run(5);
  const [cut, whole] = uno.takeOutput();
  expect(cut).not.toBe(0);
  expect(whole).toBe(0);
});

test('what the host goes on sending reaches the board once it listens again', () => {
  const uno = board(
    `int main(void) { begin(${divisors[57_600]}); for (;;) { while (!(UCSR0A & _BV(RXC0))) {} put(UDR0); } }`,
  );
  uno.run(1);
  uno.send(Buffer.from('before'));
  uno.run(2);
  uno.reset();
  uno.run(2);
  uno.takeOutput();
  uno.send(Buffer.from('after'));
  uno.run(5);
  expect(Buffer.from(uno.takeOutput()).toString()).toBe('after');
});

test('a treadle tapped before a reset is released after it', () => {
  const uno = board(
    'int main(void) { begin(34); DDRD = 0; PORTC = _BV(3); for (;;) { _delay_ms(5); put(PINC & _BV(3) ? 1 : 0); } }',
  );
  uno.parts.treadle.tap(20);
  uno.run(12);
  uno.reset();
  uno.run(30);
  const seen = [...uno.takeOutput()];
  expect(seen.slice(0, 2)).toEqual([0, 0]);
  expect(seen.at(-1)).toBe(1);
});
