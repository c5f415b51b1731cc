/** What `shade` weaves as a grid: several value columns side by side, or one value spread over the cells of another column. */
import { type Choice, columnIndex, type Refusal, refuse } from '../choice';
import type { Cell, Column, Table } from '../table';
import { cellWords } from '../words';

/** A column of the grid: its place in the table. */
export interface Found {
  readonly column: Column;
  readonly index: number;
}

export interface Grid {
  readonly table: Table;
  readonly cells: readonly Found[];
}

/** The columns of the grid, all on one scale; a long table becomes a wide one. */
export function gridOf(table: Table, choice: Choice): Grid | Refusal {
  if (choice.across !== undefined) return spread(table, choice, choice.across);
  const value = columnIndex(table.columns, choice.value);
  if (typeof value !== 'number') return value;
  const first = table.columns[value];
  const names = choice.columns ?? table.columns.filter((one) => likeScale(one, first)).map(({ name }) => name);
  const cells: Found[] = [];
  for (const name of names) {
    const index = columnIndex(table.columns, name);
    if (typeof index !== 'number') return index;
    const column = table.columns[index];
    if (!likeScale(column, first))
      return refuse(
        `${column.title} and ${first.title} have not the same kind, unit and bins, so one shade would say two things.`,
        'Shade columns that share one scale, or weave the two as bars.',
      );
    cells.push({ column, index });
  }
  return cells.length > 1
    ? { table, cells }
    : refuse(
        `A shade is a grid, and ${first.title} is a single column.`,
        'Name the column whose values stand side by side (months, kinds), or several columns on one scale.',
      );
}

const likeScale = (a: Column, b: Column): boolean =>
  a.type !== 'string' && a.kind === b.kind && a.unit === b.unit && `${a.edges}` === `${b.edges}`;

/** One row for each label, one column for each cell of the column `across`, in the order in which they come. */
function spread(table: Table, choice: Choice, across: string): Grid | Refusal {
  const [label, beside, value] = [choice.label, across, choice.value].map((name) => columnIndex(table.columns, name));
  for (const index of [label, beside, value]) if (typeof index !== 'number') return index;
  const [rowAt, acrossAt, valueAt] = [label, beside, value] as number[];
  const named = table.columns[acrossAt];
  const titles: string[] = (named.categories ?? []).map(({ title }) => title);
  const rows = new Map<string, Map<string, Cell>>();
  for (const [i, cells] of table.rows.entries()) {
    for (const at of [rowAt, acrossAt])
      if ('absent' in cells[at])
        return refuse(
          `${table.columns[at].title} of row ${i + 1} is ${cells[at].absent}, so its value has no place in the grid.`,
          'Name it, or leave the row out.',
        );
    const row = cellWords(cells[rowAt], table.columns[rowAt]);
    const title = cellWords(cells[acrossAt], named);
    if (!titles.includes(title)) titles.push(title);
    const own = rows.get(row) ?? new Map<string, Cell>();
    rows.set(row, own);
    if (own.has(title))
      return refuse(
        `${row} and ${title} come twice, the second time in row ${i + 1}.`,
        'Group the rows first: counts and amounts are summed, scores averaged, ranks never.',
      );
    own.set(title, cells[valueAt]);
  }
  const { title: _, name: __, ...scale } = table.columns[valueAt];
  const columns = titles.map((title, i): Column => ({ ...scale, name: `${choice.value} ${i + 1}`, title }));
  const nothing: Cell = { absent: 'not recorded' };
  const wide = [...rows].map(([row, own]) => [{ value: row }, ...titles.map((title) => own.get(title) ?? nothing)]);
  return {
    table: { columns: [{ ...table.columns[rowAt], type: 'string', categories: undefined }, ...columns], rows: wide },
    cells: columns.map((column, i) => ({ column, index: i + 1 })),
  };
}
