/** The watchdog timer: interrupt mode, reset mode, and both in turn. */
import type { AVRInterruptConfig } from './avr8js';
import type { Core } from './core';

const MCUSR = 0x54;
const WDRF = 0x08;
const WDTCSR = 0x60;
const WDIF = 0x80;
const WDIE = 0x40;
const WDP3 = 0x20;
const WDCE = 0x10;
const WDE = 0x08;
const WDP = 0x07;
const PROTECTED = WDE | WDP3 | WDP;

/** 128 kHz oscillator: 2048 of its cycles are 16 ms, each step of the prescaler doubles that (table 11-2). */
const shortest = 2048 * 125;

export class Watchdog {
  private readonly interrupt: AVRInterruptConfig;
  private changeUntil = -1;
  private fedAt = 0;

  constructor(
    private readonly core: Core,
    vector: number,
    private readonly reset: () => void,
  ) {
    const { data } = core;
    this.interrupt = {
      ...{ address: vector, flagRegister: WDTCSR, flagMask: WDIF, enableRegister: WDTCSR, enableMask: WDIE },
    };
    this.fedAt = core.cycles;
    core.onWatchdogReset = () => {
      this.fedAt = core.cycles;
    };
    core.writeHooks[WDTCSR] = (value) => {
      const timed = core.cycles <= this.changeUntil;
      // "write a logic one to the Watchdog change enable bit (WDCE) and WDE ... within the next four clock cycles, write
      // the WDE and prescaler bits as desired, but with the WDCE bit cleared" (§11.5)
      if (value & WDCE && value & WDE) this.changeUntil = core.cycles + 4;
      const kept = timed && !(value & WDCE) ? value & PROTECTED : data[WDTCSR] & PROTECTED;
      data[WDTCSR] = kept | this.forced | (value & WDIE) | (data[WDTCSR] & WDIF);
      if (value & WDIF) core.clearInterrupt(this.interrupt);
      core.updateInterruptEnable(this.interrupt, data[WDTCSR]);
      this.await();
      return true;
    };
    data[WDTCSR] = this.forced;
    this.await();
  }

  /** "WDE is overridden by WDRF in MCUSR. This means that WDE is always set when WDRF is set" (§11.9.2). */
  private get forced(): number {
    return this.core.data[MCUSR] & WDRF ? WDE : 0;
  }

  private await(): void {
    const { core } = this;
    core.clearClockEvent(this.look);
    if (this.on) core.addClockEvent(this.look, Math.max(1, this.fedAt + this.timeout - core.cycles));
  }

  private get on(): boolean {
    return (this.core.data[WDTCSR] & (WDE | WDIE)) !== 0;
  }

  private get timeout(): number {
    const value = this.core.data[WDTCSR];
    return shortest << ((value & WDP) | (value & WDP3 ? 8 : 0));
  }

  private readonly look = () => {
    const { core } = this;
    const left = this.fedAt + this.timeout - core.cycles;
    if (left > 0) {
      core.addClockEvent(this.look, left);
      return;
    }
    const mode = core.data[WDTCSR];
    if (!(mode & WDIE)) {
      this.reset();
      return;
    }
    core.setInterruptFlag(this.interrupt);
    // "the first time-out in the Watchdog Timer will set WDIF. Executing the corresponding interrupt vector will clear
    // WDIE and WDIF automatically by hardware": with WDE set the second time-out is a reset.
    if (mode & WDE) core.data[WDTCSR] &= ~WDIE;
    this.fedAt = core.cycles;
    core.addClockEvent(this.look, this.timeout);
  };
}
