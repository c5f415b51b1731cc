/** What an event does to the view of a weave: one pure function, so that host and pages always agree. */
import type { FeedEvent, WeaveView } from './feed';

/** Picks whose weft lies in the cloth. Unweaving, the thread of the open pick is still in until a hand has taken it out. */
export function wovenPicks(view: WeaveView): number {
  return view.woven ?? wovenAt(view.pick, view.direction);
}

const wovenAt = (pick: number, direction: WeaveView['direction']): number =>
  direction === 'back' ? pick : Math.max(0, pick - 1);

/** The view after the event; the same object when nothing in it changes. */
export function applyEvent(view: WeaveView, event: FeedEvent): WeaveView {
  switch (event.type) {
    case 'opening':
      return {
        ...view,
        pick: event.pick,
        step: event.step,
        woven: wovenAt(event.pick, view.direction),
        phase: 'moving',
        words: '',
      };
    case 'opened':
      return {
        ...view,
        pick: event.pick,
        step: event.step,
        woven: wovenAt(event.pick, view.direction),
        phase: 'waiting',
        words: '',
        secondsLeft: event.secondsLeft,
      };
    case 'passed':
      return { ...view, woven: view.direction === 'back' ? event.pick - 1 : event.pick };
    case 'turned':
      return { ...view, direction: event.direction };
    case 'press':
      return view;
    case 'phase':
      return { ...view, phase: event.phase, words: event.words };
    case 'board':
      return { ...view, board: event.board };
    case 'link':
      return { ...view, link: event.link };
    case 'masked':
      return { ...view, masked: event.heddles };
    case 'finished':
      return { ...view, phase: 'finished', words: '', woven: event.picks, secondsLeft: 0 };
  }
}
