import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Feed, type FeedOptions } from '../../host/feed/feed';
import { type HostMessage, hostMessage, type PageMessage, type WeaveView } from '../../protocol/feed';
import { smallView } from './small-view';

const feeds: Feed[] = [];
const pages: Page[] = [];
afterEach(async () => {
  for (const page of pages.splice(0)) page.socket.terminate();
  for (const feed of feeds.splice(0)) await feed.stop();
});

async function startFeed(options: FeedOptions = {}, view: WeaveView | null = smallView()) {
  const feed = new Feed(options);
  feeds.push(feed);
  const url = await feed.start('127.0.0.1:0');
  if (view) feed.setView(view);
  return { feed, url };
}

/** A page as any client may write one: a socket, and the messages it got, each checked against the schema. */
class Page {
  readonly messages: HostMessage[] = [];
  private wake: () => void = () => {};

  constructor(readonly socket: WebSocket) {
    pages.push(this);
    socket.on('error', () => {});
    socket.on('message', (bytes) => {
      this.messages.push(hostMessage.parse(JSON.parse(bytes.toString())));
      this.wake();
    });
  }

  static async at(url: string, resume?: Omit<Extract<PageMessage, { type: 'resume' }>, 'type'>): Promise<Page> {
    const page = new Page(new WebSocket(`${url.replace('http', 'ws')}/feed`));
    await once(page.socket, 'open');
    page.say({ type: 'resume', ...resume });
    return page;
  }

