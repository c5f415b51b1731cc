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
/** s: the board's uptime begins anew after 0xFFFF */
const uptimeEnds = 0xff00;

export class Health {
  eventGaps = 0;
  unplugged = 0;
  falseStops = 0;
  private readonly resets = { power: 0, line: 0, watchdog: 0 };
  private readonly board = new BoardCounts();
  /** the last STATUS: the board's uptime in s, and when it came; null before the first */
  private last: { uptime: number; at: number } | null = null;
  private newSession = false;
  /** the cause that the last HELLO named */
  private cause: keyof typeof resetCauses = 'unknown';
  private toldAt = 0;
  private toldTroubles = 0;
  private stopAsked = false;

  constructor(private readonly link: Link) {}

  /** A session begins. */
  begin(hello: BoardFields<'HELLO'>): void {
    this.cause = nameOf(resetCauses, hello.reset);
    this.newSession = true;
  }

  /** We send the stop byte ourselves. */
  stops(): void {
    this.stopAsked = true;
  }

  stateIs(state: string, fault: string): void {
    // Nobody else has the port, so nobody typed ! either.
    if ((fault === 'stopByte' || fault === 'console') && !this.stopAsked) this.falseStops++;
    if (state !== 'fault') this.stopAsked = false;
  }

  /**
   * @param now ms
   * @returns true when it is time to tell the statistics
   */
  take(status: BoardFields<'STATUS'>, now: number): boolean {
    this.board.take(status);
    this.lookForRestart(status.uptime, now);
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

  /** Answers may come late, and yet in order: only a start sets the uptime back, or to less than has passed since. */
  private lookForRestart(uptime: number, now: number): void {
    const { last, newSession } = this;
    this.last = { uptime, at: now };
    this.newSession = false;
    if (last === null) return;
    const wentBack = uptime < last.uptime && last.uptime < uptimeEnds;
    const sinceThen = newSession && uptime * 1000 < now - last.at;
    if (!wentBack && !sinceThen) return;
    // What cannot be told from a press of the reset button is counted as one.
    this.resets[this.cause === 'power' || this.cause === 'watchdog' ? this.cause : 'line']++;
  }
}
