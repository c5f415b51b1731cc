/** A loom that runs our firmware, on any transport (machine.md). */
import { randomInt } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { stopByte } from '../../protocol/wire.table';
import { LoomError } from '../errors';
import { cannotReplace, factsOf } from './board-facts';
import type { BoardFacts, DriverEvents, DropResult, LinkStatistics, LoomDriver, Place } from './driver';
import { Health } from './health';
import { type Hello, openSession } from './hello';
import { Link } from './link';
import { Listener } from './listener';
import { PlaceTracker } from './place-tracker';
import { SessionEnded } from './refused';
import { SettingsLink } from './settings-link';
import type { Clock, EmulatedPulses, Transport } from './transport';

export interface LoomDriverOptions {
  /** rates to try, baud, the likeliest first (the transport starts with it) */
  readonly rates?: readonly number[];
  /** ms to wait for the banner after the port was opened, which resets an Uno */
  readonly bannerMs?: number;
  /** a 16-bit random number for each session; a test that must run the same twice gives its own */
  readonly nonce?: () => number;
  /** hears of each board that answered, and at which rate */
  readonly remember?: (facts: BoardFacts, rate: number) => void;
}

const dropResults: readonly DropResult[] = ['nothing', 'dropped', 'open'];

export class FirmwareDriver extends EventEmitter<DriverEvents> implements LoomDriver {
  readonly settings: SettingsLink;
  private readonly listener: Listener;
  private readonly link: Link;
  private readonly tracker = new PlaceTracker();
  private readonly health: Health;
  /** s, as the last STATUS said */
  private uptime = 0;
  private rates: readonly number[];
  private started = false;
  private gone: string | null = null;
  /** what answered at the first `connect` */
  private known: BoardFacts | null = null;
  private away = false;
  private letGo: (why: Error) => void = () => {};
  /** rejects when `stop` is called */
  private readonly stopped = new Promise<never>((_, reject) => {
    this.letGo = reject;
  });
  /** settled when a port that went away is open again; null while none is awaited */
  private wayBack: Promise<void> | null = null;
  private readonly onLost = (why: string) => this.lost(why);

  constructor(
    private readonly transport: Transport & Partial<EmulatedPulses>,
    private readonly options: LoomDriverOptions = {},
  ) {
    super();
    this.rates = options.rates ?? [57600];
    this.listener = new Listener(transport);
    this.link = new Link(transport, this.listener);
    this.health = new Health(this.link);
    this.settings = new SettingsLink(this.link, transport);
    this.stopped.catch(() => {});
    this.listenTo(this.link, this.tracker);
  }

  get clock(): Clock {
    return this.transport;
  }

  async connect(): Promise<BoardFacts> {
    this.link.end('A new session begins.');
    const first = !this.started;
    if (first) await this.start();
    const { hello, rate } = this.wayBack ? await this.sessionAfterAway() : await this.session(first);
    this.rates = [rate, ...this.rates.filter((other) => other !== rate)];
    this.tracker.begin(hello);
    this.health.begin(hello);
    this.uptime = 0;
    this.link.weaving = this.tracker.weaving;
    this.link.begin(hello.session);
    const { kind, name: port } = this.transport;
    const facts = factsOf(hello, { kind, port, rate, place: this.tracker.place });
    this.known = facts;
    this.options.remember?.(facts, rate);
    return facts;
  }

  async stop(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    this.transport.off('lost', this.onLost);
    this.gone ??= `${this.transport.name} was let go.`;
    this.link.end(this.gone);
    this.letGo(new SessionEnded(this.gone));
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
    if (!this.started) return;
    this.health.stops();
    this.link.sendNow(Uint8Array.of(stopByte));
  }

  pulses(): Float64Array | null {
    return this.transport.pulses?.() ?? null;
  }

  statistics(): LinkStatistics {
    this.health.eventGaps = this.tracker.gaps;
    return this.health.statistics();
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
        if (this.startedAgain(frame.fields.uptime)) {
          link.end('The board was reset.');
          return;
        }
        if (this.health.take(frame.fields, this.transport.now())) this.emit('link', this.statistics());
      }
      tracker.take(frame);
      link.weaving = tracker.weaving;
      if (tracker.doubtful && !link.asking) void link.send('STATUS', {}, true).catch(() => {});
    });
    link.on('silent', () => this.emit('silent'));
    link.on('heard', () => this.emit('heard'));
    link.on('ended', (why) => {
      if (this.started && !this.gone && !this.away) this.emit('reset', why);
    });
    tracker.on('opening', (step) => this.emit('opening', step));
    tracker.on('opened', (step) => this.emit('opened', step));
    tracker.on('rest', () => this.emit('rest'));
    tracker.on('state', (state, fault, detail) => {
      this.health.stateIs(state, fault);
      this.emit('state', state, fault, detail);
    });
    tracker.on('press', (direction, outcome) => this.emit('press', direction, outcome));
    tracker.on('estop', (open) => this.emit('estop', open));
    tracker.on('hands', (inShed) => this.emit('hands', inShed));
  }

  /** The banner of a reset may be lost; the board's own clock tells all the same. It goes round after 18 hours. */
  private startedAgain(uptime: number): boolean {
    const before = this.uptime;
    this.uptime = uptime;
    return uptime < before && before < 0xff00;
  }

  private nonce(): number {
    return this.options.nonce?.() ?? randomInt(0x10000);
  }

  private session(first: boolean): Promise<{ hello: Hello; rate: number }> {
    const bannerMs = first ? (this.options.bannerMs ?? 2500) : 0;
    return openSession(this.transport, this.listener, { rates: this.rates, bannerMs, nonce: this.nonce() });
  }

  /** Goes on looking until the loom of this run, or one that can take its place, answers at a port that came back. */
  private async sessionAfterAway(): Promise<{ hello: Hello; rate: number }> {
    for (;;) {
      const { wayBack } = this;
      await Promise.race([wayBack, this.stopped]);
      // A `reset` follows when it is back from there.
      if (this.wayBack !== wayBack) throw new SessionEnded(`${this.transport.name} went away again.`);
      let why: string;
      try {
        const opened = await this.session(true);
        why = cannotReplace(this.known, opened.hello, this.transport.name);
        if (!why) {
          this.wayBack = null;
          return opened;
        }
      } catch (error) {
        if (error instanceof SessionEnded || !(error instanceof LoomError)) throw error;
        why = error.message;
      }
      await this.transport.notOurs?.();
      this.lookFor(`${why} Waiting for the board of this weave.`);
    }
  }

  private lost(why: string): void {
    if (!this.known || !this.transport.comeBack) {
      this.gone = why;
      this.link.end(why);
      this.emit('lost', why);
      return;
    }
    this.health.unplugged++;
    this.away = true;
    this.link.end(why);
    this.lookFor(`${why} Plug it in again: the place is kept.`, true);
  }

  /** @param tell a `reset` follows when the port is open again; false while `connect` waits for it anyway */
  private lookFor(why: string, tell = false): void {
    this.emit('away', why);
    const say = (hindrance: string) => this.emit('away', hindrance);
    this.wayBack = this.transport.comeBack?.(say) ?? null;
    const back = () => {
      this.away = false;
      if (tell && this.started) this.emit('reset', `${this.transport.name} is back.`);
    };
    this.wayBack?.then(back, () => {});
  }
}
