/** The journal: append-only lines, each fsynced off the event loop before its promise resolves. A torn last line is left out. */
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LoomError } from '../errors';
import { type JournalEntry, journalEntry, type NewEntry } from './entries';

export interface JournalText {
  readonly entries: JournalEntry[];
  /** length in bytes of the lines that are whole */
  readonly whole: number;
  /** bytes after them: a line that was being written when the power went */
  readonly torn: number;
}

/**
 * Reads the lines of a journal.
 * @throws LoomError failed when a line before the last is not a journal entry (the file was edited or damaged)
 */
export function readEntries(bytes: Buffer, name: string): JournalText {
  const entries: JournalEntry[] = [];
  let from = 0;
  for (let line = 1; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    if (end < 0) break;
    const entry = parse(bytes.toString('utf8', from, end));
    if (!entry) {
      if (end === bytes.length - 1) break;
      throw new LoomError(
        'failed',
        `${name}, line ${line}: not a journal entry. Keep the file, and start anew with --fresh (it is archived, not deleted).`,
      );
    }
    entries.push(entry);
    from = end + 1;
  }
  return { entries, whole: from, torn: bytes.length - from };
}

function parse(line: string): JournalEntry | null {
  try {
    return journalEntry.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

export class Journal {
  private file: FileHandle | null = null;
  private last: Promise<void> = Promise.resolve();
  private lines: string[] = [];
  private flushing: Promise<void> | null = null;

  constructor(readonly path: string) {}

  /** Opens for appending and returns what is in it; a torn last line is cut off. */
  async start(): Promise<JournalText> {
    await mkdir(dirname(this.path), { recursive: true });
    const text = readEntries(await readFile(this.path).catch(none), this.path);
    this.file = await open(this.path, 'a');
    await syncFolder(dirname(this.path));
    if (text.torn > 0) {
      await this.file.truncate(text.whole);
      await this.file.sync();
    }
    return text;
  }

  /** Resolves when the entry is on disk. Entries given together are synced together, in their order. */
  append(...entries: NewEntry[]): Promise<void> {
    const at = new Date().toISOString();
    for (const { what, ...rest } of entries) this.lines.push(`${JSON.stringify({ what, at, ...rest })}\n`);
    // One flush at a time; what is appended meanwhile goes with the next one.
    this.flushing ??= this.last.then(() => this.flush());
    this.last = this.flushing;
    return this.flushing;
  }

  private async flush(): Promise<void> {
    const file = this.file;
    this.flushing = null;
    const text = this.lines.join('');
    this.lines = [];
    if (!file) throw new LoomError('failed', `The journal ${this.path} is not open.`);
    await file.appendFile(text);
    await file.datasync();
  }

  async stop(): Promise<void> {
    await this.last.catch(() => {});
    await this.file?.close();
    this.file = null;
  }
}

/** A journal that is not there yet is empty; any other trouble with it is not. */
function none(error: NodeJS.ErrnoException): Buffer {
  if (error.code === 'ENOENT') return Buffer.alloc(0);
  throw error;
}

/** The names in a folder are on disk: a file that was just made or renamed is found there after a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}
