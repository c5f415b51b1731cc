/** What the host and the emulator's worker post to each other. */
import type { Wiring } from './uno';

export type Pace = 'full' | 'real';

export interface WorkerOptions {
  /** path of the firmware's Intel HEX file */
  readonly firmware: string;
  readonly wiring: Wiring;
  readonly baud: number;
  readonly pace: Pace;
  readonly eeprom?: Uint8Array;
  readonly seed?: number;
  readonly shared: SharedArrayBuffer;
}

/** To the worker: done at the emulated time at which it stands when it reads it. */
export type Act =
  | { readonly act: 'write'; readonly bytes: Uint8Array }
  | { readonly act: 'rate'; readonly baud: number }
  | { readonly act: 'pace'; readonly pace: Pace }
  | { readonly act: 'tap'; readonly treadle: 'treadle' | 'back'; readonly ms: number }
  | { readonly act: 'hold'; readonly treadle: 'treadle' | 'back'; readonly down: boolean }
  | { readonly act: 'estop'; readonly open: boolean }
  | { readonly act: 'reset' }
  | { readonly act: 'powerCut' }
  | { readonly act: 'unplug'; readonly board: number; readonly gone: boolean };

/** From the worker: it stands still now, until this report is handled. */
export interface Report {
  readonly number: number;
  /** read from the wire since the last report */
  readonly bytes: Uint8Array;
}
