import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EmulatedBoard } from '../../host/emulator/board';
import type { ServoPulse } from '../../host/emulator/parts/direct-servos';
import { board, build } from './avr-program';

const forever = 'for (;;) {}';
const asleep = 'set_sleep_mode(SLEEP_MODE_IDLE); for (;;) sleep_mode();';

interface Pulse {
  rise: number;
  width: number;
}
/** Whole pulses on a pin, in cycles. */
function pulsesOf(uno: EmulatedBoard, pin: number): Pulse[] {
  const pulses: Pulse[] = [];
  let rise = -1;
  uno.pins.watch(pin, (high) => {
    if (high) rise = uno.cycles;
    else if (rise >= 0) pulses.push({ rise, width: uno.cycles - rise });
  });
  return pulses;
}
const gaps = (pulses: readonly Pulse[]) => new Set(pulses.slice(1).map(({ rise }, i) => rise - pulses[i].rise));
const widths = (pulses: readonly Pulse[]) => [...new Set(pulses.map(({ width }) => width))];

/** Programs a timer from four bytes that the host sends: OCR1A, ICR1. */
const servoHex = build(`
static uint16_t word(void) { while (!(UCSR0A & _BV(RXC0))) {} uint8_t low = UDR0; while (!(UCSR0A & _BV(RXC0))) {} return low | UDR0 << 8; }
int main(void) { begin(34); DDRB = _BV(1); OCR1A = word(); ICR1 = word(); TCCR1A = _BV(COM1A1) | _BV(WGM11); TCCR1B = _BV(WGM13) | _BV(WGM12) | _BV(CS11); ${asleep} }`);

describe('fast PWM', () => {
  test('is high for compare + 1 of TOP + 1 ticks, whatever they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20_000 }), fc.nat(), (top, any) => {
        const compare = any % top;
        const uno = board('', { hex: servoHex });
        const pulses = pulsesOf(uno, 9);
        uno.run(1);
        uno.send([compare & 255, compare >> 8, top & 255, top >> 8]);
        uno.run(45);
        expect(widths(pulses)).toEqual([8 * (compare + 1)]);
        expect([...gaps(pulses)]).toEqual([8 * (top + 1)]);
      }),
      { numRuns: 30 },
    );
  });

  test('stays high when compare is TOP, and gives the shortest pulse when it is 0', () => {
    const uno = board(
      `int main(void) { DDRD = _BV(5) | _BV(6); OCR0A = 255; OCR0B = 0; TCCR0A = _BV(COM0A1) | _BV(COM0B1) | _BV(WGM01) | _BV(WGM00); TCCR0B = _BV(CS01); ${forever} }`,
    );
    const [full, least] = [pulsesOf(uno, 6), pulsesOf(uno, 5)];
    uno.run(2);
    expect(full).toEqual([]);
    expect(uno.pins.isHigh(6)).toBe(true);
    expect(widths(least)).toEqual([8]);
    expect([...gaps(least)]).toEqual([256 * 8]);
  });

  test('takes a new compare value with the next period: no pulse is cut short and none is doubled', () => {
    const uno = board(
      `int main(void) { DDRB = _BV(1); ICR1 = 999; OCR1A = 99; TCCR1A = _BV(COM1A1) | _BV(WGM11); TCCR1B = _BV(WGM13) | _BV(WGM12) | _BV(CS10);
        _delay_us(50); while (TCNT1 < 50) {} while (TCNT1 > 500) {} OCR1A = 49; begin(34); put(OCR1A); while (TCNT1 < 600) {} while (TCNT1 > 600) {} while (TCNT1 < 600) {} OCR1A = 149; ${forever} }`,
    );
    const pulses = pulsesOf(uno, 9);
    uno.run(1);
    const [first] = pulses;
    expect([...gaps(pulses)]).toEqual([1000]);
    expect(first.width).toBe(100);
    expect(widths(pulses)).toEqual([100, 50, 150]);
    // What was written is read back at once.
    expect([...uno.takeOutput()]).toEqual([49]);
  });

  test('inverted, it is low for compare + 1 ticks', () => {
    const uno = board(
      `int main(void) { DDRB = _BV(2); ICR1 = 999; OCR1B = 249; TCCR1A = _BV(COM1B1) | _BV(COM1B0) | _BV(WGM11); TCCR1B = _BV(WGM13) | _BV(WGM12) | _BV(CS10); ${forever} }`,
    );
    const pulses = pulsesOf(uno, 10);
    uno.run(1);
    expect(widths(pulses.slice(1))).toEqual([750]);
  });

  test('flags come with TOP: overflow, capture, and a compare value that is TOP', () => {
    const uno = board(
      `int main(void) { begin(34); ICR1 = 99; OCR1A = 50; OCR1B = 99; TCCR1A = _BV(WGM11); TIFR1 = 0xFF; TCCR1B = _BV(WGM13) | _BV(WGM12) | _BV(CS10);
        uint8_t early = TIFR1; _delay_us(2); uint8_t middle = TIFR1; _delay_us(5); put(early); put(middle); put(TIFR1); OCR1B = 20; TIFR1 = 0xFF; _delay_us(50); put(TIFR1); ${forever} }`,
    );
    uno.run(3);
    expect([...uno.takeOutput()]).toEqual([0, 0, 0x27, 0x27]);
  });
});

