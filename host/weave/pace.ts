/** How long it still takes: the weaver's own recent pace, the plan's until there is one. */

const remembered = 12;

export class Pace {
  private readonly recent: number[] = [];
  private last: number | null = null;

  /** @param planned seconds a pick before anything was woven */
  constructor(private readonly planned: number) {}

  /** A shed opened at `seconds` on the loom's clock. */
  opened(seconds: number): void {
    if (this.last !== null) this.recent.push(seconds - this.last);
    if (this.recent.length > remembered) this.recent.shift();
    this.last = seconds;
  }

  /** Somebody paused: the gap says nothing about the pace. */
  paused(): void {
    this.last = null;
  }

  /** Seconds for so many picks, whole. */
  left(picks: number): number {
    const n = this.recent.length;
    const mean = n === 0 ? this.planned : this.recent.reduce((sum, s) => sum + s, 0) / n;
    return Math.round(mean * picks);
  }
}
