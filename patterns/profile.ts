/** What the patterns need to know of a loom. Read from TOML by host/profiles. Numbers count from 1 where people see them. */

export interface Yarn {
  readonly name: string;
  /** sRGB, `#rrggbb` */
  readonly colour: string;
  /** metres at hand; absent = plenty */
  readonly metres?: number;
  /** grams a kilometre (the yarn's tex number, ISO 1144); absent = its weight is not told */
  readonly tex?: number;
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

/** How the edges are woven. Half-basket: two picks in one shed; floating: the outermost end hangs free, and the hand passes it. */
export const selvedgeWeaves = ['half-basket', 'plain', 'floating'] as const;
export type SelvedgeWeave = (typeof selvedgeWeaves)[number];

/** Which shaft each end between the selvedges is on. Shafts are numbers. */
export type Threading =
  /** the shafts in their order, again and again */
  | { readonly kind: 'straight'; readonly shafts: readonly number[] }
  /** up through the shafts and down again: 1 2 3 4 3 2, and again */
  | { readonly kind: 'point'; readonly shafts: readonly number[] }
  /** any order, again and again */
  | { readonly kind: 'repeat'; readonly order: readonly number[] }
  /** blocks side by side, each straight on shafts of its own */
  | {
      readonly kind: 'blocks';
      readonly blocks: readonly { readonly shafts: readonly number[]; readonly ends: number }[];
    }
  /** a shaft for every end of the loom, selvedges too; 0 = the end hangs free */
  | { readonly kind: 'custom'; readonly ends: readonly number[] };

/** What lifts the ends. */
export type Lifting =
  /** heddles: each lifts one end, or a few neighbours */
  | { readonly by: 'heddles'; readonly endsPerHeddle?: number }
  | {
      readonly by: 'shafts';
      readonly threading: Threading;
      /** shafts of the selvedge ends, from the outermost inwards; not for a custom threading */
      readonly leftSelvedge?: readonly number[];
      readonly rightSelvedge?: readonly number[];
    };

export interface LoomProfile {
  readonly name: string;
  readonly title: string;
  readonly ends: number;
  /** ends per cm */
  readonly sett: number;
  readonly picksPerCm: number;
  /** longest float allowed, in threads, in all four senses */
  readonly floatLimit: number;
  /** ends on each edge that are selvedge and carry no data */
  readonly selvedge: number;
  /** half-basket unless said */
  readonly selvedgeWeave?: SelvedgeWeave;
  /** one heddle an end unless said */
  readonly lifting?: Lifting;
  /** rising unless said; of a sinking shed an actuator pulls its ends down */
  readonly shed?: 'rising' | 'sinking';
  /** the weaver's side that end 1 is at; left unless said */
  readonly endOne?: 'left' | 'right';
  readonly warps: readonly WarpDesign[];
  readonly wefts: readonly Yarn[];
  /** names of weft yarns for bins, from the lowest bin to the highest; absent = the wefts in their order */
  readonly palette?: readonly string[];
  /** most shuttles in use at once */
  readonly shuttles: number;
  /** metres of warp that are put on */
  readonly warpMetres: number;
  /** metres of it that cannot be woven: tied on in front, and left behind the heddles; 0 unless said */
  readonly loomWaste?: number;
  /** picks after which the cloth is wound on; absent = when the weaver sees fit */
  readonly windOnEvery?: number;
  readonly board: {
    readonly firmware: 'uno' | 'mega';
    readonly outputs: 'pca9685' | 'pins' | 'shift';
    /** heddles or shafts that the board moves */
    readonly heddles: number;
    readonly leds: number;
  };
}

/** Length of cloth that the warp has room for. */
export function weavableCm({ warpMetres, loomWaste = 0 }: LoomProfile): number {
  return Math.round((warpMetres - loomWaste) * 1000) / 10;
}