describe('phase-correct PWM', () => {
  test('is high for twice the compare value in twice TOP, symmetrically', () => {
    const uno = board(
      `int main(void) { DDRB = _BV(3); DDRD = _BV(3); OCR2A = 100; OCR2B = 200; TCCR2A = _BV(COM2A1) | _BV(COM2B1) | _BV(WGM20); TCCR2B = _BV(CS21); ${forever} }`,
    );
    const [a, b] = [pulsesOf(uno, 11), pulsesOf(uno, 3)];
    uno.run(5);
    expect(widths(a.slice(1))).toEqual([8 * 200]);
    expect(widths(b.slice(1))).toEqual([8 * 400]);
    expect([...gaps(a), ...gaps(b)]).toEqual([8 * 510, 8 * 510]);
    const middle = ({ rise, width }: Pulse) => rise + width / 2;
    expect(middle(a[1])).toBe(middle(b[1]));
  });

  test('stays low at 0 and high at TOP', () => {
    const uno = board(
      `int main(void) { DDRB = _BV(1) | _BV(2); TCCR1A = _BV(COM1A1) | _BV(COM1B1) | _BV(WGM10); TCCR1B = _BV(CS11); OCR1A = 128; OCR1B = 128; _delay_ms(2); OCR1A = 0; OCR1B = 255; ${forever} }`,
    );
    const [low, high] = [pulsesOf(uno, 9), pulsesOf(uno, 10)];
    uno.run(2);
    expect(low.length).toBeGreaterThan(5);
    uno.run(0.5);
    const before = [low.length, high.length];
    uno.run(3);
    expect([low.length, high.length]).toEqual(before);
    expect([uno.pins.isHigh(9), uno.pins.isHigh(10)]).toEqual([false, true]);
  });

  test('counts up and down between 0 and TOP, and overflows at 0', () => {
    const uno = board(
      `ISR(TIMER2_OVF_vect) { PINB = 1; }
      int main(void) { begin(34); DDRB = 1; TCCR2A = _BV(WGM20); OCR2A = 100; TCCR2B = _BV(WGM22) | _BV(CS20) | _BV(CS21); TIMSK2 = _BV(TOIE2); sei();
        uint8_t last = TCNT2, most = 0, turns = 0, jumps = 0; int8_t way = 1;
        for (uint16_t i = 0; i < 3000; i++) { uint8_t now = TCNT2; int16_t by = now - last; if (by > 2 || by < -2) jumps++; if (by * way < 0) { way = -way; turns++; } if (now > most) most = now; last = now; }
        put(most); put(jumps); put(turns > 3); ${forever} }`,
    );
    const pulses = pulsesOf(uno, 8);
    uno.run(10);
    expect([...uno.takeOutput()]).toEqual([100, 0, 1]);
    // Every second overflow, 2 · TOP ticks of 32 cycles apart; the first comes while TOP is still 0.
    expect(Math.abs(pulses[9].rise - pulses[1].rise - 8 * 2 * 200 * 32)).toBeLessThan(20);
  });
});

