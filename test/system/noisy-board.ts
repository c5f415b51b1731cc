/**
 * The shipped firmware on the emulated Uno at the far end of a bad cable, in this thread and in emulated time: bytes are lost,
 * flipped, doubled, split from their message or held up for five seconds, both ways, the same for the same seed.
 */
import { EventEmitter } from 'node:events';
import type { Timer, Transport, TransportEvents } from '../../host/board/transport';
import { TimerQueue } from '../../host/emulator/timer-queue';
import { cyclesPerMs, type EmulatedUno } from '../../host/emulator/uno';
import { endSysex } from '../../protocol/firmata';
import { mulberry } from '../board/world';

export const damages = ['lost', 'flipped', 'doubled', 'split', 'held up'] as const;
export type Damage = (typeof damages)[number];

const heldUpMs = 5000;
/** a gap in a message: shorter and longer than the 100 ms after which the board drops an open one */
const splitMs = 150;

/** One way of the cable. */
class Way {
  readonly done: Record<Damage, number> = { lost: 0, flipped: 0, doubled: 0, split: 0, 'held up': 0 };
  /** one byte in so many is damaged; Infinity = none */
  every = Number.POSITIVE_INFINITY;
  private freeAt = 0;

  constructor(
    private readonly random: () => number,
    private readonly clock: { now(): number; after(ms: number, then: () => void): Timer },
    private readonly deliver: (bytes: number[]) => void,
  ) {}

  send(bytes: Iterable<number>): void {
    let together: number[] = [];
    for (const byte of bytes) {
      if (this.random() * this.every >= 1) {
        together.push(byte);
        continue;
      }
      const damage = damages[Math.floor(this.random() * damages.length)];
      this.done[damage]++;
      if (damage === 'flipped') together.push(byte ^ (1 << Math.floor(this.random() * 8)));
      else if (damage === 'doubled') together.push(byte, byte);
      else if (damage !== 'lost') {
        this.pass(together);
        this.hold(damage === 'split' ? this.random() * splitMs : heldUpMs);
        together = [byte];
      }
    }
    this.pass(together);
  }

  private hold(ms: number): void {
    this.freeAt = Math.max(this.freeAt, this.clock.now()) + ms;
  }

  /** What is held up holds up all that comes after it. */
  private pass(bytes: number[]): void {
    if (bytes.length === 0) return;
    const wait = this.freeAt - this.clock.now();
    if (wait <= 0) this.deliver(bytes);
    else this.clock.after(wait, () => this.deliver(bytes));
  }
}

export class NoisyBoard extends EventEmitter<TransportEvents> implements Transport {
  readonly kind = 'emulated';
  readonly name = 'board on a bad cable';
  readonly toBoard: Way;
  readonly toHost: Way;
  private readonly timers = new TimerQueue();
  private sent: number[] = [];
  private running = false;

  constructor(
    readonly uno: EmulatedUno,
    seed: number,
  ) {
    super();
    this.toBoard = new Way(mulberry(seed), this, (bytes) => uno.send(bytes));
    this.toHost = new Way(mulberry(seed + 1), this, (bytes) => this.emit('bytes', Uint8Array.from(bytes)));
    uno.onByte = (byte) => {
      this.sent.push(byte);
      if (byte === endSysex) uno.pause();
    };
  }

  /** From now on one byte in so many is damaged, both ways. */
  damage(every: number): void {
    this.toBoard.every = this.toHost.every = every;
  }

  async start(): Promise<void> {
    this.running = true;
    void this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.timers.clear();
  }

  write(bytes: Uint8Array): void {
    this.toBoard.send(bytes);
  }

  async setRate(baud: number): Promise<void> {
    this.uno.line.baud = baud;
  }

  now(): number {
    return this.uno.nowMs;
  }

  after(ms: number, then: () => void): Timer {
    const due = this.timers.add(this.now() + Math.max(ms, 0.01), then);
    return { cancel: () => this.timers.remove(due) };
  }

  during<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  /** Time goes on from timer to timer and from message to message, each when all that promises have to do is done. */
  private async run(): Promise<void> {
    while (this.running) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const next = Math.min(this.timers.next, this.now() + 1000);
      this.uno.runTo(Math.ceil(next * cyclesPerMs));
      const bytes = this.sent;
      this.sent = [];
      if (bytes.length > 0) this.toHost.send(bytes);
      this.timers.fire(this.now());
    }
  }
}
