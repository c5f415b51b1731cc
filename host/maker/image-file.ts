/** Reads a settings file, TOML or JSON, and checks all of it before anything is sent to a board. */
import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { nearest } from '../data/nearest';
import { LoomError } from '../errors';
import type { ImageOrigin, SettingValue } from './image';
import { format, formatVersion } from './image-text';
import { lineOf } from './line-of';
import { allSettings, boardSettings, heddleSettings, kept, type Setting, settingNamed } from './names';

const number = z.string().regex(/^[1-9]\d{0,3}$/, 'is no number of a heddle or board: they count from 1');
const cell = z.union([z.number().int(), z.literal('none')], 'must be a whole number, or "none"');
const shape = z.strictObject({
  format: z.literal(format, `must be "${format}": this is no settings file of a loom`),
  version: z.literal(formatVersion, `must be ${formatVersion}: another version of this program wrote the file`),
  board: z
    .string()
    .regex(/^[0-9a-f]{8}$/, 'must be eight hexadecimal digits')
    .optional(),
  mcu: z.string().optional(),
  firmware: z.string().optional(),
  date: z.string().optional(),
  settingsVersion: z.number().int().min(0).max(0xffff).optional(),
  settings: z.record(z.string(), cell).default({}),
  heddles: z.record(number, z.record(z.string(), cell)).default({}),
  boards: z.record(number, z.record(z.string(), cell)).default({}),
});

/** What a file says. `values`: only those that it names. */
export interface SettingsFile {
  readonly name: string;
  readonly text: string;
  readonly origin: Partial<ImageOrigin>;
  readonly values: readonly SettingValue[];
}

/** @throws LoomError configuration, naming the line */
export function readSettingsFile(path: string): SettingsFile {
  let text: string;
  try {
    text = readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new LoomError('configuration', `The settings file ${path} cannot be read (${code}). Check the path.`, {
      cause,
    });
  }
  return parseSettings(text, path === '-' ? 'standard input' : path);
}

/**
 * Checks names and ranges, not yet whether it fits a board.
 * @param name of the file, for the error
 */
export function parseSettings(text: string, name: string): SettingsFile {
  const tree = flattened(/^\s*\{/.test(text) ? parseJson(text, name) : parseTomlText(text, name));
  const read = shape.safeParse(tree);
  if (!read.success) {
    const [issue] = read.error.issues;
    const extra = issue.code === 'unrecognized_keys' ? issue.keys[0] : null;
    const at = extra === null ? issue.path : [...issue.path, extra];
    const inner = issue.code === 'invalid_key' ? issue.issues[0].message : issue.message;
    throw new FileError(
      name,
      text,
      at,
      `${at.join(', ') || 'the file'} ${extra === null ? inner : 'is not known here'}`,
    );
  }
  const { settings, heddles, boards, board, mcu, firmware, date, settingsVersion } = read.data;
  const values: SettingValue[] = [];
  const take = (table: string, index: number, cells: Record<string, number | 'none'>, known: readonly Setting[]) => {
    for (const [key, given] of Object.entries(cells)) {
      const path = table === 'settings' ? [table, key] : [table, String(index + 1), key];
      values.push({
        setting: settingOf(key, known, name, text, path).id,
        index,
        value: checked(key, given, name, text, path),
      });
    }
  };
  const loom = allSettings.filter(({ per }) => per === 'loom');
  take('settings', 0, settings, loom);
  for (const [key, cells] of Object.entries(heddles)) take('heddles', Number(key) - 1, cells, heddleSettings);
  for (const [key, cells] of Object.entries(boards)) take('boards', Number(key) - 1, cells, boardSettings);
  const boardId = board === undefined ? undefined : Number.parseInt(board, 16);
  return { name, text, origin: { boardId, mcu, firmware, date, version: settingsVersion }, values };
}

/** An error in a file, with the line that it is on. */
export class FileError extends LoomError {
  constructor(name: string, text: string, path: readonly PropertyKey[], sentence: string) {
    super('configuration', `${name}, line ${lineOf(text, path)}: ${sentence}. Correct it there; nothing was changed.`);
    this.name = 'FileError';
  }
}

/** Where a value stands in the file. */
export function pathOf({ setting, index }: SettingValue): PropertyKey[] {
  const { name, per } = allSettings.find(({ id }) => id === setting) ?? settingNamed('heddles');
  return per === 'loom' ? ['settings', name] : [`${per}s`, String(index + 1), name];
}

function settingOf(key: string, known: readonly Setting[], name: string, text: string, path: PropertyKey[]): Setting {
  const setting = known.find((one) => one.name === key);
  if (setting) return setting;
  const near = nearest(
    key,
    known.map((one) => one.name),
  );
  const hint =
    near.length > 0 ? `Did you mean ${near.join(' or ')}` : `There is ${known.map((one) => one.name).join(', ')}`;
  throw new FileError(name, text, path, `there is no setting ${key}. ${hint}`);
}

/** The value as the board keeps it. */
function checked(key: string, given: number | 'none', name: string, text: string, path: PropertyKey[]): number {
  const setting = settingNamed(key);
  const { min, max, special, unit } = setting;
  if (given === 'none') {
    if (special && special.value !== 0) return special.value;
    throw new FileError(name, text, path, `${path.slice(1).join(', ')} cannot be "none"`);
  }
  if (given === special?.value || (given >= min && given <= max)) return kept(setting, given);
  const but = special?.value === 0 ? `, or 0 (${special.doc})` : '';
  throw new FileError(
    name,
    text,
    path,
    `${path.slice(1).join(', ')} = ${given} is out of range; it goes from ${min} to ${max}${unit ? ` ${unit}` : ''}${but}`,
  );
}

/** TOML reads `servo.up = 1700` as a table in a table; the settings' names have the dot in them. */
function flattened(tree: unknown): unknown {
  if (typeof tree !== 'object' || tree === null || !('settings' in tree)) return tree;
  const { settings } = tree;
  if (typeof settings !== 'object' || settings === null) return tree;
  const flat = Object.entries(settings).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([below, leaf]: [string, unknown]) => [`${key}.${below}`, leaf])
      : [[key, value]],
  );
  return { ...tree, settings: Object.fromEntries(flat) };
}

function parseTomlText(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const why = cause.message.split('\n')[0].replace(/^Invalid TOML document: /, '');
    throw new LoomError(
      'configuration',
      `${name}, line ${cause.line}: ${why}. Correct it there; nothing was changed.`,
      { cause },
    );
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LoomError('configuration', `${name} is not JSON: ${why}. Correct it there; nothing was changed.`, {
      cause,
    });
  }
}
