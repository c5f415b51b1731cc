/** The folder of a weave: its journal, the finished cloth that resume weaves again, and the archive of earlier ones. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cloth } from '../../patterns/cloth';
import { clothFromJson, clothToJson } from '../../patterns/cloth-json';
import { LoomError } from '../errors';
import { type Lock, lock } from '../lock';
import { userFolder } from '../paths';
import { Journal, type JournalText } from './journal';
import { type JournalPlace, placeOf } from './place';

export class WeaveStore {
  readonly folder: string;
  readonly journal: Journal;
  private held: Lock | null = null;

  /** @param name one weave at a time has this name: dataset and profile */
  constructor(name: string) {
    this.folder = userFolder('weaves', name.replace(/[^a-zA-Z0-9._-]+/g, '_'));
    this.journal = new Journal(join(this.folder, 'journal.ndjson'));
  }

  get clothPath(): string {
    return join(this.folder, 'cloth.json');
  }

  /**
   * Takes the lock and reads the journal.
   * @throws LoomError busy naming the holder
   */
  async start(): Promise<{ text: JournalText; place: JournalPlace | null }> {
    await mkdir(this.folder, { recursive: true });
    this.held = lock(join(this.folder, 'lock'), `the journal ${this.journal.path}`);
    const text = await this.journal.start();
    return { text, place: placeOf(text.entries) };
  }

  async stop(): Promise<void> {
    await this.journal.stop();
    this.held?.release();
    this.held = null;
  }

  /** Moves journal and cloth into `archive/<time>`; nothing is ever deleted. Returns the folder, null when there was nothing. */
  async archive(): Promise<string | null> {
    await this.journal.stop();
    const to = join(this.folder, 'archive', new Date().toISOString().replace(/[:.]/g, '-'));
    await mkdir(to, { recursive: true });
    let moved = false;
    for (const name of ['journal.ndjson', 'cloth.json']) {
      if (!existsSync(join(this.folder, name))) continue;
      await rename(join(this.folder, name), join(to, name));
      moved = true;
    }
    await this.journal.start();
    return moved ? to : null;
  }

  /** Writes the cloth beside the journal, whole or not at all. Returns the SHA-256 of the text. */
  async keepCloth(cloth: Cloth): Promise<string> {
    const text = clothToJson(cloth);
    const half = `${this.clothPath}.writing`;
    const file = await open(half, 'w');
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await rename(half, this.clothPath);
    return sha256(text);
  }

  /** The cloth that this weave began with: resume never encodes again. */
  async keptCloth(place: JournalPlace): Promise<Cloth> {
    const text = await readFile(this.clothPath, 'utf8').catch(() => null);
    if (text === null || sha256(text) !== place.clothSha256)
      throw new LoomError(
        'failed',
        `${this.clothPath} ${text === null ? 'is missing' : 'is not the cloth that this weave began with'}. Start anew with --fresh (the old weave is archived, not deleted).`,
      );
    return clothFromJson(text);
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
