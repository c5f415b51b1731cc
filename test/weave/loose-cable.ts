/** The wire of an emulated board with a plug that can be pulled: the port goes away, and comes back when it is put in again. */
import { EventEmitter } from 'node:events';
import type { EmulatedPulses, Timer, Transport, TransportEvents } from '../../host/board/transport';
import type { EmulatedTransport } from '../../host/emulator/emulated-transport';

export class LooseCable extends EventEmitter<TransportEvents> implements Transport, EmulatedPulses {
  readonly kind = 'serial';
  readonly name = '/dev/ttyUSB0';
  private pulled = false;
  private isBack: () => void = () => {};

  constructor(private readonly board: EmulatedTransport) {
    super();
    board.on('bytes', (bytes) => !this.pulled && this.emit('bytes', bytes));
  }

  pull(): void {
    this.pulled = true;
    this.emit('lost', `${this.name} went away.`);
  }

  /** @param reset whether opening the port resets the board, as it does an Uno */
  plug(reset: boolean): void {
    this.pulled = false;
    if (reset) this.board.reset();
    this.isBack();
  }

  comeBack(): Promise<void> {
    return new Promise((resolve) => {
      this.isBack = resolve;
    });
  }

  write(bytes: Uint8Array): void {
    if (!this.pulled) this.board.write(bytes);
  }

  start(): Promise<void> {
    return this.board.start();
  }

  stop(): Promise<void> {
    return this.board.stop();
  }

  setRate(baud: number): Promise<void> {
    return this.board.setRate(baud);
  }

  now(): number {
    return this.board.now();
  }

  after(ms: number, then: () => void): Timer {
    return this.board.after(ms, then);
  }

  during<T>(work: Promise<T>): Promise<T> {
    return this.board.during(work);
  }

  pulses(): Float64Array {
    return this.board.pulses();
  }
}
