/** The host's one port: the pages over HTTP, and the numbered feed at `/feed` over WebSocket. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { FeedEvent, HostMessage, WeaveView } from '../../protocol/feed';
import { applyEvent } from '../../protocol/view';
import { LoomError } from '../errors';
import { defaultListen, type Listen, parseListen, urlOf } from './address';
import { Connection } from './connection';
import type { Snapshot } from './follower';
import { Guard } from './guard';
import { History } from './history';
import { builtPages, Pages, say } from './pages';

export interface FeedOptions {
  /** folder with the built pages */
  readonly pages?: string;
  /** further names under which this host may be asked for */
  readonly names?: readonly string[];
  /** ms between beats */
  readonly beatMs?: number;
  /** most pages at once */
  readonly mostPages?: number;
}

export class Feed {
  private readonly history = new History();
  private readonly connections = new Set<Connection>();
  private view: WeaveView | null = null;
  /** the snapshot as text, made when first asked for after a change */
  private made: Snapshot | null = null;
  private http: Server | null = null;
  private webSockets: WebSocketServer | null = null;
  private beats: NodeJS.Timeout | null = null;

  constructor(private readonly options: FeedOptions = {}) {}

  get epoch(): string {
    return this.history.epoch;
  }

  /** Number of the last event. */
  get seq(): number {
    return this.history.seq;
  }

  /** Pages connected now. */
  get pages(): number {
    return this.connections.size;
  }

  /**
   * @param listen HOST:PORT or its parts; without it this computer's own port 8018, or any free one when that is taken
   * @returns the address, `http://HOST:PORT`
   * @throws LoomError busy when the port that was asked for is taken, configuration when it cannot be listened on
   */
  async start(listen?: string | Partial<Listen>): Promise<string> {
    const wanted = { ...defaultListen, ...(typeof listen === 'string' ? parseListen(listen) : listen) };
    const guard = new Guard([wanted.host, ...(this.options.names ?? [])]);
    const pages = new Pages(this.options.pages ?? builtPages);
    await pages.start();

    this.http = createServer((request, response) => {
      for (const [name, value] of Object.entries(Guard.headers)) response.setHeader(name, value);
      const refusal = guard.refuse(request);
      if (refusal) say(response, refusal, refusal === 421 ? 'This is not the host you asked for.' : 'Not from there.');
      else pages.answer(request, response);
    });
    this.webSockets = new WebSocketServer({ noServer: true, maxPayload: 16 * 1024, perMessageDeflate: false });
    this.http.on('upgrade', (request, socket, head) => this.upgrade(guard, request, socket, head));

    const port = await this.bind(this.http, wanted, listen === undefined);
    this.beats = setInterval(() => this.beat(), this.options.beatMs ?? 2000);
    this.beats.unref();
    return urlOf({ host: wanted.host, port });
  }

  async stop(): Promise<void> {
    if (this.beats) clearInterval(this.beats);
    for (const connection of this.connections) connection.goAway();
    const { http } = this;
    this.http = null;
    if (!http?.listening) return;
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    http.closeAllConnections();
    const patience = setTimeout(() => {
      for (const socket of this.webSockets?.clients ?? []) socket.terminate();
    }, 500);
    await closed;
    clearTimeout(patience);
  }

  /** Numbers the event, brings the view up to it and tells every page. */
  publish(event: FeedEvent): void {
    if (this.view) this.view = applyEvent(this.view, event);
    this.made = null;
    const text = this.history.add(event);
    for (const connection of this.connections) connection.event(this.history.seq, text);
  }

  /** Another weave, or none: every page gets a snapshot. */
  setView(view: WeaveView | null): void {
    this.view = view;
    this.made = null;
    this.history.breakOff();
    for (const connection of this.connections) connection.replaced();
  }

  private snapshot(): Snapshot {
    if (!this.made) {
      const { epoch, seq } = this.history;
      const message: HostMessage = { type: 'snapshot', epoch, seq, weave: this.view };
      this.made = { seq, text: JSON.stringify(message) };
    }
    return this.made;
  }

  private beat(): void {
    const { epoch, seq } = this.history;
    const text = JSON.stringify({ type: 'beat', epoch, seq } satisfies HostMessage);
    for (const connection of this.connections) connection.beat(text);
  }

  private upgrade(guard: Guard, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const path = (request.url ?? '').split('?', 1)[0];
    const full = this.connections.size >= (this.options.mostPages ?? 2000);
    const refusal = guard.refuse(request) ?? (path !== '/feed' ? 404 : full ? 503 : null);
    if (refusal)
      return void socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    this.webSockets?.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(webSocket, this.history, () => this.snapshot());
      this.connections.add(connection);
      webSocket.on('close', () => this.connections.delete(connection));
    });
  }

  private async bind(server: Server, { host, port }: Listen, elsewhere: boolean): Promise<number> {
    try {
      return await bound(server, host, port);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && elsewhere) return bound(server, host, 0);
      if (code === 'EADDRINUSE')
        throw new LoomError(
          'busy',
          `${host}:${port} is taken by another program. Stop it, or give --listen another port.`,
        );
      throw new LoomError('configuration', `Cannot listen on ${host}:${port}: ${code ?? String(error)}.`, {
        cause: error,
      });
    }
  }
}

function bound(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
