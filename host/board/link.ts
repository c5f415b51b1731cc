/**
 * One session with a loom: messages in order, one in flight, sent again until they are answered, and a frame often enough
 * that the board knows we are here (machine.md, "Loom messages").
 */
import { EventEmitter } from 'node:events';
import {
  type BoardFields,
  type BoardFrame,
  decodeBoard,
  encodeHost,
  type HostFields,
  type HostMessageName,
  nameOf,
} from '../../protocol/wire';
import { helloSeed, refusals } from '../../protocol/wire.table';
import type { Listener } from './listener';
import { Refused, SessionEnded } from './refused';
import { RoundTrip } from './round-trip';
import type { Timer, Transport } from './transport';

export type Ack = BoardFields<'ACK'>;
/** ACK; VALUES for GET; null for STATUS, whose answer comes as a `frame`. */
export type Answer = Ack | BoardFields<'VALUES'> | null;
type AnswerTo<N extends HostMessageName> = N extends 'GET' ? BoardFields<'VALUES'> : N extends 'STATUS' ? null : Ack;

export interface LinkEvents {
  /** a valid frame of this session, before the message that it answers is settled */
  frame: [frame: BoardFrame];
  silent: [];
  heard: [];
  /** the session is over; everything in flight was rejected */
  ended: [why: string];
}

/** How often the board hears of us, ms: while heddles are up (at least every 250), and else. */
const aliveEvery = { weaving: 150, idle: 500 };
const silentAfter = 2000;
/** Each try waits twice as long as the one before, up to this: what is held up on its way must not overrun the board when it comes. */
const askEvery = 500;
/** A refused CRC is answered at once so many times in a row; then the time-out decides, in case the line is all noise. */
const atOnce = 4;
/** Refused so often, it is not noise: the board was reset and its banner was lost, so every frame of ours is foreign to it. */
const foreign = 10;
const lostSession = 'The board has lost the session.';

interface Message {
  readonly name: HostMessageName;
  readonly encode: (seq: number) => Uint8Array;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}
interface Flight {
  readonly message: Message;
  readonly seq: number;
  readonly frame: Uint8Array;
  readonly since: number;
  tries: number;
  damaged: number;
}

export class Link extends EventEmitter<LinkEvents> {
  /** heddles are up: be heard more often */
  weaving = false;
  readonly counts = { sent: 0, resent: 0, bytesSent: 0, received: 0, crcErrors: 0, broken: 0 };
  readonly roundTrip = new RoundTrip();
  private session: number | null = null;
  private seq = 0;
  private queue: Message[] = [];
  private flight: Flight | null = null;
  private timer: Timer | null = null;
  private lastHeard = 0;
  private silence = false;
  private readonly onLoom = (packed: Uint8Array) => this.receive(packed);
  private readonly onBanner = () => this.end('The board was reset.');
  private readonly onBroken = () => {
    this.counts.broken++;
  };

  constructor(
    private readonly transport: Transport,
    private readonly listener: Listener,
  ) {
    super();
  }

  /** Takes up the session that the board's HELLO opened. */
  begin(session: number): void {
    this.session = session;
    this.seq = 0;
    this.silence = false;
    this.lastHeard = this.transport.now();
    this.listener.on('loom', this.onLoom).on('banner', this.onBanner).on('broken', this.onBroken);
    this.pump();
  }

  /** Ends the session on our side; the board hears nothing of it. */
  end(why: string): void {
    if (this.session === null) return;
    this.session = null;
    this.timer?.cancel();
    this.listener.off('loom', this.onLoom).off('banner', this.onBanner).off('broken', this.onBroken);
    const unanswered = [...(this.flight ? [this.flight.message] : []), ...this.queue];
    this.flight = null;
    this.queue = [];
    for (const { reject } of unanswered) reject(new SessionEnded(why));
    this.emit('ended', why);
  }

  /**
   * Sends a message in its turn. Goes on asking for as long as the session lasts.
   * @returns the board's ACK, or its VALUES for GET; null for STATUS, whose answer comes as a `frame`
   * @throws Refused, or SessionEnded
   */
  send<N extends HostMessageName>(name: N, fields: HostFields<N>, first = false): Promise<AnswerTo<N>> {
    return new Promise<Answer>((resolve, reject) => {
      const { session } = this;
      if (session === null) return reject(new SessionEnded('There is no session with the loom.'));
      const encode = (seq: number) => encodeHost(name, seq, fields, session);
      const message = { name, encode, resolve, reject };
      if (first) this.queue.unshift(message);
      else this.queue.push(message);
      if (!this.flight) this.pump();
    }) as Promise<AnswerTo<N>>;
  }

