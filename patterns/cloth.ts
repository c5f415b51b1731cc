/** A cloth: what is woven, in which yarns, what it means and how it is read. `.cloth.json` is this, complete. */
import type { BitRows } from './bit-rows';
import type { Yarn } from './profile';

/** Part of a cloth that a run of picks belongs to. */
export type PartKind = 'frame' | 'legend' | 'ruler' | 'record' | 'divider';
export interface Part {
  readonly kind: PartKind;
  /** first pick index */
  readonly from: number;
  /** one past the last pick index */
  readonly to: number;
  /** index into `records` for kind `record` */
  readonly record?: number;
}

/** One row of data, as people read it. */
export interface ClothRecord {
  /** counts from 1 */
  readonly number: number;
  readonly label: string;
  /** a plain sentence: "Old Trafford: of every 100 people on the voting register, about 39 voted." */
  readonly words: string;
}

/** How to read the cloth back. Holds encoding, scale, structures and record labels, never values. */
export interface ClothKey {
  readonly encoding: string;
  readonly [field: string]: unknown;
}

/** A swatch of the legend: what a yarn or a texture or a lane means. */
export interface LegendEntry {
  readonly colour: string;
  readonly title: string;
  /** name of the texture that says the same, where one does */
  readonly texture?: string;
}

/** Who counted, and what the cloth does not say: travels with the cloth. */
export interface Provenance {
  readonly dataset: string;
  readonly title: string;
  readonly story: string;
  readonly counted: string;
  readonly source: string;
  readonly licence: string;
  readonly caveats: readonly string[];
  /** sha256 of the data file, hex */
  readonly sha256: string;
}

export interface Cloth {
  readonly lifts: BitRows;
  /** yarns used, warp and weft together */
  readonly yarns: readonly Yarn[];
  /** index into yarns of each end */
  readonly warp: Uint8Array;
  /** index into yarns of each pick */
  readonly weft: Uint8Array;
  readonly parts: readonly Part[];
  readonly records: readonly ClothRecord[];
  readonly legend: readonly LegendEntry[];
  readonly key: ClothKey;
  readonly provenance: Provenance;
  /** what a visitor should be told: notches, absences, "642 of 650 seats" */
  readonly notes: readonly string[];
  readonly profile: string;
  readonly sett: number;
  readonly picksPerCm: number;
}
