/** Where the weave is: what the journal says, and whether the board agrees. Pure. */
import type { Place as BoardPlace } from '../board/driver';
import type { Direction, JournalEntry } from './entries';

/** A shed of the weave: which step opened which pick; crc stands for the step and its row. */
export interface Shed {
  readonly step: number;
  readonly pick: number;
  readonly crc: number;
}

export interface JournalPlace {
  /** tag of the weave */
  readonly weave: number;
  /** the last shed known to be open, null before the first */
  readonly open: Shed | null;
  /** a shed told after it, which the board may have opened unheard */
  readonly told: Shed | null;
  readonly direction: Direction;
  /** numbers of the heddles that a hand lifts */
  readonly masked: readonly number[];
  readonly finished: boolean;
  readonly profile: string;
  readonly picks: number;
  readonly clothSha256: string;
}

/** Folds a journal into its place; null when it has no `begin`. */
export function placeOf(entries: readonly JournalEntry[]): JournalPlace | null {
  let place: JournalPlace | null = null;
  for (const entry of entries) {
    if (entry.what === 'begin') {
      const { weave, profile, picks, clothSha256 } = entry;
      place = {
        weave,
        profile,
        picks,
        clothSha256,
        open: null,
        told: null,
        direction: 'forward',
        masked: [],
        finished: false,
      };
    }
    if (!place) continue;
    switch (entry.what) {
      case 'told':
        // A re-open tells the open step again; it is no second candidate.
        if (entry.step !== place.open?.step) place = { ...place, told: shed(entry) };
        break;
      case 'open':
        place = { ...place, open: shed(entry), told: null };
        break;
      case 'dropped':
        place = { ...place, told: null };
        break;
      case 'turned':
        place = { ...place, direction: entry.direction };
        break;
      case 'masked':
        place = { ...place, masked: entry.heddles };
        break;
      case 'finished':
        place = { ...place, finished: true };
        break;
    }
  }
  return place;
}

function shed({ step, pick, crc }: Shed): Shed {
  return { step, pick, crc };
}

/**
 * What journal and board together know.
 * `known`: the place is certain, null when no shed was opened yet. `ask`: it is one of `candidates`, and a person must say which.
 */
export type Agreement =
  | { readonly kind: 'known'; readonly open: Shed | null; readonly learned: boolean }
  | { readonly kind: 'ask'; readonly candidates: readonly Shed[] };

/** machine.md, "Place, journal, resume": the board is asked first; if it cannot say, last `open` or the `told` after it. */
export function agree(journal: Pick<JournalPlace, 'weave' | 'open' | 'told'>, board: BoardPlace): Agreement {
  const { open, told } = journal;
  if (!open && !told) return { kind: 'known', open: null, learned: false };
  if (board.weave === journal.weave) {
    const same = (s: Shed | null) => s !== null && s.step === board.step && s.crc === board.rowCrc;
    if (same(open) || (board.step === 0 && !open)) return { kind: 'known', open, learned: false };
    if (same(told)) return { kind: 'known', open: told, learned: true };
  }
  return { kind: 'ask', candidates: [open, told].filter((s) => s !== null) };
}
