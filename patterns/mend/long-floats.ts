/** The floats of a draft that are too long, as windows of limit + 1 equal crossings, of which one must be turned over. */
import type { BitRows } from '../bit-rows';

/** The crossing where a window begins (pick × ends + end, indices), and whether it runs along an end. */
export interface Window {
  readonly from: number;
  readonly alongEnd: boolean;
}

/** More than a person would call a draft with faults. */
const mostWindows = 1_000_000;

export class LongFloats {
  readonly ends: number;
  readonly picks: number;
  /** crossings of a window */
  readonly size: number;

  constructor(
    private readonly lifts: BitRows,
    limit: number,
  ) {
    this.ends = lifts.ends;
    this.picks = lifts.picks;
    this.size = limit + 1;
  }

  up(at: number): boolean {
    return this.lifts.get(Math.floor(at / this.ends), at % this.ends);
  }

  turn(at: number): void {
    this.lifts.set(Math.floor(at / this.ends), at % this.ends, !this.up(at));
  }

  cells({ from, alongEnd }: Window): number[] {
    return Array.from({ length: this.size }, (_, i) => from + i * (alongEnd ? this.ends : 1));
  }

  /** Are all its crossings still the same way up? */
  floats({ from, alongEnd }: Window): boolean {
    const step = alongEnd ? this.ends : 1;
    const up = this.up(from);
    for (let i = 1; i < this.size; i++) if (this.up(from + i * step) !== up) return false;
    return true;
  }

  /** Equal crossings before and after this one, along a pick or along an end. */
  run(at: number, alongEnd: boolean, up = this.up(at)): { before: number; after: number } {
    const line = alongEnd ? Math.floor(at / this.ends) : at % this.ends;
    const length = alongEnd ? this.picks : this.ends;
    const step = alongEnd ? this.ends : 1;
    let before = 0;
    while (before < line && this.up(at - (before + 1) * step) === up) before++;
    let after = 0;
    while (line + after + 1 < length && this.up(at + (after + 1) * step) === up) after++;
    return { before, after };
  }

  /** A window through this crossing, or null when it is part of no long float. */
  through(at: number): Window | null {
    for (const alongEnd of [false, true]) {
      const { before, after } = this.run(at, alongEnd);
      if (before + after + 1 < this.size) continue;
      return { from: at - Math.min(before, this.size - 1) * (alongEnd ? this.ends : 1), alongEnd };
    }
    return null;
  }

  /** Windows that turning this crossing over would end, less those that it would make. */
  gain(at: number): number {
    const up = this.up(at);
    let gain = 0;
    for (const alongEnd of [false, true]) {
      gain += this.windowsWith(this.run(at, alongEnd, up));
      gain -= this.windowsWith(this.run(at, alongEnd, !up));
    }
    return gain;
  }

  private windowsWith({ before, after }: { before: number; after: number }): number {
    const { size } = this;
    return Math.max(0, Math.min(before, size - 1) + Math.min(after, size - 1) + 2 - size);
  }

  /** How many of these windows have no crossing in common: each needs a change of its own. */
  apart(windows: readonly Window[], from = 0): number {
    const taken = new Set<number>();
    let count = 0;
    for (let i = from; i < windows.length; i++) {
      if (!this.floats(windows[i])) continue;
      const cells = this.cells(windows[i]);
      if (cells.some((at) => taken.has(at))) continue;
      count++;
      for (const at of cells) taken.add(at);
    }
    return count;
  }

  /**
   * All the windows, those together that lie so near one another that mending one may touch the other.
   * @throws RangeError when there are too many
   */
  places(): Window[][] {
    const windows = this.every();
    const { size, ends } = this;
    const parent = windows.map((_, i) => i);
    const root = (i: number): number => {
      let at = i;
      while (parent[at] !== at) at = parent[at] = parent[parent[at]];
      return at;
    };
    const wide = Math.ceil(ends / size) + 2;
    const first = new Map<number, number>();
    windows.forEach(({ from, alongEnd }, i) => {
      const [pick, end] = [Math.floor(from / ends), from % ends];
      const [high, broad] = alongEnd ? [size - 1, 0] : [0, size - 1];
      const rows = [Math.floor(pick / size), Math.floor((pick + high) / size)];
      const columns = [Math.floor(end / size), Math.floor((end + broad) / size)];
      for (let row = rows[0]; row <= rows[1] + 1; row++)
        for (let column = columns[0]; column <= columns[1] + 1; column++) {
          const square = row * wide + column;
          const other = first.get(square);
          if (other === undefined) first.set(square, i);
          else parent[root(i)] = root(other);
        }
    });
    const places = new Map<number, Window[]>();
    windows.forEach((window, i) => {
      const place = places.get(root(i));
      if (place) place.push(window);
      else places.set(root(i), [window]);
    });
    return [...places.values()];
  }

  private every(): Window[] {
    const windows: Window[] = [];
    const line = (from: number, length: number, alongEnd: boolean): void => {
      const step = alongEnd ? this.ends : 1;
      let run = 0;
      for (let i = 0, was = false; i < length; i++) {
        const up = this.up(from + i * step);
        run = i > 0 && up === was ? run + 1 : 1;
        was = up;
        if (run >= this.size) windows.push({ from: from + (i - this.size + 1) * step, alongEnd });
      }
      if (windows.length > mostWindows)
        throw new RangeError(
          `Threads float too far at more than ${mostWindows} crossings: that is too much to mend. Allow longer floats.`,
        );
    };
    for (let pick = 0; pick < this.picks; pick++) line(pick * this.ends, this.ends, false);
    for (let end = 0; end < this.ends; end++) line(end, this.picks, true);
    return windows;
  }
}
