/** What is known of each record of a cloth, whether it was read from a picture or counted in the CSV. */

/** One measure of one record. */
export interface Fact {
  /** the value lies from … to …, both included; the same number twice when it is known exactly */
  readonly amount?: readonly [from: number, to: number];
  /** index of its bin or lane */
  readonly bin?: number;
  readonly absent?: boolean;
  /** beyond the scale: neither amount nor bin is told */
  readonly off?: boolean;
}

export interface Facts {
  readonly label: string;
  /** one for each measure, in their order */
  readonly of: readonly Fact[];
}

/** What a cloth tells of every record. */
export interface Measure {
  readonly title: string;
  /** titles of its bins or lanes, in the legend's order; none when it is told by a length */
  readonly bins: readonly string[];
  /** what one end stands for; 0 when it is told by bins */
  readonly step: number;
}
