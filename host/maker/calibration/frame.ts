/** The picture of a calibration in a terminal: the harness, the heddle in hand, the keys. Pure. */
import { colours as pc } from '../../cli/colours';
import { cut, wrap } from '../../cli/terminal';
import { type Calibration, isChanged, isMasked, type Side, width } from './calibration';

export interface CalibrationPicture {
  readonly calibration: Calibration;
  /** where each heddle stands now */
  readonly stands: readonly Side[];
  readonly board: string;
  /** what just happened, or is asked */
  readonly words: string;
}

const keys = [
  ['← →', 'heddle'],
  ['↑ ↓', '4 µs'],
  ['PgUp PgDn', '20 µs'],
  ['u d', 'lifted, lowered'],
  ['space', 'the other'],
  ['c', 'copy to a group'],
  ['t', 'test rows'],
  ['m', 'mask'],
  ['z', 'undo'],
  ['s', 'save'],
  ['q', 'quit'],
  ['!', 'stop'],
] as const;
const margin = '  ';
const numberEvery = 5;

/** At most `rows` lines of at most `columns` cells. */
export function frame(
  { calibration, stands, board, words }: CalibrationPicture,
  columns: number,
  rows: number,
): string[] {
  const room = Math.max(20, columns - 2 * margin.length);
  const { cursor, now } = calibration;
  const changed = now.filter((_, index) => isChanged(calibration, index)).length;
  const state = changed === 0 ? pc.dim('all saved') : pc.yellow(`${changed} of ${now.length} heddles not saved`);
  const lines = [
    `${pc.bold('Calibrate')}  ${pc.dim(board)}`,
    state,
    '',
    ...harness(calibration, stands, room),
    '',
    pc.bold(`heddle ${cursor + 1}${isMasked(calibration, cursor) ? ' · masked: nothing drives it' : ''}`),
    side(calibration, 'up'),
    side(calibration, 'down'),
    '',
    ...wrap(words, room),
    '',
    ...flow(room),
  ];
  return lines.slice(0, rows).map((line) => cut(margin + line, columns));
}

/** Each heddle a column: where it stands, which is in hand, which were changed. A wide loom is shown in part. */
function harness(calibration: Calibration, stands: readonly Side[], room: number): string[] {
  const { now, cursor } = calibration;
  const shown = Math.min(now.length, room);
  const from = Math.max(0, Math.min(cursor - Math.floor(shown / 2), now.length - shown));
  const columns = Array.from({ length: shown }, (_, i) => from + i);
  const row = (mark: (index: number) => string) => columns.map(mark).join('');
  const thread = (index: number, at: Side) => {
    if (isMasked(calibration, index)) return at === 'down' ? pc.dim('×') : ' ';
    const mark = stands[index] === at ? '█' : '·';
    return index === cursor ? pc.cyan(mark) : isChanged(calibration, index) ? pc.yellow(mark) : mark;
  };
  return [
    row((index) => (index === cursor ? pc.cyan('▼') : isChanged(calibration, index) ? pc.yellow('*') : ' ')),
    row((index) => thread(index, 'up')),
    row((index) => thread(index, 'down')),
    pc.dim(ruler(columns)),
  ];
}

/** Every fifth number, where it fits. */
function ruler(columns: readonly number[]): string {
  let text = '';
  for (const index of columns) {
    const at = index - columns[0];
    const number = String(index + 1);
    const due = index === columns[0] || (index + 1) % numberEvery === 0;
    if (due && text.length <= at && at + number.length <= columns.length) text = text.padEnd(at) + number;
  }
  return text;
}

function side(calibration: Calibration, which: Side): string {
  const { cursor, now, saved, usual } = calibration;
  const own = now[cursor][which];
  const was = saved[cursor][which];
  const name = which === 'up' ? 'lifted ' : 'lowered';
  const from = own === 0 ? pc.dim(`(servo.${which})`) : '';
  const before = own === was ? '' : pc.yellow(`saved: ${was === 0 ? `${usual[which]} (servo.${which})` : was}`);
  const text = `${name} ${String(width(calibration, cursor, which)).padStart(4)} µs ${from} ${before}`.trimEnd();
  return calibration.side === which ? `${pc.cyan('▸')} ${text}` : `  ${text}`;
}

function flow(room: number): string[] {
  const lines: string[] = [];
  let used = 0;
  for (const [key, act] of keys) {
    const cells = key.length + act.length + 4;
    if (lines.length === 0 || used + cells > room) {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += `${pc.bold(key)} ${pc.dim(act)}   `;
    used += cells;
  }
  return lines;
}
