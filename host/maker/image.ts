/** The settings of a board as one list of values, and what is different between two of them. */
import { outputs } from '../../protocol/wire.table';
import { type Setting, settingById, settingNamed } from './names';

/** `setting`: id in the tables. `index`: of the heddle or board, 0 for the loom's own. */
export interface SettingValue {
  readonly setting: number;
  readonly index: number;
  readonly value: number;
}

/** Where an image comes from. */
export interface ImageOrigin {
  readonly boardId: number;
  readonly mcu: string;
  readonly firmware: string;
  /** ISO 8601, UTC */
  readonly date: string;
  /** settings version that the board told in HELLO */
  readonly version: number;
}

/** Everything that a board has set. */
export interface SettingsImage extends ImageOrigin {
  readonly values: readonly SettingValue[];
}

export interface Change {
  readonly setting: Setting;
  readonly index: number;
  /** null: not known before, such as a heddle that there was not */
  readonly was: number | null;
  readonly becomes: number;
}

/** @returns undefined when the list does not say it */
export function valueIn(values: readonly SettingValue[], name: string, index = 0): number | undefined {
  const { id } = settingNamed(name);
  return values.find((value) => value.setting === id && value.index === index)?.value;
}

/** What has to be set so that `now` becomes `wanted`; values that `wanted` does not name stay. In the order of `wanted`. */
export function changes(now: readonly SettingValue[], wanted: readonly SettingValue[]): Change[] {
  const before = new Map(now.map(({ setting, index, value }) => [key(setting, index), value]));
  return wanted.flatMap(({ setting: id, index, value }) => {
    const setting = settingById(id);
    const was = before.get(key(id, index)) ?? null;
    return setting && was !== value ? [{ setting, index, was, becomes: value }] : [];
  });
}

/** What all heddles hang on: "40 heddles on pca9685 and 40 LEDs". */
export function loomWords({ values }: Pick<SettingsImage, 'values'>): string {
  if (valueIn(values, 'heddles') === undefined) return 'some settings';
  const kind =
    Object.entries(outputs).find(([, { code }]) => code === valueIn(values, 'outputs'))?.[0] ?? 'unknown outputs';
  return `${valueIn(values, 'heddles')} heddles on ${kind} and ${valueIn(values, 'leds')} LEDs`;
}

/** A board's id as people see it. */
export function idWords(boardId: number): string {
  return boardId.toString(16).padStart(8, '0');
}

function key(setting: number, index: number): number {
  return setting * 0x10000 + index;
}
