/** Timers 0, 1 and 2, event-driven: the count is computed when somebody looks, events come only at compare and overflow. */
import type { AVRInterruptConfig } from './avr8js';
import type { Core } from './core';

export interface TimerConfig {
  readonly bits: 8 | 16;
  readonly TCCRA: number;
  readonly TCCRB: number;
  readonly TCNT: number;
  readonly OCRA: number;
  readonly OCRB: number;
  /** 0 = none */
  readonly ICR: number;
  readonly TIMSK: number;
  readonly TIFR: number;
  readonly compareA: number;
  readonly compareB: number;
  readonly overflow: number;
  /** by clock select bits; 0 = stopped (or an external clock, which nothing here drives) */
  readonly dividers: readonly number[];
}

const dividers01 = [0, 1, 8, 64, 256, 1024, 0, 0];
export const timer0: TimerConfig = {
  ...{ bits: 8, TCCRA: 0x44, TCCRB: 0x45, TCNT: 0x46, OCRA: 0x47, OCRB: 0x48, ICR: 0, TIMSK: 0x6e, TIFR: 0x35 },
  ...{ compareA: 0x1c, compareB: 0x1e, overflow: 0x20, dividers: dividers01 },
};
export const timer1: TimerConfig = {
  ...{ bits: 16, TCCRA: 0x80, TCCRB: 0x81, TCNT: 0x84, OCRA: 0x88, OCRB: 0x8a, ICR: 0x86, TIMSK: 0x6f, TIFR: 0x36 },
  ...{ compareA: 0x16, compareB: 0x18, overflow: 0x1a, dividers: dividers01 },
};
export const timer2: TimerConfig = {
  ...{ bits: 8, TCCRA: 0xb0, TCCRB: 0xb1, TCNT: 0xb2, OCRA: 0xb3, OCRB: 0xb4, ICR: 0, TIMSK: 0x70, TIFR: 0x37 },
  ...{ compareA: 0x0e, compareB: 0x10, overflow: 0x12, dividers: [0, 1, 8, 32, 64, 128, 256, 1024] },
};

const TOV = 1;
const OCFA = 2;
const OCFB = 4;

/**
 * Counts up and starts again after TOP: normal, CTC and fast PWM modes; phase-correct modes count as fast PWM does. No
 * output compare pins: nothing on our boards hangs on them.
 */
export class Timer {
  private divider = 0;
  /** the count at cycle `since` */
  private base = 0;
  private since = 0;
  private compare = [0, 0];
  private capture = 0;
  private top: number;
  private readonly max: number;
  /** "TEMP": 16-bit registers are written high byte first, read low byte first (§16.3) */
  private temp = 0;
  private readonly flags: readonly AVRInterruptConfig[];
  private readonly reached = [() => this.fire(0), () => this.fire(1), () => this.fire(2)];

  constructor(
    private readonly core: Core,
    private readonly config: TimerConfig,
  ) {
    const { data, writeHooks } = core;
    const { TCCRA, TCCRB, TIMSK, TIFR } = config;
    this.max = config.bits === 16 ? 0xffff : 0xff;
    this.top = this.max;
    const interrupt = (address: number, mask: number): AVRInterruptConfig => ({
      ...{ address, flagRegister: TIFR, flagMask: mask, enableRegister: TIMSK, enableMask: mask },
    });
    this.flags = [interrupt(config.compareA, OCFA), interrupt(config.compareB, OCFB), interrupt(config.overflow, TOV)];
    writeHooks[TCCRA] = (value) => this.restart(() => (data[TCCRA] = value));
    writeHooks[TCCRB] = (value) => this.restart(() => (data[TCCRB] = value));
    writeHooks[TIMSK] = (value) => {
      data[TIMSK] = value;
      for (const flag of this.flags) core.updateInterruptEnable(flag, value);
      return true;
    };
    // A flag "is cleared by writing a logic one to its bit location"; SBI touches one bit only.
    writeHooks[TIFR] = (value, _old, _address, mask) => {
      for (const flag of this.flags) if (value & mask & flag.flagMask) core.clearInterrupt(flag);
      return true;
    };
    this.hookCount();
    this.hookRegister(
      config.OCRA,
      () => this.compare[0],
      (value) => this.setCompare(0, value),
    );
    this.hookRegister(
      config.OCRB,
      () => this.compare[1],
      (value) => this.setCompare(1, value),
    );
    if (config.ICR) {
      const set = (value: number) => this.restart(() => (this.capture = value));
      this.hookRegister(config.ICR, () => this.capture, set);
    }
  }

