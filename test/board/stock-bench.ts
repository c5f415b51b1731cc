/** The emulated Uno in the test's own thread, as a Transport: every pin and every part of it can be looked at. */
import { EventEmitter } from 'node:events';
import type { EmulatedPulses, Timer, Transport, TransportEvents } from '../../host/board/transport';
import { TimerQueue } from '../../host/emulator/timer-queue';
import type { EmulatedUno } from '../../host/emulator/uno';

/** ms of the board's time between two looks at the host's promises */
const turnMs = 2;

export class BenchTransport extends EventEmitter<TransportEvents> implements Transport, EmulatedPulses {
  readonly kind = 'emulated';
  readonly name = 'the bench';
  /** bytes that the host has written */
  written: number[] = [];
  private readonly timers = new TimerQueue();
  private running = false;
  private stands = 0;

  constructor(readonly uno: EmulatedUno) {
    super();
  }

  async start(): Promise<void> {
    this.running = true;
    setImmediate(() => this.turn());
  }

  async stop(): Promise<void> {
    this.running = false;
    this.timers.clear();
  }

  /** The cable is pulled. */
  lose(): void {
    this.running = false;
    this.emit('lost', 'the bench went away.');
  }

  write(bytes: Uint8Array): void {
    this.written.push(...bytes);
    this.uno.send(bytes);
  }

  async setRate(): Promise<void> {}

  now(): number {
    return this.uno.nowMs;
  }

  after(ms: number, run: () => void): Timer {
    const timer = this.timers.add(this.now() + Math.max(ms, 0.01), run);
    return { cancel: () => this.timers.remove(timer) };
  }

  during<T>(work: Promise<T>): Promise<T> {
    this.stands++;
    const settled = () => this.stands--;
    work.then(settled, settled);
    return work;
  }

  pulses(): Float64Array {
    return this.uno.pulses();
  }

  private turn(): void {
    if (!this.running) return;
    if (this.stands === 0) {
      this.uno.run(Math.max(0.001, Math.min(turnMs, this.timers.next - this.now())));
      const bytes = this.uno.takeOutput();
      if (bytes.length > 0) this.emit('bytes', bytes);
      this.timers.fire(this.now());
    }
    setImmediate(() => this.turn());
  }
}
