/** The picture of a weave in a terminal of any size: the cloth, and beside or around it what it says. Pure. */
import type { Cloth } from '../../patterns/cloth';
import { type Harness, straightHarness } from '../../patterns/harness';
import type { WeaveView } from '../../protocol/feed';
import { recordOfPick } from '../weave/view';
import { colours as pc } from './colours';
import { coloured, cut, wrap } from './terminal';
import { clothLines, type Depth, swatch } from './terminal-cloth';
import { duration } from './words';

export interface Picture {
  readonly cloth: Cloth;
  readonly view: Pick<WeaveView, 'pick' | 'phase' | 'words' | 'secondsLeft' | 'direction' | 'link' | 'masked'>;
  /** number of the last pick to weave */
  readonly last: number;
  /** shuttles, picks and minutes */
  readonly plan: string;
  readonly board: string;
  readonly display: string | null;
  /** the weave has ended here: no key does anything any more */
  readonly over?: boolean;
  readonly depth?: Depth;
  /** heddle or shaft of each end; one heddle an end unless said */
  readonly harness?: Harness;
  /** number of a heddle that is being typed, null or absent when none is */
  readonly typed?: string | null;
}

/** Lines that stay together; the least needed are left out where there is no room for all. */
interface Section {
  readonly lines: readonly string[];
  /** 0 = never left out */
  readonly spare: number;
}

const keys = [
  ['space', 'next'],
  ['b', 'unweave'],
  ['p', 'hold'],
  ['h', 'hands in the shed'],
  ['m', 'mask a heddle'],
  ['q', 'park and quit'],
  ['!', 'stop'],
] as const;
const margin = 2;
const panel = { narrowest: 32, widest: 64 };
/** lines of cloth that are always shown, and at most */
const clothHeight = { least: 4, most: 40 };

/** At most `rows` lines of at most `columns` cells. */
export function frame(picture: Picture, columns: number, rows: number): string[] {
  const room = columns - picture.cloth.lifts.ends - 3 * margin;
  const lines =
    room >= panel.narrowest
      ? sideBySide(picture, Math.min(room, panel.widest), rows)
      : oneAboveTheOther(picture, Math.max(1, columns - 2 * margin), rows);
  return lines.slice(0, rows).map((line) => cut(line, columns));
}

function sideBySide(picture: Picture, width: number, rows: number): string[] {
  const height = Math.min(rows, clothHeight.most);
  const cloth = drawn(picture, height);
  const [above, below] = squeezed([about(picture, width), now(picture, width)], height);
  const between = Array.from({ length: height - above.length - below.length }, () => '');
  const words = [...above, ...between, ...below];
  return cloth.map((line, i) => `${line}${' '.repeat(margin)}${words[i]}`);
}

function oneAboveTheOther(picture: Picture, width: number, rows: number): string[] {
  const indent = (line: string) => ' '.repeat(margin) + line;
  const [above, below] = squeezed([about(picture, width), now(picture, width)], rows - clothHeight.least);
  const height = Math.min(clothHeight.most, Math.max(0, rows - above.length - below.length));
  return [...above.map(indent), ...drawn(picture, height), ...below.map(indent)];
}

/** The cloth with a mark at the pick whose shed is open. */
function drawn({ cloth, view, depth, harness }: Picture, height: number): string[] {
  const { lines: picked, fell } = clothLines(cloth, view.pick, height, depth);
  // A cross above each end that a hand lifts.
  const { of } = harness ?? straightHarness(cloth.lifts.ends);
  const ends = of.map((actuator) => (view.masked?.includes(actuator + 1) ? '×' : ' '));
  const lines = view.masked?.length ? [pc.yellow(ends.join('')), ...picked.slice(1)] : picked;
  return lines.map((line, i) => `${i === fell ? pc.bold('▸') : ' '} ${line}`);
}

/** What is woven, and who counted. */
function about({ cloth, view, plan, board, display, over }: Picture, width: number): Section[] {
  const { title, counted, source, licence } = cloth.provenance;
  const dim = (text: string) => wrap(text, width).map((line) => pc.dim(line));
  return [
    { lines: wrap(title, width).map((line) => pc.bold(line)), spare: 0 },
    { lines: dim(`Counted by ${counted}`), spare: 2 },
    { lines: [...wrap(plan, width), ''], spare: 1 },
    { lines: legend(cloth, width), spare: 4 },
    { lines: [...dim(`${source} · ${licence}`)], spare: 6 },
    { lines: cloth.notes.flatMap(dim), spare: 7 },
    { lines: dim(board), spare: 8 },
    { lines: linkTrouble(view.link, width), spare: 2 },
    { lines: display && !over ? wrap(`Live display: ${display}`, width).map((line) => pc.cyan(line)) : [], spare: 3 },
  ];
}

