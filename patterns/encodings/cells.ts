/** Several values side by side in one record: what each says, what is noted of them, and how they are found again. */
import type { Refusal } from '../choice';
import type { Decimal } from '../decimal';
import type { Cell, Column } from '../table';
import type { Area, Painter } from './ground';
import { isFlagged, numberIn } from './plan';
import type { CellSaid, Said } from './said';

/**
 * What one cell of the table says.
 * @param place the statement of a number that is there
 */
export function cellSaid(
  cell: Cell,
  column: Column,
  row: number,
  place: (value: Decimal) => CellSaid['statement'] | Refusal,
): CellSaid | Refusal {
  if ('absent' in cell)
    return { statement: { is: 'absent', suppressed: cell.absent === 'suppressed' }, flagged: false };
  const number = numberIn(cell, column, row);
  if ('ok' in number) return number;
  const statement = place(number);
  return 'ok' in statement ? statement : { statement, flagged: isFlagged(cell) };
}

export const cellsSaid = (cells: readonly CellSaid[]): Said => ({ statement: { is: 'cells', cells }, flagged: false });

export const cellsOf = ({ statement }: Said): readonly CellSaid[] => (statement.is === 'cells' ? statement.cells : []);

/** How absences and marks of single values look. */
export interface CellMarks {
  readonly missing: string;
  readonly suppressed: string;
  readonly flagged: string;
  readonly off: string;
}

/** "2 of 48 values are missing: woven as basket." for each kind that there is. */
export function cellNotes(said: readonly Said[], marks: CellMarks): string[] {
  const all = said.flatMap(cellsOf);
  const count = (test: (cell: CellSaid) => boolean, words: string): string[] => {
    const some = all.filter(test).length;
    return some === 0 ? [] : [`${some} of ${all.length} values ${some === 1 ? 'is' : 'are'} ${words}.`];
  };
  return [
    ...count(({ statement: s }) => s.is === 'absent' && !s.suppressed, `missing: ${marks.missing}`),
    ...count(({ statement: s }) => s.is === 'absent' && s.suppressed, `suppressed: ${marks.suppressed}`),
    ...count(({ flagged }) => flagged, `estimated, provisional or partial: ${marks.flagged}`),
    ...count(({ statement: s }) => s.is === 'off the scale', marks.off),
  ];
}

/**
 * What the record at these rows says, place by place.
 * @param every what each place can say, and how that looks
 * @returns nothing when one of the places shows nothing that is known
 */
export function guessCells(
  every: readonly (readonly { readonly cell: CellSaid; readonly areas: readonly Area[] }[])[],
  words: Uint32Array,
  pick: number,
  picks: number,
  painter: Painter,
): Said[] {
  const cells = every.map((all) => all.find(({ areas }) => painter.shows(words, pick, picks, areas))?.cell);
  return cells.every((cell) => cell !== undefined) ? [cellsSaid(cells)] : [];
}
