/** The settings tables by name and id, with the limits of each chip. */
import {
  type IndexedSettingSpec,
  indexedSettings,
  type mcus,
  type SettingSpec,
  settings,
} from '../../protocol/wire.table';

export type Mcu = keyof typeof mcus;
/** One setting of the loom, of each heddle or of each PCA9685 board. */
export type Setting = SettingSpec &
  Partial<Pick<IndexedSettingSpec, 'special'>> & { readonly per: 'loom' | 'heddle' | 'board' };

const ofTheLoom: readonly SettingSpec[] = settings;
const indexed: readonly IndexedSettingSpec[] = indexedSettings;

/** Every setting, in the order of the table. */
export const allSettings: readonly Setting[] = [
  ...ofTheLoom.map((spec) => ({ ...spec, per: 'loom' as const })),
  ...indexed,
];
export const heddleSettings = allSettings.filter(({ per }) => per === 'heddle');
export const boardSettings = allSettings.filter(({ per }) => per === 'board');

/** @throws Error for a name that is not in the table: a mistake of ours */
export function settingNamed(name: string): Setting {
  const found = allSettings.find((setting) => setting.name === name);
  if (!found) throw new Error(`There is no setting ${name}.`);
  return found;
}

export function settingById(id: number): Setting | undefined {
  return allSettings.find((setting) => setting.id === id);
}

/** The largest value that fits this chip; `unknown` chips are taken as the larger. */
export function largest({ max, maxOnUno }: Setting, mcu: string): number {
  return mcu === 'atmega328p' ? (maxOnUno ?? max) : max;
}

/** What the board keeps of a value: it rounds down in steps from the smallest. */
export function kept({ min, step = 1, special }: Setting, value: number): number {
  return value === special?.value ? value : value - ((value - min) % step);
}

/** "servo.up", "up of heddle 12", "clock of board 2": heddles and boards count from 1. */
export function settingWords({ name, per }: Setting, index: number): string {
  return per === 'loom' ? name : `${name} of ${per} ${index + 1}`;
}

/** A value as files and people have it: a number, or "none" for no output and no LED. */
export function valueWords({ special }: Setting, value: number): string {
  return value === special?.value && value !== 0 ? 'none' : String(value);
}
