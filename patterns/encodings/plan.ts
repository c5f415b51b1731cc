/** What every encoding works out before anything is woven: what each record says, in which yarns, and the key. */
import type { Choice, Refusal } from '../choice';
import { refuse } from '../choice';
import type { LegendEntry } from '../cloth';
import { type Decimal, readDecimal } from '../decimal';
import type { LoomProfile, WarpDesign, Yarn } from '../profile';
import type { Cell, Column, Table } from '../table';
import type { Area, Ground } from './ground';
import type { AnyKey, Layout } from './key';
import type { Said } from './said';

/** What an encoding is given: columns are found, the warp is on the loom. */
export interface Task {
  readonly table: Table;
  readonly profile: LoomProfile;
  readonly choice: Choice;
  readonly ground: Ground;
  readonly warp: WarpDesign;
  /** yarn of each end */
  readonly ends: readonly Yarn[];
  readonly value: { readonly column: Column; readonly index: number };
  readonly by: { readonly column: Column; readonly index: number } | null;
  readonly event: { readonly column: Column; readonly index: number } | null;
  /** the column whose cells part the records into groups */
  readonly group: { readonly column: Column; readonly index: number } | null;
  /** columns that stand side by side; none where an encoding has no grid */
  readonly cells: readonly { readonly column: Column; readonly index: number }[];
}

/** The fields that every key has. */
export interface KeyCommon {
  readonly version: 1;
  readonly ground: Ground;
  readonly value: { readonly title: string; readonly unit: string };
  readonly missing: 'basket';
  readonly suppressed: 'broken basket';
  readonly layout: Layout;
  readonly labels: readonly string[];
}

export interface Plan {
  readonly ok: true;
  readonly said: readonly Said[];
  /** picks of a record, and of the warp-faced rows after it */
  readonly picks: number;
  readonly dividers: number;
  readonly weftOf: (said: Said) => Yarn;
  readonly frame: Yarn;
  /** yarns that mean something by their colour */
  readonly bins: readonly Yarn[];
  /** every weft that the cloth may need */
  readonly wefts: readonly Yarn[];
  /** legend band, lowest first, and how many picks each swatch would like */
  readonly swatches: readonly { readonly weft: Yarn; readonly areas: readonly Area[] }[];
  readonly swatchPicks: number;
  /** blocks of n ends, or null where nothing is measured along the pick */
  readonly ruler: readonly Area[] | null;
  readonly legend: readonly LegendEntry[];
  readonly notes: readonly string[];
  readonly key: (common: KeyCommon) => AnyKey;
}

/** Measures with a true zero: only these may be a length. */
export const lengthKinds: readonly string[] = ['count', 'amount', 'share'];

/** Estimated, provisional and partial values keep their value and turn the edge lane. */
export function isFlagged(cell: Cell): boolean {
  return 'value' in cell && (cell.flags?.length ?? 0) > 0;
}

export function absent(cell: Cell): Said | null {
  return 'absent' in cell
    ? { statement: { is: 'absent', suppressed: cell.absent === 'suppressed' }, flagged: false }
    : null;
}

/** The number in a cell, or a refusal that names its row (counted from 1). */
export function numberIn(cell: { readonly value: string }, column: Column, row: number): Decimal | Refusal {
  return (
    readDecimal(cell.value) ??
    refuse(
      `${column.title} of row ${row + 1} is "${cell.value}", which is not a number.`,
      'Correct the row, or say that it is absent.',
    )
  );
}

/** "2 of 21 are …" for those records that the test finds; nothing when there are none. */
export function counted(
  said: readonly Said[],
  test: (said: Said) => boolean,
  [one, many]: readonly [one: string, many: string],
  rest: string,
): string[] {
  const count = said.filter(test).length;
  return count === 0 ? [] : [`${count} of ${said.length} ${count === 1 ? one : many} ${rest}`];
}

export const are = ['is', 'are'] as const;
export const lie = ['lies', 'lie'] as const;
export const have = ['has', 'have'] as const;

/** @param marked what a flag turns */
export function absenceNotes(said: readonly Said[], marked = 'the edge lane is turned'): string[] {
  return [
    ...counted(said, ({ statement: s }) => s.is === 'absent' && !s.suppressed, are, 'missing: woven as basket.'),
    ...counted(
      said,
      ({ statement: s }) => s.is === 'absent' && s.suppressed,
      are,
      'suppressed: woven as broken basket.',
    ),
    ...counted(said, ({ flagged }) => flagged, are, `estimated, provisional or partial: ${marked}.`),
  ];
}
