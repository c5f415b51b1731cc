/** A table of data as the cloth sees it: cells that are values with flags, or absent with a reason. */

/** What a measure is decides how it may be drawn: only count, amount and share have a true zero and may be a length. */
export type MeasureKind = 'count' | 'amount' | 'share' | 'score' | 'rank' | 'temperature' | 'category';

export type Flag = 'estimated' | 'provisional' | 'partial';
export type AbsentReason = 'not recorded' | 'suppressed' | 'not applicable' | 'unknown';

/** `value` of a number column is the decimal as written in the file ("24.8"), compared as a decimal, never as a float. */
export type Cell = { readonly value: string; readonly flags?: readonly Flag[] } | { readonly absent: AbsentReason };

export interface Column {
  readonly name: string;
  readonly title: string;
  readonly type: 'number' | 'integer' | 'string' | 'datetime';
  readonly kind?: MeasureKind;
  readonly unit?: string;
  /** Ascending bin edges as decimals: n edges make n − 1 bins [low, high), the last one closed. Fixed for the dataset. */
  readonly edges?: readonly string[];
  /** For lengths: value of one end and of the whole bar's room, as decimals. */
  readonly scale?: { readonly perEnd: string; readonly max: string };
  /** Of a share: names of the columns that it is worked out from, so much (`count`) of so much (`of`). */
  readonly share?: { readonly of: string; readonly count: string };
  /** For categories: name shown for each code, and the lane it takes. */
  readonly categories?: readonly { readonly code: string; readonly title: string; readonly lane?: string }[];
}

export interface Table {
  readonly columns: readonly Column[];
  /** rows[r][c] is the cell of row index r, column index c. */
  readonly rows: readonly (readonly Cell[])[];
}
