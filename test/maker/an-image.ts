/** Settings images for tests: of a board as it is at first, or any that a board could have. */
import fc from 'fast-check';
import type { SettingsImage, SettingValue } from '../../host/maker/image';
import { allSettings, kept, largest, type Setting } from '../../host/maker/names';

const heddles = 40;
const boards = 3;

/** What a new board has: 40 heddles on three PCA9685 boards. */
export function firstImage(boardId = 0x1234abcd): SettingsImage {
  const values = allSettings.flatMap((setting) =>
    Array.from({ length: countOf(setting, heddles) }, (_, index) => ({
      ...{ setting: setting.id, index },
      value: setting.name === 'output' || setting.name === 'led' ? index : setting.initial,
    })),
  );
  const from = { mcu: 'atmega328p', firmware: '0.1', date: '2026-11-24T09:30:00.000Z', version: 4711 };
  return { boardId, ...from, values };
}

/** Any values in their ranges, as the board keeps them. */
export const anyImage: fc.Arbitrary<SettingsImage> = fc
  .tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 1, max: 128 }))
  .chain(([boardId, count]) =>
    fc
      .tuple(
        ...allSettings.flatMap((setting) =>
          Array.from({ length: countOf(setting, count) }, (_, index) => anyValue(setting, index)),
        ),
      )
      .map((values) => ({ ...firstImage(boardId), values })),
  );

function anyValue(setting: Setting, index: number): fc.Arbitrary<SettingValue> {
  const inRange = fc.integer({ min: setting.min, max: largest(setting, 'atmega328p') });
  const value = setting.special ? fc.oneof(inRange, fc.constant(setting.special.value)) : inRange;
  return value.map((number) => ({ setting: setting.id, index, value: kept(setting, number) }));
}

function countOf({ per }: Setting, count: number): number {
  return per === 'loom' ? 1 : per === 'heddle' ? count : boards;
}
