/** Servos whose signal wires hang on pins: measures every pulse from edge to edge, in cycles. */
import type { Pins } from '../pins';

export interface ServoPulse {
  readonly heddle: number;
  /** cycle of the rising edge */
  readonly rise: number;
  /** cycle of the falling edge */
  readonly fall: number;
}

export class DirectServos {
  /** heard for every pulse, if set */
  onPulse: ((pulse: ServoPulse) => void) | null = null;
  private readonly rise: Float64Array;
  private readonly widths: Float64Array;
  private readonly ends: Float64Array;

  constructor(pins: Pins, servoPins: readonly number[], now: () => number) {
    this.rise = new Float64Array(servoPins.length).fill(-1);
    this.widths = new Float64Array(servoPins.length);
    this.ends = new Float64Array(servoPins.length);
    for (const [heddle, pin] of servoPins.entries()) pins.watch(pin, (high) => this.edge(heddle, high, now()));
  }

  /** µs of the last pulse, 0 = never one. */
  pulse(heddle: number): number {
    return this.widths[heddle] / 16;
  }

  /** Cycle at which that pulse ended. */
  pulseEnd(heddle: number): number {
    return this.ends[heddle];
  }

  powerCut(): void {
    this.rise.fill(-1);
    this.widths.fill(0);
    this.ends.fill(0);
  }

  private edge(heddle: number, high: boolean, now: number): void {
    if (high) {
      this.rise[heddle] = now;
      return;
    }
    const rise = this.rise[heddle];
    if (rise < 0) return;
    this.rise[heddle] = -1;
    this.widths[heddle] = now - rise;
    this.ends[heddle] = now;
    this.onPulse?.({ heddle, rise, fall: now });
  }
}
