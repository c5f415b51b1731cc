/** A loom on plain StandardFirmata, through johnny-five: the host does what our firmware would, and promises less (limits.ts). */
import { EventEmitter } from 'node:events';
import { LoomError } from '../../errors';
import type { BoardFacts, DriverEvents, DropResult, LinkStatistics, LoomDriver, Place } from '../driver';
import { Listener } from '../listener';
import { SessionEnded } from '../refused';
import type { Clock, EmulatedPulses, Transport } from '../transport';
import { askFirmata } from './ask-firmata';
import { limitsOf } from './limits';
import { StockSession } from './session';
import type { StockWiring } from './wiring';

export interface StockDriverOptions {
  /** ms to wait for the first answer after the port was opened: StandardFirmata blinks for two seconds first */
  readonly bannerMs?: number;
}

const nowhere: Place = { state: 'boot', weave: 0, step: 0, rowCrc: 0 };

export class StockDriver extends EventEmitter<DriverEvents> implements LoomDriver {
  private readonly listener: Listener;
  private session: StockSession | null = null;
  private started = false;
  private gone: string | null = null;
  private resets = 0;
  private unplugged = 0;
  /** of the sessions before this one */
  private before = { sent: 0, bytes: 0 };
  /** settled when a port that went away is open again; null while none is awaited */
  private wayBack: Promise<void> | null = null;
  private readonly onLost = (why: string) => this.lost(why);
  private readonly onBanner = () => this.wasReset('The board was reset.');

  constructor(
    private readonly transport: Transport & Partial<EmulatedPulses>,
    private readonly wiring: StockWiring,
    private readonly options: StockDriverOptions = {},
  ) {
    super();
    this.listener = new Listener(transport);
  }

  get clock(): Clock {
    return this.transport;
  }

  async connect(): Promise<BoardFacts> {
    this.end();
    if (!this.started) await this.start();
    await this.wayBack;
    const firmware = await askFirmata(this.transport, this.listener, this.options.bannerMs ?? 6000);
    const session = await StockSession.begin(this.transport, this.wiring);
    this.session = session;
    this.listener.on('banner', this.onBanner);
    session.machine
      .on('opening', (step) => this.emit('opening', step))
      .on('opened', (step) => this.emit('opened', step))
      .on('rest', () => this.emit('rest'))
      .on('state', (state, fault, detail) => this.emit('state', state, fault, detail))
      .on('press', (direction, outcome) => this.emit('press', direction, outcome))
      .on('estop', (open) => this.emit('estop', open));
    session.watch({ silent: () => this.emit('silent'), heard: () => this.emit('heard') });
    return this.facts(firmware, session);
  }

  async stop(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    this.gone ??= `${this.transport.name} was let go.`;
    this.end();
    this.transport.off('lost', this.onLost);
    this.listener.stop();
    await this.transport.stop();
  }

  place(): Place {
    return this.session?.machine.place ?? nowhere;
  }

  /** The host keeps the place; asking shows that the board is there. */
  async askPlace(): Promise<Place> {
    const session = this.connected();
    while (!(await session.guest.echo.ask())) if (session !== this.session) throw new SessionEnded(this.why());
    return session.machine.place;
  }

  async arm(place: { weave: number; step: number; rowCrc: number }): Promise<void> {
    this.connected().machine.arm(place);
  }

  async park(): Promise<void> {
    this.connected().machine.park();
  }

  async tell(step: number, row: Uint8Array): Promise<void> {
    this.connected().machine.tell(step, row);
  }

  async drop(): Promise<DropResult> {
    return this.connected().machine.drop();
  }

  async open(step: number): Promise<void> {
    this.connected().machine.open(step);
  }

  async hold(hands: boolean): Promise<void> {
    this.connected().machine.hold(hands);
  }

  async resume(): Promise<void> {
    this.connected().machine.resume();
  }

  async clear(): Promise<void> {
    this.connected().machine.clear();
  }

  async weft(colour: string): Promise<void> {
    this.connected().lamps.showWeft(colour);
  }

  stopNow(): void {
    this.session?.machine.stop('stop');
  }

  pulses(): Float64Array | null {
    return this.transport.pulses?.() ?? null;
  }

  statistics(): LinkStatistics {
    const { guest } = this.session ?? {};
    return {
      ...{ resent: 0, received: 0, crcErrors: 0, frameErrors: this.listener.heard.framingErrors, overruns: 0 },
      ...{ eventGaps: 0, falseStops: 0, i2cErrors: 0, unplugged: this.unplugged },
      sent: this.before.sent + (guest?.echo.asked ?? 0),
      bytesSent: this.before.bytes + (guest?.bytesSent ?? 0),
      roundTripMs: guest?.echo.roundTripMs ?? 0,
      resets: { power: 0, line: this.resets, watchdog: 0 },
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

  /** @throws SessionEnded while there is no board */
  private connected(): StockSession {
    if (!this.session) throw new SessionEnded(this.why());
    return this.session;
  }

  private why(): string {
    return this.gone ?? 'The board was reset.';
  }

  private end(): void {
    const { session } = this;
    this.session = null;
    this.listener.off('banner', this.onBanner);
    if (!session) return;
    this.before.sent += session.guest.echo.asked;
    this.before.bytes += session.guest.bytesSent;
    session.end();
  }

  /** Our place was in the session; the board knows none. */
  private wasReset(why: string): void {
    this.resets++;
    this.end();
    this.emit('reset', why);
  }

  private lost(why: string): void {
    const wasConnected = this.session !== null;
    this.end();
    if (!wasConnected || !this.transport.comeBack) {
      this.gone = why;
      this.emit('lost', why);
      return;
    }
    this.unplugged++;
    this.emit('away', why);
    this.wayBack = this.transport.comeBack((hindrance) => this.emit('away', hindrance));
    this.wayBack.then(
      () => {
        this.wayBack = null;
        if (this.started) this.emit('reset', `${this.transport.name} is back.`);
      },
      () => {},
    );
  }

  private facts(firmware: string, { guest, machine }: StockSession): BoardFacts {
    const { heddles, outputs } = this.wiring;
    return {
      kind: this.transport.kind,
      port: this.transport.name,
      mcu: `board of ${guest.io.pins.length} pins`,
      firmware,
      boardId: 0,
      heddles,
      outputs,
      leds: 0,
      reset: 'unknown',
      place: machine.place,
      limits: limitsOf(this.wiring),
    };
  }
}
