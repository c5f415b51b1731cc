/** The firmware that is to be written: a file that is whole, and that fits below the bootloader. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { flashFromHex } from '../emulator/hex';
import { LoomError } from '../errors';
import type { FlashTarget } from './targets';

export interface FirmwareFile {
  readonly path: string;
  /** bytes up to the last one that is not erased */
  readonly bytes: number;
}

/**
 * @param path an Intel HEX file; the one that came with this program when left out
 * @throws LoomError configuration: missing, damaged, empty or too big
 */
export function firmwareFile(target: FlashTarget, path: string = target.hex): FirmwareFile {
  const words = wordsOf(path, target);
  let bytes = words.length * 2;
  while (bytes > 0 && words[bytes / 2 - 1] === 0xffff) bytes -= 2;
  if (bytes === 0) throw new LoomError('configuration', `${path} holds no program.`);
  if (bytes > target.room)
    throw new LoomError(
      'configuration',
      `${path} takes ${bytes} bytes; ${target.title} has ${target.room} below its bootloader. Is it made for another board?`,
    );
  return { path, bytes };
}

function wordsOf(path: string, target: FlashTarget): Uint16Array {
  const text = textOf(path, target);
  try {
    return flashFromHex(text, target.room + bootloaders);
  } catch (error) {
    throw new LoomError('configuration', `${path} cannot be flashed. ${(error as Error).message}`, { cause: error });
  }
}

/** Room for a file that runs into the bootloader, so that it is refused for that and not as damaged. */
const bootloaders = 8192;

function textOf(path: string, target: FlashTarget): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy =
      path === target.hex
        ? `${basename(path)} did not come with this program: build it with npm run firmware, or say --hex FILE.`
        : 'Check the path after --hex.';
    throw new LoomError('configuration', `${path} cannot be read (${code}). ${remedy}`, { cause: error });
  }
}
