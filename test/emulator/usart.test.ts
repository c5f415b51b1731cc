import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { board, build, divisors } from './avr-program';

const echo = (divisor: number) => `
ISR(USART_RX_vect) { UDR0 = UDR0; }
int main(void) {
  begin(${divisor});
  UCSR0B |= _BV(RXCIE0);
  set_sleep_mode(SLEEP_MODE_IDLE);
  sei();
  for (;;) sleep_mode();
}`;

/** Leaves the receiver alone for 2 ms, then says for each byte in its buffer its status and itself. */
const late = `
int main(void) {
  begin(${divisors[115_200]});
  _delay_ms(2);
  while (UCSR0A & _BV(RXC0)) { uint8_t status = UCSR0A & (_BV(FE0) | _BV(DOR0)); uint8_t byte = UDR0; put(status); put(byte); }
  for (;;) {}
}`;
const overrun = 0x08;

describe('the serial line', () => {
  test.each([57_600, 115_200, 250_000])('carries any bytes both ways at %i baud', (baud) => {
    const uno = board(echo(divisors[baud]), { baud });
    uno.run(1);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        uno.send(bytes);
        uno.run(((bytes.length + 3) * 10_500) / baud + 1);
        expect(uno.takeOutput()).toEqual(bytes);
      }),
      { numRuns: 20 },
    );
    expect(uno.counts).toMatchObject({ overruns: 0, frameErrors: 0 });
  });

  test('takes as long as its bits do', () => {
    const uno = board(echo(divisors[250_000]), { baud: 250_000 });
    uno.run(1);
    const sent = uno.nowMs;
    uno.send([0x55]);
    uno.runUntil(() => uno.counts.sent === 1);
    // 9.5 bits in, 10 bits out, 4 µs each; then the look of runUntil, every 0.1 ms.
    expect(uno.nowMs - sent).toBeGreaterThan(0.078);
    expect(uno.nowMs - sent).toBeLessThan(0.2);
  });

  test('garbles at a wrong rate, in both directions', () => {
    const message = Buffer.from('Hello, loom');
    const uno = board(echo(divisors[57_600]), { baud: 115_200 });
    uno.run(1);
    uno.send(message);
    uno.run(20);
    expect(Buffer.from(uno.takeOutput())).not.toEqual(message);
    // Where this receiver expects a stop bit, ever more quickly sent zeros are low.
    uno.line.baud = 250_000;
    uno.send(new Uint8Array(10));
    uno.run(20);
    expect(uno.counts.frameErrors).toBeGreaterThan(0);
    uno.takeOutput();
    uno.line.baud = 57_600;
    uno.send(message);
    uno.run(20);
    expect(Buffer.from(uno.takeOutput())).toEqual(message);
  });

  test('a host at a wrong rate reads garbage from a board at a right one', () => {
    const uno = board(
      `int main(void) { begin(${divisors[57_600]}); for (const char *c = "loom"; *c; c++) put(*c); for (;;) {} }`,
      {
        baud: 250_000,
      },
    );
    uno.run(5);
    expect(Buffer.from(uno.takeOutput()).toString('latin1')).not.toContain('loom');
  });
});

describe('the receive buffer', () => {
  const hex = build(late);
  const answers = (bytes: number[]) => {
    const uno = board('int main(void) { for (;;) {} }', { baud: 115_200, hex });
    uno.run(0.1);
    uno.send(bytes);
    uno.run(5);
    return { said: [...uno.takeOutput()], overruns: uno.counts.overruns };
  };

  test('holds two bytes, and a third in the shift register', () => {
    expect(answers([1, 2, 3])).toEqual({ said: [0, 1, 0, 2, 0, 3], overruns: 0 });
  });

  test('loses the third byte when a fourth begins, and says so with the fourth', () => {
    expect(answers([1, 2, 3, 4])).toEqual({ said: [0, 1, 0, 2, overrun, 4], overruns: 1 });
    expect(answers([1, 2, 3, 4, 5, 6])).toEqual({ said: [0, 1, 0, 2, overrun, 6], overruns: 3 });
  });
});
