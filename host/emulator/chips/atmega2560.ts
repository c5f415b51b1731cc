/** The ATmega2560 of the Arduino Mega, without USART1–3, the external memory interface and the analog comparator. */
import { type ADCMuxConfiguration, ADCMuxInputType, adcConfig } from '../avr8js';
import { bitsOf, type Chip, type Place, timer0, timer2, timer16, vector } from './chip';

const ports = [0x20, 0x23, 0x26, 0x29, 0x2c, 0x2f, 0x32, 0x100, 0x103, 0x106, 0x109].map((PIN) => ({ PIN }));
/** in the order of `ports`: there is no port I */
const letters = 'ABCDEFGHJKL';
const portOf = (letter: string): number => letters.indexOf(letter);
/** `E5` is PE5 */
const place = (name: string): Place => ({ port: portOf(name[0]), bit: Number(name[1]) });

/** Pins 0–69 as the Arduino Mega numbers them; A0 is 54. */
const pins = [
  ...'E0 E1 E4 E5 G5 E3 H3 H4 H5 H6 B4 B5 B6 B7 J1 J0 H1 H0 D3 D2 D1 D0'.split(' ').map(place),
  ...bitsOf(portOf('A')),
  ...bitsOf(portOf('C')).reverse(),
  ...'D7 G2 G1 G0'.split(' ').map(place),
  ...bitsOf(portOf('L')).reverse(),
  ...'B3 B2 B1 B0'.split(' ').map(place),
  ...bitsOf(portOf('F')),
  ...bitsOf(portOf('K')),
];

const analogPins = Array.from({ length: 16 }, (_, channel): [number, ADCMuxConfiguration[number]] => [
  // "MUX5:0": ADC0–7 are 0–7, ADC8–15 are 32–39 (table 26-4).
  channel < 8 ? channel : channel + 24,
  { type: ADCMuxInputType.SingleEnded, channel },
]);

export const atmega2560: Chip = {
  name: 'atmega2560',
  ...{ flashBytes: 0x40000, eepromBytes: 4096, sramBytes: 8192, sramStart: 0x200 },
  ports,
  pins,
  external: Array.from({ length: 8 }, (_, n) => ({
    place: place(n < 4 ? `D${n}` : `E${n}`),
    ...{ control: n < 4 ? 0x69 : 0x6a, shift: 2 * (n % 4), vector: vector(1 + n) },
  })),
  pinChange: [bitsOf(portOf('B')), [place('E0'), ...bitsOf(portOf('J')).slice(0, 7)], bitsOf(portOf('K'))].map(
    (places, n) => ({ mask: 0x6b + n, vector: vector(9 + n), places }),
  ),
  timers: [
    timer0({ compare: [vector(21), vector(22)], overflow: vector(23), pins: [13, 4] }),
    timer16(1, 0x80, {
      ...{ compare: [17, 18, 19].map(vector), capture: vector(16), overflow: vector(20), pins: [11, 12, 13] },
    }),
    timer2({ compare: [vector(13), vector(14)], overflow: vector(15), pins: [10, 9] }),
    timer16(3, 0x90, {
      ...{ compare: [32, 33, 34].map(vector), capture: vector(31), overflow: vector(35), pins: [5, 2, 3] },
    }),
    timer16(4, 0xa0, {
      ...{ compare: [42, 43, 44].map(vector), capture: vector(41), overflow: vector(45), pins: [6, 7, 8] },
    }),
    timer16(5, 0x120, {
      ...{ compare: [47, 48, 49].map(vector), capture: vector(46), overflow: vector(50), pins: [46, 45, 44] },
    }),
  ],
  adc: {
    ...{ ...adcConfig, adcInterrupt: vector(29), numChannels: 16, muxInputMask: 0x3f },
    muxChannels: {
      ...Object.fromEntries(analogPins),
      30: { type: ADCMuxInputType.Constant, voltage: 1.1 },
      31: { type: ADCMuxInputType.Constant, voltage: 0 },
    },
  },
  spiPins: [51, 52],
  vectors: {
    ...{ watchdog: vector(12), spi: vector(24), received: vector(25), registerEmpty: vector(26), sent: vector(27) },
    ...{ eeprom: vector(30), twi: vector(39) },
  },
};
