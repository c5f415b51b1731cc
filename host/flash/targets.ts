/** The boards that can be flashed: their chip, their bootloader, and the firmware that fits (docs/flashing.md). */
import { dirname, join } from 'node:path';
import type { mcus } from '../../protocol/wire.table';
import { shippedFirmware } from '../paths';

export interface FlashTarget {
  readonly title: string;
  /** as the wire table names it */
  readonly mcu: keyof typeof mcus;
  /** as its maker names it */
  readonly chip: string;
  /** six hexadecimal digits (data sheet, "Signature Bytes") */
  readonly signature: string;
  /** avrdude's name of the chip */
  readonly part: string;
  /** avrdude's name of the bootloader's protocol */
  readonly programmer: 'arduino' | 'wiring';
  /** the bootloader's rate */
  readonly baud: number;
  /** bytes of flash below the bootloader (upload.maximum_size of the Arduino AVR core) */
  readonly room: number;
  /** the firmware that came with this program */
  readonly hex: string;
  /** what to try when the bootloader does not answer */
  readonly otherwise: string;
}

const built = dirname(shippedFirmware);
const atmega328p = { mcu: 'atmega328p', chip: 'ATmega328P', signature: '1e950f', part: 'm328p' } as const;

export const flashTargets = {
  uno: {
    title: 'Arduino Uno',
    ...atmega328p,
    ...{ programmer: 'arduino', baud: 115200, room: 32256, hex: join(built, 'loom-uno.hex') },
    otherwise: 'If it is a Nano, say --board nano or --board nano-old; a Mega is --board mega.',
  },
  nano: {
    title: 'Arduino Nano (sold since 2018)',
    ...atmega328p,
    ...{ programmer: 'arduino', baud: 115200, room: 30720, hex: join(built, 'loom-uno.hex') },
    otherwise: 'Older Nanos and most clones have the old bootloader: try --board nano-old.',
  },
  'nano-old': {
    title: 'Arduino Nano with the old bootloader',
    ...atmega328p,
    ...{ programmer: 'arduino', baud: 57600, room: 30720, hex: join(built, 'loom-uno.hex') },
    otherwise: 'Newer Nanos have the Uno’s bootloader: try --board nano.',
  },
  mega: {
    title: 'Arduino Mega 2560',
    ...{ mcu: 'atmega2560', chip: 'ATmega2560', signature: '1e9801', part: 'm2560' },
    ...{ programmer: 'wiring', baud: 115200, room: 253952, hex: join(built, 'loom-mega.hex') },
    otherwise: 'If it is an Uno, say --board uno.',
  },
} as const satisfies Record<string, FlashTarget>;

export type FlashBoard = keyof typeof flashTargets;
export const flashBoards = Object.keys(flashTargets) as FlashBoard[];

/** What a board is whose USB id is known, null where an adapter hides it. `title` as usb-ids.ts gives it. */
export function boardOfTitle(title: string): FlashBoard | null {
  if (title.startsWith('Arduino Uno')) return 'uno';
  return title.startsWith('Arduino Mega') ? 'mega' : null;
}
