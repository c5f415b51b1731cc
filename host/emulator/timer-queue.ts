/** What is to be done at which time, earliest first. */

export interface Due {
  readonly at: number;
  readonly run: () => void;
}

export class TimerQueue {
  private readonly due: Due[] = [];

  /** When the next one is due; Infinity when there is none. */
  get next(): number {
    return this.due[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Those due at the same time run in the order in which they were added. */
  add(at: number, run: () => void): Due {
    const entry = { at, run };
    const later = this.due.findIndex((other) => other.at > at);
    this.due.splice(later < 0 ? this.due.length : later, 0, entry);
    return entry;
  }

  remove(entry: Due): void {
    const at = this.due.indexOf(entry);
    if (at >= 0) this.due.splice(at, 1);
  }

  /** Runs all that are due, but none that they add: those wait for the next time. */
  fire(now: number): void {
    const count = this.due.findIndex(({ at }) => at > now);
    for (const entry of this.due.slice(0, count < 0 ? this.due.length : count)) {
      if (!this.due.includes(entry)) continue;
      this.remove(entry);
      entry.run();
    }
  }

  clear(): void {
    this.due.length = 0;
  }
}
