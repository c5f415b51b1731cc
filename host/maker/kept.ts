/** Settings images that the host keeps in the user's folder, by board, so that a dead board can be swapped for a blank one. */
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LoomError } from '../errors';
import { userFolder } from '../paths';
import { idWords, type SettingsImage } from './image';
import { readSettingsFile, type SettingsFile } from './image-file';
import { imageToml } from './image-text';

export interface KeptImage {
  readonly path: string;
  readonly boardId: number;
  /** ISO 8601, UTC: when it was read from the board */
  readonly date: string;
  readonly file: SettingsFile;
}

const folder = (...below: string[]) => userFolder('settings', ...below);

/** All that is kept, the newest first. A file that cannot be read any more is left out. */
export function keptImages(): KeptImage[] {
  const paths = entries(folder()).flatMap((board) =>
    entries(folder(board))
      .filter((name) => name.endsWith('.toml'))
      .map((name) => join(folder(board), name)),
  );
  const images = paths.flatMap((path): KeptImage[] => {
    const file = readOrNull(path);
    if (file?.origin.boardId === undefined) return [];
    return [{ path, file, boardId: file.origin.boardId, date: file.origin.date ?? '' }];
  });
  return images.sort((a, b) => b.date.localeCompare(a.date));
}

/** The newest image of this board. */
export function newestOf(boardId: number): KeptImage | undefined {
  return keptImages().find((image) => image.boardId === boardId);
}

/** @returns the path of the file */
export function keepImage(image: SettingsImage): string {
  const board = idWords(image.boardId);
  const stamp = image.date.replace(/[-:]/g, '').replace('.', '');
  const path = join(folder(board), `${stamp}-${image.version.toString(16).padStart(4, '0')}.toml`);
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, imageToml(image));
  renameSync(aside, path);
  return path;
}

function readOrNull(path: string): SettingsFile | null {
  try {
    return readSettingsFile(path);
  } catch (error) {
    if (error instanceof LoomError) return null;
    throw error;
  }
}

function entries(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}