describe('the pin of a compare unit', () => {
  test('toggles on a match in CTC mode, and can be forced', () => {
    const uno = board(
      `int main(void) { DDRB = _BV(1) | _BV(2); OCR1A = 499; TCCR1A = _BV(COM1A0) | _BV(COM1B1) | _BV(COM1B0); TCCR1B = _BV(WGM12) | _BV(CS10);
        TCCR1C = _BV(FOC1B); _delay_us(5); TCCR1A = _BV(COM1A0) | _BV(COM1B1); TCCR1C = _BV(FOC1B); ${forever} }`,
    );
    const [toggled, forced] = [pulsesOf(uno, 9), pulsesOf(uno, 10)];
    uno.run(1);
    expect(widths(toggled)).toEqual([500]);
    expect([...gaps(toggled)]).toEqual([1000]);
    expect(forced.length).toBe(1);
    expect(Math.abs(forced[0].width - 80)).toBeLessThan(15);
  });

  test('belongs to PORT again when it is let go, and drives nothing while it is an input', () => {
    const uno = board(
      `int main(void) { OCR0A = 100; TCCR0A = _BV(COM0A1) | _BV(WGM01) | _BV(WGM00); TCCR0B = _BV(CS00); _delay_us(100); DDRD = _BV(6); _delay_us(100);
        TCCR0A = _BV(WGM01) | _BV(WGM00); PORTD = _BV(6); ${forever} }`,
    );
    const pulses = pulsesOf(uno, 6);
    uno.run(0.09);
    expect(pulses).toEqual([]);
    uno.run(0.1);
    expect(pulses.length).toBeGreaterThan(3);
    uno.run(0.1);
    const { length } = pulses;
    uno.run(0.2);
    expect(pulses.length).toBe(length);
    expect(uno.pins.isHigh(6)).toBe(true);
  });

  test('reads back on PIN what it drives', () => {
    const uno = board(
      `int main(void) { begin(34); DDRD = _BV(6); OCR0A = 200; TCCR0A = _BV(COM0A1) | _BV(WGM01) | _BV(WGM00); TCCR0B = _BV(CS02);
        _delay_ms(5); while (TCNT0 < 50) {} while (TCNT0 > 150) {} put(PIND & _BV(6) ? 1 : 0); while (TCNT0 < 220) {} put(PIND & _BV(6) ? 1 : 0); ${forever} }`,
    );
    uno.run(20);
    expect([...uno.takeOutput()]).toEqual([1, 0]);
  });
});

describe('twelve servos on the Mega’s compare outputs', () => {
  const timers = [1, 3, 4, 5];
  const letters = ['A', 'B', 'C'];
  const pins = { 1: [11, 12, 13], 3: [5, 2, 3], 4: [6, 7, 8], 5: [46, 45, 44] } as const;
  const width = (pin: number) => 1000 + 37 * pin;
  const program = `int main(void) {
    DDRB = DDRE = DDRH = DDRL = 0xFF; GTCCR = _BV(TSM) | _BV(PSRSYNC);
    ${timers.map((n) => `TCCR${n}A = _BV(WGM11) | 0xA8; TCCR${n}B = _BV(WGM13) | _BV(WGM12) | _BV(CS11); ICR${n} = 39999; TCNT${n} = 39999;`).join('\n')}
    ${timers.flatMap((n) => letters.map((letter, i) => `OCR${n}${letter} = 2 * ${width(pins[n as 1][i])} - 1;`)).join('\n')}
    _delay_ms(3); GTCCR = 0; ${asleep} }`;

  test('get pulses that are exact, and all rise together', () => {
    const mega = board(program, { chip: 'atmega2560' });
    const pulses: ServoPulse[] = [];
    mega.parts.servos.onPulse = (pulse) => pulses.push(pulse);
    mega.run(3);
    expect(pulses).toEqual([]);
    mega.run(100);
    const order = [2, 3, 5, 6, 7, 8, 11, 12, 13, 44, 45, 46];
    expect([...mega.pulses()]).toEqual(order.map(width));
    const rises = new Map<number, number>();
    for (const { rise } of pulses) rises.set(rise, (rises.get(rise) ?? 0) + 1);
    expect([...rises.values()]).toEqual([12, 12, 12, 12, 12]);
    const times = [...rises.keys()];
    expect(new Set(times.slice(1).map((at, i) => at - times[i]))).toEqual(new Set([320_000]));
  });
});

test('a prescaler that is reset starts all its timers anew; without it they keep their phase', () => {
  const uno = board(
    `int main(void) { begin(34); TCCR0B = _BV(CS02) | _BV(CS00); TCCR1B = _BV(CS12) | _BV(CS10);
      while (TCNT0 < 2) {} _delay_us(32); GTCCR = _BV(PSRSYNC); uint8_t before = TCNT0; _delay_us(60); uint8_t early = TCNT0; _delay_us(8); uint8_t late = TCNT0;
      put(early - before); put(late - before); put(GTCCR);
      while (TCNT0 < 20) {} TCNT0 = 0; TCNT1 = 0; uint8_t same = 1; for (uint16_t i = 0; i < 2000; i++) { cli(); uint8_t a = TCNT0; uint8_t b = TCNT1; if (a != b && a != (uint8_t)(b - 1)) same = 0; } put(same); ${forever} }`,
  );
  uno.run(20);
  expect([...uno.takeOutput()]).toEqual([0, 1, 0, 1]);
});
