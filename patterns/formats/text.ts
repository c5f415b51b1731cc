/** Text out of a weaver's file: its letters, its lines, its numbers. Damaged and hostile files end in a sentence. */
import { DraftError } from './weaving-file';

const mostBytes = 32 * 1024 * 1024;
const longestLine = 64 * 1024;

/** Letters as UTF-8 where they are that, else as windows-1252, which the programs of the nineties wrote. */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length > mostBytes)
    throw new DraftError(`The file has ${bytes.length} bytes; no more than ${mostBytes} are read.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export interface Line {
  /** from 1 */
  readonly number: number;
  readonly text: string;
}

/** Lines that end in LF, CR LF or CR, without the blanks at both ends. */
export function* linesOf(text: string): Generator<Line> {
  const end = /\r\n|\r|\n/g;
  let from = 0;
  for (let number = 1; from <= text.length; number++) {
    const match = end.exec(text);
    const to = match ? match.index : text.length;
    if (to - from > longestLine) throw new DraftError(`This line has ${to - from} characters.`, number);
    yield { number, text: text.slice(from, to).trim() };
    if (!match) return;
    from = end.lastIndex;
  }
}

/** A whole number from 0. @throws DraftError naming what stands there instead */
export function whole(text: string, what: string, line: number): number {
  const trimmed = text.trim();
  if (!/^\+?\d{1,9}(\.0*)?$/.test(trimmed))
    throw new DraftError(`${what} should be a number, not “${short(trimmed)}”.`, line);
  return Number(trimmed);
}

/** Numbers parted by commas or blanks; nothing is no number. */
export function wholes(text: string, what: string, line: number): number[] {
  return text
    .split(/[\s,]+/)
    .filter((piece) => piece !== '')
    .map((piece) => whole(piece, what, line));
}

/** What a sentence quotes of a file. */
export function short(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}

/** Parts of a range of colours to `#rrggbb`. */
export function colourOf(parts: readonly number[], [low, high]: readonly [number, number]): string {
  const hex = parts.map((part) => {
    const share = high > low ? (part - low) / (high - low) : 0;
    return Math.round(255 * Math.min(1, Math.max(0, share)))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${hex.join('')}`;
}
