/**
 * The wire as the link sees it: bytes both ways, and time.
 *
 * Time belongs to the transport: with a serial port it is the clock on the wall, with the emulated board it is emulated
 * time, which may run much faster. Whoever waits for the board waits with `after`, never with setTimeout.
 */

export interface Timer {
  cancel(): void;
}

/** Milliseconds, and callbacks in them. */
export interface Clock {
  /** ms since the transport started; never goes back */
  now(): number;
  after(ms: number, then: () => void): Timer;
  /** Emulated time stands still until `work` is settled; on a real wire it just goes on. Returns `work`. */
  during<T>(work: Promise<T>): Promise<T>;
}

export interface TransportEvents {
  bytes: [bytes: Uint8Array];
  /** the port went away or the emulated board ended; nothing more comes, unless `comeBack` brings it */
  lost: [why: string];
}

export interface Transport extends Clock {
  readonly kind: 'serial' | 'emulated';
  /** what a person calls it: the port's path, or "emulated board" */
  readonly name: string;
  /** @throws LoomError hardware (not found) or busy */
  start(): Promise<void>;
  stop(): Promise<void>;
  write(bytes: Uint8Array): void;
  /** Changes the rate of the wire (baud); a serial port stays open. */
  setRate(baud: number): Promise<void>;
  /**
   * After `lost`: looks for the port until it is open again, for as long as that takes; absent where nothing can come back.
   * @param say hears what stands in the way, in a sentence
   * @returns when it is open; never after `stop`
   */
  comeBack?(say: (why: string) => void): Promise<void>;
  /** What answers at the port that came back is not ours: closes it, and leaves it alone until it is unplugged. */
  notOurs?(): Promise<void>;
  on<E extends keyof TransportEvents>(event: E, listener: (...args: TransportEvents[E]) => void): this;
  off<E extends keyof TransportEvents>(event: E, listener: (...args: TransportEvents[E]) => void): this;
}

/** What the emulated board lets us see besides its wire. */
export interface EmulatedPulses {
  /** Pulse in µs that each heddle's servo last received, by heddle index; 0 = never one. */
  pulses(): Float64Array;
}
