/** What the patterns need to know of a loom. Read from TOML by host/profiles. Numbers count from 1 where people see them. */

export interface Yarn {
  readonly name: string;
  /** sRGB, `#rrggbb` */
  readonly colour: string;
  /** metres at hand; absent = plenty */
  readonly metres?: number;
}

/** A run of neighbouring ends in one yarn, from end `from` to `to` (numbers, inclusive). */
export interface WarpStripe {
  readonly from: number;
  readonly to: number;
  readonly yarn: Yarn;
  /** lane that an encoding may claim: a category lane, the events' lane, the rare ones' lane */
  readonly lane?: string;
}

export interface WarpDesign {
  readonly name: string;
  readonly stripes: readonly WarpStripe[];
  /** ends in the guide colour, as numbers; they help to count bars */
  readonly guides: readonly number[];
  readonly guideYarn?: Yarn;
}

export interface LoomProfile {
  readonly name: string;
  readonly title: string;
  /** one heddle lifts one end in this version; ends = heddles */
  readonly ends: number;
  /** ends per cm */
  readonly sett: number;
  readonly picksPerCm: number;
  /** longest float allowed, in threads, in all four senses */
  readonly floatLimit: number;
  /** ends on each edge that are selvedge and carry no data */
  readonly selvedge: number;
  readonly warps: readonly WarpDesign[];
  readonly wefts: readonly Yarn[];
  /** names of weft yarns for bins, from the lowest bin to the highest; absent = the wefts in their order */
  readonly palette?: readonly string[];
  /** most shuttles in use at once */
  readonly shuttles: number;
  /** metres of warp that can be woven */
  readonly warpMetres: number;
  readonly board: {
    readonly firmware: 'uno';
    readonly outputs: 'pca9685' | 'pins';
    readonly heddles: number;
    readonly leds: number;
  };
}
