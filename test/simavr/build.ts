/** Builds the programs of this folder with gcc, and a bootloader from Debian's sources, into a folder of the test's own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone when the process ends. */
export const scratch = mkdtempSync(join(tmpdir(), 'loom-simavr-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

const made = new Map<string, string>();

/** @returns path of the program made of `NAME.c` and what it needs */
export function buildProgram(name: 'dialogue' | 'bootloader'): string {
  const known = made.get(name);
  if (known) return known;
  const program = join(scratch, name);
  const sources = [name, 'chip', 'eeprom'].map((source) => join(__dirname, `${source}.c`));
  const warnings = ['-Wall', '-Wextra', '-Werror'];
  execFileSync('gcc', ['-std=gnu11', '-O2', ...warnings, ...sources, '-o', program, '-lsimavr']);
  made.set(name, program);
  return program;
}

const bootloaders = '/usr/share/arduino/hardware/arduino/avr/bootloaders';

/** Bootloaders as Debian's arduino-core-avr carries them, Intel HEX. */
export const packagedBootloaders = {
  'nano-old': join(bootloaders, 'atmega', 'ATmegaBOOT_168_atmega328.hex'),
  mega: join(bootloaders, 'stk500v2', 'stk500boot_v2_mega2560.hex'),
} as const;

/** Where its half kilobyte begins. */
const optibootAt = { atmega328p: 0x7e00, atmega168: 0x3e00 } as const;

/**
 * Optiboot at 115,200 baud, built from the source in the same package. Its hex there is of no use: as Debian's compiler
 * makes it, it is 20 bytes longer than the 512 that there are before the flash ends. Without the flashing LED it fits.
 * @returns path of its Intel HEX file
 */
export function buildOptiboot(mcu: keyof typeof optibootAt = 'atmega328p'): string {
  const hex = join(scratch, `optiboot-${mcu}.hex`);
  if (made.has(hex)) return hex;
  const elf = join(scratch, `optiboot-${mcu}.elf`);
  // Options of that folder's own Makefile, but for LED_START_FLASHES.
  const size = ['-Os', '-fno-inline-small-functions', '-fno-split-wide-types', '-mshort-calls'];
  const board = [`-mmcu=${mcu}`, '-DF_CPU=16000000L', '-DLED_START_FLASHES=0', '-DBAUD_RATE=115200'];
  const hexadecimal = (address: number) => `0x${address.toString(16)}`;
  const start = optibootAt[mcu];
  const sections = [
    `-Wl,--section-start=.text=${hexadecimal(start)}`,
    `-Wl,--section-start=.version=${hexadecimal(start + 0x1fe)}`,
  ];
  const link = ['-Wl,--relax', '-Wl,--gc-sections', '-nostartfiles', '-nostdlib'];
  const source = join(bootloaders, 'optiboot', 'optiboot.c');
  execFileSync('avr-gcc', ['-w', ...size, ...board, ...sections, ...link, source, '-o', elf]);
  const parts = ['-j', '.text', '-j', '.data', '-j', '.version', '--set-section-flags', '.version=alloc,load'];
  execFileSync('avr-objcopy', [...parts, '-O', 'ihex', elf, hex]);
  made.set(hex, hex);
  return hex;
}
