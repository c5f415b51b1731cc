/**
 * One page that follows the feed, and what is done when it cannot keep up. Knows nothing of sockets.
 *
 * A page past 64 KiB unsent or 64 events unacknowledged is sent nothing more. When all that it was sent has gone out and
 * been acknowledged it gets one snapshot instead of what it missed. If it falls behind again before it has acknowledged
 * that one, or is not drained in time, it is dropped. (The idea is SignalK's BackpressureManager.)
 */

/** What a follower needs of its connection. */
export interface Pipe {
  send(text: string): void;
  /** bytes accepted but not yet sent */
  buffered(): number;
  drop(why: string): void;
  /** ms, never going back */
  now(): number;
}

export interface Snapshot {
  readonly seq: number;
  readonly text: string;
}

export const limits = { bytes: 64 * 1024, unacknowledged: 64, patienceMs: 30_000 };

type Standing = 'waiting' | 'following' | 'behind' | 'dropped';

export class Follower {
  private standing: Standing = 'waiting';
  private sent = 0;
  /** last number that the page acknowledged */
  private taken = 0;
  /** events are counted against the page from here: what was sent at once to bring it up is not */
  private from = 0;
  private behindSince = 0;
  /** a snapshot on its way, whose bytes do not count against the page */
  private snapshotSeq = 0;
  private snapshotBytes = 0;
  /** the snapshot on its way replaced events: there is no second one */
  private lastChance = false;

  constructor(
    private readonly pipe: Pipe,
    private readonly snapshot: () => Snapshot,
  ) {}

  get state(): Standing {
    return this.standing;
  }

  /** The page said where it stands. @param missed messages that bring it up to `seq`, or null for a snapshot */
  begin(missed: readonly string[] | null, seq: number): void {
    if (this.standing === 'dropped') return;
    this.standing = 'following';
    if (missed === null) {
      this.sendSnapshot();
      return;
    }
    for (const text of missed) this.pipe.send(text);
    this.sent = seq;
    this.from = seq;
  }

  event(seq: number, text: string): void {
    this.tick();
    if (this.standing !== 'following' || seq <= this.sent) return;
    if (this.full()) this.fallBehind();
    else {
      this.pipe.send(text);
      this.sent = seq;
    }
  }

  /** The view was replaced as a whole. */
  replaced(): void {
    if (this.standing !== 'following') return;
    if (this.full()) this.fallBehind();
    else this.sendSnapshot();
  }

  /** @returns false when the page cannot have seen that number */
  seen(seq: number): boolean {
    if (seq > this.sent) return false;
    this.taken = Math.max(this.taken, seq);
    if (this.taken >= this.snapshotSeq) {
      this.snapshotBytes = 0;
      this.lastChance = false;
    }
    this.tick();
    return true;
  }

  beat(text: string): void {
    this.tick();
    if (this.standing === 'waiting' || (this.standing === 'following' && !this.full())) this.pipe.send(text);
  }

  private tick(): void {
    if (this.standing !== 'behind') return;
    if (this.pipe.buffered() === 0 && this.taken >= this.sent) {
      this.standing = 'following';
      this.sendSnapshot();
      this.lastChance = true;
    } else if (this.pipe.now() - this.behindSince > limits.patienceMs) this.drop();
  }

  private full(): boolean {
    return (
      this.pipe.buffered() > limits.bytes + this.snapshotBytes ||
      this.sent - Math.max(this.taken, this.from) >= limits.unacknowledged
    );
  }

  private fallBehind(): void {
    if (this.lastChance) this.drop();
    else {
      this.standing = 'behind';
      this.behindSince = this.pipe.now();
    }
  }

  private drop(): void {
    this.standing = 'dropped';
    this.pipe.drop('too slow');
  }

  private sendSnapshot(): void {
    const { seq, text } = this.snapshot();
    this.pipe.send(text);
    this.sent = seq;
    this.from = seq;
    this.snapshotSeq = seq;
    this.snapshotBytes = text.length * 2;
  }
}
