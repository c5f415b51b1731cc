/** What prints a weave: to a person's terminal, as plain lines, or as JSON lines. All read the one event stream. */
import type { Cloth } from '../../patterns/cloth';
import type { FeedEvent } from '../../protocol/feed';
import type { BoardFacts, LoomDriver } from '../board/driver';
import type { LoomError } from '../errors';
import type { Weave } from '../weave/weave';

/** What a reader needs to know before the first event. */
export interface WeaveIntroduction {
  readonly cloth: Cloth;
  readonly weave: Weave;
  readonly driver: LoomDriver;
  readonly facts: BoardFacts;
  /** address of the display page, null without one */
  readonly display: string | null;
  /** number of the last pick that this run weaves */
  readonly last: number;
  /** how it is planned: "5 shuttles, 12 changes, 164 picks, about 25 minutes" */
  readonly plan: string;
}

export interface WeaveReader {
  begin(introduction: WeaveIntroduction): void;
  event(event: FeedEvent): void;
  error(error: LoomError): void;
  end(): void;
}
