/** The EEPROM: a byte lands at the end of its write, and a read meanwhile is a defect of the firmware. */
import type { AVRInterruptConfig } from './avr8js';
import type { Core } from './core';

const EECR = 0x3f;
const EEDR = 0x40;
const EEARL = 0x41;
const EEARH = 0x42;

const EERE = 0x01;
const EEPE = 0x02;
const EEMPE = 0x04;
const EERIE = 0x08;
const EEPM0 = 0x10;
const EEPM1 = 0x20;

/** "EEPROM write (from CPU): 26,368 cycles of the calibrated oscillator, typical programming time 3.3 ms" (table 8-1), in cycles of 16 MHz; 1.8 ms for erase or write alone. */
const eraseAndWriteCycles = 54_400;
const halfCycles = 28_800;

export interface EepromCounts {
  writes: number;
  /** reads while a byte was being written; they gave 0xFF */
  readsWhileWriting: number;
  /** EEPE set while a byte was being written; nothing happened */
  writesWhileWriting: number;
}

export class Eeprom {
  private readonly ready: AVRInterruptConfig;
  private masterUntil = -1;
  private writing: { address: number; value: number } | null = null;

  constructor(
    private readonly core: Core,
    vector: number,
    /** as long as the chip's EEPROM, a power of two; it outlives the core */
    private readonly memory: Uint8Array,
    private readonly counts: EepromCounts,
  ) {
    this.ready = {
      ...{ address: vector, flagRegister: EECR, flagMask: EEPE, enableRegister: EECR, enableMask: EERIE },
      ...{ constant: true, inverseFlag: true },
    };
    core.writeHooks[EECR] = (value) => this.control(value);
    core.readHooks[EECR] = () => {
      const { data } = core;
      return core.cycles < this.masterUntil ? data[EECR] | EEMPE : data[EECR] & ~EEMPE;
    };
  }

  private control(value: number): boolean {
    const { core } = this;
    const { data } = core;
    const modes = this.writing ? data[EECR] & (EEPM0 | EEPM1) : value & (EEPM0 | EEPM1);
    data[EECR] = (data[EECR] & EEPE) | (value & EERIE) | modes;
    core.updateInterruptEnable(this.ready, value);
    const allowed = core.cycles < this.masterUntil;
    // "When EEMPE has been written to one by software, hardware clears the bit to zero after four clock cycles."
    if (value & EEMPE && !(value & EEPE)) this.masterUntil = core.cycles + 5;
    if (value & EERE) this.read();
    else if (value & EEPE && allowed) this.write();
    return true;
  }

  private get address(): number {
    const { data } = this.core;
    return ((data[EEARH] << 8) | data[EEARL]) % this.memory.length;
  }

  private read(): void {
    const { core } = this;
    // "The user should poll the EEPE bit before starting the read operation. If a write operation is in progress, it is
    // neither possible to read the EEPROM, nor to change the EEAR Register."
    if (this.writing) this.counts.readsWhileWriting++;
    core.data[EEDR] = this.writing ? 0xff : this.memory[this.address];
    core.cycles += 4;
  }

  private write(): void {
    const { core } = this;
    if (this.writing) {
      this.counts.writesWhileWriting++;
      return;
    }
    const mode = core.data[EECR] & (EEPM0 | EEPM1);
    const old = this.memory[this.address];
    const given = core.data[EEDR];
    const value = mode === EEPM0 ? 0xff : mode === EEPM1 ? old & given : given;
    this.writing = { address: this.address, value };
    this.counts.writes++;
    core.data[EECR] |= EEPE;
    core.clearInterrupt(this.ready, false);
    core.addClockEvent(this.landed, mode === 0 ? eraseAndWriteCycles : halfCycles);
    core.cycles += 2;
  }

  private readonly landed = () => {
    this.finish();
    this.core.setInterruptFlag(this.ready);
  };

  /**
   * "If a reset occurs while a write operation is in progress, the write operation will be completed provided that the
   * power supply voltage is sufficient" (§8.6.2).
   */
  finish(): void {
    if (this.writing) this.memory[this.writing.address] = this.writing.value;
    this.writing = null;
  }

  /** Power fails in the middle of a write: the byte is left with `torn` ("the EEPROM data can be corrupted"). */
  tear(torn: number): void {
    if (this.writing) this.memory[this.writing.address] = torn;
    this.writing = null;
  }
}