  say(message: PageMessage | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async until(enough: (messages: HostMessage[]) => boolean): Promise<HostMessage[]> {
    while (!enough(this.messages)) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.messages;
  }

  async first<T extends HostMessage['type']>(type: T): Promise<Extract<HostMessage, { type: T }>> {
    const all = await this.until((messages) => messages.some((message) => message.type === type));
    return all.find((message) => message.type === type) as Extract<HostMessage, { type: T }>;
  }

  closed(): Promise<number> {
    return new Promise((resolve) => this.socket.on('close', (code) => resolve(code)));
  }
}

const pass = (feed: Feed, pick: number) => {
  feed.publish({ type: 'opening', pick, step: pick });
  feed.publish({ type: 'opened', pick, step: pick, secondsLeft: 100 - pick });
};
const numbers = (messages: readonly HostMessage[]) =>
  messages.flatMap((message) => (message.type === 'event' ? [message.seq] : []));

describe('a page of the feed', () => {
  it('gets the whole view first, then every event with its number', async () => {
    const { feed, url } = await startFeed();
    const page = await Page.at(url);
    const snapshot = await page.first('snapshot');
    expect(snapshot.weave?.title).toBe(smallView().title);
    for (let pick = 1; pick <= 5; pick++) pass(feed, pick);
    const messages = await page.until((all) => numbers(all).length === 10);
    expect(numbers(messages)).toEqual(Array.from({ length: 10 }, (_, i) => snapshot.seq + 1 + i));
    expect(new Set(messages.map((message) => 'epoch' in message && message.epoch))).toEqual(new Set([feed.epoch]));
  });

  it('that comes later gets the view as the events have left it', async () => {
    const { feed, url } = await startFeed();
    pass(feed, 3);
    feed.publish({ type: 'phase', phase: 'held', words: 'A question.' });
    const { weave, seq } = await (await Page.at(url)).first('snapshot');
    expect(seq).toBe(feed.seq);
    expect(weave).toMatchObject({ pick: 3, woven: 2, step: 3, phase: 'held', words: 'A question.', secondsLeft: 97 });
  });

  it('that comes back with its last number misses nothing and gets nothing twice', async () => {
    const { feed, url } = await startFeed();
    const page = await Page.at(url);
    const { seq, epoch } = await page.first('snapshot');
    pass(feed, 1);
    await page.until((all) => numbers(all).length === 2);
    page.socket.terminate();
    for (let pick = 2; pick < 40; pick++) pass(feed, pick);
    const again = await Page.at(url, { epoch, seq: seq + 2 });
    const messages = await again.until((all) => numbers(all).length === 76);
    expect(messages.some(({ type }) => type === 'snapshot')).toBe(false);
    expect(numbers(messages)).toEqual(Array.from({ length: 76 }, (_, i) => seq + 3 + i));
  });

  it.each([
    ['of another run of the host', (feed: Feed) => ({ epoch: 'another', seq: feed.seq })],
    ['from the future', (feed: Feed) => ({ epoch: feed.epoch, seq: feed.seq + 1 })],
    ['from too long ago', (feed: Feed) => ({ epoch: feed.epoch, seq: 1 })],
    ['without a number', () => ({})],
  ])('%s gets a snapshot', async (_, place) => {
    const { feed, url } = await startFeed();
    for (let pick = 0; pick < 400; pick++) pass(feed, pick);
    const page = await Page.at(url, place(feed));
    expect((await page.first('snapshot')).seq).toBe(feed.seq);
  });

  it('gets a snapshot when another weave begins, or none', async () => {
    const { feed, url } = await startFeed();
    const page = await Page.at(url);
    await page.first('snapshot');
    feed.setView(null);
    const all = await page.until((messages) => messages.filter(({ type }) => type === 'snapshot').length === 2);
    expect(all[1]).toMatchObject({ type: 'snapshot', weave: null, seq: feed.seq });
  });

  it('hears a beat when nothing happens', async () => {
    const { feed, url } = await startFeed({ beatMs: 20 });
    expect(await (await Page.at(url)).first('beat')).toEqual({ type: 'beat', epoch: feed.epoch, seq: feed.seq });
  });
});

describe('a slow page', () => {
  it('is sent at most 64 events, and one snapshot in place of the rest once it has acknowledged them', async () => {
    const { feed, url } = await startFeed();
    const page = await Page.at(url);
    const { seq } = await page.first('snapshot');
    page.say({ type: 'seen', seq });
    for (let pick = 1; pick <= 200; pick++) pass(feed, pick);
    await page.until((all) => numbers(all).length === 64);
    page.say({ type: 'seen', seq: Math.max(...numbers(page.messages)) });
    const all = await page.until((messages) => messages.filter(({ type }) => type === 'snapshot').length === 2);
    expect(numbers(all)).toHaveLength(64);
    expect(all.at(-1)).toMatchObject({ seq: feed.seq, weave: { pick: 200 } });
  });

  it('never holds more than its bound of the host’s memory, and the others hear everything', async () => {
    const { feed, url } = await startFeed();
    const { hostname, port } = new URL(url);
    const deaf = connect(Number(port), hostname);
    await once(deaf, 'connect');
    deaf.write(
      `GET /feed HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    await once(deaf, 'data');
    deaf.pause();
    const page = await Page.at(url);
    await page.first('snapshot');
    for (let pick = 1; pick <= 30; pick++) pass(feed, pick);
    expect(numbers(await page.until((all) => numbers(all).length === 60))).toHaveLength(60);
    deaf.destroy();
  });
});

describe('the port', () => {
  const answer = (url: string, headers: Record<string, string>, method = 'GET', path = '/display') =>
    new Promise<{ status?: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const asked = request(`${url}${path}`, { method, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      });
      asked.on('error', reject).end();
    });
  const upgrade = (url: string, headers: Record<string, string>, path = '/feed') =>
    new Promise<number | undefined>((resolve) => {
      const socket = new WebSocket(url.replace('http', 'ws') + path, { headers });
      socket.on('open', () => {
        socket.terminate();
        resolve(101);
      });
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
      socket.on('error', () => {});
    });

  it('answers only to its own names, and to addresses', async () => {
    const { url } = await startFeed({ names: ['loom-a1.local'] });
    const { port } = new URL(url);
    for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '[::1]', '192.168.1.20', 'loom-a1.local'])
      expect([host, await upgrade(url, { Host: `${host}:${port}` })]).toEqual([host, 101]);
    for (const host of ['evil.example', 'localhost.evil.example', 'evil.example#localhost'])
      expect([host, await upgrade(url, { Host: `${host}:${port}` })]).toEqual([host, 421]);
    expect((await answer(url, { Host: `evil.example:${port}` })).status).toBe(421);
  });

  it('refuses the pages of other sites', async () => {
    const { url } = await startFeed();
    expect(await upgrade(url, { Origin: url })).toBe(101);
    for (const origin of ['http://evil.example', 'null', url.replace(/\d+$/, '1')])
      expect([origin, await upgrade(url, { Origin: origin })]).toEqual([origin, 403]);
    expect((await answer(url, { Origin: 'http://evil.example' })).status).toBe(403);
  });

  it('refuses a rebound name even when Origin and Host agree', async () => {
    const { url } = await startFeed();
    const { port } = new URL(url);
    const name = `evil.example:${port}`;
    expect(await upgrade(url, { Host: name, Origin: `http://${name}` })).toBe(421);
  });

  it('has the feed in one place only', async () => {
    const { url } = await startFeed();
    expect(await upgrade(url, {}, '/other')).toBe(404);
  });

  it('takes no more pages than it was told', async () => {
    const { url } = await startFeed({ mostPages: 1 });
    await Page.at(url);
    expect(await upgrade(url, {})).toBe(503);
  });

  it.each([
    ['not JSON', 'hello', 1008],
    ['of no known type', '{"type":"stop"}', 1008],
    ['with a field too many', '{"type":"resume","role":"maker"}', 1008],
    ['with a number that is none', '{"type":"seen","seq":-1}', 1008],
    ['about an event that was never sent', '{"type":"seen","seq":99999}', 1008],
    ['that resumes twice', '{"type":"resume"}', 1008],
    ['of more than 16 KiB', `{"type":"resume","epoch":"${'x'.repeat(17_000)}"}`, 1009],
  ])('ends a page that sends a message %s', async (_, text, code) => {
    const { url } = await startFeed();
    const page = await Page.at(url);
    await page.first('snapshot');
    const closed = page.closed();
    page.say(text);
    expect(await closed).toBe(code);
    if (code === 1008) expect(page.messages.some(({ type }) => type === 'error')).toBe(true);
  });

  it('lets no path from a URL near the file system, and only reads', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loom-pages-'));
    await writeFile(join(folder, 'display.html'), '<!doctype html><title>loom</title>');
    await writeFile(join(folder, 'secret.txt'), 'secret');
    const { url } = await startFeed({ pages: folder });
    const page = await answer(url, {});
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect((await answer(url, { 'If-None-Match': String(page.headers.etag) })).status).toBe(304);
    for (const path of ['/secret.txt', '/../secret.txt', '/display.html', '/%2e%2e/secret.txt', '//secret.txt'])
      expect([path, (await answer(url, {}, 'GET', path)).status]).toEqual([path, 404]);
    expect((await answer(url, {}, 'POST')).status).toBe(405);
    expect((await answer(url, {}, 'GET', '/')).headers.location).toBe('/display');
    expect(await answer(url, {}, 'GET', '/display.js')).toMatchObject({
      status: 503,
      body: expect.stringMatching(/npm run build/),
    });
  });

  it('that is taken is told by its number', async () => {
    const { url } = await startFeed();
    const { host } = new URL(url);
    await expect(new Feed().start(host)).rejects.toMatchObject({
      kind: 'busy',
      message: expect.stringContaining(host),
    });
    await expect(new Feed().start('host:port')).rejects.toMatchObject({ kind: 'usage' });
  });

  it('says to its pages that it stops', async () => {
    const { feed, url } = await startFeed();
    const page = await Page.at(url);
    await page.first('snapshot');
    const closed = page.closed();
    await feed.stop();
    expect(await closed).toBe(1001);
  });
});
