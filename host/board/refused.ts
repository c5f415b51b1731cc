/** Why a message to the loom did not take effect. */
import type { refusals } from '../../protocol/wire.table';
import { refusals as sentences } from '../../protocol/wire.table';
import { LoomError } from '../errors';

export type Refusal = keyof typeof refusals;

/** The board said no; nothing changed. */
export class Refused extends LoomError {
  /** @param asked name of the message in the wire table */
  constructor(
    readonly asked: string,
    readonly refusal: Refusal,
  ) {
    super('failed', `The loom refused ${asked}: ${sentences[refusal]?.doc ?? refusal}.`);
    this.name = 'Refused';
  }
}

/** The session ended before the answer came: the message may or may not have taken effect. `connect` again and ask the place. */
export class SessionEnded extends LoomError {
  constructor(why: string) {
    super('hardware', why);
    this.name = 'SessionEnded';
  }
}
