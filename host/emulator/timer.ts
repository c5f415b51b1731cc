/** A timer, event-driven: the count is computed when somebody looks, events come only at compare, TOP and overflow. */
import type { AVRInterruptConfig } from './avr8js';
import type { TimerConfig } from './chips/chip';
import type { Core } from './core';
import { OutputCompare } from './output-compare';
import type { Pins } from './pins';
import type { Prescaled, Prescaler, Prescalers } from './prescaler';
import { isDualSlope, isPwm, modes8, modes16, type TimerMode } from './timer-modes';
import { TimerRegisters } from './timer-registers';

/** Bits of TIFRn and TIMSKn; those of the compare units are 2, 4 and 8. */
const TOV = 0x01;
const ICF = 0x20;

export class Timer implements Prescaled {
  private divider = 0;
  /** where in its period the timer stood at cycle `since`: the count, or on the way down 2 · TOP − count */
  private base = 0;
  private since = 0;
  private mode: TimerMode;
  private top: number;
  private readonly max: number;
  /** compare values in effect, and as last written */
  private readonly compare: number[];
  private readonly written: number[];
  private capture = 0;
  private readonly outputs: readonly OutputCompare[];
  private readonly prescaler: Prescaler;
  private readonly matches: readonly { flag: AVRInterruptConfig; run: () => void }[];
  private readonly overflow: AVRInterruptConfig;
  private readonly captured: AVRInterruptConfig;

  constructor(
    private readonly core: Core,
    private readonly config: TimerConfig,
    pins: Pins,
    prescalers: Prescalers,
  ) {
    const { TIMSK, TIFR } = config;
    this.max = config.bits === 16 ? 0xffff : 0xff;
    this.top = this.max;
    this.mode = (config.bits === 16 ? modes16 : modes8)[0];
    this.compare = config.OCR.map(() => 0);
    this.written = config.OCR.map(() => 0);
    this.prescaler = prescalers[config.prescaler];
    this.prescaler.add(this);
    this.outputs = config.pins.map((pin, index) => new OutputCompare(pins, pin, index === 0));
    const interrupt = (address: number, mask: number): AVRInterruptConfig => ({
      ...{ address, flagRegister: TIFR, flagMask: mask, enableRegister: TIMSK, enableMask: mask },
    });
    this.matches = config.compare.map((vector, index) => ({
      flag: interrupt(vector, 2 << index),
      run: () => this.match(index),
    }));
    this.overflow = interrupt(config.overflow, TOV);
    this.captured = interrupt(config.capture, ICF);
    const flags = [...this.matches.map(({ flag }) => flag), this.overflow];
    new TimerRegisters(core, config, config.capture ? [...flags, this.captured] : flags, {
      count: () => this.count,
      setCount: (value) => this.setCount(value),
      compare: (index) => this.written[index],
      setCompare: (index, value) => this.setCompare(index, value),
      capture: () => this.capture,
      setCapture: (value) =>
        this.rephase(() => {
          this.capture = value;
        }),
      control: (change) => this.control(change),
      force: (index) => {
        if (!isPwm(this.mode)) this.outputs[index].force();
      },
    });
  }

  get count(): number {
    const { position, top } = this;
    return isDualSlope(this.mode) && position > top ? 2 * top - position : position;
  }

  private get position(): number {
    const { base, top, max, divider } = this;
    if (divider === 0) return base;
    const counted = base + Math.floor((this.core.cycles - this.since) / divider);
    if (isDualSlope(this.mode)) return counted % Math.max(1, 2 * top);
    if (counted <= top) return counted;
    // With TOP set below the count, it "will then have to count to its maximum value and wrap" first (§16.9.2).
    if (base <= top) return counted % (top + 1);
    return counted <= max ? counted : (counted - max - 1) % (top + 1);
  }

  private setCount(value: number): void {
    this.base = isDualSlope(this.mode) ? Math.min(value, this.top) : value;
    this.since = this.lastTick();
    // "All CPU write operations to the TCNT1 Register will block any compare match that occurs in the next timer clock cycle" (§16.7.3)
    this.schedule(value);
  }

  private setCompare(index: number, value: number): void {
    this.written[index] = value;
    if (!isPwm(this.mode)) {
      if (index === 0 && this.mode.top === 'OCRA') {
        this.rephase(() => {
          this.compare[0] = value;
        });
      } else {
        this.compare[index] = value;
        this.scheduleMatch(index);
      }
      return;
    }
    // In PWM it waits for the end of the period; a stopped timer has none.
    if (this.mode.kind === 'phase') this.scheduleTop();
  }

  /** TCCRnA or TCCRnB were written. */
  private control(change: () => void): void {
    this.rephase(change);
    const { data } = this.core;
    for (const [index, output] of this.outputs.entries()) {
      output.configure((data[this.config.TCCRA] >> (6 - 2 * index)) & 3, this.mode);
    }
  }

