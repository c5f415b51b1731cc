/** What a check found wrong, for the person who reads it, with its place on the cloth. */
export interface Finding {
  /** 1 floats, 2 one cloth, 3 edges caught, 4 reads back, 5 fits the loom, 6 read from across the room */
  readonly check: 1 | 2 | 3 | 4 | 5 | 6;
  readonly sentence: string;
  /** numbers, counted from 1, where the fault has a place */
  readonly pick?: number;
  readonly end?: number;
}

/** Enough to see what is wrong; a broken cloth has thousands. */
export const mostFindings = 20;
