import { expect, test } from 'vitest';
import type { ServoPulse } from '../../host/emulator/parts/direct-servos';
import { board } from './avr-program';

test('a direct servo’s pulse is measured from edge to edge, in cycles', () => {
  const uno = board(
    'int main(void) { DDRD = _BV(2); for (;;) { PORTD |= _BV(2); _delay_us(1500); PORTD &= ~_BV(2); _delay_us(500); } }',
  );
  const pulses: ServoPulse[] = [];
  uno.parts.servos.onPulse = (pulse) => pulses.push(pulse);
  uno.run(10);
  expect(pulses.length).toBeGreaterThan(3);
  for (const { heddle, rise, fall } of pulses) {
    expect(heddle).toBe(0);
    // SBI takes two cycles, and _delay_us is exact to a few
    expect(Math.abs(fall - rise - 24_002)).toBeLessThanOrEqual(4);
  }
  expect(uno.pulses()[0]).toBeCloseTo(1500, 0);
  expect([...uno.pulses()].slice(1)).toEqual(new Array(11).fill(0));
});

const contacts = `int main(void) {
  begin(34); PORTC = _BV(3) | _BV(4) | _BV(5);
  uint8_t last = 0xFF;
  for (;;) { uint8_t now = PINC >> 3 & 7; if (now != last) { last = now; put(now); } }
}`;

test('treadles close to ground, the e-stop opens from it', () => {
  const uno = board(contacts);
  const { treadle, back, estop } = uno.parts;
  const acts = [
    () => treadle.press(),
    () => treadle.release(),
    () => back.press(),
    () => back.release(),
    () => estop.open(),
  ];
  uno.run(1);
  for (const act of acts) {
    act();
    uno.run(1);
  }
  expect([...uno.takeOutput()]).toEqual([0b011, 0b010, 0b011, 0b001, 0b011, 0b111]);
});

test('hands in the shed close a switch of their own', () => {
  const uno = board(
    `int main(void) { begin(34); PORTB = _BV(4); for (;;) { while (!(UCSR0A & _BV(RXC0))) {} UDR0; put(PINB & _BV(4) ? 'o' : 'i'); } }`,
  );
  const look = () => {
    uno.send([0]);
    uno.run(2);
    return Buffer.from(uno.takeOutput()).toString();
  };
  uno.run(1);
  expect(look()).toBe('o');
  uno.parts.hands.close();
  expect(look()).toBe('i');
  uno.parts.hands.open();
  expect(look()).toBe('o');
});

test('a contact can bounce', () => {
  const uno = board(contacts);
  uno.parts.treadle.bounceMs = 2;
  uno.run(1);
  uno.takeOutput();
  uno.parts.treadle.press();
  uno.run(5);
  const seen = [...uno.takeOutput()];
  expect(seen.length).toBeGreaterThan(5);
  expect(seen.at(-1)).toBe(0b010);
});

test('a pin that nothing drives reads high', () => {
  const uno = board('int main(void) { begin(34); put(PINB); for (;;) {} }');
  uno.run(1);
  expect(uno.takeOutput()[0] & 0x3f).toBe(0x3f);
});
