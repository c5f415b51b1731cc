/** Keeps a copy of the board's settings where the kept one is not of the same version. */
import type { BoardFacts, LoomDriver } from '../board/driver';
import { readImage } from './board-image';
import type { SettingsImage } from './image';
import { keepImage, newestOf } from './kept';

/**
 * Call it when nothing is urgent: it asks some thirty messages, one after the other. Emulated boards are not kept; nor are
 * settings that were changed and not saved.
 * @param facts of the last `connect`
 * @param read what the board has, where that was read already
 * @returns path of the new copy, or null when there was no need of one
 */
export async function keepSettings(
  driver: LoomDriver,
  facts: BoardFacts,
  read?: SettingsImage,
): Promise<string | null> {
  const { settings } = driver;
  if (!settings || facts.kind === 'emulated' || facts.settingsVersion === undefined) return null;
  if (newestOf(facts.boardId)?.file.origin.version === facts.settingsVersion) return null;
  if (await settings.unsaved()) return null;
  return keepImage(read ?? (await readImage(settings, facts)));
}
