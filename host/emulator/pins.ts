/** The Arduino Uno's pins by number (A0–A5 are 14–19): levels that the chip drives, levels that parts drive. */
import { AVRIOPort, portBConfig, portCConfig, portDConfig } from './avr8js';
import type { Core } from './core';

const configs = [portDConfig, portBConfig, portCConfig] as const;
type Watcher = (high: boolean) => void;

/** Pin 0–7 = port D, 8–13 = port B, 14–19 = port C. */
function place(pin: number): { port: number; bit: number } {
  if (pin < 8) return { port: 0, bit: pin };
  return pin < 14 ? { port: 1, bit: pin - 8 } : { port: 2, bit: pin - 14 };
}

/** Outlives the core: parts hang on the pins, and a reset only lets go of them. */
export class Pins {
  private core: Core | null = null;
  private ports: AVRIOPort[] = [];
  /** what parts put on the pins; nothing connected reads high, as with a pull-up */
  private readonly inputs = [0xff, 0xff, 0xff];
  /** driven high / driven low by the chip, as last told to the watchers */
  private readonly high = [0, 0, 0];
  private readonly low = [0, 0, 0];
  private readonly highWatchers: (Watcher | undefined)[][] = [[], [], []];
  private readonly lowWatchers: (Watcher | undefined)[][] = [[], [], []];
  private readonly highMask = [0, 0, 0];
  private readonly lowMask = [0, 0, 0];

  /** Puts a new core behind the pins; all of them are inputs now. */
  attach(core: Core): void {
    this.core = core;
    this.ports = configs.map((config, index) => {
      const port = new AVRIOPort(core, config);
      for (let bit = 0; bit < 8; bit++) port.setPin(bit, ((this.inputs[index] >> bit) & 1) === 1);
      port.addListener((value) => this.update(index, value, core.data[config.DDR]));
      this.update(index, 0, 0);
      return port;
    });
  }

  /** Tells when the chip begins and ends to drive the pin high; not driven counts as low (a servo's input). */
  watch(pin: number, watcher: Watcher): void {
    const { port, bit } = place(pin);
    this.highWatchers[port][bit] = watcher;
    this.highMask[port] |= 1 << bit;
  }

  /** Tells when the chip begins (false) and ends (true) to drive the pin low; not driven counts as high (a pull-up). */
  watchPulledUp(pin: number, watcher: Watcher): void {
    const { port, bit } = place(pin);
    this.lowWatchers[port][bit] = watcher;
    this.lowMask[port] |= 1 << bit;
  }

  /** A part drives the pin. */
  drive(pin: number, high: boolean): void {
    const { port, bit } = place(pin);
    if (high) this.inputs[port] |= 1 << bit;
    else this.inputs[port] &= ~(1 << bit);
    if (this.core) this.ports[port].setPin(bit, high);
  }

  /** The chip drives the pin high. */
  isHigh(pin: number): boolean {
    const { port, bit } = place(pin);
    return ((this.high[port] >> bit) & 1) === 1;
  }

  private update(port: number, value: number, direction: number): void {
    const high = value & direction;
    const low = ~value & direction & 0xff;
    const rises = (high ^ this.high[port]) & this.highMask[port];
    const falls = (low ^ this.low[port]) & this.lowMask[port];
    this.high[port] = high;
    this.low[port] = low;
    if (rises) tell(rises, high, this.highWatchers[port]);
    if (falls) tell(falls, ~low, this.lowWatchers[port]);
  }
}

function tell(changed: number, levels: number, watchers: readonly (Watcher | undefined)[]): void {
  for (let bit = 0; changed >> bit !== 0; bit++) {
    if ((changed >> bit) & 1) watchers[bit]?.(((levels >> bit) & 1) === 1);
  }
}
