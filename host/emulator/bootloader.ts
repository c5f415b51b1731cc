/** What a bootloader does around a reset, seen from the application and from the wire: time passes, and bytes are eaten. */
import { cyclesPerMs } from './clock';
import type { Core } from './core';
import { SerialReceiver, type SerialWire } from './serial-wire';

export const bootloaderNames = ['none', 'optiboot', 'old-nano', 'stk500v2'] as const;
export type BootloaderName = (typeof bootloaderNames)[number];

/** MCUSR: why the chip was reset. */
export const causes = { power: 0x01, reset: 0x02, brownOut: 0x04, watchdog: 0x08 } as const;
export type Cause = keyof typeof causes;

const DDRB = 0x24;
const PORTB = 0x25;
/** half a flash of the LED on pin 13 */
const halfFlash = cyclesPerMs * 62.5;
const second = cyclesPerMs * 1000;
/** a watchdog at its shortest, with which optiboot restarts itself */
const watchdogReset = cyclesPerMs * 16;

interface Kind {
  /** whether it listens, by what MCUSR shows; else the application starts at once */
  readonly listens: (mcusr: number) => boolean;
  /** MCUSR reads 0 in the application, and the watchdog is off */
  readonly clearsCause: boolean;
  /** cycles of a bit at its own rate */
  readonly bit: number;
  readonly flashes: number;
  /** what bytes received so far make it do; a frame error counts as a byte */
  readonly after: (bytes: readonly number[]) => 'listen' | 'leave' | 'stay';
}

const space = 0x20;
const exclamation = 0x21;

const kinds: Readonly<Record<Exclude<BootloaderName, 'none'>, Kind>> = {
  /**
   * Optiboot 4.4 of the Uno: "if (!(ch & _BV(EXTRF))) appStart()". 115,200 baud, where a bit is 17 · 8 cycles. A command that
   * does not end with a space makes it restart through the watchdog at 16 ms.
   */
  optiboot: {
    ...{ listens: (mcusr) => (mcusr & causes.reset) !== 0, clearsCause: true, bit: 136, flashes: 3 },
    after: (bytes) => (bytes.length % 2 === 0 && bytes.at(-1) !== space ? 'leave' : 'listen'),
  },
  /**
   * ATmegaBOOT_168 of older Nanos: listens after every reset and looks at no cause; 57,600 baud, five unknown commands make it
   * give up. It never touches the watchdog, which a watchdog reset leaves on at 16 ms (WDRF forces WDE): the chip is reset
   * again and again in here, until its power is cut.
   */
  'old-nano': {
    ...{ listens: () => true, clearsCause: false, bit: 280, flashes: 1 },
    after: (bytes) => (bytes.length >= 5 ? 'leave' : 'listen'),
  },
  /** stk500v2 of the Mega: listens after every reset but the watchdog's; 115,200 baud; `!!!` opens a monitor that never ends. */
  stk500v2: {
    ...{ listens: (mcusr) => (mcusr & causes.watchdog) === 0, clearsCause: true, bit: 136, flashes: 0 },
    after: (bytes) => (bytes.slice(-3).filter((byte) => byte === exclamation).length === 3 ? 'stay' : 'listen'),
  },
};

/** What the application finds in MCUSR. */
export function causeLeft(name: BootloaderName, mcusr: number): number {
  return name !== 'none' && kinds[name].clearsCause ? 0 : mcusr;
}

/** The bootloader waits for somebody before it starts the application. */
export function listens(name: BootloaderName, mcusr: number): name is keyof typeof kinds {
  return name !== 'none' && kinds[name].listens(mcusr);
}

/** Runs once after a reset, in place of the application, and lets it go. */
export class Bootloader {
  private readonly received: number[] = [];
  private readonly receiver: SerialReceiver;
  private readonly kind: Kind;
  private leaving = false;
  private halvesLeft: number;

  constructor(
    name: keyof typeof kinds,
    private readonly core: Core,
    wire: SerialWire,
    /** bit of port B at pin 13 */
    private readonly ledBit: number,
    /** told when the application starts */
    private readonly started: () => void,
  ) {
    this.kind = kinds[name];
    this.halvesLeft = 2 * this.kind.flashes;
    // Interrupts are off: nothing wakes it but `leave`.
    core.asleep = true;
    wire.forget(core.cycles);
    this.receiver = new SerialReceiver(wire, core.cycles);
    core.addClockEvent(this.leave, second);
    if (this.halvesLeft > 0) this.toggle();
    this.listen();
  }

  /** Bytes were put on the wire. */
  listen(): void {
    this.core.clearClockEvent(this.take);
    const end = this.receiver.nextEnd(this.kind.bit);
    if (end < Number.POSITIVE_INFINITY) this.core.addClockEvent(this.take, end - this.core.cycles);
  }

  private readonly take = () => {
    const { core, received } = this;
    const { byte, frameError } = this.receiver.take(this.kind.bit);
    received.push(frameError ? -1 : byte);
    this.listen();
    const next = this.kind.after(received);
    if (this.leaving || (next === 'listen' && frameError)) return;
    core.clearClockEvent(this.leave);
    this.leaving = next === 'leave';
    if (next !== 'stay') core.addClockEvent(this.leave, this.leaving ? watchdogReset : second);
  };

  private readonly leave = () => {
    const { core } = this;
    core.clearClockEvent(this.take);
    core.clearClockEvent(this.toggle);
    if (this.kind.flashes > 0) this.led(0, 0);
    core.asleep = false;
    core.sleptCycles = 0;
    this.started();
  };

  private readonly toggle = () => {
    this.led(1, this.halvesLeft % 2 === 0 ? 1 : 0);
    if (--this.halvesLeft > 0) this.core.addClockEvent(this.toggle, halfFlash);
  };

  private led(output: 0 | 1, level: 0 | 1): void {
    this.core.writeData(PORTB, level << this.ledBit);
    this.core.writeData(DDRB, output << this.ledBit);
  }
}
