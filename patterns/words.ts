/** A record's plain sentence, from a dataset's template. */
import { readDecimal, round } from './decimal';
import type { Cell, Column } from './table';

/** A cell as people read it: a category by its title, a number rounded when places are asked, absence by its reason. */
export function cellWords(cell: Cell, column: Column, places?: number): string {
  if ('absent' in cell) return cell.absent;
  const title = column.categories?.find(({ code }) => code === cell.value)?.title;
  if (title !== undefined) return title;
  const number = places === undefined ? null : readDecimal(cell.value);
  return number ? round(number, places ?? 0) : cell.value;
}

/**
 * Fills `{name}` and `{name:places}`. Names are columns, or one of the `short` names given.
 * A name that is neither stays as it is written, so that the mistake is seen.
 */
export function fill(
  template: string,
  columns: readonly Column[],
  row: readonly Cell[],
  short: ReadonlyMap<string, number>,
  fixed: Readonly<Record<string, string>> = {},
): string {
  return template.replace(/\{([^{}:]+)(?::(\d))?\}/g, (whole, name: string, places?: string) => {
    if (name in fixed) return fixed[name];
    const index = short.get(name) ?? columns.findIndex((column) => column.name === name);
    return index < 0 ? whole : cellWords(row[index], columns[index], places === undefined ? undefined : Number(places));
  });
}
