/** How wide the terminal is, and text laid out to fit it. */

/** Width where there is no terminal. */
const paper = 100;
const gap = 2;
const esc = '\x1b';
const colour = new RegExp(`(${esc}\\[[0-9;]*m)`);

export function terminalWidth(): number {
  return process.stdout.columns || paper;
}

/** Words broken into lines of at most `width` letters; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    if (line !== '' && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** A line with colours in it, cut to `width` letters: one that ran over the edge would spoil what is redrawn in place. */
export function cut(line: string, width: number): string {
  let letters = 0;
  let kept = '';
  // Escape sequences take no room.
  for (const piece of line.split(colour)) {
    const text = piece.startsWith(esc) ? piece : piece.slice(0, Math.max(0, width - letters));
    if (!piece.startsWith(esc)) letters += text.length;
    kept += text;
  }
  return kept;
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
