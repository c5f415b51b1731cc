/** Mends one damaged place with the fewest changes: every choice is tried that could still be better than the best one. */
import type { LongFloats, Window } from './long-floats';

/** Crossings looked at before the best way found so far is taken; a place of a few floats needs far less. */
const mostWork = 2_000_000;
/** Windows up to which all choices are tried; beyond, each window takes the crossing that ends most of them. */
const mostSearched = 400;

export interface Turns {
  /** crossings that were turned over, pick × ends + end */
  readonly turns: readonly number[];
  /** no fewer would do */
  readonly proved: boolean;
}

/**
 * Turns crossings over in place.
 * @param kept crossings that were turned already and stay as they are
 * @returns null when it finds no way
 */
export function fewestTurns(floats: LongFloats, place: readonly Window[], kept: readonly number[]): Turns | null {
  const least = floats.apart(place);
  const quick = quickly(floats, place, kept);
  if (quick?.length === least || place.length > mostSearched) {
    for (const at of quick ?? []) floats.turn(at);
    return quick && { turns: quick, proved: quick.length === least };
  }
  const search = new Search(floats, place, kept, quick);
  search.from(0, 0);
  for (const at of search.best ?? []) floats.turn(at);
  return search.best && { turns: search.best, proved: search.work <= mostWork };
}

/** The window's crossing that ends most windows and makes fewest; of equals the last, which leaves least behind it. */
function bestFirst(floats: LongFloats, window: Window, locked: ReadonlySet<number>): number[] {
  return floats
    .cells(window)
    .filter((at) => !locked.has(at))
    .reverse()
    .map((at) => ({ at, gain: floats.gain(at) }))
    .sort((a, b) => b.gain - a.gain)
    .map(({ at }) => at);
}

/** One way, found without looking back. @returns null when it leads nowhere; the draft is left as it was */
function quickly(floats: LongFloats, place: readonly Window[], kept: readonly number[]): number[] | null {
  const locked = new Set(kept);
  const turns: number[] = [];
  let lost = false;
  const turnIn = (window: Window): void => {
    const [at] = bestFirst(floats, window, locked);
    if (at === undefined) {
      lost = true;
      return;
    }
    floats.turn(at);
    locked.add(at);
    turns.push(at);
  };
  let looked = 0;
  for (const window of place) {
    while (!lost && floats.floats(window)) turnIn(window);
    while (!lost && looked < turns.length) {
      const made = floats.through(turns[looked]);
      if (made) turnIn(made);
      else looked++;
    }
  }
  for (const at of turns) floats.turn(at);
  return lost ? null : turns;
}

class Search {
  work = 0;
  private readonly locked: Set<number>;
  private readonly turns: number[] = [];

  constructor(
    private readonly floats: LongFloats,
    private readonly place: readonly Window[],
    kept: readonly number[],
    public best: readonly number[] | null,
  ) {
    this.locked = new Set(kept);
  }

  /** @param next first window that may still float @param looked turns whose floats have been looked at */
  from(next: number, looked: number): void {
    const { floats, place, turns } = this;
    let seen = looked;
    let window: Window | null = null;
    for (; !window && seen < turns.length; seen += window ? 0 : 1) window = floats.through(turns[seen]);
    let at = next;
    for (; !window && at < place.length; at += window ? 0 : 1) window = floats.floats(place[at]) ? place[at] : null;
    if (!window) {
      if (!this.best || turns.length < this.best.length) this.best = [...turns];
      return;
    }
    this.work += (place.length - at) * floats.size;
    if (this.work > mostWork) return;
    const needed = Math.max(1, floats.apart(place, at));
    if (this.best && turns.length + needed >= this.best.length) return;
    const choices = bestFirst(floats, window, this.locked);
    for (const choice of choices) {
      // A crossing once tried stays as it is in all the other ways: none is searched twice.
      this.locked.add(choice);
      floats.turn(choice);
      turns.push(choice);
      this.from(at, seen);
      turns.pop();
      floats.turn(choice);
    }
    for (const choice of choices) this.locked.delete(choice);
  }
}
