/** One direction of the serial line: bytes as levels in time, so that a receiver at another rate reads what it would really see. */

/** 8N1: a start bit, eight data bits from the least significant, a stop bit. */
const bitsPerByte = 10;

interface SentByte {
  /** cycle at which the start bit begins */
  readonly start: number;
  /** cycles of one bit */
  readonly bit: number;
  readonly byte: number;
  /** cycle at which the sender fell silent in the middle of it */
  cut: number;
}

export interface ReceivedByte {
  readonly byte: number;
  /** the stop bit was low: "frame error" */
  readonly frameError: boolean;
}

export class SerialWire {
  private sent: SentByte[] = [];

  /** First cycle at which another byte can begin. */
  get freeAt(): number {
    const last = this.sent.at(-1);
    return last ? Math.min(last.start + bitsPerByte * last.bit, last.cut) : 0;
  }

  /** Puts a byte on the line at `start` or as soon as the line is free. @returns the cycle of its end */
  put(byte: number, start: number, bit: number): number {
    const begin = Math.max(start, this.freeAt);
    this.sent.push({ start: begin, bit, byte, cut: Number.POSITIVE_INFINITY });
    return begin + bitsPerByte * bit;
  }

  /** The sender loses power or is reset: the line goes high and stays so. */
  cut(now: number): void {
    this.sent = this.sent.filter((byte) => byte.start < now);
    const last = this.sent.at(-1);
    if (last && last.start + bitsPerByte * last.bit > now) last.cut = now;
  }

  /** What was sent before `cycle` will not be asked about again. */
  forget(cycle: number): void {
    let gone = 0;
    while (gone < this.sent.length && this.sent[gone].start + bitsPerByte * this.sent[gone].bit <= cycle) gone++;
    if (gone > 0) this.sent.splice(0, gone);
  }

  /** Bytes that begin after `cycle`. */
  waiting(cycle: number): number {
    let count = 0;
    for (let i = this.sent.length - 1; i >= 0 && this.sent[i].start > cycle; i--) count++;
    return count;
  }

  /** First falling edge at or after `cycle`, or Infinity. */
  fallAfter(cycle: number): number {
    for (const byte of this.sent) {
      if (byte.start + bitsPerByte * byte.bit <= cycle) continue;
      for (let i = 0; i < bitsPerByte; i++) {
        const at = byte.start + i * byte.bit;
        if (at >= cycle && at < byte.cut && bitOf(byte, i) === 0 && (i === 0 || bitOf(byte, i - 1) === 1)) return at;
      }
    }
    return Number.POSITIVE_INFINITY;
  }

  /** What a receiver that saw a start bit fall at `start` reads when it samples in the middle of bits of `bit` cycles. */
  read(start: number, bit: number): ReceivedByte {
    let byte = 0;
    for (let i = 0; i < 8; i++) byte |= this.level(start + (i + 1.5) * bit) << i;
    return { byte, frameError: this.level(start + 9.5 * bit) === 0 };
  }

  private level(cycle: number): 0 | 1 {
    for (const byte of this.sent) {
      if (cycle < byte.start) return 1;
      const i = Math.floor((cycle - byte.start) / byte.bit);
      if (i < bitsPerByte) return cycle >= byte.cut ? 1 : bitOf(byte, i);
    }
    return 1;
  }
}

function bitOf({ byte }: SentByte, index: number): 0 | 1 {
  if (index === 0) return 0;
  if (index === bitsPerByte - 1) return 1;
  return ((byte >> (index - 1)) & 1) as 0 | 1;
}

/** Reads bytes from one end of a wire at its own rate. */
export class SerialReceiver {
  private searchFrom: number;
  private fall = Number.POSITIVE_INFINITY;

  constructor(
    private readonly wire: SerialWire,
    now: number,
  ) {
    this.searchFrom = now;
  }

  /** Cycle at which the start bit of the next byte falls, or Infinity. */
  nextStart(): number {
    if (this.fall === Number.POSITIVE_INFINITY) this.fall = this.wire.fallAfter(this.searchFrom);
    return this.fall;
  }

  /** Cycle at which the next byte is complete (the middle of its stop bit) for bits of `bit` cycles, or Infinity. */
  nextEnd(bit: number): number {
    return this.nextStart() + 9.5 * bit;
  }

  /** Takes the byte whose end has come. */
  take(bit: number): ReceivedByte {
    const received = this.wire.read(this.nextStart(), bit);
    this.searchFrom = this.nextEnd(bit);
    this.fall = Number.POSITIVE_INFINITY;
    this.wire.forget(this.searchFrom);
    return received;
  }
}
