/** What is asked of an encoding: which columns, in which words, with whose credit. */
import type { Provenance } from './cloth';
import type { Column } from './table';

export type Scale = NonNullable<Column['scale']>;

export const encodingNames = ['bars', 'mirror', 'sequence', 'bands', 'shade', 'span', 'punchcard'] as const;
export type EncodingName = (typeof encodingNames)[number];

export interface Choice {
  readonly encoding: EncodingName;
  /** name of the column that names a record */
  readonly label: string;
  /** name of the column that is woven */
  readonly value: string;
  /** name of a second column: `bars` say its bins in the weft's colour, `mirror` on the right of the axis, `span` goes up to it */
  readonly by?: string;
  /**
   * name of the column whose cells (years, boroughs) part the records into groups, in the order of the rows; where the
   * warp is too short for all of them, each group is one record
   */
  readonly group?: string;
  /** name of the column that changes where the way of counting changed: rows on the two sides are never grouped */
  readonly series?: string;
  /** `shade`: name of the column whose cells stand side by side, where each row of the table is one cell of the grid */
  readonly across?: string;
  /** `shade`: names of columns on one scale that stand side by side; default all that are on the scale of `value` */
  readonly columns?: readonly string[];
  /** `shade`: bin edges of its own, fixed for the dataset, where the column's are more than a satin has shades */
  readonly edges?: readonly string[];
  /** `punchcard`: the smallest difference that the figures tell, as a decimal; default 1 for whole numbers */
  readonly step?: string;
  /** `sequence`: what turns the event lane: the cell of `column` is one of `is` */
  readonly event?: {
    readonly column: string;
    readonly is: readonly string[];
    readonly title: string;
    /** template of a sentence that is added where it happened */
    readonly words?: string;
  };
  /** template of a record's sentence: `{label}`, `{value}`, `{value:0}` (rounded to so many places), `{any_column}` */
  readonly words: string;
  /** template of the sentence of an absent record; default "{label}: {reason}." */
  readonly absentWords?: string;
  readonly provenance: Provenance;
  /** what the dataset wants said: "642 of 650 seats" */
  readonly notes?: readonly string[];
  /** name of the warp design; default the one named like the encoding */
  readonly warp?: string;
}

/** Why a cloth cannot be woven, in a sentence, and what to do about it. */
export interface Refusal {
  readonly ok: false;
  readonly reason: string;
  readonly tryInstead: string;
}

export const refuse = (reason: string, tryInstead: string): Refusal => ({ ok: false, reason, tryInstead });

export function columnIndex(columns: readonly Column[], name: string): number | Refusal {
  const index = columns.findIndex((column) => column.name === name);
  if (index >= 0) return index;
  return refuse(`There is no column "${name}".`, `Name one of ${columns.map((column) => column.name).join(', ')}.`);
}
