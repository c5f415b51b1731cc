/** A settings image as a file: TOML with a comment at each setting, or the same as JSON. docs/calibration.md shows one. */
import { idWords, type SettingsImage, type SettingValue } from './image';
import { allSettings, boardSettings, heddleSettings, type Setting, valueWords } from './names';

export const format = 'loom-settings';
export const formatVersion = 1;

/** A line beginning so says which loom a file is of. */
export function imageToml(image: SettingsImage): string {
  const loom = allSettings.filter(({ per }) => per === 'loom');
  const assignments = loom.flatMap((setting) => {
    const value = image.values.find(({ setting: id }) => id === setting.id);
    return value ? [{ text: `${setting.name} = ${tomlValue(setting, value.value)}`, doc: docWords(setting) }] : [];
  });
  const width = Math.max(...assignments.map(({ text }) => text.length));
  return [
    '# Settings of a loom board. `loom settings import` puts them on it again; docs/calibration.md says more.',
    '# What a file does not name stays as it is on the board. Heddles and boards count from 1.',
    `format = "${format}"`,
    `version = ${formatVersion}`,
    '',
    '# Where they come from. Without the line `board` the file is for any board.',
    `board = "${idWords(image.boardId)}"`,
    `mcu = "${image.mcu}"`,
    `firmware = "${image.firmware}"`,
    `date = "${image.date}"`,
    `settingsVersion = ${image.version}`,
    '',
    '[settings]',
    ...assignments.map(({ text, doc }) => `${text.padEnd(width)}  # ${doc}`),
    '',
    ...heddleSettings.map((setting) => `# ${setting.name}: ${docWords(setting)}`),
    '[heddles]',
    ...indexedLines(image.values, heddleSettings),
    ...clockLines(image.values),
    '',
  ].join('\n');
}

export function imageJson(image: SettingsImage): string {
  const named = (values: readonly SettingValue[], settings: readonly Setting[]) =>
    Object.fromEntries(
      settings.flatMap((setting) => {
        const value = values.find(({ setting: id }) => id === setting.id);
        return value ? [[setting.name, jsonValue(setting, value.value)]] : [];
      }),
    );
  const indexed = (settings: readonly Setting[]) =>
    Object.fromEntries(rows(image.values, settings).map((row, index) => [index + 1, named(row, settings)]));
  const file = {
    ...{ format, version: formatVersion, board: idWords(image.boardId), mcu: image.mcu, firmware: image.firmware },
    ...{ date: image.date, settingsVersion: image.version },
    settings: named(
      image.values,
      allSettings.filter(({ per }) => per === 'loom'),
    ),
    heddles: indexed(heddleSettings),
    boards: indexed(boardSettings),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function clockLines(values: readonly SettingValue[]): string[] {
  const lines = indexedLines(values, boardSettings);
  if (lines.length === 0) return [];
  return ['', ...boardSettings.map((setting) => `# ${setting.name}: ${docWords(setting)}`), '[boards]', ...lines];
}

function indexedLines(values: readonly SettingValue[], settings: readonly Setting[]): string[] {
  return rows(values, settings).map((row, index) => {
    const cells = settings.flatMap((setting) => {
      const value = row.find(({ setting: id }) => id === setting.id);
      return value ? [`${setting.name} = ${tomlValue(setting, value.value)}`] : [];
    });
    return `${index + 1} = { ${cells.join(', ')} }`;
  });
}

/** The values of each heddle or board, by its index. */
function rows(values: readonly SettingValue[], settings: readonly Setting[]): SettingValue[][] {
  const found: SettingValue[][] = [];
  for (const value of values) {
    if (!settings.some(({ id }) => id === value.setting)) continue;
    found[value.index] ??= [];
    found[value.index].push(value);
  }
  return found;
}

function docWords({ doc, unit, special }: Setting): string {
  const exception = special ? `; ${valueWords({ special } as Setting, special.value)} = ${special.doc}` : '';
  return `${unit ? `${unit}, ` : ''}${doc}${exception}`;
}

function tomlValue(setting: Setting, value: number): string {
  const words = valueWords(setting, value);
  return words === 'none' ? '"none"' : words;
}

function jsonValue(setting: Setting, value: number): number | 'none' {
  return valueWords(setting, value) === 'none' ? 'none' : value;
}
