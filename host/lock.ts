/** A lock file: one process at a time, and a holder that died holds nothing. Never waits. */
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { LoomError } from './errors';

export interface Lock {
  /** Lets go; a second call does nothing. */
  release(): void;
}

const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** tells a process from a later one with the same pid; null where the system does not say */
  started: z.string().nullable(),
  command: z.string(),
  /** tells this lock from every other */
  mark: z.string(),
});
export type Holder = z.infer<typeof holderSchema>;

/**
 * Takes the lock at `path`; missing folders are made.
 * @param what what is locked, in words: "the journal …", "/dev/ttyUSB0"
 * @throws LoomError busy, naming the process that holds it
 */
export function lock(path: string, what: string): Lock {
  mkdirSync(dirname(path), { recursive: true });
  const mark = `${process.pid}-${process.hrtime.bigint()}`;
  const mine: Holder = { pid: process.pid, started: startOf(process.pid), command: ourCommand(), mark };
  // Written aside and linked into place: whoever finds the lock finds all of it.
  const aside = `${path}.${mark}`;
  writeFileSync(aside, JSON.stringify(mine));
  try {
    while (!takes(aside, path)) {
      const text = read(path);
      const holder = parse(text);
      if (holder && lives(holder)) throw busy(what, holder);
      if (text !== null) bury(path, text, `${aside}.stale`);
    }
  } finally {
    unlinkSync(aside);
  }
  return {
    release() {
      if (parse(read(path))?.mark === mark) unlinkSync(path);
    },
  };
}

/** Who holds the lock at `path`; null when nobody alive does. */
export function holderOf(path: string): Holder | null {
  const holder = parse(read(path));
  return holder && lives(holder) ? holder : null;
}

function busy(what: string, { pid, command }: Holder): LoomError {
  return new LoomError('busy', `${what} is in use by process ${pid} (${command}). End that one first.`);
}

function takes(aside: string, path: string): boolean {
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a dead holder's lock away, unless somebody else was quicker and it is a living one by now. */
function bury(path: string, dead: string, grave: string): void {
  try {
    renameSync(path, grave);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (read(grave) !== dead) takes(grave, path);
  unlinkSync(grave);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A file torn by a power cut names nobody. */
function parse(text: string | null): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

function lives({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return startOf(pid) === started;
}

/** When the process started, in the kernel's ticks since boot (proc(5), field 22); null for a zombie or without /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : fields[19];
  } catch {
    return null;
  }
}

function ourCommand(): string {
  const [, script = 'node', ...rest] = process.argv;
  return [basename(script).replace(/\.[jt]s$/, ''), ...rest].join(' ').slice(0, 200);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
