/** Which other programs have a port open, without opening it: by the kernel's open files, and by the lock files of old. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface HolderFolders {
  readonly proc: string;
  /** where minicom, cu and pppd put `LCK..ttyUSB0` (FHS, "/var/lock") */
  readonly locks: readonly string[];
}
const real: HolderFolders = { proc: '/proc', locks: ['/var/lock', '/run/lock'] };

/**
 * Other users' programs are seen only by root.
 * @param path real path of the port
 * @returns "process 123 (minicom)" each, ours left out
 */
export function foreignHolders(path: string, { proc, locks }: HolderFolders = real): string[] {
  const numbers = entries(proc).filter((name) => /^\d+$/.test(name));
  const open = numbers.filter((pid) => hasOpen(join(proc, pid, 'fd'), path));
  const locked = locks.flatMap((folder) => {
    const pid = read(join(folder, `LCK..${basename(path)}`)).trim();
    return /^\d+$/.test(pid) && numbers.includes(pid) ? [pid] : [];
  });
  const pids = [...new Set([...open, ...locked])].filter((pid) => Number(pid) !== process.pid);
  return pids.map((pid) => `process ${pid} (${read(join(proc, pid, 'comm')).trim() || 'unknown'})`);
}

function hasOpen(folder: string, path: string): boolean {
  return entries(folder).some((fd) => {
    try {
      return readlinkSync(join(folder, fd)) === path;
    } catch {
      return false;
    }
  });
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
