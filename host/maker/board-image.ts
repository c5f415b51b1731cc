/** The settings of a board that is connected: read whole, changed, saved, and compared. */
import type { BoardFacts } from '../board/driver';
import { Refused } from '../board/refused';
import type { SettingsLink } from '../board/settings-link';
import { LoomError } from '../errors';
import { type Change, changes, type SettingsImage, type SettingValue, valueIn } from './image';
import { allSettings, boardSettings, heddleSettings, type Setting, settingNamed, settingWords } from './names';

const heddlesPerBoard = 16;

/**
 * Reads every setting in effect.
 * @param date of the image
 */
export async function readImage(link: SettingsLink, facts: BoardFacts, date = new Date()): Promise<SettingsImage> {
  const { boardId, mcu, firmware, settingsVersion = 0 } = facts;
  const values = await readValues(link);
  return { boardId, mcu, firmware, date: date.toISOString(), version: settingsVersion, values };
}

export async function readValues(link: SettingsLink): Promise<SettingValue[]> {
  const values: SettingValue[] = [];
  for (const setting of allSettings.filter(({ per }) => per === 'loom'))
    values.push(...(await readRun(link, setting, 1)));
  const heddles = valueIn(values, 'heddles') ?? 0;
  for (const setting of heddleSettings) values.push(...(await readRun(link, setting, heddles)));
  for (const setting of boardSettings) values.push(...(await readRun(link, setting, boardCount(values, heddles))));
  return values;
}

/** Boards that have a heddle: outputs count through all of them. */
function boardCount(values: readonly SettingValue[], heddles: number): number {
  if (valueIn(values, 'outputs') !== 0) return 0;
  const { id, special } = settingNamed('output');
  const used = values.filter(({ setting, value }) => setting === id && value !== special?.value);
  const last = Math.max(-1, ...used.slice(0, heddles).map(({ value }) => value));
  return Math.ceil((last + 1) / heddlesPerBoard);
}

async function readRun(link: SettingsLink, { id }: Setting, count: number): Promise<SettingValue[]> {
  const run: SettingValue[] = [];
  while (run.length < count) {
    const values = await link.get(id, run.length);
    if (values.length === 0) break;
    for (const value of values.slice(0, count - run.length)) run.push({ setting: id, index: run.length, value });
  }
  return run;
}

/**
 * Sets what is wanted, saves it, reads it back and compares. When the board refuses something, what was in effect before
 * is in effect again, saved or not, and nothing is changed.
 * @returns what was changed
 * @throws LoomError failed
 */
export async function writeValues(link: SettingsLink, wanted: readonly SettingValue[]): Promise<Change[]> {
  const before = await readValues(link);
  const all = changes(before, wanted);
  if (all.length === 0) return [];
  try {
    await put(link, before, wanted);
  } catch (error) {
    if (error instanceof LoomError && !(error instanceof Refused)) throw error;
    await putBack(link, before);
    throw error instanceof Refused ? error : new LoomError('failed', String(error), { cause: error });
  }
  await link.save();
  const wrong = changes(await readValues(link), wanted);
  if (wrong.length === 0) return all;
  const { setting, index, was, becomes } = wrong[0];
  const more = wrong.length > 1 ? `, and ${wrong.length - 1} more settings are not as wanted` : '';
  throw new LoomError(
    'failed',
    `The board kept ${settingWords(setting, index)} as ${was}, not ${becomes}${more}. Try again; loom doctor looks for what is wrong.`,
  );
}

/** Sets what differs. */
async function put(
  link: SettingsLink,
  before: readonly SettingValue[],
  wanted: readonly SettingValue[],
): Promise<void> {
  const loom = changes(before, wanted).filter(({ setting }) => setting.per === 'loom');
  for (const change of loom) await set(link, change);
  // The loom's own settings move what the others are by rule: how many there are, and which output each has.
  const now = loom.length > 0 ? await readValues(link) : before;
  const rest = changes(now, wanted);
  // A heddle that goes back to the rule makes room for one that leaves it.
  for (const change of rest.sort((a, b) => Number(leavesRule(now, a)) - Number(leavesRule(now, b))))
    await set(link, change);
}

/** What was in effect, also what somebody had changed and not saved yet. @throws LoomError when that cannot be had back */
async function putBack(link: SettingsLink, before: readonly SettingValue[]): Promise<void> {
  try {
    await link.load('saved');
    await put(link, await readValues(link), before);
  } catch (cause) {
    throw new LoomError(
      'failed',
      'The board refused a setting, and what was in effect before could not be put back. Reset the board: what is saved is as it was, what was changed and not saved is lost.',
      { cause },
    );
  }
}

function leavesRule(values: readonly SettingValue[], { setting, index, becomes }: Change): boolean {
  if (setting.name !== 'output' && setting.name !== 'led') return false;
  return becomes !== (valueIn(values, `${setting.name}.first`) ?? 0) + index;
}

async function set(link: SettingsLink, { setting, index, becomes }: Change): Promise<void> {
  try {
    await link.set(setting.id, index, becomes);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new SetRefused(error, `${settingWords(setting, index)} = ${becomes}`);
  }
}

/** Names the setting that was refused. */
class SetRefused extends Refused {
  constructor(cause: Refused, what: string) {
    super(cause.asked, cause.refusal);
    this.message = `The board refused ${what}. ${cause.message} Nothing was changed.`;
  }
}
