/** The error counters that the board keeps since its boot, added up over resets into one account of this run. */
import type { BoardFields } from '../../protocol/wire';

const counted = ['crcErrors', 'frameErrors', 'overruns', 'i2cErrors'] as const;
type Counted = Record<(typeof counted)[number], number>;

export class BoardCounts {
  readonly total: Counted = nothing();
  /** as the last STATUS had them; null before the first */
  private last: Counted | null = null;

  /** What the board counted before this run is not ours. */
  take(status: BoardFields<'STATUS'>): void {
    const { last, total } = this;
    // A counter that went back was set to 0 by a reset.
    const restarted = last !== null && counted.some((name) => status[name] < last[name]);
    for (const name of counted) total[name] += last === null ? 0 : status[name] - (restarted ? 0 : last[name]);
    this.last = { ...nothing(), ...pick(status) };
  }
}

function nothing(): Counted {
  return { crcErrors: 0, frameErrors: 0, overruns: 0, i2cErrors: 0 };
}

function pick({ crcErrors, frameErrors, overruns, i2cErrors }: Counted): Counted {
  return { crcErrors, frameErrors, overruns, i2cErrors };
}
