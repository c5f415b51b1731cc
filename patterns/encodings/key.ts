/** The keys of our encodings: how a cloth is read. Scale, structures, lanes, labels and layout; never a value. */

import type { EncodingName } from '../choice';
import type { ClothKey } from '../cloth';
import type { Ground, Texture } from './ground';

/** Ends from index `from` to `to` (exclusive). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A bin of the scale, how it is called and the colour that carries it. */
export interface BinKey {
  readonly title: string;
  readonly colour: string;
  readonly texture?: Texture;
}

interface Common extends ClothKey {
  readonly encoding: EncodingName;
  readonly version: 1;
  readonly ground: Ground;
  /** what is woven: the column's title and unit */
  readonly value: { readonly title: string; readonly unit: string };
  readonly missing: 'basket';
  readonly suppressed: 'broken basket';
  /** record i takes the picks from `first + i × (picks + dividers)`, indices */
  readonly layout: { readonly first: number; readonly picks: number; readonly dividers: number };
  readonly labels: readonly string[];
}

export interface BarsKey extends Common {
  readonly encoding: 'bars';
  readonly scale: { readonly perEnd: string; readonly max: string };
  readonly bar: Span;
  /** turns to the weft face when the value is estimated, provisional or partial */
  readonly edge: Span;
  /** ends of the notch that is cut out of a full bar when the value lies beyond the scale */
  readonly notch: Span;
  /** the second value, carried by the weft's colour */
  readonly by: { readonly title: string; readonly bins: readonly BinKey[]; readonly absentColour: string } | null;
}

export interface BandsKey extends Common {
  readonly encoding: 'bands';
  readonly edges: readonly string[];
  readonly bins: readonly BinKey[];
  readonly absentColour: string;
  readonly band: Span;
  /** turns to the warp face when the value lies beyond the scale */
  readonly notch: Span;
  /** turns to the warp face when the value is estimated, provisional or partial */
  readonly edge: Span;
  /** on a loom of one area across: notch, band and edge lane are rows of the record, one above the other */
  readonly rows?: { readonly notch: Span; readonly band: Span; readonly edge: Span };
}

export interface LaneKey extends Span {
  readonly lane: string;
  readonly colour: string;
  /** what the lane stands for: one category, or several rare ones */
  readonly titles: readonly string[];
}

export interface SequenceKey extends Common {
  readonly encoding: 'sequence';
  readonly lanes: readonly LaneKey[];
  readonly event: (Span & { readonly title: string; readonly colour: string }) | null;
}

export type AnyKey = BarsKey | BandsKey | SequenceKey;

/** The key as its canonical bytes would be: two tables with the same labels and scale give the same text. */
export function keyText(key: ClothKey): string {
  return JSON.stringify(key);
}
