import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Feed } from '../../host/feed/feed';
import { packageRoot } from '../../host/paths';
import { bundlePages } from '../../host/web/bundle';
import type { WeaveView } from '../../protocol/feed';
import { openBrowser } from './browser';
import { realView } from './real-view';

const out = join(packageRoot, 'test', 'out');
const pages = join(out, 'pages');
let browser: Browser;
let view: WeaveView;
const running: Feed[] = [];
const open: Page[] = [];

beforeAll(async () => {
  await mkdir(out, { recursive: true });
  [browser, view] = await Promise.all([openBrowser(), realView('trafford-turnout-2024', 112), bundlePages(pages)]);
});
afterAll(() => browser?.close());
afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
  for (const feed of running.splice(0)) await feed.stop();
});

async function serve(listen = '127.0.0.1:0', shown: WeaveView | null = view) {
  const feed = new Feed({ pages, beatMs: 200 });
  const url = await feed.start(listen);
  running.push(feed);
  feed.setView(shown);
  return { feed, url };
}

async function display(url: string, width = 1920, height = 1080) {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  open.push(page);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  await page.goto(`${url}/display`);
  return { page, wrong };
}

/** Waits until the element says so. */
const says = (page: Page, id: string, hasText: string | RegExp) =>
  page.locator(`#${id}`).filter({ hasText }).waitFor({ state: 'attached', timeout: 15_000 });

/** How many pixels of a canvas are not transparent, and how many colours they have, by eighths of its height from the top. */
const painted = (page: Page, id: string): Promise<{ share: number; colours: number }[]> =>
  page.evaluate(`(() => {
    const canvas = document.getElementById('${id}');
    const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: 8 }, (_, eighth) => {
      const row = (part) => Math.floor((height * part) / 8) * width * 4;
      const colours = new Set();
      let pixels = 0;
      for (let at = row(eighth); at < row(eighth + 1); at += 4) {
        if (data[at + 3] < 40) continue;
        pixels++;
        colours.add((data[at] >> 4) * 256 + (data[at + 1] >> 4) * 16 + (data[at + 2] >> 4));
      }
      return { share: pixels / ((width * height) / 8), colours: colours.size };
    });
  })()`);

describe('the display', () => {
  it.each([
    [1920, 1080],
    [1080, 1920],
  ])('at %i × %i shows the cloth, what it is, who counted and what is woven now', async (width, height) => {
    const { url } = await serve();
    const { page, wrong } = await display(url, width, height);
    await says(page, 'title', view.title);
    await says(page, 'label', 'Davyhulme');
    await says(page, 'row', 'Row 12 of 21');
    await says(page, 'sentence', /^Of every 100 people on the voting register, about \d+ voted\.$/);
    await says(page, 'pick', `Pick 112 of ${view.cloth.picks}`);
    await says(page, 'left', 'about 10 minutes left');
    await says(page, 'state-name', 'Your turn: throw the shuttle');
    await says(page, 'credit', view.counted.replace(/\.$/, ''));
    await says(page, 'credit', view.licence.replace(/\.$/, ''));
    expect(await page.locator('#legend i').count()).toBe(view.cloth.legend.length);

    const closeUp = await painted(page, 'close-up');
    for (const eighth of closeUp.slice(4)) expect(eighth.share).toBeGreaterThan(0.9);
    expect(closeUp[5].colours).toBeGreaterThan(50);
    expect((await painted(page, 'whole-cloth')).reduce((sum, { colours }) => sum + colours, 0)).toBeGreaterThan(200);

    // Nothing is cut off: every text lies within the screen, and only the long notes may be shortened.
    for (const id of ['title', 'label', 'sentence', 'place', 'legend', 'credit', 'caveat']) {
      const box = await page.locator(`#${id}`).boundingBox();
      expect([
        id,
        box && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height,
      ]).toEqual([id, true]);
    }
    await page.screenshot({ path: join(out, `display-${width}x${height}.png`) });
    expect(wrong).toEqual([]);
  });

  it('follows the events: the next pick, the record after it, a question, the end', async () => {
    const { feed, url } = await serve();
    const { page } = await display(url);
    await says(page, 'pick', 'Pick 112');
    const before = await page.locator('#close-up').screenshot();
    feed.publish({ type: 'passed', pick: 112, step: 112 });
    feed.publish({ type: 'opening', pick: 113, step: 113 });
    await says(page, 'state-name', 'The heddles are moving');
    feed.publish({ type: 'opened', pick: 113, step: 113, secondsLeft: 90 });
    await says(page, 'pick', 'Pick 113');
    await says(page, 'left', 'about 2 minutes left');
    expect(before.equals(await page.locator('#close-up').screenshot())).toBe(false);
    feed.publish({ type: 'phase', phase: 'hands', words: 'Hands in the shed.' });
    await says(page, 'state-name', 'Hands in the shed');
    const next = view.cloth.parts.find(({ kind, from }) => kind === 'record' && from > 113)!;
    feed.publish({ type: 'opening', pick: next.from + 1, step: 114 });
    await says(page, 'label', view.cloth.records[next.record!].label);
    feed.publish({ type: 'finished', picks: view.cloth.picks, seconds: 1000 });
    await says(page, 'state-name', 'The cloth is finished');
    await says(page, 'pick', `${view.cloth.picks} picks woven`);
  });

  it('draws the same cloth whether it followed every pick or came late', async () => {
    const { feed, url } = await serve('127.0.0.1:0', { ...view, pick: 1 });
    const { page: early } = await display(url);
    await says(early, 'pick', 'Pick 1 of');
    for (let pick = 2; pick <= 60; pick++) feed.publish({ type: 'opened', pick, step: pick, secondsLeft: 600 });
    const { page: late } = await display(url);
    for (const page of [early, late]) await says(page, 'pick', 'Pick 60 of');
    for (const id of ['close-up', 'whole-cloth']) {
      const [one, other] = await Promise.all([early, late].map((page) => page.locator(`#${id}`).screenshot()));
      expect([id, one.equals(other)]).toEqual([id, true]);
    }
  });

  it('says that it is stale when the host goes away, and recovers by itself on the next run of the host', async () => {
    const { feed, url } = await serve();
    const { page } = await display(url);
    await says(page, 'pick', 'Pick 112');
    await feed.stop();
    await page.locator('#stale').waitFor({ state: 'visible' });
    const again = await serve(new URL(url).host, { ...view, pick: 30 });
    expect(again.feed.epoch).not.toBe(feed.epoch);
    await says(page, 'pick', 'Pick 30');
    await page.locator('#stale').waitFor({ state: 'hidden' });
  });

  it('rests in peace while nothing is woven, and wakes when something is', async () => {
    const { feed, url } = await serve('127.0.0.1:0', null);
    const { page, wrong } = await display(url);
    await says(page, 'state-name', 'The loom is resting');
    feed.setView(view);
    await says(page, 'title', view.title);
    expect(wrong).toEqual([]);
  });

  it('is small, and needs nothing from anywhere else', async () => {
    const script = await readFile(join(pages, 'display.js'));
    expect(gzipSync(script).length).toBeLessThan(60 * 1024);
    for (const file of ['display.html', 'display.css', 'display.js'])
      expect([file, /https?:\/\/(?!www\.w3\.org)/.test(await readFile(join(pages, file), 'utf8'))]).toEqual([
        file,
        false,
      ]);
    expect((await stat(join(pages, 'display.html'))).size).toBeLessThan(4096);
  });
});
