/** What changes, in lines that a person can check before saying yes. */
import type { Change } from './image';
import { settingWords, valueWords } from './names';

/** "up of heddle 12     1700 → 1652 µs", a line each. */
export function changeLines(changes: readonly Change[]): string[] {
  const rows = changes.map(({ setting, index, was, becomes }) => ({
    name: settingWords(setting, index),
    was: was === null ? '–' : valueWords(setting, was),
    becomes: `${valueWords(setting, becomes)}${setting.unit ? ` ${setting.unit}` : ''}`,
  }));
  const width = (cells: string[]) => Math.max(0, ...cells.map((cell) => cell.length));
  const name = width(rows.map((row) => row.name));
  const was = width(rows.map((row) => row.was));
  return rows.map((row) => `${row.name.padEnd(name)}  ${row.was.padStart(was)} → ${row.becomes}`);
}
