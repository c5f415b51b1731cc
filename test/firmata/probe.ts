/** A probe: one thing that the Firmata protocol says, tried on a board, and what came of it. */
import type { FirmataBoard } from './board';

/**
 * true: it did what the protocol says, seen on the wire or at a pin. false: nothing came of it (the suite looks whether the
 * board said why). A string: something else came, in words. null: the board has nothing that it could be tried on.
 */
export type Outcome = boolean | string | null;

export interface Probe {
  readonly feature: string;
  readonly run: (board: FirmataBoard) => Outcome;
}

/**
 * –: nothing to try it on. supports: as the protocol says. differs: otherwise, in `note`. refuses: not obeyed, and said why. ignores: not obeyed,
 * without a word. After the last two the board does not go on as before. waits: it takes all that follows for the inside of
 * a message, up to the next F7. crashes: it never answers again, or began anew by itself; which of the two is chance.
 */
export type Verdict = '–' | 'supports' | 'differs' | 'refuses' | 'ignores' | 'waits' | 'crashes';

export interface Finding {
  readonly feature: string;
  readonly verdict: Verdict;
  /** what came instead, or the board's own words; may be empty */
  readonly note: string;
}

/** Runs a probe on a board that has forgotten the one before it. */
export function tryOut({ feature, run }: Probe, board: FirmataBoard): Finding {
  board.fresh();
  const outcome = run(board);
  board.run(50);
  const [words = ''] = board.strings;
  const standing = board.standing();
  if (standing !== 'alive') return { feature, verdict: standing, note: '' };
  if (outcome === null) return { feature, verdict: '–', note: '' };
  if (outcome === true) return { feature, verdict: 'supports', note: '' };
  if (typeof outcome === 'string') return { feature, verdict: 'differs', note: outcome };
  return { feature, verdict: words ? 'refuses' : 'ignores', note: words };
}
