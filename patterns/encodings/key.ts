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

/** Record i takes the picks from `first + i × (picks + dividers)`, and two more for each group before its own; indices. */
export interface Layout {
  readonly first: number;
  readonly picks: number;
  readonly dividers: number;
  /** groups of records that a pair of plain rows parts; absent = all are one */
  readonly groups?: readonly { readonly title: string; readonly records: number }[];
}

interface Common extends ClothKey {
  readonly encoding: EncodingName;
  readonly version: 1;
  readonly ground: Ground;
  /** what is woven: the column's title and unit */
  readonly value: { readonly title: string; readonly unit: string };
  readonly missing: 'basket';
  readonly suppressed: 'broken basket' | 'underlined basket';
  readonly layout: Layout;
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

export interface ShadeKey extends Common {
  readonly encoding: 'shade';
  readonly edges: readonly string[];
  /** lowest bin first, and how many of n ends its satin has up */
  readonly shades: readonly { readonly title: string; readonly level: number }[];
  /** cells of every record, from the left */
  readonly columns: readonly (Span & { readonly title: string })[];
}

/** One half of a mirror; its bar grows from the axis outwards. */
export interface HalfKey {
  readonly title: string;
  readonly unit: string;
  /** of its warp */
  readonly colour: string;
  readonly side: 'left' | 'right';
  /** all its ends, from the selvedge to the axis */
  readonly half: Span;
  /** ends of the longest bar */
  readonly room: number;
  /** where it is a length */
  readonly scale: { readonly perEnd: string; readonly max: string } | null;
  /** where it has no zero: a bin's number of equal steps of so many ends, lowest bin first */
  readonly step: { readonly ends: number; readonly titles: readonly string[] } | null;
  /** cut out of a full bar when the value lies beyond the scale */
  readonly notch: Span;
  /** turns to the warp face when the value is estimated, provisional or partial */
  readonly edge: Span;
}

export interface MirrorKey extends Common {
  readonly encoding: 'mirror';
  /** left and right */
  readonly halves: readonly [HalfKey, HalfKey];
}

export interface SpanKey extends Common {
  readonly encoding: 'span';
  readonly scale: { readonly perEnd: string; readonly max: string };
  readonly titles: { readonly low: string; readonly high: string };
  /** from zero to one end beyond the longest, because a span covers the ends of both its values */
  readonly bar: Span;
  /** turns to the weft face when a value lies beyond the scale */
  readonly off: Span;
  /** turns to the weft face when a value is estimated, provisional or partial */
  readonly edge: Span;
}

/** A hole of a punchcard: its ends, and its rows in the record, index `from` to `to` (exclusive). */
export interface HoleKey extends Span {
  readonly rows: Span;
}

export interface PunchcardKey extends Common {
  readonly encoding: 'punchcard';
  /** what the lowest binary digit stands for, as a decimal */
  readonly step: string;
  readonly max: string;
  /** the highest digit first: the upper row from the left, then the one below; the weft face is 1 */
  readonly digits: readonly HoleKey[];
  /** makes the number of woven holes even, its own counted */
  readonly parity: HoleKey;
  /** is woven when the value is estimated, provisional or partial */
  readonly edge: HoleKey;
}

export type AnyKey = BarsKey | MirrorKey | SequenceKey | BandsKey | ShadeKey | SpanKey | PunchcardKey;

/** The key as its canonical bytes would be: two tables with the same labels and scale give the same text. */
export function keyText(key: ClothKey): string {
  return JSON.stringify(key);
}
