/** How a loom's link does in this run: counts of both ends, restarts and their causes, and when it is time to tell. */
import { type BoardFields, nameOf } from '../../protocol/wire';
import { resetCauses } from '../../protocol/wire.table';
import { BoardCounts } from './board-counts';
import type { LinkStatistics } from './driver';
import type { Link } from './link';
import { troubles } from './link-words';

/** ms of the loom's time: statistics are told so often, and so soon after something went wrong. */
const everyMs = 60_000;
const soonMs = 5000;
/** The board's uptime is told in whole seconds, 16 bits of them. */
const uptimeRoundMs = 0x10000 * 1000;
const uptimeSlackMs = 1500;

export class Health {
  eventGaps = 0;
  unplugged = 0;
  falseStops = 0;
  private readonly resets = { power: 0, line: 0, watchdog: 0 };
  private readonly board = new BoardCounts();
  /** when the board started, by our clock; null before the first STATUS */
  private bootedAt: number | null = null;
  /** the cause that the last HELLO named */
  private cause: keyof typeof resetCauses = 'unknown';
  private toldAt = 0;
  private toldTroubles = 0;
  private stopAsked = false;

  constructor(private readonly link: Link) {}

  /** A session begins. */
  begin(hello: BoardFields<'HELLO'>): void {
    this.cause = nameOf(resetCauses, hello.reset);
  }

  /** We send the stop byte ourselves. */
  stops(): void {
    this.stopAsked = true;
  }

  stateIs(state: string, fault: string): void {
    if (fault === 'stopByte' && !this.stopAsked) this.falseStops++;
    if (state !== 'fault') this.stopAsked = false;
  }

  /**
   * @param now ms
   * @returns true when it is time to tell the statistics
   */
  take(status: BoardFields<'STATUS'>, now: number): boolean {
    this.board.take(status);
    const bootedAt = now - status.uptime * 1000;
    if (this.bootedAt !== null && isLater(bootedAt, this.bootedAt)) this.restarted();
    this.bootedAt = bootedAt;
    const trouble = troubles(this.statistics());
    const due = now - this.toldAt;
    if (due < everyMs && (due < soonMs || trouble === this.toldTroubles)) return false;
    this.toldAt = now;
    this.toldTroubles = trouble;
    return true;
  }

  statistics(): LinkStatistics {
    const { counts, roundTrip } = this.link;
    const { total } = this.board;
    return {
      sent: counts.sent,
      resent: counts.resent,
      bytesSent: counts.bytesSent,
      received: counts.received,
      roundTripMs: roundTrip.average,
      crcErrors: counts.crcErrors + total.crcErrors,
      frameErrors: counts.broken + total.frameErrors,
      overruns: total.overruns,
      eventGaps: this.eventGaps,
      falseStops: this.falseStops,
      i2cErrors: total.i2cErrors,
      resets: { ...this.resets },
      unplugged: this.unplugged,
    };
  }

  private restarted(): void {
    // What cannot be told from a press of the reset button is counted as one.
    this.resets[this.cause === 'power' || this.cause === 'watchdog' ? this.cause : 'line']++;
  }
}

/** Is one start of the board after another, and not the same one seen through the rounding of its uptime? */
function isLater(bootedAt: number, before: number): boolean {
  const apart = (bootedAt - before) % uptimeRoundMs;
  return apart > uptimeSlackMs && apart < uptimeRoundMs - uptimeSlackMs;
}
