/** `loom settings export` and `list`. */
import { existsSync, writeFileSync } from 'node:fs';
import { exitCodes, LoomError } from '../errors';
import { readImage } from '../maker/board-image';
import { idWords, loomWords, type SettingsImage } from '../maker/image';
import { imageJson, imageToml } from '../maker/image-text';
import { keepSettings } from '../maker/keep-settings';
import { type KeptImage, keptImages } from '../maker/kept';
import { openMaker } from '../maker/open-maker';
import type { Out } from './ports';
import type { ExportCommand } from './settings-command';
import { tableLines, terminalWidth } from './terminal';

/** @param file path, or `-` for `out` */
export async function exportSettings(file: string, options: ExportCommand, out: Out): Promise<number> {
  if (file !== '-' && !options.force && existsSync(file))
    throw new LoomError('usage', `${file} is there already. Say --force to replace it, or another name.`);
  const board = await openMaker(options);
  let image: SettingsImage;
  try {
    image = await readImage(board.settings, board.facts);
    if (await board.settings.unsaved())
      process.stderr.write(
        'loom: These settings are in effect, but not all are saved: a reset would lose what is not.\n',
      );
    await keepSettings(board.driver, board.facts, image);
  } finally {
    await board.driver.stop();
  }
  const json = options.json ?? file.endsWith('.json');
  const text = json ? imageJson(image) : imageToml(image);
  if (file === '-') out.write(text);
  else {
    writeFileSync(file, text);
    out.write(`Settings of board ${idWords(image.boardId)} (${loomWords(image)}) are in ${file}.\n`);
  }
  return exitCodes.done;
}

export function listSettings({ json = false }: { json?: boolean }, out: Out): number {
  const kept = keptImages();
  if (json) {
    const rows = kept.map(({ path, boardId, date, file }) => ({
      ...{
        board: idWords(boardId),
        date,
        loom: loomWords(file),
        mcu: file.origin.mcu,
        firmware: file.origin.firmware,
        path,
      },
    }));
    out.write(`${JSON.stringify(rows, null, 2)}\n`);
  } else if (kept.length === 0)
    out.write(
      'No settings are kept yet. A copy is kept of each loom that weaves, or is calibrated, imported or exported.\n',
    );
  else for (const line of keptLines(kept, terminalWidth())) out.write(`${line}\n`);
  return exitCodes.done;
}

/** The copies, numbered from 1. */
export function keptLines(kept: readonly KeptImage[], width: number): string[] {
  const columns = [
    { title: '', whole: true, right: true },
    { title: 'board', whole: true },
    { title: 'date', whole: true },
    { title: 'loom' },
    { title: 'chip, firmware' },
  ];
  const rows = kept.map(({ boardId, date, file }, index) => [
    String(index + 1),
    idWords(boardId),
    date.replace(/T(\d\d:\d\d).*/, ' $1'),
    loomWords(file),
    `${file.origin.mcu ?? '?'}, ${file.origin.firmware ?? '?'}`,
  ]);
  return tableLines(columns, rows, width);
}
