/** What is said of a weave, in words that can be read across a room. */
import type { ClothMessage, Phase, WeaveView } from '../../../../protocol/feed';

/** What the room reads, besides a sentence of the host's own. `weaving`: picks follow one another quickly. */
export type Shown = Phase | 'weaving' | 'none';

export const names: Record<Shown, string> = {
  none: 'The loom is resting',
  starting: 'The loom is getting ready',
  ready: 'Ready: press the treadle to begin',
  moving: 'The heddles are moving',
  waiting: 'Your turn: throw the shuttle',
  weaving: 'Weaving',
  held: 'Paused: nothing moves',
  hands: 'Hands in the shed: nothing moves',
  released: 'Paused: the heddles are at rest',
  stopped: 'Stopped',
  silent: 'The loom does not answer',
  lost: 'The loom is not connected',
  asking: 'Waiting for the facilitator',
  finished: 'The cloth is finished',
  parked: 'The loom is parked',
};

export interface Said {
  /** "Row 2 of 21", or which part of the cloth this is */
  readonly row: string;
  readonly label: string;
  readonly sentence: string;
}

const partWords: Record<ClothMessage['parts'][number]['kind'], Said> = {
  frame: {
    row: 'The edge of the cloth',
    label: 'The frame',
    sentence: 'Plain weave holds the cloth together at both ends.',
  },
  legend: { row: 'How to read it', label: 'The legend', sentence: 'Every colour that you will meet, woven first.' },
  ruler: { row: 'How to read it', label: 'A ruler', sentence: 'Blocks of equal width, to count the rows by.' },
  divider: { row: 'Between two rows', label: '', sentence: '' },
  record: { row: '', label: '', sentence: '' },
};

/** What the pick (number) belongs to. A divider belongs to the record that it follows. */
export function said({ parts, records }: ClothMessage, pick: number): Said {
  const index = Math.max(0, pick - 1);
  let at = parts.findIndex(({ from, to }) => index >= from && index < to);
  if (at > 0 && parts[at].kind === 'divider') at--;
  const part = parts[at];
  if (!part) return { row: '', label: '', sentence: '' };
  const record = part.record === undefined ? undefined : records[part.record];
  if (!record) return partWords[part.kind];
  return {
    row: `Row ${record.number} of ${records.length}`,
    label: record.label,
    sentence: withoutLabel(record.words, record.label),
  };
}

/** The label stands above in large type: "Old Trafford: of every 100 …" becomes "Of every 100 …". */
function withoutLabel(words: string, label: string): string {
  const rest = words.startsWith(label)
    ? words.slice(label.length).replace(/^[\s,:–-]+(row \d+ of \d+[:,]?\s*)?/i, '')
    : words;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** "about 12 minutes left" */
export function timeLeft(seconds: number | null): string {
  if (seconds === null || seconds <= 0) return '';
  if (seconds < 50) return 'less than a minute left';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} minute${minutes === 1 ? '' : 's'} left`;
  const half = Math.round(seconds / 1800) / 2;
  const hours = Math.floor(half);
  return `about ${hours}${half > hours ? '½' : ''} hour${half === 1 ? '' : 's'} left`;
}

/** The host's own sentence, without what only says again what stands in large type. */
export function besides(view: WeaveView, { label, sentence }: Said): string {
  if (!sentence) return view.words;
  const words = withoutLabel(view.words, label);
  return words.startsWith(sentence) ? words.slice(sentence.length).trim() : view.words;
}