  /** Takes the count so far, lets `change` alter clock, mode or TOP, and goes on from there. */
  rephase(change: () => void): void {
    const { count, position } = this;
    const falling = position !== count;
    change();
    const { data } = this.core;
    const { bits, TCCRA, TCCRB, dividers } = this.config;
    const modeBits = (data[TCCRA] & 3) | ((data[TCCRB] >> 1) & (bits === 16 ? 12 : 4));
    this.mode = (bits === 16 ? modes16 : modes8)[modeBits];
    if (!isPwm(this.mode)) for (let i = 0; i < this.written.length; i++) this.compare[i] = this.written[i];
    this.top = this.topNow();
    const divider = dividers[data[TCCRB] & 7];
    // What is not prescaled is not held either.
    this.divider = this.prescaler.held && divider > 1 ? 0 : divider;
    this.since = this.lastTick();
    if (!isDualSlope(this.mode)) this.base = count;
    else this.base = falling ? 2 * this.top - Math.min(count, this.top) : Math.min(count, this.top);
    this.schedule(-1);
  }

  private topNow(): number {
    const { top } = this.mode;
    if (top === 'OCRA') return this.compare[0];
    return top === 'ICR' ? this.capture : top;
  }

  private lastTick(): number {
    const { cycles } = this.core;
    return this.divider === 0 ? cycles : cycles - ((cycles - this.prescaler.zero) % this.divider);
  }

  private get waiting(): boolean {
    return this.written.some((value, index) => value !== this.compare[index]);
  }

  /** Compare values written in PWM come into effect. */
  private load(): void {
    const { compare, written, mode, top } = this;
    // What comes at this very moment still counts.
    const leaving = mode.kind === 'frequency' ? 0 : top;
    if (mode.top === 'ICR' && leaving === top) this.core.setInterruptFlag(this.captured);
    for (const [index, { flag }] of this.matches.entries()) {
      if (compare[index] === leaving) this.core.setInterruptFlag(flag);
    }
    this.rephase(() => {
      for (const [index, value] of written.entries()) compare[index] = value;
    });
    for (const [index, output] of this.outputs.entries()) output.loaded(compare[index], this.top);
  }

  private schedule(blocked: number): void {
    for (let index = 0; index < this.matches.length; index++) this.scheduleMatch(index, blocked);
    this.scheduleOverflow();
    this.scheduleTop();
  }

  private scheduleMatch(index: number, blocked = -1): void {
    const value = this.compare[index];
    let ticks = this.ticksToLeave(value);
    if (ticks === 1 && value === blocked) ticks += isDualSlope(this.mode) ? 2 * this.top : this.top + 1;
    this.at(this.matches[index].run, ticks);
  }

  private scheduleOverflow(): void {
    this.at(this.overflowed, this.ticksToOverflow());
  }

  private scheduleTop(): void {
    const matters = this.mode.top === 'ICR' || (this.mode.kind === 'phase' && this.waiting);
    this.at(this.leftTop, matters ? this.ticksToLeave(this.top) : 0);
  }

  /** A flag is set on the timer clock after the match (figure 16-11): ticks until then, 0 = it does not come. */
  private ticksToLeave(match: number): number {
    const { position, top, max } = this;
    if (isDualSlope(this.mode)) {
      const period = Math.max(1, 2 * top);
      if (match > top) return 0;
      return 1 + Math.min((match - position + period) % period, (2 * period - match - position) % period);
    }
    if (position <= top) {
      if (match > top) return 0;
      return match + 1 - position + (match >= position ? 0 : top + 1);
    }
    if (match >= position) return match + 1 - position;
    return match <= top ? max + 1 - position + match + 1 : 0;
  }

  /** The flag of the overflow is set when the count leaves TOP for BOTTOM (in CTC: MAX), or on two slopes leaves BOTTOM. */
  private ticksToOverflow(): number {
    if (isDualSlope(this.mode)) return this.ticksToLeave(0);
    if (this.mode.kind === 'ctc' || this.position > this.top) return this.ticksToLeave(this.max);
    return this.top + 1 - this.position;
  }

  private at(run: () => void, ticks: number): void {
    const { core, divider } = this;
    core.clearClockEvent(run);
    if (ticks === 0 || divider === 0) return;
    const passed = Math.floor((core.cycles - this.since) / divider);
    core.addClockEvent(run, this.since + (passed + ticks) * divider - core.cycles);
  }

  private match(index: number): void {
    this.core.setInterruptFlag(this.matches[index].flag);
    const output = this.outputs[index];
    if (output.inUse) {
      const { position, top } = this;
      output.match(this.compare[index], top, !isDualSlope(this.mode) || (position > 0 && position <= top));
    }
    this.scheduleMatch(index);
  }

  private readonly overflowed = () => {
    const { kind } = this.mode;
    this.core.setInterruptFlag(this.overflow);
    if (kind === 'fast') for (const output of this.outputs) output.bottom();
    if (kind !== 'phase' && isPwm(this.mode) && this.waiting) this.load();
    else this.scheduleOverflow();
  };

  private readonly leftTop = () => {
    if (this.mode.top === 'ICR') this.core.setInterruptFlag(this.captured);
    if (this.mode.kind === 'phase' && this.waiting) this.load();
    else this.scheduleTop();
  };
}