  get count(): number {
    if (this.divider === 0) return this.base;
    const counted = this.base + Math.floor((this.core.cycles - this.since) / this.divider);
    if (counted <= this.top) return counted;
    // With TOP set below the count, it "will then have to count to its maximum value and wrap" first (§16.9.2).
    if (this.base <= this.top) return counted % (this.top + 1);
    return counted <= this.max ? counted : (counted - this.max - 1) % (this.top + 1);
  }

  private hookCount(): void {
    const { core, config } = this;
    core.readHooks[config.TCNT] = () => {
      const { count } = this;
      this.temp = count >> 8;
      return count & 0xff;
    };
    if (config.bits === 16) {
      core.readHooks[config.TCNT + 1] = () => this.temp;
      core.writeHooks[config.TCNT + 1] = this.writeTemp;
    }
    core.writeHooks[config.TCNT] = (value) => {
      this.base = config.bits === 16 ? (this.temp << 8) | value : value;
      this.since = core.cycles;
      // "All CPU write operations to the TCNT1 Register will block any compare match that occurs in the next timer clock cycle" (§16.7.3)
      this.schedule(this.base);
      return true;
    };
  }

  private hookRegister(address: number, get: () => number, set: (value: number) => void): void {
    const { core, config } = this;
    core.readHooks[address] = () => get() & 0xff;
    core.writeHooks[address] = (value) => {
      set(config.bits === 16 ? (this.temp << 8) | value : value);
      return true;
    };
    if (config.bits === 16) {
      core.readHooks[address + 1] = () => get() >> 8;
      core.writeHooks[address + 1] = this.writeTemp;
    }
  }

  private readonly writeTemp = (value: number) => {
    this.temp = value;
    return true;
  };

  private setCompare(index: 0 | 1, value: number): void {
    if (index === 0 && this.topIsA) this.restart(() => (this.compare[0] = value));
    else {
      this.compare[index] = value;
      this.scheduleOne(index);
    }
  }

  private get mode(): number {
    const { data } = this.core;
    const { bits, TCCRA, TCCRB } = this.config;
    return (data[TCCRA] & 3) | ((data[TCCRB] >> 1) & (bits === 16 ? 12 : 4));
  }

  private get topIsA(): boolean {
    return this.config.bits === 16 ? [4, 9, 11, 15].includes(this.mode) : [2, 5, 7].includes(this.mode);
  }

  private topNow(): number {
    if (this.topIsA) return this.compare[0];
    if (this.config.bits === 8) return 0xff;
    const { mode } = this;
    if ([8, 10, 12, 14].includes(mode)) return this.capture;
    return { 1: 0xff, 2: 0x1ff, 3: 0x3ff, 5: 0xff, 6: 0x1ff, 7: 0x3ff }[mode] ?? 0xffff;
  }

  /** Takes the count so far, lets `change` alter clock, mode or TOP, and goes on from there. */
  private restart(change: () => void): boolean {
    const { count } = this;
    change();
    const divider = this.config.dividers[this.core.data[this.config.TCCRB] & 7];
    // The phase of the prescaler outlives a change of mode or TOP.
    const running = this.divider !== 0 && divider === this.divider;
    this.since = running ? this.core.cycles - ((this.core.cycles - this.since) % divider) : this.core.cycles;
    this.base = count;
    this.divider = divider;
    this.top = this.topNow();
    this.schedule(-1);
    return true;
  }

  private schedule(blocked: number): void {
    for (const index of [0, 1, 2]) this.scheduleOne(index, blocked);
  }

  /** A flag is set on the timer clock after the match (figure 16-11), that of the overflow when the count leaves MAX or TOP. */
  private scheduleOne(index: number, blocked = -1): void {
    this.core.clearClockEvent(this.reached[index]);
    const { divider, top } = this;
    if (divider === 0) return;
    const match = index === 2 ? this.overflowAt() : this.compare[index];
    const span = top + 1;
    const ticks = Math.floor((this.core.cycles - this.since) / divider);
    const now = this.count;
    const toWrap = this.max + 1 - now;
    let ahead: number;
    if (now <= top) {
      if (match > top) return;
      ahead = match >= now ? match + 1 - now : match + 1 - now + span;
    } else if (index === 2) ahead = toWrap;
    else if (match >= now) ahead = match + 1 - now;
    else if (match <= top) ahead = toWrap + match + 1;
    else return;
    if (match === blocked && ahead === 1) ahead += span;
    this.core.addClockEvent(this.reached[index], this.since + (ticks + ahead) * divider - this.core.cycles);
  }

  private overflowAt(): number {
    const { mode } = this;
    const ctc = this.config.bits === 16 ? mode === 4 || mode === 12 : mode === 2;
    return ctc ? this.max : this.top;
  }

  private fire(index: number): void {
    this.core.setInterruptFlag(this.flags[index]);
    this.scheduleOne(index);
  }
}
