import { expect, test } from 'vitest';
import { board } from './avr-program';

const access = `
static uint8_t get(uint16_t at) { EEAR = at; EECR |= _BV(EERE); return EEDR; }
static void set(uint16_t at, uint8_t value) { EEAR = at; EEDR = value; EECR |= _BV(EEMPE); EECR |= _BV(EEPE); }
static void settle(void) { while (EECR & _BV(EEPE)) {} }
`;

test('a byte lands at the end of its write; reading meanwhile gives 0xFF and is counted', () => {
  const uno = board(
    `${access} int main(void) {
    begin(34); set(5, 0x42); uint8_t early = get(6); settle(); put(early); put(get(6)); put(get(5)); for (;;) {}
  }`,
    { eeprom: Uint8Array.from([0, 0, 0, 0, 0, 0xff, 7]) },
  );
  uno.run(1);
  expect(uno.eeprom[5]).toBe(0xff);
  uno.run(10);
  expect([...uno.takeOutput()]).toEqual([0xff, 7, 0x42]);
  expect(uno.eeprom[5]).toBe(0x42);
  expect(uno.counts).toMatchObject({ readsWhileWriting: 1, writes: 1 });
});

test('EEPE does nothing unless EEMPE was set in the four cycles before', () => {
  const uno = board(`${access} int main(void) {
    EEAR = 7; EEDR = 1; EECR |= _BV(EEPE); EECR |= _BV(EEMPE); _delay_us(1); EECR |= _BV(EEPE); for (;;) {}
  }`);
  uno.run(10);
  expect(uno.eeprom[7]).toBe(0xff);
  expect(uno.counts.writes).toBe(0);
});

test('the ready interrupt comes after each byte', () => {
  const uno = board(`${access}
    static volatile uint8_t next = 1;
    ISR(EE_READY_vect) { if (next > 4) EECR &= ~_BV(EERIE); else { set(next, next * 11); next++; } }
    int main(void) { EECR |= _BV(EERIE); set_sleep_mode(SLEEP_MODE_IDLE); sei(); for (;;) sleep_mode(); }`);
  expect(uno.runUntil(() => uno.eeprom[4] === 44)).toBe(true);
  expect(uno.nowMs).toBeGreaterThan(4 * 3.3);
  expect([...uno.eeprom.slice(1, 6)]).toEqual([11, 22, 33, 44, 0xff]);
});

test('what is in it outlives resets and power cuts, but for the byte being written', () => {
  const uno = board(
    `${access} int main(void) { if (get(1) == 0xFF) { set(1, 17); settle(); } set(2, 34); for (;;) {} }`,
  );
  uno.run(5);
  uno.powerCut();
  uno.run(10);
  uno.reset();
  expect([uno.eeprom[1], uno.eeprom[2]]).toEqual([17, 34]);
  uno.run(1);
  uno.powerCut();
  expect([uno.eeprom[1], uno.eeprom[2]]).toEqual([17, 0xff]);
});

test('a reset lets a write finish; a power cut leaves in the byte whatever it likes', () => {
  const uno = board(`${access} int main(void) { if (get(1) == 0xFF) set(1, 17); settle(); set(2, 0x5A); for (;;) {} }`);
  uno.run(1);
  uno.reset();
  expect(uno.eeprom[1]).toBe(17);
  for (const torn of [0x00, 0xff, 0x3c]) {
    uno.run(1);
    uno.powerCut(torn);
    expect([...uno.eeprom.slice(1, 4)]).toEqual([17, torn, 0xff]);
  }
  uno.run(1);
  uno.brownOut(7);
  expect(uno.eeprom[2]).toBe(7);
});
