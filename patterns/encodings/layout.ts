/** Where the records of a cloth lie: one after another, and those of one group (a year, a borough) together. */
import type { Cell, Column } from '../table';
import { cellWords } from '../words';
import type { Layout } from './key';

/** Rows of plain weave that part two groups: paired, so that no float grows by more than one. */
export const groupPicks = 2;

/** A run of records with the same cell in the column that groups them. */
export interface Group {
  readonly title: string;
  /** how many */
  readonly records: number;
}

/** The groups in the order of the rows. The same title again, after another one, is a group of its own. */
export function groupsOf(rows: readonly (readonly Cell[])[], column: Column, index: number): Group[] {
  const groups: Group[] = [];
  for (const cells of rows) {
    const title = cellWords(cells[index], column);
    const last = groups[groups.length - 1];
    if (last?.title === title) groups[groups.length - 1] = { title, records: last.records + 1 };
    else groups.push({ title, records: 1 });
  }
  return groups;
}

/** Index of the first record of every group but the first. */
export function groupStarts(groups: readonly Group[] = []): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const { records } of groups.slice(0, -1)) {
    at += records;
    starts.push(at);
  }
  return starts;
}

/** @returns the first pick of each of so many records, indices */
export function recordPicks({ first, picks, dividers, groups }: Layout, records: number): number[] {
  const starts = groupStarts(groups);
  let passed = 0;
  return Array.from({ length: records }, (_, record) => {
    while (passed < starts.length && starts[passed] <= record) passed++;
    return first + record * (picks + dividers) + passed * groupPicks;
  });
}
