/** `/display`: the cloth grows in front of the room, and says what it is. */

import type { ClothLook } from '../../../../patterns/render';
import type { WeaveView } from '../../../../protocol/feed';
import { wovenPicks } from '../../../../protocol/view';
import { clothLook } from '../cloth-look';
import { FeedClient } from '../feed-client';
import { CloseUp } from './close-up';
import { WholeCloth } from './whole-cloth';
import { besides, names, type Shown, said, timeLeft } from './words';

const $ = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
};
const set = (id: string, text: string): void => {
  const element = $(id);
  if (element.textContent !== text) element.textContent = text;
};

const closeUp = new CloseUp($('close-up') as HTMLCanvasElement);
const wholeCloth = new WholeCloth($('whole-cloth') as HTMLCanvasElement);
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Picks closer together than this are “weaving”: waiting and moving would only flicker. */
const quickMs = 1500;

let cloth: { of: WeaveView['cloth']; look: ClothLook } | null = null;
let lastPick = { number: 0, at: Number.NEGATIVE_INFINITY, quick: false };
let calm = 0;

function show(view: WeaveView | null): void {
  if (!view) {
    cloth = null;
    state('none');
    for (const id of ['story', 'words', 'label', 'sentence']) set(id, '');
    set('title', 'loom');
    $('legend').replaceChildren();
    return;
  }
  if (cloth?.of !== view.cloth) {
    cloth = { of: view.cloth, look: clothLook(view.cloth) };
    introduce(view);
  }
  const woven = wovenPicks(view);
  const open =
    view.pick > 0 && woven < view.cloth.picks && !['finished', 'parked', 'released', 'lost'].includes(view.phase);
  const place = { woven, shed: open ? view.pick - 1 : null };
  closeUp.show(cloth.look, place, !still.matches);
  wholeCloth.show(cloth.look, woven);
  say(view, woven);
}

function introduce(view: WeaveView): void {
  document.title = `${view.title} · loom`;
  set('title', view.title);
  set('story', view.story);
  set('notes', view.cloth.notes.join(' '));
  set('caveat', view.caveats.join(' '));
  set(
    'credit',
    [`Counted by ${view.counted}`, view.source, view.licence].map((part) => part.replace(/\.$/, '')).join(' · '),
  );
  showLegend(view.cloth.legend);
}

/** Swatches under the measure that they share: "Turnout: 10 to 20" and "Turnout: 20 to 30" have one heading. */
function showLegend(legend: WeaveView['cloth']['legend']): void {
  const measure = (title: string): string => title.slice(0, Math.max(0, title.indexOf(': ')));
  const rows = legend.map(({ colour, title }, at) => {
    const heading = measure(title);
    const shared = heading !== '' && legend.filter((other) => measure(other.title) === heading).length > 1;
    const item = document.createElement('li');
    const swatch = document.createElement('i');
    swatch.style.background = colour;
    item.append(swatch, shared ? title.slice(heading.length + 2) : title);
    if (!shared && title.length > 40) item.className = 'wide';
    if (!shared || (at > 0 && measure(legend[at - 1].title) === heading)) return [item];
    const head = document.createElement('li');
    head.className = 'heading';
    head.append(heading);
    return [head, item];
  });
  $('legend').replaceChildren(...rows.flat());
}

function say(view: WeaveView, woven: number): void {
  const { picks, yarns } = view.cloth;
  const pick = Math.min(Math.max(view.pick, 1), picks);
  const words = said(view.cloth, pick);
  set('row', words.row);
  set('label', words.label);
  set('sentence', words.sentence);
  set('words', besides(view, words));
  set('pick', view.phase === 'finished' ? `${woven} picks woven` : `Pick ${pick} of ${picks}`);
  set('left', timeLeft(view.secondsLeft));
  $('done').style.transform = `scaleX(${woven / picks})`;
  if (cloth) $('row').style.setProperty('--weft', yarns[cloth.look.weft[pick - 1]].colour);

  const now = performance.now();
  if (view.pick !== lastPick.number) lastPick = { number: view.pick, at: now, quick: now - lastPick.at < quickMs };
  const hand = view.phase === 'moving' || view.phase === 'waiting';
  clearTimeout(calm);
  if (hand && lastPick.quick) {
    state('weaving');
    calm = setTimeout(() => state(view.phase), quickMs);
  } else state(view.phase);
}

function state(shown: Shown): void {
  $('page').dataset.phase = shown;
  set('state-name', names[shown]);
}

new FeedClient(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/feed`, {
  show,
  stale(silentMs) {
    const banner = $('stale');
    banner.hidden = silentMs === null;
    $('page').classList.toggle('is-stale', silentMs !== null);
    if (silentMs !== null) set('stale', 'No word from the loom: this picture may be out of date. Trying again …');
  },
}).start();
