/** Values of a calibration that were not saved yet, kept by the board's id: a pulled plug loses none of them. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { userFolder } from '../../paths';
import { idWords, type SettingValue } from '../image';

const draft = z.object({
  date: z.string(),
  values: z.array(
    z.object({ setting: z.number().int(), index: z.number().int().min(0), value: z.number().int().min(0) }),
  ),
});
export type CalibrationDraft = z.infer<typeof draft>;

const pathOf = (boardId: number) => userFolder('calibration', `${idWords(boardId)}.json`);

/** Nothing unsaved: no draft. */
export function keepDraft(boardId: number, values: readonly SettingValue[]): void {
  const path = pathOf(boardId);
  if (values.length === 0) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.writing`, JSON.stringify({ date: new Date().toISOString(), values }));
  renameSync(`${path}.writing`, path);
}

/** @returns null when there is none, or none that can be read */
export function keptDraft(boardId: number): CalibrationDraft | null {
  const path = pathOf(boardId);
  if (!existsSync(path)) return null;
  try {
    return draft.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
