/** One compare unit's pin, OCnx: what a match or BOTTOM does to it, by the COM bits. */
import type { Pins } from './pins';
import { isDualSlope, isPwm, type TimerMode } from './timer-modes';

/** COMnx1:0 outside PWM; in PWM `clear` is "clear on match, set at BOTTOM" and `set` the inverse of that. */
const com = { off: 0, toggle: 1, clear: 2, set: 3 } as const;

export class OutputCompare {
  private action: number = com.off;
  private mode: TimerMode | null = null;
  /** the OCnx register: it keeps its level while the pin belongs to PORT */
  private level = false;

  constructor(
    private readonly pins: Pins,
    private readonly pin: number,
    private readonly isFirst: boolean,
  ) {}

  /** New COM bits, or a new mode. */
  configure(bits: number, mode: TimerMode): void {
    const before = this.action;
    this.mode = mode;
    this.action = bits === com.toggle && isPwm(mode) && !this.togglesInPwm(mode) ? com.off : bits;
    if (this.action === com.off) {
      if (before !== com.off) this.pins.takeOver(this.pin, null);
    } else this.drive(this.level);
  }

  /** In PWM, "toggle OC1A on compare match" is for modes whose TOP can be set, and for OCnA alone (tables 16-2 and 16-3). */
  private togglesInPwm({ kind, top }: TimerMode): boolean {
    return this.isFirst && (top === 'OCRA' || (kind === 'fast' && top === 'ICR'));
  }

  get inUse(): boolean {
    return this.action !== com.off;
  }

  /** One timer clock after the count was equal to the compare value, counting up or down. */
  match(compare: number, top: number, up: boolean): void {
    if (this.action === com.off || !this.mode) return;
    if (!isPwm(this.mode) || this.action === com.toggle) this.force();
    else if (isDualSlope(this.mode) && this.isEnd(compare, top)) this.loaded(compare, top);
    // At TOP "compare match is ignored, but the set or clear is done at BOTTOM" (note of table 16-2).
    else if (compare < top) this.drive(up === (this.action === com.set));
  }

  /** A match, or a strobe of the force bits outside PWM. */
  force(): void {
    if (this.action === com.off) return;
    this.drive(this.action === com.toggle ? !this.level : this.action === com.set);
  }

  /** Fast PWM has come to BOTTOM. */
  bottom(): void {
    if (this.action >= com.clear) this.drive(this.action === com.clear);
  }

  /** Both slopes: a compare value at one end keeps the output "continuously low" or high (§16.9.4). */
  loaded(compare: number, top: number): void {
    if (this.action < com.clear || !this.mode || !isDualSlope(this.mode)) return;
    if (this.isEnd(compare, top)) this.drive((compare !== 0) === (this.action === com.clear));
  }

  private isEnd(compare: number, top: number): boolean {
    return compare === 0 || compare >= top;
  }

  private drive(level: boolean): void {
    this.level = level;
    this.pins.takeOver(this.pin, level);
  }
}
