/** The memory that the host and the emulator's worker share: whose turn it is, the time, and what the parts show. */
import type { Counts } from './board';
import type { Wiring } from './wiring';

/** Everything that the emulator counts, in the order in which it lies in shared memory. */
const countNames = [
  'received',
  'overruns',
  'frameErrors',
  'sent',
  'writes',
  'readsWhileWriting',
  'writesWhileWriting',
  'resets',
] as const satisfies readonly (keyof Counts)[];

/** Cells of `turns`. */
const cell = { mail: 0, handled: 1, hold: 2 } as const;

export class SharedBoard {
  private readonly turns: Int32Array;
  /** ms: [emulated time, the host's next timer] */
  private readonly times: Float64Array;
  private readonly counted: Float64Array;
  readonly pulses: Float64Array;
  /** 3 bytes an LED: red, green, blue */
  readonly colours: Uint8Array;
  readonly buffer: SharedArrayBuffer;

  constructor({ heddles, leds }: Wiring, buffer?: SharedArrayBuffer) {
    const longs = 2 + countNames.length + heddles;
    this.buffer = buffer ?? new SharedArrayBuffer(16 + 8 * longs + 3 * leds);
    this.turns = new Int32Array(this.buffer, 0, 4);
    this.times = new Float64Array(this.buffer, 16, 2);
    this.counted = new Float64Array(this.buffer, 32, countNames.length);
    this.pulses = new Float64Array(this.buffer, 32 + 8 * countNames.length, heddles);
    this.colours = new Uint8Array(this.buffer, 16 + 8 * longs, 3 * leds);
    if (!buffer) this.limit = Number.POSITIVE_INFINITY;
  }

  get now(): number {
    return this.times[0];
  }
  set now(ms: number) {
    this.times[0] = ms;
  }

  /** The emulator may not run past this: when the host's next timer is due. */
  get limit(): number {
    return this.times[1];
  }
  set limit(ms: number) {
    this.times[1] = ms;
  }

  get counts(): Counts {
    return Object.fromEntries(countNames.map((name, index) => [name, this.counted[index]])) as unknown as Counts;
  }
  set counts(counts: Counts) {
    for (const [index, name] of countNames.entries()) this.counted[index] = counts[name];
  }

  /** Host: something was posted, or changed; wakes the worker. */
  ring(): void {
    Atomics.add(this.turns, cell.mail, 1);
    Atomics.notify(this.turns, cell.mail);
  }

  get rings(): number {
    return Atomics.load(this.turns, cell.mail);
  }

  /** Worker: sleeps until the host rings again, at most so many ms. */
  sleep(rings: number, ms?: number): void {
    Atomics.wait(this.turns, cell.mail, rings, ms);
  }

  /** Number of the last report that the host has wholly handled. */
  get handled(): number {
    return Atomics.load(this.turns, cell.handled);
  }
  set handled(report: number) {
    Atomics.store(this.turns, cell.handled, report);
  }

  /** The host is busy with something during which emulated time stands still. */
  get hold(): boolean {
    return Atomics.load(this.turns, cell.hold) !== 0;
  }
  set hold(hold: boolean) {
    Atomics.store(this.turns, cell.hold, hold ? 1 : 0);
  }
}