/** A good link is not worth a line. */
function linkTrouble(link: WeaveView['link'], width: number): string[] {
  return link && !link.well ? wrap(link.words, width).map((line) => pc.yellow(line)) : [];
}

/** Where the weave is, and what a hand can do. */
function now({ cloth, view, last, over, typed, harness }: Picture, width: number): Section[] {
  const { pick, phase, words, secondsLeft, direction } = view;
  const record = pick > 0 ? recordOfPick(cloth, pick - 1) : null;
  const woven = record ? `row ${record.number} of ${cloth.records.length} · ${record.words}` : partWords(cloth, pick);
  const weft = pick > 0 ? cloth.yarns[cloth.weft[pick - 1]] : null;
  const facts = [
    pc.bold(`pick ${pick} of ${last}`),
    weft && `${swatch(weft.colour)} ${weft.name}`,
    secondsLeft === null || over ? null : `${duration(secondsLeft)} left`,
    direction === 'back' ? pc.yellow('unweaving') : null,
  ];
  // While a shed is open its sentence is the record's, said above; a remark may follow it.
  const said = record && words.startsWith(record.words) ? words.slice(record.words.length).trim() : words;
  const state =
    typed === null || typed === undefined
      ? wrap(said || phaseWords[phase], width).map(phaseColour(phase))
      : wrap(
          `${harness?.by === 'shafts' ? 'Shaft' : 'Heddle'} ${typed}▏ Enter: no servo lifts it any more, a hand does (or again, when it is masked). Esc: no.`,
          width,
        );
  return [
    { lines: [''], spare: 5 },
    { lines: flow(facts, width), spare: 0 },
    { lines: [bar(pick / last, width)], spare: 0 },
    // What is below must not jump with the words.
    { lines: padded(wrap(woven, width), width < 50 ? 3 : 2), spare: 0 },
    { lines: padded(state, 2), spare: 0 },
    { lines: [''], spare: 5 },
    { lines: over ? [] : flow(keyWords(), width), spare: 0 },
  ];
}

const phaseWords: Readonly<Record<WeaveView['phase'], string>> = {
  starting: 'starting',
  ready: 'at rest',
  moving: 'the shed is moving',
  waiting: 'the shed is open',
  held: 'held',
  hands: 'hands in the shed',
  released: 'released',
  stopped: 'stopped',
  silent: 'silent',
  lost: 'the loom is lost',
  asking: 'a question',
  finished: 'finished',
  parked: 'parked',
};

function phaseColour(phase: WeaveView['phase']): (text: string) => string {
  if (['waiting', 'ready', 'finished', 'moving'].includes(phase)) return pc.green;
  return ['stopped', 'lost', 'hands'].includes(phase) ? pc.red : pc.yellow;
}

const keyWords = () => keys.map(([key, act]) => `${pc.bold(key)} ${pc.dim(act)}`);

function partWords(cloth: Cloth, pick: number): string {
  const part = cloth.parts.find(({ from, to }) => pick > from && pick <= to);
  const words = { frame: 'The frame.', legend: 'The legend.', ruler: 'The ruler.', divider: '', record: '' };
  return part ? words[part.kind] : 'Bare warp.';
}

function legend({ legend: entries }: Cloth, width: number): string[] {
  return entries.length === 0
    ? []
    : [
        ...flow(
          entries.map(({ colour, title }) => `${swatch(colour)} ${title}`),
          width,
        ),
        '',
      ];
}

function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, share) * width);
  return pc.green('━'.repeat(full)) + pc.dim('━'.repeat(width - full));
}

function padded(lines: readonly string[], least: number): string[] {
  return [...lines, ...Array.from({ length: Math.max(0, least - lines.length) }, () => '')];
}

/** Pieces side by side, as many on a line as fit. */
function flow(pieces: readonly (string | null)[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    if (!piece) continue;
    const last = lines.at(-1);
    const longer = `${last}   ${piece}`;
    if (last !== undefined && coloured(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}

/** The lines of each group, the most spare sections left out until all fit into `room`. */
function squeezed(groups: readonly Section[][], room: number): string[][] {
  const kept = groups.map((sections) => [...sections]);
  const height = () => kept.flat().reduce((sum, { lines }) => sum + lines.length, 0);
  while (height() > room) {
    const most = Math.max(...kept.flat().map(({ spare }) => spare));
    if (most === 0) break;
    for (const [i, sections] of kept.entries()) kept[i] = sections.filter(({ spare }) => spare < most);
  }
  return kept.map((sections) => sections.flatMap(({ lines }) => lines));
}
