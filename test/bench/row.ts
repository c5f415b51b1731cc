/** A line of the bench, and how its numbers are taken. */

export interface Row {
  readonly what: string;
  readonly measured: string;
  /** what design.md §6 asks for */
  readonly reach: string;
  /** what it is compared with, measured in the same run unless it says otherwise */
  readonly beside: string;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Median ms of `act` over so many runs, after two that are not counted. */
export function timed(act: () => unknown, runs = 15): number {
  const times: number[] = [];
  for (let run = -2; run < runs; run++) {
    const from = performance.now();
    act();
    if (run >= 0) times.push(performance.now() - from);
  }
  return median(times);
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
