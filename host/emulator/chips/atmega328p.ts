/** The ATmega328P of the Arduino Uno and Nano. */
import { adcConfig } from '../avr8js';
import { bitsOf, type Chip, timer0, timer2, timer16, vector } from './chip';

const [B, C, D] = [0, 1, 2];

export const atmega328p: Chip = {
  name: 'atmega328p',
  ...{ flashBytes: 0x8000, eepromBytes: 1024, sramBytes: 2048, sramStart: 0x100 },
  ports: [{ PIN: 0x23 }, { PIN: 0x26 }, { PIN: 0x29 }],
  // 0–7 = PD0–7, 8–13 = PB0–5, A0–A5 (14–19) = PC0–5
  pins: [...bitsOf(D), ...bitsOf(B).slice(0, 6), ...bitsOf(C).slice(0, 6)],
  external: [0, 1].map((n) => ({
    ...{ place: { port: D, bit: 2 + n }, control: 0x69, shift: 2 * n, vector: vector(1 + n) },
  })),
  pinChange: [B, C, D].map((port, n) => ({ mask: 0x6b + n, vector: vector(3 + n), places: bitsOf(port) })),
  timers: [
    timer0({ compare: [vector(14), vector(15)], overflow: vector(16), pins: [6, 5] }),
    timer16(1, 0x80, {
      ...{ compare: [vector(11), vector(12)], capture: vector(10), overflow: vector(13), pins: [9, 10] },
    }),
    timer2({ compare: [vector(7), vector(8)], overflow: vector(9), pins: [11, 3] }),
  ],
  adc: adcConfig,
  spiPins: [11, 13],
  vectors: {
    ...{ watchdog: vector(6), spi: vector(17), received: vector(18), registerEmpty: vector(19), sent: vector(20) },
    ...{ eeprom: vector(22), twi: vector(24) },
  },
};
