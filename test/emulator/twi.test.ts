import { expect, test } from 'vitest';
import { board, edgesOf } from './avr-program';

/** Steps of the two-wire interface that wait, and say the status they end in. */
const steps = `
static uint8_t step(uint8_t control) {
  TWCR = _BV(TWINT) | _BV(TWEN) | control;
  uint16_t patience = 0;
  while (!(TWCR & _BV(TWINT))) if (++patience == 20000) return 0xEE;
  return TWSR & 0xF8;
}
static void start(void) { put(step(_BV(TWSTA))); }
static void byte(uint8_t value) { TWDR = value; put(step(0)); }
static void stop(void) { TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO); while (TWCR & _BV(TWSTO)) {} }
`;
const wiring = { outputs: 'pca9685', heddles: 32, leds: 0 } as const;

function statuses(program: string, prepare: (uno: ReturnType<typeof board>) => void = () => {}): string {
  const uno = board(`${steps} int main(void) { begin(34); TWBR = 12; ${program} for (;;) {} }`, { wiring });
  prepare(uno);
  uno.run(100);
  return Buffer.from(uno.takeOutput()).toString('hex');
}
const write = 'start(); byte(0x40 << 1); byte(0xFE); byte(121); stop();';

test('a board that is there acknowledges its address and its bytes', () => {
  expect(statuses(write)).toBe('08182828');
});

test('nobody answers for a board that is missing', () => {
  expect(statuses('start(); byte(0x55 << 1); stop();')).toBe('0820');
  expect(statuses('start(); byte(0x40 << 1); stop();', ({ parts }) => parts.bus.unplug(parts.boards[0]))).toBe('0820');
});

test('the nth data byte can be refused', () => {
  expect(statuses(write, ({ parts }) => parts.bus.refuse(2))).toBe('08182830');
});

test('a register is read back after a repeated start', () => {
  const read = 'start(); byte(0x41 << 1 | 1); put(step(_BV(TWEA))); put(TWDR); put(step(0)); put(TWDR); stop();';
  const modes = `start(); byte(0x41 << 1); byte(0x00); byte(0x31); start(); byte(0x41 << 1); byte(0x00); ${read}`;
  expect(statuses(modes)).toBe(`08182828${'101828'}${'10405031'}5804`);
});

test('a call to all is heard by all, and a software reset resets them', () => {
  const uno = board(
    `${steps} int main(void) { begin(34); TWBR = 12; start(); byte(0x70 << 1); byte(0); byte(0x21); stop(); _delay_ms(5); start(); byte(0); byte(6); stop(); for (;;) {} }`,
    { wiring },
  );
  const mode = () => uno.parts.boards.map((each) => each.register(0));
  uno.run(4);
  expect(mode()).toEqual([0x21, 0x21]);
  uno.run(10);
  expect(mode()).toEqual([0x11, 0x11]);
  expect(Buffer.from(uno.takeOutput()).toString('hex')).toBe('08182828081828');
});

test('its interrupt comes after each step, and TWINT stays until it is cleared', () => {
  const uno = board(
    `static volatile uint8_t at;
    static const uint8_t out[] = {0x40 << 1, 0xFE, 121};
    ISR(TWI_vect) {
      put(TWSR & 0xF8);
      if (at == sizeof out) TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
      else { TWDR = out[at++]; TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWIE); }
    }
    int main(void) {
      begin(34); TWBR = 12; TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWIE) | _BV(TWSTA);
      set_sleep_mode(SLEEP_MODE_IDLE); sei(); for (;;) sleep_mode();
    }`,
    { wiring },
  );
  uno.run(5);
  expect(Buffer.from(uno.takeOutput()).toString('hex')).toBe('08182828');
  expect(uno.parts.boards[0].register(0xfe)).toBe(121);
});

