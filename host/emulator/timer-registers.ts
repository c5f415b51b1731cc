/** A timer's registers as the program sees them: 16-bit ones through TEMP, flags cleared by writing ones. */
import type { AVRInterruptConfig } from './avr8js';
import type { TimerConfig } from './chips/chip';
import type { Core } from './core';

/** What the registers are the face of. Compare units by index: A, B, C. */
export interface TimerFace {
  count(): number;
  setCount(value: number): void;
  compare(index: number): number;
  setCompare(index: number, value: number): void;
  capture(): number;
  setCapture(value: number): void;
  /** mode, clock or COM bits: `change` puts them into the registers */
  control(change: () => void): void;
  /** FOCnx */
  force(index: number): void;
}

export class TimerRegisters {
  /** "TEMP": 16-bit registers are written high byte first, read low byte first (§16.3) */
  private temp = 0;

  constructor(
    private readonly core: Core,
    private readonly config: TimerConfig,
    flags: readonly AVRInterruptConfig[],
    face: TimerFace,
  ) {
    const { data, readHooks, writeHooks } = core;
    const { bits, TCCRA, TCCRB, TCNT, TIMSK, TIFR, OCR, ICR } = config;
    const is16 = bits === 16;
    writeHooks[TCCRA] = (value) => {
      face.control(() => {
        data[TCCRA] = value;
      });
      return true;
    };
    writeHooks[TCCRB] = (value) => {
      face.control(() => {
        // The force bits of an 8-bit timer "are always read as zero".
        data[TCCRB] = is16 ? value : value & 0x0f;
      });
      if (!is16) this.strobe(value, face);
      return true;
    };
    if (is16) {
      writeHooks[TCCRA + 2] = (value) => {
        this.strobe(value, face);
        return true;
      };
    }
    writeHooks[TIMSK] = (value) => {
      data[TIMSK] = value;
      for (const flag of flags) core.updateInterruptEnable(flag, value);
      return true;
    };
    // A flag "is cleared by writing a logic one to its bit location"; SBI touches one bit only.
    writeHooks[TIFR] = (value, _old, _address, mask) => {
      for (const flag of flags) if (value & mask & flag.flagMask) core.clearInterrupt(flag);
      return true;
    };
    this.hook(TCNT, face.count, face.setCount);
    if (is16) {
      readHooks[TCNT] = () => {
        const count = face.count();
        this.temp = count >> 8;
        return count & 0xff;
      };
      readHooks[TCNT + 1] = () => this.temp;
    }
    for (const [index, address] of OCR.entries()) {
      this.hook(
        address,
        () => face.compare(index),
        (value) => face.setCompare(index, value),
      );
    }
    if (ICR) this.hook(ICR, face.capture, face.setCapture);
  }

  private strobe(value: number, face: TimerFace): void {
    for (let index = 0; index < this.config.OCR.length; index++) if (value & (0x80 >> index)) face.force(index);
  }

  private hook(address: number, get: () => number, set: (value: number) => void): void {
    const { readHooks, writeHooks } = this.core;
    const is16 = this.config.bits === 16;
    readHooks[address] = () => get() & 0xff;
    writeHooks[address] = (value) => {
      set(is16 ? (this.temp << 8) | value : value);
      return true;
    };
    if (!is16) return;
    readHooks[address + 1] = () => get() >> 8;
    writeHooks[address + 1] = (value) => {
      this.temp = value;
      return true;
    };
  }
}
