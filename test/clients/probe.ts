/** What an oscilloscope on a pin of the emulated board shows: the part of the time that it is driven high, and its last pulse. */
import { cyclesPerMs, type EmulatedUno } from '../../host/emulator/uno';

export class Probe {
  /** µs of the last whole pulse; 0 = none yet */
  pulse = 0;
  private isHigh: boolean;
  private changed: number;
  private from: number;
  private highCycles = 0;

  constructor(
    private readonly uno: EmulatedUno,
    readonly pin: number,
  ) {
    this.isHigh = uno.pins.isHigh(pin);
    this.changed = this.from = uno.cycles;
    uno.pins.watch(pin, (high) => {
      if (this.isHigh) {
        this.highCycles += uno.cycles - this.changed;
        this.pulse = ((uno.cycles - this.changed) / cyclesPerMs) * 1000;
      }
      this.isHigh = high;
      this.changed = uno.cycles;
    });
  }

  /** Forgets what was, and measures from now on. */
  again(): this {
    this.changed = this.from = this.uno.cycles;
    this.highCycles = this.pulse = 0;
    return this;
  }

  /** Part of the time since `again`, 0–1. */
  get duty(): number {
    const now = this.uno.cycles;
    return (this.highCycles + (this.isHigh ? now - this.changed : 0)) / Math.max(1, now - this.from);
  }

  /** ms since `again` */
  get measuredMs(): number {
    return (this.uno.cycles - this.from) / cyclesPerMs;
  }
}
