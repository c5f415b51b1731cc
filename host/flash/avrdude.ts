/** avrdude as a process: found on PATH, its command lines, its progress. It does the writing; we never speak a bootloader's protocol. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AvrdudeProgress, type Progress } from './progress';
import type { FlashTarget } from './targets';

/** What remains of a run. */
export interface AvrdudeRun {
  readonly code: number | null;
  /** all that it wrote, both streams */
  readonly said: string;
}

/** The avrdude that PATH leads to, or null. */
export function findAvrdude(path = process.env.PATH ?? ''): string | null {
  const names = process.platform === 'win32' ? ['avrdude.exe'] : ['avrdude'];
  const places = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder || '.', name)));
  return places.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Reads the signature, which avrdude does before anything else, and does nothing. */
export function signatureArguments({ part, programmer, baud }: FlashTarget, port: string): string[] {
  return ['-p', part, '-c', programmer, '-P', port, '-b', String(baud), '-n'];
}

/** Writes and reads back. -D: nothing is erased as a whole, so that a bootloader never gets to the EEPROM. */
export function writeArguments({ part, programmer, baud }: FlashTarget, port: string, hex: string): string[] {
  return ['-p', part, '-c', programmer, '-P', port, '-b', String(baud), '-D', '-U', `flash:w:${hex}:i`];
}

/** A command line as a person can paste it into a shell. */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}

/** Signature of the chip, six hexadecimal digits, as any avrdude since 5 says it; null when it said none. */
export function signatureIn(said: string): string | null {
  return /device signature = 0x([0-9a-f]{6})/i.exec(said)?.[1].toLowerCase() ?? null;
}

/**
 * Runs avrdude to its end. It gets a process group of its own: Ctrl-C in the terminal reaches us, who let a writing one end.
 * @param hear called as far as it gets
 * @param started given a function that ends it, for those who must
 */
export function runAvrdude(
  program: string,
  args: readonly string[],
  hear: (progress: Progress) => void = () => {},
  started: (end: () => void) => void = () => {},
): Promise<AvrdudeRun> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env });
    const progress = new AvrdudeProgress(hear);
    let said = '';
    const take = (text: string) => {
      said += text;
      progress.take(text);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
    started(() => child.kill('SIGKILL'));
  });
}
