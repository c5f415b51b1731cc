/** Parts with a data and a clock wire, on the chip's SPI or on any two pins that a program toggles. */
import { AVRSPI, spiConfig } from './avr8js';
import type { Chip } from './chips/chip';
import { cyclesPerMs } from './clock';
import type { Core } from './core';
import type { Pins } from './pins';

const SPE = 0x40;
/** what MISO gives: nothing hangs on it */
const nothing = 0xff;

export interface ClockedPart {
  /** one rising edge of the clock */
  bit(value: number): void;
  /** eight of them, most significant bit first */
  byte(value: number): void;
}

/** Outlives the core, as the parts do. */
export class SpiBus {
  private core: Core | null = null;
  private readonly parts: ClockedPart[] = [];

  constructor(
    private readonly chip: Chip,
    private readonly pins: Pins,
  ) {}

  /** Hangs a part on two pins. */
  connect(part: ClockedPart, data: number, clock: number): void {
    const [mosi, sck] = this.chip.spiPins;
    const onSpi = data === mosi && clock === sck;
    if (onSpi) this.parts.push(part);
    this.pins.watch(clock, (high) => {
      // While the SPI is on it drives its pins, and whole bytes are counted.
      if (high && !(clock === sck && this.isOn)) part.bit(this.pins.isHigh(data) ? 1 : 0);
    });
  }

  private get isOn(): boolean {
    return this.core !== null && (this.core.data[spiConfig.SPCR] & SPE) !== 0;
  }

  /** Puts a new core behind it. */
  attach(core: Core): void {
    this.core = core;
    const spi = new AVRSPI(core, { ...spiConfig, spiInterrupt: this.chip.vectors.spi }, cyclesPerMs * 1000);
    const done = () => spi.completeTransfer(nothing);
    spi.onByte = (byte) => {
      for (const part of this.parts) part.byte(byte);
      core.addClockEvent(done, spi.transferCycles);
    };
  }
}
