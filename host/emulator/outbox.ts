/** Collects what the host reads from the wire, and says when a message is whole. */
import type { EmulatedBoard } from './board';

const endOfSysex = 0xf7;
const lineFeed = 0x0a;

export class Outbox {
  /** ms of silence after which bytes without an end are handed over too */
  readonly quietMs = 1;
  private bytes: number[] = [];
  private whole = false;
  private lastAt = 0;

  constructor(private readonly board: EmulatedBoard) {
    board.onByte = (byte) => {
      this.bytes.push(byte);
      this.lastAt = board.nowMs;
      if (byte !== endOfSysex && byte !== lineFeed) return;
      this.whole = true;
      board.pause();
    };
  }

  get isEmpty(): boolean {
    return this.bytes.length === 0;
  }

  get isDue(): boolean {
    return this.whole || (!this.isEmpty && this.board.nowMs - this.lastAt >= this.quietMs);
  }

  take(): Uint8Array {
    const bytes = Uint8Array.from(this.bytes);
    this.bytes = [];
    this.whole = false;
    return bytes;
  }
}
