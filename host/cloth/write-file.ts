/** Files that a command makes: the whole file or none of it; one that is there already stays until the new one is complete. */
import { realpathSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { LoomError } from '../errors';

/** @throws LoomError failed when it cannot be written */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, content);
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    throw new LoomError('failed', `${file} cannot be written (${code}). Check the folder and its permissions.`, {
      cause,
    });
  }
}

/** What is read is never written over. @throws LoomError usage */
export function mustDiffer(out: string, from: string): void {
  const whole = (path: string): string | null => {
    try {
      return realpathSync(path);
    } catch {
      return null;
    }
  };
  if (whole(out) !== null && whole(out) === whole(from))
    throw new LoomError('usage', `${out} is the file that is read. Give --out another name.`);
}
