/** A loom that can be woven on, whatever firmware it runs. The loom driver speaks machine.md; others can do less and say so. */
import type { StateName } from '../../protocol/wire';
import type { Clock } from './transport';

/** What the board says it is. */
export interface BoardFacts {
  readonly kind: 'emulated' | 'serial';
  readonly port: string;
  readonly mcu: string;
  readonly firmware: string;
  readonly boardId: number;
  readonly heddles: number;
  readonly outputs: string;
  readonly leds: number;
  readonly reset: string;
  readonly place: Place;
}

/** Where the board says the weave is. */
export interface Place {
  readonly state: StateName;
  /** tag of the weave, 0 = none known */
  readonly weave: number;
  /** last step opened, 0 = none */
  readonly step: number;
  /** CRC of that step and its row */
  readonly rowCrc: number;
}

export type PressOutcome = 'opened' | 'state' | 'nothing' | 'moving' | 'silent' | 'soon' | 'back';

/** Everything a board tells of itself. `step` counts sheds opened; see machine.md. */
export interface DriverEvents {
  opening: [step: number];
  opened: [step: number];
  /** heddles are at rest (after arm or park) */
  rest: [];
  state: [state: StateName, fault: string];
  press: [direction: 'forward' | 'back', outcome: PressOutcome];
  estop: [open: boolean];
  /** the board was reset or its session ended: ask `connect` again before anything else */
  reset: [why: string];
  /** nothing valid heard for 2 s; the link goes on asking */
  silent: [];
  /** heard again after `silent` */
  heard: [];
  lost: [why: string];
}

export type DropResult = 'nothing' | 'dropped' | 'open';

export interface LinkStatistics {
  readonly sent: number;
  readonly resent: number;
  readonly bytesSent: number;
  readonly roundTripMs: number;
  readonly crcErrors: number;
  readonly eventGaps: number;
  readonly overruns: number;
  readonly frameErrors: number;
}

/** Every call resolves when the board has acknowledged it, and rejects with a LoomError. */
export interface LoomDriver {
  readonly clock: Clock;
  /** Opens the port, waits for the banner, opens a session. Can be called again after `reset`. */
  connect(): Promise<BoardFacts>;
  /** Lets go of the port. Sends nothing. */
  stop(): Promise<void>;
  place(): Place;
  askPlace(): Promise<Place>;
  arm(place: { weave: number; step: number; rowCrc: number }): Promise<void>;
  park(): Promise<void>;
  /** the row that opens next; `row` as BitRows.bytes gives it */
  tell(step: number, row: Uint8Array): Promise<void>;
  drop(): Promise<DropResult>;
  open(step: number): Promise<void>;
  hold(hands: boolean): Promise<void>;
  resume(): Promise<void>;
  clear(): Promise<void>;
  weft(colour: string): Promise<void>;
  /** At once, without waiting its turn; nothing is awaited. */
  stopNow(): void;
  /** µs each heddle's servo last received, or null where it cannot be seen */
  pulses(): Float64Array | null;
  statistics(): LinkStatistics;
  on<E extends keyof DriverEvents>(event: E, listener: (...args: DriverEvents[E]) => void): this;
  off<E extends keyof DriverEvents>(event: E, listener: (...args: DriverEvents[E]) => void): this;
}
