/** Squared paper: cells of whole pixels with thin lines, every fifth one stronger, and small numbers beside them. */
import type { Rect } from './scene';

export const paper = '#fbf8f2';
export const ink = '#29231f';
export const thin = '#cfc7ba';
export const strong = '#8d8376';

/** Where a grid stands: upper left corner in pixels, cells across and down, pixels a cell. */
export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
  readonly px: number;
}

/** Numbers count from the left, and from the bottom. */
const cell = ({ x, y, down, px }: Grid, column: number, row: number): Rect => [
  x + column * px,
  y + (down - 1 - row) * px,
  px,
  px,
];

/** A cell for each that is set: columns from the left, rows from the bottom, indices. Runs along a row are one rectangle. */
export function cells(grid: Grid, isSet: (column: number, row: number) => boolean): Rect[] {
  const rects: Rect[] = [];
  for (let row = 0; row < grid.down; row++)
    for (let column = 0; column < grid.across; column++) {
      if (!isSet(column, row)) continue;
      const [x, y, px] = cell(grid, column, row);
      const from = column;
      while (column + 1 < grid.across && isSet(column + 1, row)) column++;
      rects.push([x, y, (column - from + 1) * px, px]);
    }
  return rects;
}

/** Below this many pixels a cell, lines would hide what stands in it. */
const leastWithLines = 5;
export const lined = (px: number): boolean => px >= leastWithLines;

/** Lines between the cells and round them; of every fifth from the lower left corner, or of the others. */
export function lines({ x, y, across, down, px }: Grid, fifth: boolean): Rect[] {
  if (!lined(px)) return [];
  const rects: Rect[] = [];
  const chosen = (line: number, last: number) => (line % 5 === 0 || line === last) === fifth;
  for (let column = 0; column <= across; column++)
    if (chosen(column, across)) rects.push([x + column * px, y, 1, down * px + 1]);
  for (let row = 0; row <= down; row++)
    if (chosen(row, down)) rects.push([x, y + (down - row) * px, across * px + 1, 1]);
  return rects;
}

/** Digits of 3 × 5 dots, a row a number of 3 bits. */
const font = ['75557', '26227', '71747', '71717', '55711', '74717', '74757', '71122', '75757', '75717'];

export const digitHeight = (dot: number): number => 5 * dot;
export const numberWidth = (value: number, dot: number): number => (4 * String(value).length - 1) * dot;

/** A number with its upper left corner there, `dot` pixels a dot. */
export function number(value: number, x: number, y: number, dot: number): Rect[] {
  return [...String(value)].flatMap((digit, place) =>
    [...font[Number(digit)]].flatMap((bits, row) =>
      [0, 1, 2]
        .filter((column) => (Number(bits) >> (2 - column)) & 1)
        .map((column): Rect => [x + (4 * place + column) * dot, y + row * dot, dot, dot]),
    ),
  );
}
