/** The folder of a weave: its journal, the finished cloth that resume weaves again, and the archive of earlier ones. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cloth } from '../../patterns/cloth';
import { clothFromJson, clothToJson } from '../../patterns/cloth-json';
import { LoomError } from '../errors';
import { type Lock, lock } from '../lock';
import { userFolder } from '../paths';
import { Journal, syncFolder } from './journal';
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
   * @param fresh the weave that is there is not gone on with, so that even a damaged journal can be archived
   * @returns its place, null when there is none to go on from
   * @throws LoomError busy naming the holder; failed when the journal is damaged
   */
  async start(fresh = false): Promise<JournalPlace | null> {
    await mkdir(this.folder, { recursive: true });
    this.held = lock(join(this.folder, 'lock'), `the journal ${this.journal.path}`);
    return fresh ? null : placeOf((await this.journal.start()).entries);
  }

  async stop(): Promise<void> {
    await this.journal.stop();
    this.held?.release();
    this.held = null;
  }

  /** Moves journal and cloth into `archive/<time>`; nothing is ever deleted. */
  async archive(): Promise<void> {
    await this.journal.stop();
    const kept = ['journal.ndjson', 'cloth.json'].filter((name) => sizeOf(join(this.folder, name)) > 0);
    if (kept.length > 0) {
      const to = join(this.folder, 'archive', new Date().toISOString().replace(/[:.]/g, '-'));
      await mkdir(to, { recursive: true });
      // The journal first: without it the cloth belongs to no weave.
      for (const name of kept) await rename(join(this.folder, name), join(to, name));
    }
    await this.journal.start();
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
    await syncFolder(this.folder);
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

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