test('a byte takes nine clocks of the rate that TWBR sets', () => {
  const uno = board(
    `int main(void) { DDRB = 1; TWBR = 12; TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTA); while (!(TWCR & _BV(TWINT))) {}
      TWDR = 0x80; PINB = 1; TWCR = _BV(TWINT) | _BV(TWEN); while (!(TWCR & _BV(TWINT))) {} PINB = 1; for (;;) {} }`,
    { wiring },
  );
  const edges = edgesOf(uno, 8);
  uno.run(1);
  // 16 MHz / 400 kHz × 9, and the loop's own few cycles
  expect(edges[1] - edges[0]).toBeGreaterThanOrEqual(360);
  expect(edges[1] - edges[0]).toBeLessThan(380);
});

test('nothing starts while a board holds SDA, until it has had its clocks', () => {
  const held = ({ parts }: ReturnType<typeof board>) => parts.bus.holdSda(9);
  const clocks = (count: number) => `
    TWCR = 0; for (uint8_t i = 0; i < ${count}; i++) { DDRC |= _BV(5); _delay_us(5); DDRC &= ~_BV(5); _delay_us(5); }
    put(PINC & _BV(4) ? 1 : 0); start();`;
  expect(statuses(`put(PINC & _BV(4) ? 1 : 0); start(); ${clocks(9)}`, held)).toBe('00ee0108');
  expect(statuses(clocks(8), held)).toBe('00ee');
});

test('from the nth data byte on all are refused, until the bus is in order again', () => {
  const twice = `${write} ${write}`;
  const refused = statuses(`${twice}`, ({ parts }) => parts.bus.refuseFrom(2));
  expect(refused).toBe('08182830' + '08183030');
  const uno = board(
    `${steps} int main(void) { begin(34); TWBR = 12; for (;;) { while (!(UCSR0A & _BV(RXC0))) {} UDR0; ${write} } }`,
    { wiring },
  );
  const turn = () => {
    uno.send([1]);
    uno.run(5);
    return Buffer.from(uno.takeOutput()).toString('hex');
  };
  uno.run(1);
  uno.parts.bus.refuseFrom(1);
  expect(turn()).toBe('08183030');
  uno.parts.bus.restore();
  expect(turn()).toBe('08182828');
  uno.parts.bus.unplug(uno.parts.boards[0]);
  expect(turn()).toBe('08203030');
  uno.parts.bus.restore();
  expect(turn()).toBe('08182828');
});

test('with SDA shorted to ground nothing starts, however many clocks it gets', () => {
  const shorted = ({ parts }: ReturnType<typeof board>) => parts.bus.holdSda(Number.POSITIVE_INFINITY);
  const clocks =
    'TWCR = 0; for (uint8_t i = 0; i < 100; i++) { DDRC |= _BV(5); _delay_us(5); DDRC &= ~_BV(5); _delay_us(5); }';
  expect(statuses(`start(); ${clocks} put(PINC & _BV(4) ? 1 : 0); start();`, shorted)).toBe('ee00ee');
});

test('with SCL held low nothing starts and nothing goes on; let go, it does', () => {
  expect(statuses('put(PINC & _BV(5) ? 1 : 0); start();', ({ parts }) => parts.bus.holdScl(true))).toBe('00ee');
  const uno = board(
    `${steps} int main(void) { begin(34); TWBR = 12; start(); put(step(0)); _delay_ms(2); TWDR = 0x40 << 1; put(step(0)); for (;;) {} }`,
    { wiring },
  );
  uno.run(0.2);
  uno.parts.bus.holdScl(true);
  uno.run(5);
  expect(uno.takeOutput().length).toBeLessThan(3);
  uno.parts.bus.holdScl(false);
  uno.run(30);
  expect(uno.takeOutput().length).toBeGreaterThan(0);
});

test('SDA that falls in the middle of a byte is arbitration lost', () => {
  const uno = board(
    `${steps} int main(void) { begin(34); TWBR = 12; start(); byte(0x40 << 1); put('-'); _delay_ms(2); byte(0xFE); for (;;) {} }`,
    { wiring },
  );
  uno.run(1.5);
  expect(Buffer.from(uno.takeOutput()).toString('hex')).toBe('08182d');
  uno.parts.bus.holdSda(9);
  uno.run(3);
  expect(Buffer.from(uno.takeOutput()).toString('hex')).toBe('38');
  // The nine clocks of that byte have freed it.
  expect(uno.parts.bus.held).toBe(false);
});
