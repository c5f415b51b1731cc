/** `loom settings import`: checks a file whole, shows what changes, asks, sets, saves, reads it back and compares. */
import { exitCodes, LoomError } from '../errors';
import { readImage, writeValues } from '../maker/board-image';
import { changeLines } from '../maker/change-words';
import { checkFitsBoard } from '../maker/fits-board';
import { makeIdle } from '../maker/idle';
import { changes, idWords } from '../maker/image';
import { readSettingsFile, type SettingsFile } from '../maker/image-file';
import { keepSettings } from '../maker/keep-settings';
import { type MakerBoard, openMaker } from '../maker/open-maker';
import { askFor } from './ask';
import type { Out } from './ports';
import type { ImportCommand } from './settings-command';

/** @param path of the file, `-` for standard input */
export async function importSettings(path: string, options: ImportCommand, out: Out): Promise<number> {
  const file = readSettingsFile(path);
  const board = await openMaker(options);
  try {
    return await putOn(board, file, { yes: options.yes ?? false, anyBoard: false, out });
  } finally {
    await board.driver.stop();
  }
}

/**
 * @param how.anyBoard the file may be of another board
 * @throws LoomError configuration when the file does not fit, usage when nobody can be asked
 */
export async function putOn(
  board: MakerBoard,
  file: SettingsFile,
  { yes, anyBoard, out }: { yes: boolean; anyBoard: boolean; out: Out },
): Promise<number> {
  const { driver, settings } = board;
  const here = await readImage(settings, board.facts);
  checkFitsBoard(file, here, anyBoard);
  const found = changes(here.values, file.values);
  const id = idWords(here.boardId);
  if (found.length === 0) {
    out.write(`Board ${id} has these settings already; nothing was changed.\n`);
    return exitCodes.done;
  }
  out.write(`${found.length === 1 ? 'One setting changes' : `${found.length} settings change`} on board ${id}:\n`);
  for (const line of changeLines(found)) out.write(`  ${line}\n`);
  if (await settings.unsaved()) out.write('What was changed on the board before and not saved is saved with them.\n');
  if (!yes && !(await agreed())) {
    out.write('Nothing was changed.\n');
    return exitCodes.failed;
  }
  await makeIdle(driver);
  // What is about to be replaced can be had back.
  await keepSettings(driver, board.facts, here);
  await writeValues(settings, file.values);
  const facts = await board.reconnect();
  await keepSettings(driver, facts);
  out.write('Saved, read back, and the same.\n');
  const later = found.map(({ setting }) => setting.name).filter((name) => name === 'outputs' || name === 'baud');
  if (later.length > 0) out.write(`Reset the board: ${later.join(' and ')} count from its next start on.\n`);
  return exitCodes.done;
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new LoomError(
      'usage',
      'There is no terminal to ask in; nothing was changed. Say --yes to go on without asking.',
    );
  return (await askFor('Save them on the board?', ['yes', 'no'])) === 'yes';
}
