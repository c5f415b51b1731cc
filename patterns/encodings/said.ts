/** What a record of a cloth says: what the data asked for, and what is read back from the threads. */

export type Statement =
  | { readonly is: 'length'; readonly ends: number }
  | { readonly is: 'bin'; readonly bin: number }
  | { readonly is: 'lane'; readonly lane: string }
  /** `punchcard`: the value itself, in steps from zero */
  | { readonly is: 'steps'; readonly steps: number }
  /** woven as the full length or the nearest bin, with a notch */
  | { readonly is: 'off the scale'; readonly side: 'low' | 'high' }
  | { readonly is: 'absent'; readonly suppressed: boolean }
  /** `shade`: from the left, one for each column; `mirror`: the left half and the right one; `span`: low and high */
  | { readonly is: 'cells'; readonly cells: readonly CellSaid[] };

/** What one cell of a grid says, or one half of a mirror. */
export interface CellSaid {
  readonly statement: Extract<Statement, { is: 'length' | 'bin' | 'off the scale' | 'absent' }>;
  readonly flagged: boolean;
}

export interface Said {
  readonly statement: Statement;
  /** bin index of the second value, carried by the weft's colour */
  readonly by?: number | 'absent';
  /** the value is estimated, provisional or partial */
  readonly flagged: boolean;
  /** `sequence`: whether the event happened */
  readonly event?: boolean | 'unknown';
}

/** A record read from the cloth; `altered` when its threads say nothing that the key knows: never a guess. */
export type Reading = { readonly number: number; readonly label: string } & (Said | { readonly altered: string });
