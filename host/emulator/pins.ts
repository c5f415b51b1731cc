/** The board's pins by Arduino number: levels that the chip drives, levels that parts drive. */
import type { Chip, Place } from './chips/chip';
import type { Core } from './core';
import { PinInterrupts } from './pin-interrupts';

type Watcher = (high: boolean) => void;

/** A port: what stands in its registers, on its pins, and who watches them. */
class Port {
  /** what parts put on the pins; nothing connected reads high, as with a pull-up */
  inputs = 0xff;
  /** bits that a timer's compare unit drives in place of PORT, and their levels */
  taken = 0;
  compare = 0;
  /** driven high / driven low by the chip, as last told to the watchers */
  high = 0;
  low = 0;
  readonly highWatchers: (Watcher | undefined)[] = [];
  readonly lowWatchers: (Watcher | undefined)[] = [];
  highMask = 0;
  lowMask = 0;

  constructor(
    readonly index: number,
    readonly PIN: number,
  ) {}
}

/** Outlives the core: parts hang on the pins, and a reset only lets go of them. */
export class Pins {
  private core: Core | null = null;
  private interrupts: PinInterrupts | null = null;
  private readonly ports: readonly Port[];

  constructor(private readonly chip: Chip) {
    this.ports = chip.ports.map(({ PIN }, index) => new Port(index, PIN));
  }

  /** Puts a new core behind the pins; all of them are inputs now. */
  attach(core: Core): void {
    this.core = core;
    this.interrupts = null;
    for (const port of this.ports) {
      const { PIN } = port;
      port.taken = port.compare = 0;
      this.update(port);
      const written = (register: number) => (value: number) => {
        core.data[register] = value;
        this.update(port);
        return true;
      };
      core.writeHooks[PIN + 1] = written(PIN + 1);
      core.writeHooks[PIN + 2] = written(PIN + 2);
      // "writing a logic one to PINxn toggles the value of PORTxn" (§14.2.2); SBI touches one bit only.
      core.writeHooks[PIN] = (value, _old, _address, mask) => {
        core.data[PIN + 2] ^= value & mask;
        this.update(port);
        return true;
      };
    }
    this.interrupts = new PinInterrupts(core, this.chip);
  }

  /** Tells when the chip begins and ends to drive the pin high; not driven counts as low (a servo's input). */
  watch(pin: number, watcher: Watcher): void {
    const { port, bit } = this.place(pin);
    port.highWatchers[bit] = both(port.highWatchers[bit], watcher);
    port.highMask |= 1 << bit;
  }

  /** Tells when the chip begins (false) and ends (true) to drive the pin low; not driven counts as high (a pull-up). */
  watchPulledUp(pin: number, watcher: Watcher): void {
    const { port, bit } = this.place(pin);
    port.lowWatchers[bit] = both(port.lowWatchers[bit], watcher);
    port.lowMask |= 1 << bit;
  }

  /** A part drives the pin. */
  drive(pin: number, high: boolean): void {
    const { port, bit } = this.place(pin);
    if (high) port.inputs |= 1 << bit;
    else port.inputs &= ~(1 << bit);
    if (this.core) this.update(port);
  }

  /** A timer's compare unit drives the pin (where it is an output), or with null leaves it to PORT again. */
  takeOver(pin: number, high: boolean | null): void {
    const { port, bit } = this.place(pin);
    const mask = 1 << bit;
    if (high === null) port.taken &= ~mask;
    else port.taken |= mask;
    if (high) port.compare |= mask;
    else port.compare &= ~mask;
    this.update(port);
  }

  /** The chip drives the pin high. */
  isHigh(pin: number): boolean {
    const { port, bit } = this.place(pin);
    return ((port.high >> bit) & 1) === 1;
  }

  private place(pin: number): { port: Port; bit: number } {
    const place: Place | undefined = this.chip.pins[pin];
    if (!place)
      throw new Error(`The ${this.chip.name} board has no pin ${pin}: its pins are 0–${this.chip.pins.length - 1}.`);
    return { port: this.ports[place.port], bit: place.bit };
  }

  private update(port: Port): void {
    const { data } = this.core as Core;
    const { PIN, taken } = port;
    const direction = data[PIN + 1];
    const output = (data[PIN + 2] & ~taken) | (port.compare & taken);
    const high = output & direction;
    const low = ~output & direction & 0xff;
    const levels = high | (port.inputs & ~direction);
    const changed = levels ^ data[PIN];
    data[PIN] = levels;
    const rises = (high ^ port.high) & port.highMask;
    const falls = (low ^ port.low) & port.lowMask;
    port.high = high;
    port.low = low;
    if (changed && this.interrupts) this.interrupts.changed(port.index, changed, levels);
    if (rises) tell(rises, high, port.highWatchers);
    if (falls) tell(falls, ~low, port.lowWatchers);
  }
}

function both(first: Watcher | undefined, second: Watcher): Watcher {
  if (!first) return second;
  return (high) => {
    first(high);
    second(high);
  };
}

function tell(changed: number, levels: number, watchers: readonly (Watcher | undefined)[]): void {
  for (let bit = 0; changed >> bit !== 0; bit++) {
    if ((changed >> bit) & 1) watchers[bit]?.(((levels >> bit) & 1) === 1);
  }
}
