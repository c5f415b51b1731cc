/** What the emulator must know of a microcontroller and the Arduino board around it: sizes, registers, vectors, pins. */
import type { ADCConfig } from '../avr8js';

export const chipNames = ['atmega328p', 'atmega2560'] as const;
export type ChipName = (typeof chipNames)[number];

/** Data addresses of a port's PIN register; DDR and PORT follow it. */
export interface PortRegisters {
  readonly PIN: number;
}

/** A pin of the chip: index into `ports`, and bit. */
export interface Place {
  readonly port: number;
  readonly bit: number;
}

/** INTn: `control` is EICRA or EICRB, `shift` the place of its two sense bits. */
export interface ExternalInterrupt {
  readonly place: Place;
  readonly control: number;
  readonly shift: number;
  readonly vector: number;
}

/** PCIn: one vector for up to eight pins, masked by a register of their own. */
export interface PinChange {
  readonly mask: number;
  readonly vector: number;
  /** by bit of `mask` */
  readonly places: readonly Place[];
}

export interface TimerConfig {
  readonly bits: 8 | 16;
  /** the asynchronous timer has a prescaler of its own */
  readonly prescaler: 'shared' | 'own';
  readonly TCCRA: number;
  readonly TCCRB: number;
  readonly TCNT: number;
  /** OCRnA, OCRnB and, where there is one, OCRnC */
  readonly OCR: readonly number[];
  /** 0 = none */
  readonly ICR: number;
  readonly TIMSK: number;
  readonly TIFR: number;
  /** vectors, as word addresses; `compare` in the order of OCR; `capture` 0 = none */
  readonly compare: readonly number[];
  readonly capture: number;
  readonly overflow: number;
  /** Arduino numbers of the pins OCnA, OCnB, OCnC */
  readonly pins: readonly number[];
  /** by clock select bits; 0 = stopped (or an external clock, which nothing here drives) */
  readonly dividers: readonly number[];
}

export interface Chip {
  readonly name: ChipName;
  /** bytes */
  readonly flashBytes: number;
  readonly eepromBytes: number;
  readonly sramBytes: number;
  /** data address of the first byte of SRAM: everything below is a register */
  readonly sramStart: number;
  readonly ports: readonly PortRegisters[];
  /** by Arduino pin number */
  readonly pins: readonly Place[];
  readonly external: readonly ExternalInterrupt[];
  readonly pinChange: readonly PinChange[];
  readonly timers: readonly TimerConfig[];
  readonly adc: ADCConfig;
  /** Arduino numbers of MOSI and SCK */
  readonly spiPins: readonly [mosi: number, sck: number];
  /** word addresses */
  readonly vectors: {
    readonly watchdog: number;
    readonly spi: number;
    readonly received: number;
    readonly registerEmpty: number;
    readonly sent: number;
    readonly eeprom: number;
    readonly twi: number;
  };
}

/** Word address of a vector: every one has room for a JMP. */
export const vector = (number: number): number => 2 * number;

/** A port's eight pins, from bit 0 to bit 7. */
export const bitsOf = (port: number): Place[] => Array.from({ length: 8 }, (_, bit) => ({ port, bit }));

const dividers = [0, 1, 8, 64, 256, 1024, 0, 0];
const ownDividers = [0, 1, 8, 32, 64, 128, 256, 1024];

type Vectors = Pick<TimerConfig, 'compare' | 'capture' | 'overflow' | 'pins'>;

/** Timer 0: the same registers on both chips. */
export function timer0(vectors: Omit<Vectors, 'capture'>): TimerConfig {
  return {
    ...{ bits: 8, prescaler: 'shared', TCCRA: 0x44, TCCRB: 0x45, TCNT: 0x46, OCR: [0x47, 0x48], ICR: 0, TIMSK: 0x6e },
    ...{ TIFR: 0x35, dividers, capture: 0, ...vectors },
  };
}

/** Timer 2: the same registers on both chips. */
export function timer2(vectors: Omit<Vectors, 'capture'>): TimerConfig {
  return {
    ...{ bits: 8, prescaler: 'own', TCCRA: 0xb0, TCCRB: 0xb1, TCNT: 0xb2, OCR: [0xb3, 0xb4], ICR: 0, TIMSK: 0x70 },
    ...{ TIFR: 0x37, dividers: ownDividers, capture: 0, ...vectors },
  };
}

/** Timers 1, 3, 4 and 5: sixteen registers from TCCRnA on, laid out alike. */
export function timer16(number: 1 | 3 | 4 | 5, TCCRA: number, vectors: Vectors): TimerConfig {
  const OCR = vectors.compare.map((_, index) => TCCRA + 8 + 2 * index);
  return {
    ...{ bits: 16, prescaler: 'shared', TCCRA, TCCRB: TCCRA + 1, TCNT: TCCRA + 4, ICR: TCCRA + 6, OCR },
    ...{ TIMSK: 0x6e + number, TIFR: 0x35 + number, dividers, ...vectors },
  };
}
