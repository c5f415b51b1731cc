/** What a command takes a cloth from: a dataset, a `.cloth.json`, or a weaver's draft. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Cloth } from '../../patterns/cloth';
import { ClothFileError, clothFromJson } from '../../patterns/cloth-json';
import { clothOfDraft } from '../../patterns/formats/cloth-of-draft';
import { DraftError, type WeavingFile } from '../../patterns/formats/weaving-file';
import type { LoomProfile } from '../../patterns/profile';
import { clothOf, type Wish } from '../data/cloth-of';
import { openDataset } from '../data/dataset';
import { LoomError } from '../errors';
import { readDraft } from '../formats/read-draft';

export interface Source {
  readonly cloth: Cloth;
  /** the draft that it was, with its own threading and private sections; null for data */
  readonly draft: WeavingFile | null;
  readonly file: string | null;
}

const mostBytes = 64 * 1024 * 1024;

/**
 * @param from id or folder of a dataset, or a file
 * @param loom what a dataset is woven on, and whose sett a draft takes that says none
 * @throws LoomError dataset, usage
 */
export async function openSource(from: string, loom: LoomProfile, wish: Wish = {}): Promise<Source> {
  if (!statSync(from, { throwIfNoEntry: false })?.isFile())
    return { cloth: clothOf(await openDataset(from), loom, wish), draft: null, file: null };
  const named = Object.entries(wish).find(([, value]) => value !== undefined)?.[0];
  if (named)
    throw new LoomError('usage', `--${named} is for datasets; ${basename(from)} is a cloth already. Leave it out.`);
  if (isJson(from)) return { cloth: readClothFile(from), draft: null, file: from };
  const draft = readDraft(from);
  return { cloth: draftAsCloth(from, draft, loom), draft, file: from };
}

/** @throws LoomError dataset when it has too many colours */
export function draftAsCloth(file: string, draft: WeavingFile, { name, sett, picksPerCm }: LoomProfile): Cloth {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  try {
    return clothOfDraft(draft, { name: basename(file), sha256, profile: name, sett, picksPerCm });
  } catch (error) {
    if (!(error instanceof DraftError)) throw error;
    throw new LoomError('dataset', `${basename(file)}: ${error.message}`, { cause: error });
  }
}

/** @throws LoomError dataset naming the field that is wrong */
export function readClothFile(file: string): Cloth {
  try {
    return clothFromJson(readTextFile(file));
  } catch (error) {
    if (!(error instanceof ClothFileError)) throw error;
    throw new LoomError(
      'dataset',
      `${basename(file)} is no cloth that can be read: ${error.message}. Export it anew with loom export --to cloth.`,
      { cause: error },
    );
  }
}

/** Text of a file of reasonable size. @throws LoomError dataset */
export function readTextFile(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > mostBytes)
      throw new LoomError('dataset', `${basename(file)} has ${size} bytes; ${mostBytes} are the most that is read.`);
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof LoomError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new LoomError('dataset', `${file} cannot be opened: ${code}. Check the path.`, { cause: error });
  }
}

/** Does its text begin with a brace? The content decides, not the name. */
export function isJson(file: string): boolean {
  let opened: number;
  try {
    opened = openSync(file, 'r');
  } catch {
    return false;
  }
  try {
    const head = Buffer.alloc(64);
    const count = readSync(opened, head);
    // A WPO file begins with a brace too; a name in quotes follows only in JSON.
    return /^\ufeff?\s*\{\s*["}]/.test(head.toString('utf8', 0, count));
  } catch {
    return false;
  } finally {
    closeSync(opened);
  }
}
