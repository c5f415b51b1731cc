/** One WebSocket of a page: its messages are read strictly, and whatever is malformed ends it with the reason. */
import type { WebSocket } from 'ws';
import { type HostMessage, type PageMessage, pageMessage } from '../../protocol/feed';
import { Follower, type Snapshot } from './follower';
import type { History } from './history';

/** Messages a page may send between two beats. */
const talkative = 400;

/** WebSocket close codes (RFC 6455, 7.4.1). */
const closing = { goingAway: 1001, notText: 1003, policy: 1008, tryLater: 1013 };

export class Connection {
  private readonly follower: Follower;
  private heard = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly history: History,
    snapshot: () => Snapshot,
  ) {
    this.follower = new Follower(
      {
        send: (text) => socket.send(text),
        buffered: () => socket.bufferedAmount,
        drop: (why) => this.end(closing.tryLater, why),
        now: () => performance.now(),
      },
      snapshot,
    );
    socket.on('error', () => {
      // ws closes the socket itself, with the code that fits (1009 for a message that is too large).
    });
    socket.on('message', (bytes, binary) => this.take(bytes.toString(), binary));
  }

  event(seq: number, text: string): void {
    this.follower.event(seq, text);
  }

  replaced(): void {
    this.follower.replaced();
  }

  beat(text: string): void {
    this.heard = 0;
    this.follower.beat(text);
  }

  goAway(): void {
    this.socket.close(closing.goingAway, 'the host stops');
  }

  private take(text: string, binary: boolean): void {
    this.heard++;
    if (this.heard > talkative) this.end(closing.policy, 'too many messages');
    else if (binary) this.end(closing.notText, 'messages are JSON text');
    else {
      const message = read(text);
      const wrong = typeof message === 'string' ? message : this.obey(message);
      if (wrong) this.end(closing.policy, wrong);
    }
  }

  /** @returns what is wrong with the message, or null */
  private obey(message: PageMessage): string | null {
    if (message.type === 'seen')
      return this.follower.seen(message.seq) ? null : `number ${message.seq} was not sent to you`;
    if (this.follower.state !== 'waiting') return 'resume is said once, first';
    this.follower.begin(this.history.after(message.epoch, message.seq), this.history.seq);
    return null;
  }

  private end(code: number, why: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (code === closing.tryLater) this.socket.terminate();
    else {
      this.socket.send(JSON.stringify({ type: 'error', message: why } satisfies HostMessage));
      this.socket.close(code, why.slice(0, 60));
    }
  }
}

/** The message, or what is wrong with it. */
function read(text: string): PageMessage | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const message = pageMessage.safeParse(json);
  if (message.success) return message.data;
  const { path, message: words } = message.error.issues[0];
  return `not a message of the feed: ${path.length > 0 ? `${path.join('.')}: ` : ''}${words}`;
}
