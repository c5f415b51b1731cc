/** Rows too many for the warp become one for each group: each measure is grouped as its kind allows, or not at all. */
import { type Choice, columnIndex, type Refusal, refuse } from './choice';
import { compare, type Decimal, quotient, readDecimal, sum, times } from './decimal';
import type { AbsentReason, Cell, Column, Flag, Table } from './table';
import { cellWords } from './words';

export interface Grouped {
  readonly table: Table;
  /** of the groups: they are the labels now */
  readonly choice: Choice;
}

interface Group {
  readonly title: string;
  readonly rows: (readonly Cell[])[];
}

const hows: Readonly<Record<string, string>> = {
  count: 'summed',
  amount: 'summed',
  share: 'worked out anew from its two numbers',
  score: 'averaged',
  temperature: 'averaged',
};

/**
 * One row for each cell of the column `choice.group`, in the order in which they come; of each series on its own.
 * Counts and amounts are summed, shares worked out from their numerator and denominator, scores and temperatures
 * averaged; ranks never. What was absent is left out, and the group is then partial.
 */
export function groupRows(table: Table, choice: Choice): Grouped | Refusal {
  const by = columnIndex(table.columns, choice.group ?? '');
  if (typeof by !== 'number') return by;
  const series = choice.series === undefined ? null : columnIndex(table.columns, choice.series);
  if (series !== null && typeof series !== 'number') return series;
  const woven = [choice.value, choice.by, choice.event?.column, ...(choice.columns ?? [])];
  for (const name of woven) {
    const column = table.columns.find((one) => one.name === name);
    const fault = column && cannot(column, table.columns);
    if (column && fault)
      return refuse(
        `The rows are too many for the warp, and ${column.title} cannot be grouped: ${fault}.`,
        'Weave fewer rows, or a measure that can be summed or averaged.',
      );
  }
  const groups = groupsIn(table, by, series);
  const value = columnIndex(table.columns, choice.value);
  if (typeof value !== 'number') return value;
  const column = table.columns[value];
  const rows = groups.map(({ title, rows: own }): Cell[] =>
    table.columns.map((one, i) => (i === by ? { value: labelOf(title, own, value) } : grouped(one, i, own, table))),
  );
  for (const [i, cells] of rows.entries()) {
    const fault = beyond(column, cells[value]);
    if (fault)
      return refuse(
        `The rows are too many for the warp, and summed by ${table.columns[by].title} ${column.title} of ${groups[i].title} is ${fault}.`,
        'Weave fewer rows, or declare a scale for the sums.',
      );
  }
  const named = table.columns.map(
    (one, i): Column => (i === by ? { name: one.name, title: one.title, type: 'string' } : one),
  );
  const note = `${table.rows.length} rows are more than the warp has room for: they are grouped by ${table.columns[by].title} into ${groups.length}, ${column.title} ${hows[column.kind ?? '']}. In brackets: how many rows a group has, and how many of them are absent.`;
  const { group: _group, series: _series, ...rest } = choice;
  return {
    table: { columns: named, rows },
    choice: { ...rest, label: table.columns[by].name, notes: [...(choice.notes ?? []), note] },
  };
}

/** Why no group can be made of a column; null when it can. */
function cannot(column: Column, columns: readonly Column[]): string | null {
  const { kind, share } = column;
  if (kind === 'rank') return 'a rank says nothing of a group';
  if (kind === undefined || kind === 'category') return 'it is no number that is summed or averaged';
  if (kind !== 'share') return null;
  const numbers = share && [share.count, share.of].map((name) => columns.find((one) => one.name === name));
  return numbers?.every((one) => one)
    ? null
    : 'it is a share, and the columns that it is worked out from are not named';
}

function groupsIn({ columns, rows }: Table, by: number, series: number | null): Group[] {
  const groups = new Map<string, Group>();
  for (const cells of rows) {
    const own = cellWords(cells[by], columns[by]);
    const title = series === null ? own : `${own}, ${cellWords(cells[series], columns[series])}`;
    const group = groups.get(title) ?? { title, rows: [] };
    groups.set(title, group);
    group.rows.push(cells);
  }
  return [...groups.values()];
}

/** "2016 (21)", "2018 (21, 2 absent)". */
function labelOf(title: string, rows: Group['rows'], value: number): string {
  const absent = rows.filter((cells) => 'absent' in cells[value]).length;
  return `${title} (${rows.length}${absent > 0 ? `, ${absent} absent` : ''})`;
}

/** What a column says of a group. */
function grouped(column: Column, index: number, rows: Group['rows'], { columns }: Table): Cell {
  const nothing: Cell = { absent: 'not applicable' };
  if (cannot(column, columns)) {
    const [first] = rows;
    const same = rows.every((cells) => JSON.stringify(cells[index]) === JSON.stringify(first[index]));
    return same ? first[index] : nothing;
  }
  const places = (texts: readonly Decimal[]): number => Math.max(0, ...texts.map((one) => one.places));
  const own = numbersOf(rows, index);
  if (column.kind === 'share' && column.share) {
    const [count, of] = [column.share.count, column.share.of].map((name) =>
      columns.findIndex((one) => one.name === name),
    );
    const both = rows.filter((cells) => 'value' in cells[count] && 'value' in cells[of]);
    const whole = readDecimal(sum(numbersOf(both, of)));
    const some = readDecimal(sum(numbersOf(both, count)));
    if (!whole || !some || both.length === 0 || whole.units === 0n) return absentOf(rows, index);
    const top = readDecimal(times(some, column.unit?.startsWith('%') ? 100 : 1)) ?? some;
    return marked(quotient(top, whole, Math.max(1, places(own))), both.length < rows.length, [count, of], both);
  }
  if (own.length === 0) return absentOf(rows, index);
  const total = sum(own);
  const isSum = column.kind === 'count' || column.kind === 'amount';
  const text = isSum
    ? total
    : quotient(readDecimal(total) ?? own[0], { units: BigInt(own.length), places: 0 }, Math.max(1, places(own)));
  return marked(text, own.length < rows.length, [index], rows);
}

function numbersOf(rows: Group['rows'], index: number): Decimal[] {
  return rows.flatMap((cells) => {
    const cell = cells[index];
    return ('value' in cell && readDecimal(cell.value)) || [];
  });
}

function absentOf(rows: Group['rows'], index: number): Cell {
  const reasons = rows.flatMap((cells): AbsentReason[] => {
    const cell = cells[index];
    return 'absent' in cell ? [cell.absent] : [];
  });
  return { absent: reasons.includes('suppressed') ? 'suppressed' : (reasons[0] ?? 'not recorded') };
}

/** The value with the flags of all that went into it; partial when something did not. */
function marked(value: string, partial: boolean, from: readonly number[], rows: Group['rows']): Cell {
  const flags = new Set<Flag>(partial ? ['partial'] : []);
  for (const cells of rows)
    for (const index of from) {
      const cell = cells[index];
      if ('value' in cell) for (const flag of cell.flags ?? []) flags.add(flag);
    }
  return flags.size > 0 ? { value, flags: [...flags] } : { value };
}

/** A sum that its column's scale was not made for. */
function beyond({ scale, kind, unit }: Column, cell: Cell): string | null {
  if (!scale || !(kind === 'count' || kind === 'amount') || 'absent' in cell) return null;
  const [value, max] = [readDecimal(cell.value), readDecimal(scale.max)];
  const words = `${cell.value}${unit ? ` ${unit}` : ''}, beyond its scale of ${scale.max}`;
  return value && max && compare(value, max) > 0 ? words : null;
}
