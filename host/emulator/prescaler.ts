/** The prescalers of the timers: free-running, shared by all timers but the asynchronous one, reset and held by GTCCR. */
import type { Core } from './core';

const GTCCR = 0x43;
const TSM = 0x80;
const PSRASY = 0x02;
const PSRSYNC = 0x01;

export interface Prescaled {
  /** The prescaler is about to start again, or to stop, or to go on: `change` makes it so. */
  rephase(change: () => void): void;
}

export class Prescaler {
  /** cycle at which it stood at zero */
  zero: number;
  /** held in reset: prescaled timers stand still, together */
  held = false;
  private readonly timers: Prescaled[] = [];

  constructor(private readonly core: Core) {
    this.zero = core.cycles;
  }

  add(timer: Prescaled): void {
    this.timers.push(timer);
  }

  /** Starts from zero, and is held there or not. */
  restart(held: boolean): void {
    // All take their counts before it changes, so that they go on together.
    const start = () => {
      this.zero = this.core.cycles;
      this.held = held;
    };
    for (const timer of this.timers) timer.rephase(start);
  }
}

/** Both prescalers, behind GTCCR. */
export class Prescalers {
  readonly shared: Prescaler;
  readonly own: Prescaler;

  constructor(core: Core) {
    this.shared = new Prescaler(core);
    this.own = new Prescaler(core);
    core.writeHooks[GTCCR] = (value) => {
      // "Writing the TSM bit to one activates the Timer/Counter Synchronization mode. In this mode, the value that is
      // written to the PSRASY and PSRSYNC bits is kept ... When the TSM bit is written to zero, [they] are cleared by
      // hardware, and the Timer/Counters start counting simultaneously" (§17.4.1).
      const held = (value & TSM) !== 0;
      core.data[GTCCR] = held ? value & (TSM | PSRASY | PSRSYNC) : 0;
      for (const [prescaler, bit] of [
        [this.shared, PSRSYNC],
        [this.own, PSRASY],
      ] as const) {
        if (value & bit) prescaler.restart(held);
        else if (prescaler.held) prescaler.restart(false);
      }
      return true;
    };
  }
}