  /** A STATUS is waiting to be sent or answered. */
  get asking(): boolean {
    return this.flight?.message.name === 'STATUS' || this.queue[0]?.name === 'STATUS';
  }

  /** Bytes past all queues; the stop byte. */
  sendNow(bytes: Uint8Array): void {
    this.counts.bytesSent += bytes.length;
    this.transport.write(bytes);
  }

  private pump(): void {
    const message = this.queue.shift();
    if (!message) {
      this.wait(this.weaving ? aliveEvery.weaving : aliveEvery.idle);
      return;
    }
    this.seq = (this.seq + 1) & 0xff;
    const frame = message.encode(this.seq);
    this.flight = { message, seq: this.seq, frame, since: this.transport.now(), tries: 1, damaged: 0 };
    this.counts.sent++;
    this.sendNow(frame);
    this.wait(this.roundTrip.timeout);
  }

  private wait(ms: number): void {
    this.timer?.cancel();
    this.timer = this.transport.after(ms, () => this.late());
  }

  /** Nothing came for as long as one could expect: ask again, or show that we are here. */
  private late(): void {
    if (this.session === null) return;
    const quiet = this.transport.now() - this.lastHeard;
    if (quiet >= silentAfter && !this.silence) {
      this.silence = true;
      this.emit('silent');
    }
    if (this.session === null) return;
    if (this.flight) this.again(this.flight);
    else void this.send('STATUS', {}).catch(() => {});
  }

  private again(flight: Flight): void {
    flight.tries++;
    this.counts.resent++;
    this.sendNow(flight.frame);
    this.wait(Math.min(askEvery, this.roundTrip.timeout * 2 ** (flight.tries - 1)));
  }

  private receive(packed: Uint8Array): void {
    if (this.session === null) return;
    const frame = decodeBoard(packed, this.session);
    if (typeof frame !== 'string') this.hear(frame);
    else if (frame === 'crc' && this.saysNoSession(packed)) this.end(lostSession);
    else {
      this.counts.crcErrors++;
      this.listener.distrust();
    }
  }

  private hear(frame: BoardFrame): void {
    if (frame.name === 'HELLO') return; // a late answer to an earlier try
    this.lastHeard = this.transport.now();
    this.counts.received++;
    if (this.silence) {
      this.silence = false;
      this.emit('heard');
    }
    this.emit('frame', frame);
    // A listener may have ended the session.
    if (this.session === null) return;
    if (frame.name === 'ACK' || frame.name === 'VALUES' || frame.name === 'STATUS') this.settle(frame);
    else if (frame.name === 'NAK') this.refuse(frame.fields);
  }

  /** A board without a session refuses everything, with the seed that needs none. */
  private saysNoSession(packed: Uint8Array): boolean {
    const frame = decodeBoard(packed, helloSeed);
    return typeof frame !== 'string' && frame.name === 'NAK';
  }

  private settle({ name, fields }: Extract<BoardFrame, { name: 'ACK' | 'VALUES' | 'STATUS' }>): void {
    const { flight } = this;
    if (flight?.seq !== fields.seq || answerTo(flight.message.name) !== name) return;
    if (flight.tries === 1) this.roundTrip.sample(this.transport.now() - flight.since);
    this.flight = null;
    flight.message.resolve(name === 'STATUS' ? null : fields);
    this.pump();
  }

  private refuse({ seq, reason }: BoardFields<'NAK'>): void {
    const { flight } = this;
    if (!flight) return;
    const refusal = nameOf(refusals, reason);
    if (refusal === 'crc') {
      flight.damaged++;
      if (flight.damaged >= foreign) this.end(lostSession);
      else if (flight.damaged <= atOnce) this.again(flight);
    } else if (refusal === 'order') {
      if (seq === flight.seq) this.end('The board and the host no longer agree what came last.');
    } else if (seq === flight.seq) {
      this.flight = null;
      flight.message.reject(new Refused(flight.message.name, refusal));
      this.pump();
    }
  }
}

function answerTo(name: HostMessageName): 'ACK' | 'VALUES' | 'STATUS' {
  return name === 'STATUS' ? 'STATUS' : name === 'GET' ? 'VALUES' : 'ACK';
}
