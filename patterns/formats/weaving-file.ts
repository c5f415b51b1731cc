/** What a weaving file says, whichever format it is in; and how a file is refused. */
import type { BitRows } from '../bit-rows';
import { draftLimits, type LiftPlan, liftPlanOf, sunk, type Treadling } from '../draft';
import { drawdown } from '../drawdown';

/** A section that only the program that wrote the file understands; kept as it was. */
export interface PrivateSection {
  /** as in the file, without brackets */
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface WeavingFile {
  readonly format: 'WIF' | 'DTX' | 'WPO' | 'image';
  readonly title: string;
  /** shafts of each end; null when the file has only the crossings */
  readonly threading: BitRows | null;
  /** tie-up and treadles, when the file has them */
  readonly treadling: Treadling | null;
  /** shafts of each pick as the file lists them, when it has a lift plan */
  readonly liftPlan: BitRows | null;
  readonly shed: 'rising' | 'sinking';
  /** 1 = warp up; row = pick, bit = end, both as numbered in the file */
  readonly lifts: BitRows;
  /** sRGB, `#rrggbb` */
  readonly palette: readonly string[];
  /** index into the palette of each end, and of each pick */
  readonly warp: Uint16Array;
  readonly weft: Uint16Array;
  /** ends per cm and picks per cm, where the file says so */
  readonly sett: number | null;
  readonly picksPerCm: number | null;
  readonly privateSections: readonly PrivateSection[];
  /** what was assumed or left out on reading, in sentences */
  readonly notes: readonly string[];
}

/** The file cannot be read. */
export class DraftError extends Error {
  /**
   * @param reason a sentence: what is wrong, and what would be right
   * @param line number of the line in the file, from 1; null where there are no lines or none is to blame
   */
  constructor(
    readonly reason: string,
    readonly line: number | null = null,
  ) {
    super(line === null ? reason : `Line ${line}: ${reason}`);
    this.name = 'DraftError';
  }
}

/** @throws DraftError when the cloth would be larger than is believed */
export function mustFit(ends: number, picks: number): void {
  const { ends: mostEnds, picks: mostPicks, crossings } = draftLimits;
  if (ends < 1 || picks < 1) throw new DraftError(`This draft has ${ends} ends and ${picks} picks: nothing to weave.`);
  if (ends > mostEnds || picks > mostPicks || ends * picks > crossings)
    throw new DraftError(
      `${ends} ends × ${picks} picks are more than is read here (${mostEnds} ends, ${mostPicks} picks, ${crossings} crossings).`,
    );
}

/** Threads that a file counts and does nothing with; programs leave room for more than is woven. */
export function tellIdle(threading: BitRows, lifts: BitRows, notes: string[]): void {
  const idle = (rows: BitRows): number => {
    let count = 0;
    for (let row = 0; row < rows.picks; row++)
      if (rows.words.subarray(row * rows.stride, (row + 1) * rows.stride).every((word) => word === 0)) count++;
    return count;
  };
  const [ends, picks] = [idle(threading), idle(lifts)];
  if (ends > 0) notes.push(`${ends} of ${threading.picks} ends are on no shaft: they are never lifted.`);
  if (picks > 0) notes.push(`${picks} of ${lifts.picks} picks lift nothing.`);
}

export interface Sheds {
  readonly threading: BitRows;
  readonly treadling: Treadling | null;
  readonly liftPlan: BitRows | null;
  readonly shed: 'rising' | 'sinking';
}

/**
 * The crossings that a draft makes. With a lift plan and treadles too, the lift plan counts; a note says when they differ.
 * @throws DraftError when there is neither
 */
export function liftsOf({ threading, treadling, liftPlan, shed }: Sheds, notes: string[]): BitRows {
  const byTreadles = treadling && drawdown(liftPlanOf({ threading, ...treadling, shed }));
  if (!liftPlan) {
    if (byTreadles) return byTreadles;
    throw new DraftError('There is neither a lift plan nor a treadling: nothing says which shafts rise.');
  }
  const plan: LiftPlan = { shafts: threading.ends, threading, rises: liftPlan };
  const byPlan = drawdown(shed === 'rising' ? plan : sunk(plan));
  if (byTreadles?.words.some((word, at) => word !== byPlan.words[at]))
    notes.push('The lift plan and the treadles say different cloths: the lift plan was taken.');
  return byPlan;
}
