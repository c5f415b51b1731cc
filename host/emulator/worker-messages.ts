/** What the host and the emulator's worker post to each other. */
import type { BoardAct } from './board-acts';
import type { BootloaderName } from './bootloader';
import type { ChipName } from './chips/chip';
import type { Wiring } from './wiring';

export type Pace = 'full' | 'real';

export interface WorkerOptions {
  /** path of the firmware's Intel HEX file */
  readonly firmware: string;
  readonly wiring: Wiring;
  readonly chip?: ChipName;
  readonly bootloader?: BootloaderName;
  readonly baud: number;
  readonly pace: Pace;
  readonly eeprom?: Uint8Array;
  readonly seed?: number;
  readonly shared: SharedArrayBuffer;
}

/** To the worker: done at the emulated time at which it stands when it reads it. */
export type Act =
  | BoardAct
  | { readonly do: 'write'; readonly bytes: Uint8Array }
  | { readonly do: 'rate'; readonly baud: number }
  | { readonly do: 'pace'; readonly pace: Pace };

/** From the worker: it stands still now, until this report is handled. */
export interface Report {
  readonly number: number;
  /** read from the wire since the last report */
  readonly bytes: Uint8Array;
}
