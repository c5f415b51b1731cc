/** The numbered events of this run of the host, the last few of them kept for pages that come back. */
import { randomBytes } from 'node:crypto';
import type { FeedEvent, HostMessage } from '../../protocol/feed';

/** A page that has missed more is sent a snapshot, which is then also the shorter answer. */
const kept = 512;

export class History {
  /** boot id: numbers of another epoch mean nothing here */
  readonly epoch = randomBytes(8).toString('hex');
  private readonly texts: string[] = [];
  private last = 0;

  /** Number of the last event, 0 = none yet. */
  get seq(): number {
    return this.last;
  }

  /** Numbers an event. @returns the message, as text, to be sent to everyone */
  add(event: FeedEvent): string {
    this.last++;
    const text = JSON.stringify({ type: 'event', epoch: this.epoch, seq: this.last, event } satisfies HostMessage);
    this.texts.push(text);
    if (this.texts.length > kept) this.texts.shift();
    return text;
  }

  /** The view changed in a way that no event tells: nobody can resume from before this. */
  breakOff(): void {
    this.last++;
    this.texts.length = 0;
  }

  /** Messages after number `seq` of `epoch`, oldest first, or null when only a snapshot will do. */
  after(epoch: string | undefined, seq: number | undefined): readonly string[] | null {
    if (epoch !== this.epoch || seq === undefined || seq > this.last) return null;
    const missed = this.last - seq;
    return missed > this.texts.length ? null : this.texts.slice(this.texts.length - missed);
  }
}
