/**
 * A byte stream taken apart into Firmata messages and console lines, for either end of the wire (machine.md, "One wire, two
 * tongues"). It never throws and has no clock: whoever feeds it says what time it is.
 */

import { stopByte, times } from './wire.table';

export const startSysex = 0xf0;
export const endSysex = 0xf7;
export const reportVersion = 0xf9;
/** Sysex ids of the Firmata protocol that a loom host meets. */
export const reportFirmware = 0x79;
export const stringData = 0x71;

/** Console lines are cut here; longer ones lose their end. */
export const longestLine = 256;
/** A sysex longer than this (a Mega's capabilities need 1.1 KB) is an error, not a message. */
const longestSysex = 4096;

/**
 * What broke the framing. `stray`: F7 without a sysex; `aborted`: a command inside an open message; `stale`: a
 * message open for 100 ms without a byte; `oversize`, `empty`: a sysex too long or without an id; `unknown`: a command that
 * Firmata does not have; `damaged`: `distrust` was called.
 */
export type FramingError = 'stray' | 'aborted' | 'stale' | 'oversize' | 'empty' | 'unknown' | 'damaged';

export type Part =
  | { kind: 'sysex'; id: number; body: Uint8Array }
  /** A fixed-length message: `command` is its first byte, the channel included. */
  | { kind: 'message'; command: number; data: Uint8Array }
  /** The byte 0xFF, wherever it stood; an open message goes on after it. */
  | { kind: 'reset' }
  /** A line without its end; `cut` when it was longer than 256 bytes. */
  | { kind: 'line'; text: string; cut: boolean }
  | { kind: 'error'; why: FramingError };

/** Data bytes after a command byte, or null for a byte that starts nothing. */
function dataLength(command: number, from: 'host' | 'board'): number | null {
  if (command === reportVersion) return from === 'host' ? 0 : 2;
  if (command === 0xf4 || command === 0xf5) return 2;
  switch (command & 0xf0) {
    case 0x90:
    case 0xe0:
      return 2;
    case 0xc0:
    case 0xd0:
      return 1;
    default:
      return null;
  }
}

export class Demultiplexer {
  private readonly take: (part: Part) => void;
  private readonly from: 'host' | 'board';
  private readonly textByte: ((byte: number) => void) | undefined;
  /** command byte of the open message, or 0 */
  private open = 0;
  private wanted = 0;
  private data: number[] = [];
  private line: number[] = [];
  private cut = false;
  private afterCr = false;
  /** text is discarded until a line end or `quiet` ms of silence after this time; null = text is read */
  private discardedSince: number | null = null;
  private lastByte = 0;
  private time = 0;

  /**
   * @param options.from who sends the bytes: only the board's version report has data
   * @param options.text takes the bytes between messages as they come, each line end as LF; then there are no `line` parts
   * @param take called for each part at once, in order; may call `distrust`
   */
  constructor(options: { from: 'host' | 'board'; text?: (byte: number) => void }, take: (part: Part) => void) {
    this.from = options.from;
    this.textByte = options.text;
    this.take = take;
  }

  /**
   * Feeds bytes that arrived at `now`. No bytes: only time passes.
   * @param now ms; a time before the last one counts as the last one
   */
  push(bytes: Uint8Array, now: number): void {
    this.pass(now);
    for (const byte of bytes) {
      this.lastByte = this.time;
      this.byte(byte);
    }
  }

  /** The last message was damaged (its CRC is wrong): what follows it may be its debris, so text is discarded. */
  distrust(): void {
    this.fail('damaged');
  }

  private pass(now: number): void {
    const staleAt = this.lastByte + times.staleMessage.code;
    const later = Math.max(now, this.time);
    if (this.open !== 0 && later >= staleAt) {
      this.time = staleAt;
      this.open = 0;
      this.fail('stale');
    }
    this.time = later;
    if (this.discardedSince === null) return;
    if (later - Math.max(this.discardedSince, this.lastByte) >= times.quiet.code) this.discardedSince = null;
  }

  private byte(byte: number): void {
    if (byte === stopByte) this.take({ kind: 'reset' });
    else if (byte === endSysex) this.end();
    else if (byte >= 0x80) this.command(byte);
    else if (this.open !== 0) this.datum(byte);
    else this.text(byte);
  }

  private command(byte: number): void {
    const aborted = this.open !== 0;
    this.open = 0;
    if (aborted) this.fail('aborted');
    const length = byte === startSysex ? longestSysex : dataLength(byte, this.from);
    if (length === null) this.fail('unknown');
    else {
      this.open = byte;
      this.wanted = length;
      this.data = [];
      if (length === 0) this.finish();
    }
  }

  private datum(byte: number): void {
    // One byte more than wanted is kept: it marks a sysex as oversize, and the rest of it is swallowed up to its end.
    if (this.data.length <= this.wanted) this.data.push(byte);
    if (this.open !== startSysex && this.data.length === this.wanted) this.finish();
  }

  private end(): void {
    const open = this.open;
    this.open = 0;
    if (open !== startSysex) this.fail('stray');
    else if (this.data.length === 0) this.fail('empty');
    else if (this.data.length > this.wanted) this.fail('oversize');
    else this.take({ kind: 'sysex', id: this.data[0], body: Uint8Array.from(this.data.slice(1)) });
  }

  private finish(): void {
    const command = this.open;
    this.open = 0;
    this.take({ kind: 'message', command, data: Uint8Array.from(this.data) });
  }

  private text(byte: number): void {
    const lineFeedOfCrLf = byte === 0x0a && this.afterCr;
    this.afterCr = byte === 0x0d;
    if (lineFeedOfCrLf) return;
    const ends = byte === 0x0d || byte === 0x0a;
    if (this.discardedSince !== null) {
      if (ends) this.discardedSince = null;
      return;
    }
    if (this.textByte) this.textByte(ends ? 0x0a : byte);
    else if (ends) {
      const text = String.fromCharCode(...this.line);
      const { cut } = this;
      this.line = [];
      this.cut = false;
      this.take({ kind: 'line', text, cut });
    } else if (this.line.length < longestLine) this.line.push(byte);
    else this.cut = true;
  }

  private fail(why: FramingError): void {
    this.discardedSince = this.time;
    this.line = [];
    this.cut = false;
    this.afterCr = false;
    this.take({ kind: 'error', why });
  }
}

/** Undoes Firmata's 14-bit text (two 7-bit bytes a character). */
export function firmataText(body: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < body.length; i += 2) text += String.fromCharCode(body[i] | (body[i + 1] << 7));
  return text;
}

/** What a firmware report (sysex 0x79) says, such as `{name: 'StandardFirmata.ino', version: '2.5'}`; null when too short. */
export function firmwareReport(body: Uint8Array): { name: string; version: string } | null {
  if (body.length < 2) return null;
  return { name: firmataText(body.subarray(2)), version: `${body[0]}.${body[1]}` };
}
