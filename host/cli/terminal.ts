/** How wide the terminal is, and text laid out to fit it. */

/** Width where there is no terminal. */
const paper = 100;
const gap = 2;
const esc = '\x1b';
const colour = new RegExp(`(${esc}\\[[0-9;]*m)`);

export function terminalWidth(): number {
  return process.stdout.columns || paper;
}

/** Text without what a terminal would obey: a label in somebody's CSV may hold anything. */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** Cells that plain text takes: East Asian wide letters and emoji take two, marks on a letter none (Unicode TR11, in short). */
export function cells(text: string): number {
  let sum = 0;
  for (const letter of text) sum += width(letter);
  return sum;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

function width(letter: string): number {
  if (letter < '\u0300') return 1;
  if (/\p{M}/u.test(letter)) return 0;
  return wide.test(letter) ? 2 : 1;
}

/** As many letters as fit into so many cells. */
function fitting(text: string, room: number): string {
  let kept = '';
  let left = room;
  for (const letter of text) {
    left -= width(letter);
    if (left < 0) break;
    kept += letter;
  }
  return kept;
}

/** Words broken into lines of at most `room` cells; a longer word is cut. */
export function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of clean(text)
    .split(/\s+/)
    .filter((one) => one !== '')) {
    if (line !== '' && cells(line) + 1 + cells(word) <= room) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (cells(line) > room) {
      // A wide letter may not fit at all: then it stands alone.
      const head = fitting(line, room) || [...line][0];
      if (head === line) break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** A line with colours in it, cut to `room` cells: one that ran over the edge would spoil what is redrawn in place. */
export function cut(line: string, room: number): string {
  let left = room;
  let kept = '';
  // Escape sequences take no room.
  for (const piece of line.split(colour)) {
    const text = piece.startsWith(esc) ? piece : fitting(piece, left);
    if (!piece.startsWith(esc)) left = text === piece ? left - cells(text) : 0;
    kept += text;
  }
  return kept;
}

/** Cells of a line with colours in it. */
export function coloured(line: string): number {
  return line.split(colour).reduce((sum, piece) => sum + (piece.startsWith(esc) ? 0 : cells(piece)), 0);
}

export interface TableColumn {
  readonly title: string;
  /** never broken into lines */
  readonly whole?: boolean;
  readonly right?: boolean;
}

/**
 * Columns side by side, the wide ones broken into lines so that all fit into `width`.
 * @returns lines, the titles first; no line ends in spaces
 */
export function tableLines(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const widths = columnWidths(columns, rows, width);
  const lay = (cells: readonly string[]): string[] => {
    const wrapped = cells.map((cell, index) => wrap(cell, widths[index]));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      wrapped
        .map((lines, index) => {
          const text = lines[line] ?? '';
          return columns[index].right ? text.padStart(widths[index]) : text.padEnd(widths[index]);
        })
        .join(' '.repeat(gap))
        .trimEnd(),
    );
  };
  return [columns.map(({ title }) => title), ...rows].flatMap(lay);
}

/** Whole columns get what they need; the others share what is left by their longest cell, at least 8 letters each. */
function columnWidths(columns: readonly TableColumn[], rows: readonly (readonly string[])[], width: number): number[] {
  const wanted = columns.map(({ title }, index) => Math.max(title.length, ...rows.map((row) => row[index].length)));
  const spare = (indexes: readonly number[]) =>
    width - gap * (columns.length - 1) - wanted.reduce((sum, one, i) => sum + (indexes.includes(i) ? 0 : one), 0);
  let broken = columns.flatMap(({ whole }, index) => (whole ? [] : [index]));
  // A column that needs less than its share keeps what it needs, and leaves the rest to the others.
  for (;;) {
    const share = Math.max(8, Math.floor(spare(broken) / Math.max(1, broken.length)));
    const wide = broken.filter((index) => wanted[index] > share);
    if (wide.length === broken.length) return wanted.map((one, index) => (broken.includes(index) ? share : one));
    broken = wide;
  }
}
