/** `loom settings restore`: a kept copy on a new board, so that a dead one is swapped in ten minutes. */
import { existsSync } from 'node:fs';
import { LoomError } from '../errors';
import { idWords, loomWords } from '../maker/image';
import { readSettingsFile, type SettingsFile } from '../maker/image-file';
import { type KeptImage, keptImages } from '../maker/kept';
import { openMaker } from '../maker/open-maker';
import { askFor } from './ask';
import type { Out } from './ports';
import { keptLines } from './settings';
import type { RestoreCommand } from './settings-command';
import { putOn } from './settings-import';
import { terminalWidth } from './terminal';

const offered = 9;

export async function restoreSettings(options: RestoreCommand, out: Out): Promise<number> {
  const named = options.from === undefined ? null : fileFrom(options.from, keptImages());
  const board = await openMaker(options);
  try {
    const { boardId, mcu } = board.facts;
    const file = named ?? (await chosen(fitting(keptImages(), boardId, mcu), out));
    const whose = file.origin.boardId === undefined ? '' : ` of board ${idWords(file.origin.boardId)}`;
    out.write(`Settings${whose} (${loomWords(file)}) for board ${idWords(boardId)}.\n`);
    return await putOn(board, file, { yes: options.yes ?? false, anyBoard: true, out });
  } finally {
    await board.driver.stop();
  }
}

/** The copies that can be meant: other boards' newest first, then earlier ones; never the newest of this very board. */
function fitting(kept: readonly KeptImage[], boardId: number, mcu: string): KeptImage[] {
  const ours = kept.find((image) => image.boardId === boardId);
  const able = kept.filter((image) => image !== ours && (image.file.origin.mcu ?? mcu) === mcu);
  return [...able.filter((image) => image.boardId !== boardId), ...able.filter((image) => image.boardId === boardId)];
}

/** @param from a board's id or its beginning, or the path of a file */
function fileFrom(from: string, kept: readonly KeptImage[]): SettingsFile {
  if (/[\\/.]/.test(from) || existsSync(from)) return readSettingsFile(from);
  const ids = [
    ...new Set(kept.map(({ boardId }) => idWords(boardId)).filter((id) => id.startsWith(from.toLowerCase()))),
  ];
  if (ids.length === 1) return kept.find(({ boardId }) => idWords(boardId) === ids[0])!.file;
  const what =
    ids.length === 0 ? `No settings are kept of a board ${from}` : `${from} begins the ids of ${ids.join(' and ')}`;
  throw new LoomError('configuration', `${what}. loom settings list shows what is kept.`);
}

async function chosen(kept: readonly KeptImage[], out: Out): Promise<SettingsFile> {
  if (kept.length === 0)
    throw new LoomError(
      'configuration',
      'No settings are kept that fit this board. Give a file with --from FILE, or set them with loom calibrate.',
    );
  const shown = kept.slice(0, offered);
  for (const line of keptLines(shown, terminalWidth())) out.write(`${line}\n`);
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new LoomError(
      'usage',
      'There is no terminal to ask which; nothing was changed. Say --from BOARD or --from FILE, and --yes.',
    );
  const numbers = shown.map((_, index) => String(index + 1));
  return shown[numbers.indexOf(await askFor('Which one?', numbers))].file;
}
