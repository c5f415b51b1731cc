/** The host's end of the serial line: sends and reads at its own rate, which may be the wrong one. */
import type { Core } from './core';
import { SerialReceiver, SerialWire } from './serial-wire';

const cyclesPerSecond = 16e6;

export class HostLine {
  readonly toBoard = new SerialWire();
  readonly fromBoard = new SerialWire();
  private readonly receiver = new SerialReceiver(this.fromBoard, 0);
  private bit: number;

  constructor(
    baud: number,
    /** a byte as the host reads it; with a frame error most drivers give the byte all the same */
    private readonly onByte: (byte: number) => void,
  ) {
    this.bit = cyclesPerSecond / baud;
  }

  set baud(baud: number) {
    this.bit = cyclesPerSecond / baud;
  }

  get baud(): number {
    return cyclesPerSecond / this.bit;
  }

  /** Puts bytes on the line, back to back, after what is still to go. */
  send(bytes: Iterable<number>, now: number): void {
    this.toBoard.forget(now - 20 * this.bit);
    for (const byte of bytes) this.toBoard.put(byte, now, this.bit);
  }

  /** Reads what is complete; asks the core to be called again for what is not. */
  read(core: Core): void {
    core.clearClockEvent(this.again);
    while (this.receiver.nextEnd(this.bit) <= core.cycles) this.onByte(this.receiver.take(this.bit).byte);
    const end = this.receiver.nextEnd(this.bit);
    if (end === Number.POSITIVE_INFINITY) return;
    this.core = core;
    core.addClockEvent(this.again, end - core.cycles);
  }

  private core: Core | null = null;
  private readonly again = () => {
    if (this.core) this.read(this.core);
  };
}
