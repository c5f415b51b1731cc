/** Small C programs for the emulated chip, built with avr-gcc. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmulatedUno, type EmulatedUnoOptions } from '../../host/emulator/uno';

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

/** @returns the program as Intel HEX */
export function build(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'loom-avr-'));
  try {
    const [c, elf, hex] = ['program.c', 'program.elf', 'program.hex'].map((name) => join(folder, name));
    writeFileSync(c, common + source);
    const options = [
      '-mmcu=atmega328p',
      '-DF_CPU=16000000UL',
      '-std=gnu11',
      '-Os',
      '-Wall',
      '-Wno-unused-function',
      '-Werror',
    ];
    execFileSync('avr-gcc', [...options, c, '-o', elf]);
    execFileSync('avr-objcopy', ['-O', 'ihex', '-R', '.eeprom', elf, hex]);
    return readFileSync(hex, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A board with the program in its flash; heddles on pins unless the options say otherwise. */
export function board(source: string, options: Partial<EmulatedUnoOptions> = {}): EmulatedUno {
  return new EmulatedUno({ hex: build(source), wiring: { outputs: 'pins', heddles: 12, leds: 0 }, ...options });
}

/** Cycles between the changes of a pin that the chip drives, in order. */
export function edgesOf(uno: EmulatedUno, pin: number): number[] {
  const edges: number[] = [];
  uno.pins.watch(pin, () => edges.push(uno.cycles));
  return edges;
}
