/** A loom that can be woven on, whatever firmware it runs. The loom driver speaks machine.md; others can do less and say so. */
import type { StateName } from '../../protocol/wire';
import type { SettingsLink } from './settings-link';
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
  /** CRC-16 of the settings in effect; absent where the board has none */
  readonly settingsVersion?: number;
  /** baud at which it answered, where that is known */
  readonly rate?: number;
  readonly reset: string;
  readonly place: Place;
  /** what this board cannot promise, a sentence each; only a board without our firmware has any */
  readonly limits?: readonly string[];
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

export type PressOutcome = 'opened' | 'state' | 'nothing' | 'moving' | 'silent' | 'soon' | 'back' | 'hands';

/** Everything a board tells of itself. `step` counts sheds opened; see machine.md. */
export interface DriverEvents {
  opening: [step: number];
  opened: [step: number];
  /** heddles are at rest (after arm or park) */
  rest: [];
  /** `detail`: I2C address (7 bit) for the faults output and bus, else 0; see fault-words.ts */
  state: [state: StateName, fault: string, detail: number];
  press: [direction: 'forward' | 'back', outcome: PressOutcome];
  estop: [open: boolean];
  /** the hands-in switch */
  hands: [inShed: boolean];
  /** the board was reset or its session ended: ask `connect` again before anything else */
  reset: [why: string];
  /** nothing valid heard for 2 s; the link goes on asking */
  silent: [];
  /** heard again after `silent` */
  heard: [];
  /**
   * the port went away and is looked for; `reset` follows when it is open again. Until then every call is rejected, and
   * `connect` waits.
   */
  away: [why: string];
  /** gone for good: nothing follows */
  lost: [why: string];
  /** now and then: every minute of the loom's time, and within five seconds of something that went wrong */
  link: [statistics: LinkStatistics];
}

export type DropResult = 'nothing' | 'dropped' | 'open';

/** How the wire does, counted since the first `connect` of this run; link-words.ts says what it means. */
export interface LinkStatistics {
  /** messages, each counted once */
  readonly sent: number;
  /** messages sent again because no answer came or the board could not read them */
  readonly resent: number;
  readonly bytesSent: number;
  /** valid frames from the board */
  readonly received: number;
  /** mean, ms; 0 before the first answer */
  readonly roundTripMs: number;
  /** loom frames that arrived damaged, at either end */
  readonly crcErrors: number;
  /** bytes with a bad stop bit, and messages that broke off, at either end */
  readonly frameErrors: number;
  /** bytes that the board had no room or no time for */
  readonly overruns: number;
  /** events of the board that never came; what they said was worked out from the next STATUS */
  readonly eventGaps: number;
  /** stops by the byte 0xFF or by `!` that this host did not send */
  readonly falseStops: number;
  /** I2C transfers that no PCA9685 board answered, or that hung */
  readonly i2cErrors: number;
  /** starts of the board after the first `connect`, by cause */
  readonly resets: { readonly power: number; readonly line: number; readonly watchdog: number };
  /** times that the port went away */
  readonly unplugged: number;
}

/** Every call resolves when the board has acknowledged it, and rejects with a LoomError. */
export interface LoomDriver {
  readonly clock: Clock;
  /** absent where the board has none: then its profile alone says how the loom is built */
  readonly settings?: SettingsLink;
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
