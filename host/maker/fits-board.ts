/** Whether what a settings file says fits the board that it is for; looked at before anything is sent. */
import { exceptionCount, outputs, pinMaps } from '../../protocol/wire.table';
import { idWords, type SettingsImage, type SettingValue, valueIn } from './image';
import { FileError, pathOf, type SettingsFile } from './image-file';
import { largest, settingById, settingNamed, settingWords } from './names';

/**
 * @param here what is on the board now
 * @param any true: the file may be of another board (a restore)
 * @throws FileError naming the line
 */
export function checkFitsBoard(file: SettingsFile, here: SettingsImage, any = false): void {
  const wrong = (path: readonly PropertyKey[], sentence: string) => new FileError(file.name, file.text, path, sentence);
  const { boardId } = file.origin;
  if (!any && boardId !== undefined && boardId !== here.boardId)
    throw wrong(
      ['board'],
      `these are the settings of board ${idWords(boardId)}, and this is board ${idWords(here.boardId)}. ` +
        '`loom settings restore --from FILE` puts them on another board; without this line the file is for any',
    );
  const merged = merge(here.values, file.values);
  const heddles = valueIn(merged, 'heddles') ?? 0;
  for (const value of file.values) {
    const setting = settingById(value.setting);
    if (!setting) continue;
    const most = largest(setting, here.mcu);
    if (value.value > most && value.value !== setting.special?.value)
      throw wrong(
        pathOf(value),
        `${settingWords(setting, value.index)} = ${value.value}, and on ${here.mcu} it goes to ${most}`,
      );
    if (setting.per === 'heddle' && value.index >= heddles)
      throw wrong(pathOf(value), `there is no heddle ${value.index + 1}: the loom has ${heddles}`);
  }
  const pins = valueIn(merged, 'outputs') === outputs.pins.code;
  const room = pinMaps['uno-12'].servos.length;
  if (pins && heddles > room)
    throw wrong(
      ['settings', 'heddles'],
      `${heddles} heddles do not fit on pins, which are ${room}. Lower heddles, or choose other outputs`,
    );
  checkOutputs(file, merged, heddles, wrong);
}

function checkOutputs(
  file: SettingsFile,
  merged: readonly SettingValue[],
  heddles: number,
  wrong: (path: readonly PropertyKey[], sentence: string) => FileError,
): void {
  const owner = new Map<number, number>();
  let exceptions = 0;
  for (let index = 0; index < heddles; index++) {
    const output = valueIn(merged, 'output', index);
    const led = valueIn(merged, 'led', index);
    if (leavesRule(merged, 'output', index, output) || leavesRule(merged, 'led', index, led)) exceptions++;
    if (output === undefined || output === settingNamed('output').special?.value) continue;
    const other = owner.get(output);
    owner.set(output, index);
    const named = [index, other ?? index].find((at) => names(file, settingNamed('output').id, at));
    if (other !== undefined && named !== undefined)
      throw wrong(
        ['heddles', String(named + 1), 'output'],
        `heddles ${other + 1} and ${index + 1} both have output ${output}`,
      );
  }
  if (exceptions > exceptionCount)
    throw wrong(
      ['heddles'],
      `${exceptions} heddles have an output or an LED that does not follow output.first and led.first, and at most ${exceptionCount} may. ` +
        'Wire the others in a row, or correct output.first and led.first',
    );
}

function names({ values }: SettingsFile, setting: number, index: number): boolean {
  return values.some((value) => value.setting === setting && value.index === index);
}

function leavesRule(
  values: readonly SettingValue[],
  name: 'output' | 'led',
  index: number,
  value: number | undefined,
): boolean {
  return value !== undefined && value !== (valueIn(values, `${name}.first`) ?? 0) + index;
}

/** What would be in effect: the file's values, and those of the board that it does not name. */
export function merge(here: readonly SettingValue[], file: readonly SettingValue[]): SettingValue[] {
  const named = new Set(file.map(({ setting, index }) => `${setting} ${index}`));
  return [...here.filter(({ setting, index }) => !named.has(`${setting} ${index}`)), ...file];
}
