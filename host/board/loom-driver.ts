/** A loom that runs our firmware, on any transport (machine.md). */
import { randomInt } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { nameOf } from '../../protocol/wire';
import { mcus, outputs, resetCauses, stopByte } from '../../protocol/wire.table';
import { LoomError } from '../errors';
import type { BoardFacts, DriverEvents, DropResult, LinkStatistics, LoomDriver, Place } from './driver';
import { type Hello, openSession } from './hello';
import { Link } from './link';
import { Listener } from './listener';
import { PlaceTracker } from './place-tracker';
import type { Clock, EmulatedPulses, Transport } from './transport';

export interface LoomDriverOptions {
  /** rates to try, baud, the likeliest first (the transport starts with it) */
  readonly rates?: readonly number[];
  /** ms to wait for the banner after the port was opened, which resets an Uno */
  readonly bannerMs?: number;
  /** hears of each board that answered, and at which rate */
  readonly remember?: (facts: BoardFacts, rate: number) => void;
}

const dropResults: readonly DropResult[] = ['nothing', 'dropped', 'open'];

export class FirmwareDriver extends EventEmitter<DriverEvents> implements LoomDriver {
  private readonly listener: Listener;
  private readonly link: Link;
  private readonly tracker = new PlaceTracker();
  private readonly board = { crcErrors: 0, overruns: 0, frameErrors: 0 };
  /** s, as the last STATUS said */
  private uptime = 0;
  private rates: readonly number[];
  private started = false;
  private gone: string | null = null;
  private readonly onLost = (why: string) => this.lost(why);

  constructor(
    private readonly transport: Transport & Partial<EmulatedPulses>,
    private readonly options: LoomDriverOptions = {},
  ) {
    super();
    this.rates = options.rates ?? [57600];
    this.listener = new Listener(transport);
    this.link = new Link(transport, this.listener);
    this.listenTo(this.link, this.tracker);
  }

  get clock(): Clock {
    return this.transport;
  }

  async connect(): Promise<BoardFacts> {
    this.link.end('A new session begins.');
    const first = !this.started;
    if (first) await this.start();
    const nonce = randomInt(0x10000);
    const bannerMs = first ? (this.options.bannerMs ?? 2500) : 0;
    const { hello, rate } = await openSession(this.transport, this.listener, { rates: this.rates, bannerMs, nonce });
    this.rates = [rate, ...this.rates.filter((other) => other !== rate)];
    this.tracker.begin(hello);
    this.uptime = 0;
    this.link.weaving = this.tracker.weaving;
    this.link.begin(hello.session);
    const facts = this.facts(hello);
    this.options.remember?.(facts, rate);
    return facts;
  }

  async stop(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    this.transport.off('lost', this.onLost);
    this.gone ??= `${this.transport.name} was let go.`;
    this.link.end(this.gone);
    this.listener.stop();
    await this.transport.stop();
  }

  place(): Place {
    return this.tracker.place;
  }

  async askPlace(): Promise<Place> {
    await this.link.send('STATUS', {});
    return this.tracker.place;
  }

  async arm({ weave, step, rowCrc }: { weave: number; step: number; rowCrc: number }): Promise<void> {
    this.tracker.rests(weave);
    await this.link.send('ARM', { weave, openStep: step, rowCrc });
  }

  async park(): Promise<void> {
    this.tracker.rests();
    await this.link.send('PARK', {});
  }

  async tell(step: number, row: Uint8Array): Promise<void> {
    this.tracker.tells(step);
    await this.link.send('ROW', { step, row });
    this.tracker.told();
  }

  async drop(): Promise<DropResult> {
    const ack = await this.link.send('DROP', {});
    const result = dropResults[ack?.detail ?? 0];
    if (result === 'dropped') this.tracker.dropped();
    return result;
  }

  async open(step: number): Promise<void> {
    await this.link.send('OPEN', { step });
  }

  async hold(hands: boolean): Promise<void> {
    await this.link.send('HOLD', { hands: hands ? 1 : 0 });
  }

  async resume(): Promise<void> {
    await this.link.send('RESUME', {});
  }

  async clear(): Promise<void> {
    await this.link.send('CLEAR', {});
  }

  async weft(colour: string): Promise<void> {
    const rgb = Number.parseInt(colour.slice(1), 16);
    await this.link.send('WEFT', { red: rgb >> 16, green: (rgb >> 8) & 0xff, blue: rgb & 0xff });
  }

  stopNow(): void {
    if (this.started) this.link.sendNow(Uint8Array.of(stopByte));
  }

  pulses(): Float64Array | null {
    return this.transport.pulses?.() ?? null;
  }

  statistics(): LinkStatistics {
    const { counts, roundTrip } = this.link;
    return {
      sent: counts.sent,
      resent: counts.resent,
      bytesSent: counts.bytesSent,
      roundTripMs: roundTrip.average,
      crcErrors: counts.crcErrors + this.board.crcErrors,
      eventGaps: this.tracker.gaps,
      overruns: this.board.overruns,
      frameErrors: this.board.frameErrors,
    };
  }

  private async start(): Promise<void> {
    if (this.gone) throw new LoomError('hardware', this.gone);
    this.transport.on('lost', this.onLost);
    this.listener.start();
    try {
      await this.transport.start();
      this.started = true;
    } catch (error) {
      this.transport.off('lost', this.onLost);
      this.listener.stop();
      throw error;
    }
  }

  private listenTo(link: Link, tracker: PlaceTracker): void {
    link.on('frame', (frame) => {
      if (frame.name === 'STATUS') {
        const { crcErrors, overruns, frameErrors } = frame.fields;
        Object.assign(this.board, { crcErrors, overruns, frameErrors });
        if (this.startedAgain(frame.fields.uptime)) {
          link.end('The board was reset.');
          return;
        }
      }
      tracker.take(frame);
      link.weaving = tracker.weaving;
      if (tracker.doubtful && !link.asking) void link.send('STATUS', {}, true).catch(() => {});
    });
    link.on('silent', () => this.emit('silent'));
    link.on('heard', () => this.emit('heard'));
    link.on('ended', (why) => {
      if (this.started && !this.gone) this.emit('reset', why);
    });
    tracker.on('opening', (step) => this.emit('opening', step));
    tracker.on('opened', (step) => this.emit('opened', step));
    tracker.on('rest', () => this.emit('rest'));
    tracker.on('state', (state, fault) => this.emit('state', state, fault));
    tracker.on('press', (direction, outcome) => this.emit('press', direction, outcome));
    tracker.on('estop', (open) => this.emit('estop', open));
  }

  /** The banner of a reset may be lost; the board's own clock tells all the same. It goes round after 18 hours. */
  private startedAgain(uptime: number): boolean {
    const before = this.uptime;
    this.uptime = uptime;
    return uptime < before && before < 0xff00;
  }

  private lost(why: string): void {
    this.gone = why;
    this.link.end(why);
    this.emit('lost', why);
  }

  private facts(hello: Hello): BoardFacts {
    return {
      kind: this.transport.kind,
      port: this.transport.name,
      mcu: nameOf(mcus, hello.mcu),
      firmware: `${hello.major}.${hello.minor}`,
      boardId: hello.boardId,
      heddles: hello.heddles,
      outputs: nameOf(outputs, hello.outputs),
      leds: hello.leds,
      reset: nameOf(resetCauses, hello.reset),
      place: this.tracker.place,
    };
  }
}
