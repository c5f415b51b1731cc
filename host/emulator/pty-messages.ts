/** What the process of a pty board is told on its stdin and says on its stdout, one JSON object a line. */
import { z } from 'zod';
import type { BoardAct } from './board-acts';
import type { BootloaderName } from './bootloader';
import type { ChipName } from './chips/chip';
import type { Shed } from './shed-log';
import type { Wiring } from './wiring';

export interface PtyBoardOptions {
  readonly wiring: Wiring;
  /** atmega328p, an Uno, unless said; atmega2560 is a Mega */
  readonly chip?: ChipName;
  /** none unless said */
  readonly bootloader?: BootloaderName;
  /** path of an Intel HEX file; the firmware shipped for the chip unless said */
  readonly firmware?: string;
  /** emulated seconds in one on the wall; 1 unless said */
  readonly speed?: number;
  /** opening the port resets the board, as DTR does on an Uno; true unless said */
  readonly resetOnOpen?: boolean;
  /** file to which what it says is appended too */
  readonly log?: string;
  /** contents of the EEPROM from address 0; erased unless said */
  readonly eeprom?: readonly number[];
}

const byte = z.number().int().min(0).max(255).optional();

/** What can be done to any emulated board. */
const boardActs = [
  z.strictObject({ do: z.enum(['press', 'back']), ms: z.number().positive().optional() }),
  z.strictObject({ do: z.literal('hold'), treadle: z.enum(['treadle', 'back']), down: z.boolean() }),
  z.strictObject({ do: z.literal('estop'), open: z.boolean() }),
  z.strictObject({ do: z.literal('hands'), in: z.boolean() }),
  z.strictObject({ do: z.literal('reset') }),
  z.strictObject({ do: z.enum(['brownOut', 'powerCut']), torn: byte }),
  z.strictObject({ do: z.literal('unplug'), board: z.number().int().min(0), gone: z.boolean() }),
  z.strictObject({ do: z.literal('sda'), clocks: z.number().int().min(0).nullable() }),
  z.strictObject({ do: z.literal('scl'), held: z.boolean() }),
  z.strictObject({ do: z.literal('refuse'), from: z.number().int().min(1) }),
  z.strictObject({ do: z.literal('restoreBus') }),
] as const satisfies readonly z.ZodType<BoardAct>[];

/** The reset line is pulled by `reset`; `resetOnOpen` says whether opening the port pulls it too. */
export const ptyCommand = z.discriminatedUnion('do', [
  ...boardActs,
  z.strictObject({ do: z.literal('resetOnOpen'), on: z.boolean() }),
  z.strictObject({ do: z.literal('quit') }),
]);
export type PtyCommand = z.infer<typeof ptyCommand>;

export type PtyReport =
  | { readonly type: 'port'; readonly path: string }
  /** the waiting row has become the open one, and its shed begins to open */
  | { readonly type: 'opening'; readonly ms: number; readonly step: number }
  /** the shed is open and settled */
  | ({ readonly type: 'shed' } & Shed)
  /** `opened` and `closed`: the port, by a host */
  | { readonly type: 'opened' | 'closed' | 'reset' | 'powerCut' | 'brownOut'; readonly ms: number };
