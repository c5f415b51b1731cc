/** A page's end of the feed: it reconnects for ever, resumes by number, and knows when what it shows is stale. */
import type { HostMessage, PageMessage, WeaveView } from '../../../protocol/feed';
import { applyEvent } from '../../../protocol/view';

/** No message for so long: what the page shows may be wrong. The host beats every 2 s. */
const staleMs = 5000;
/** First retry at once-ish, then slower, never slower than this. */
const retryMs = { first: 200, factor: 1.7, most: 4000 };
/** Events taken in before the host is told so; it stops sending at 64. */
const acknowledgeEvery = 16;

export interface FeedListener {
  /** `view` is null while nothing is woven */
  show(view: WeaveView | null): void;
  stale(since: number | null): void;
}

export class FeedClient {
  private epoch: string | undefined;
  private seq: number | undefined;
  private acknowledged = 0;
  private view: WeaveView | null = null;
  private socket: WebSocket | null = null;
  private wait = retryMs.first;
  private heard = performance.now();
  private staleTimer = 0;
  private retryTimer = 0;

  constructor(
    private readonly url: string,
    private readonly listener: FeedListener,
  ) {}

  start(): void {
    this.connect();
    this.watch();
    addEventListener('online', () => this.retry(0));
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && !this.socket) this.retry(0);
    });
  }

  private connect(): void {
    clearTimeout(this.retryTimer);
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => this.say({ type: 'resume', epoch: this.epoch, seq: this.seq });
    socket.onmessage = ({ data }) => this.take(JSON.parse(String(data)) as HostMessage);
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.retry(this.wait * (0.75 + Math.random() / 2));
      this.wait = Math.min(this.wait * retryMs.factor, retryMs.most);
    };
  }

  private retry(ms: number): void {
    clearTimeout(this.retryTimer);
    if (!this.socket) this.retryTimer = setTimeout(() => this.connect(), ms);
  }

  private take(message: HostMessage): void {
    this.heard = performance.now();
    this.wait = retryMs.first;
    if (message.type === 'error') return;
    if (message.type === 'event') this.follow(message);
    else if (message.type === 'snapshot') {
      this.epoch = message.epoch;
      this.seq = message.seq;
      this.view = message.weave;
      this.acknowledge();
      this.listener.show(this.view);
    } else if (message.epoch === this.epoch && this.acknowledged !== this.seq) this.acknowledge();
    this.watch();
  }

  private follow(message: Extract<HostMessage, { type: 'event' }>): void {
    if (message.epoch !== this.epoch || message.seq !== (this.seq ?? 0) + 1) {
      this.again();
      return;
    }
    this.seq = message.seq;
    if (this.seq - this.acknowledged >= acknowledgeEvery) this.acknowledge();
    if (!this.view) return;
    this.view = applyEvent(this.view, message.event);
    this.listener.show(this.view);
  }

  /** A number is missing: forget the place and ask for a snapshot. */
  private again(): void {
    this.epoch = undefined;
    this.seq = undefined;
    this.socket?.close();
  }

  private acknowledge(): void {
    if (this.seq === undefined) return;
    this.acknowledged = this.seq;
    this.say({ type: 'seen', seq: this.seq });
  }

  private say(message: PageMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private watch(): void {
    clearTimeout(this.staleTimer);
    const silent = performance.now() - this.heard;
    this.listener.stale(silent >= staleMs ? silent : null);
    this.staleTimer = setTimeout(
      () => {
        // A socket that has gone quiet may be dead without knowing it: a new one finds out.
        if (performance.now() - this.heard >= staleMs * 2 && this.socket) {
          const { socket } = this;
          this.socket = null;
          socket.close();
          this.retry(0);
        }
        this.watch();
      },
      silent >= staleMs ? 1000 : staleMs - silent + 5,
    );
  }
}
