/** Small C programs for the emulated chip, built with avr-gcc. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmulatedBoard, type EmulatedBoardOptions } from '../../host/emulator/board';
import type { ChipName } from '../../host/emulator/chips/chip';

/** What every program begins with: `begin` opens the serial line (divisor as UBRR0 at double speed), `put` waits and sends. */
const common = `
#include <avr/io.h>
#include <avr/interrupt.h>
#include <avr/sleep.h>
#include <avr/wdt.h>
#include <util/delay.h>
#include <stdint.h>
static inline void begin(uint16_t divisor) { UBRR0 = divisor; UCSR0A = _BV(U2X0); UCSR0B = _BV(RXEN0) | _BV(TXEN0); }
static inline void put(uint8_t byte) { while (!(UCSR0A & _BV(UDRE0))) {} UDR0 = byte; }
`;

/** UBRR0 at double speed by baud, as the Arduino core sets them. */
export const divisors: Readonly<Record<number, number>> = { 57600: 34, 115200: 16, 250000: 7 };

/** Where the section `.far` begins on the Mega: beyond the first 128 KB of flash, two bytes below a multiple of 64 KB. */
const far = '0x2FFFE';

/** @returns the program as Intel HEX; on the Mega, what is in the section `.far` lies high up in the flash */
export function build(source: string, chip: ChipName = 'atmega328p'): string {
  const folder = mkdtempSync(join(tmpdir(), 'loom-avr-'));
  try {
    const [c, elf, hex] = ['program.c', 'program.elf', 'program.hex'].map((name) => join(folder, name));
    writeFileSync(c, common + source);
    const options = [
      `-mmcu=${chip}`,
      '-DF_CPU=16000000UL',
      '-std=gnu11',
      '-Os',
      '-Wall',
      '-Wno-unused-function',
      '-Werror',
      ...(chip === 'atmega2560' ? [`-Wl,--section-start=.far=${far}`] : []),
    ];
    execFileSync('avr-gcc', [...options, c, '-o', elf]);
    execFileSync('avr-objcopy', ['-O', 'ihex', '-R', '.eeprom', elf, hex]);
    return readFileSync(hex, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A board with the program in its flash; an Uno with heddles on pins unless the options say otherwise. */
export function board(source: string, options: Partial<EmulatedBoardOptions> = {}): EmulatedBoard {
  return new EmulatedBoard({
    hex: options.hex ?? build(source, options.chip),
    wiring: { outputs: 'pins', heddles: 12, leds: 0 },
    ...options,
  });
}

/** Cycles between the changes of a pin that the chip drives, in order. */
export function edgesOf(board: EmulatedBoard, pin: number): number[] {
  const edges: number[] = [];
  board.pins.watch(pin, () => edges.push(board.cycles));
  return edges;
}

/** Path of the pin tables of an Arduino board, from the Arduino core that is packaged by Debian. */
export const arduinoVariant = (name: string): string =>
  `/usr/share/arduino/hardware/arduino/avr/variants/${name}/pins_arduino.h`;
