/** A wire in memory between host and board, with noise, and a time of its own that runs as fast as the test. */
import { EventEmitter } from 'node:events';
import type { Clock, Timer, Transport, TransportEvents } from '../../host/board/transport';

export class VirtualClock implements Clock {
  private time = 0;
  private readonly due: { at: number; then: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, then: () => void): Timer {
    const entry = { at: this.time + ms, then };
    this.due.push(entry);
    return {
      cancel: () => {
        const at = this.due.indexOf(entry);
        if (at >= 0) this.due.splice(at, 1);
      },
    };
  }

  during<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  /** Lets time pass until `work` is settled. */
  async until<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const end = () => {
      settled = true;
    };
    work.then(end, end);
    for (;;) {
      await turn();
      if (settled) return work;
      if (!this.step()) throw new Error('Nothing more happens, and the work is not done.');
    }
  }

  async pass(ms: number): Promise<void> {
    await this.until(new Promise<void>((resolve) => this.after(ms, resolve)));
  }

  private step(): boolean {
    let next = 0;
    for (let i = 1; i < this.due.length; i++) if (this.due[i].at < this.due[next].at) next = i;
    const [entry] = this.due.splice(next, 1);
    if (!entry) return false;
    this.time = entry.at;
    entry.then();
    return true;
  }
}

/** Everything that promises have to do now. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What becomes of the bytes sent together. */
export type Noise = (bytes: Uint8Array) => Uint8Array;
export const quiet: Noise = (bytes) => bytes;

/** Loses, flips and doubles one byte in `every`, by a seeded generator. */
export function noise(every: number, seed: number): Noise {
  const random = mulberry(seed);
  return (bytes) =>
    Uint8Array.from(
      [...bytes].flatMap((byte) => {
        if (random() * every >= 1) return [byte];
        const kind = Math.floor(random() * 3);
        return kind === 0 ? [] : kind === 1 ? [byte ^ (1 << Math.floor(random() * 8))] : [byte, byte];
      }),
    );
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One way of a wire at 57,600 baud: bytes sent together arrive together, after those before them. */
export class Line {
  private free = 0;

  constructor(
    private readonly clock: Clock,
    private readonly deliver: (bytes: Uint8Array) => void,
    private readonly latency: () => number,
    public noise: Noise = quiet,
  ) {}

  send(bytes: Uint8Array): void {
    const start = Math.max(this.free, this.clock.now() + this.latency());
    this.free = start + (bytes.length * 10_000) / 57_600;
    const arriving = this.noise(bytes);
    this.clock.after(this.free - this.clock.now(), () => this.deliver(arriving));
  }
}

export class MemoryTransport extends EventEmitter<TransportEvents> implements Transport {
  readonly kind = 'emulated';
  readonly name = 'board in memory';
  rate = 57600;
  toBoard: Line | null = null;

  constructor(private readonly clock: VirtualClock) {
    super();
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  now = () => this.clock.now();
  after = (ms: number, then: () => void) => this.clock.after(ms, then);
  during = <T>(work: Promise<T>) => work;

  write(bytes: Uint8Array): void {
    this.toBoard?.send(bytes);
  }

  async setRate(baud: number): Promise<void> {
    this.rate = baud;
  }
}
