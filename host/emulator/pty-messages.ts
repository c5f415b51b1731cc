/** What the process of a pty board is told on its stdin and says on its stdout, one JSON object a line. */
import { z } from 'zod';
import type { Shed } from './shed-log';
import type { Wiring } from './uno';

export interface PtyBoardOptions {
  readonly wiring: Wiring;
  /** path of an Intel HEX file; the shipped firmware unless said */
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

/** The reset line is pulled by `reset`; `resetOnOpen` says whether opening the port pulls it too. */
export const ptyCommand = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(['press', 'back', 'reset', 'powerCut', 'quit']) }),
  z.strictObject({ do: z.literal('estop'), open: z.boolean() }),
  z.strictObject({ do: z.literal('resetOnOpen'), on: z.boolean() }),
]);
export type PtyCommand = z.infer<typeof ptyCommand>;

export type PtyReport =
  | { readonly type: 'port'; readonly path: string }
  /** the waiting row has become the open one, and its shed begins to open */
  | { readonly type: 'opening'; readonly ms: number; readonly step: number }
  /** the shed is open and settled */
  | ({ readonly type: 'shed' } & Shed)
  /** `opened` and `closed`: the port, by a host */
  | { readonly type: 'opened' | 'closed' | 'reset' | 'powerCut'; readonly ms: number };
