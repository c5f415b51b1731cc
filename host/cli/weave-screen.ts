/** A weave in a terminal: the cloth growing in colour, the record in words, the keys. Redraws one block in place. */

import type { Cloth } from '../../patterns/cloth';
import type { FeedEvent } from '../../protocol/feed';
import { recordOfPick } from '../weave/view';
import { colours as pc } from './colours';
import { cut, wrap } from './terminal';
import { clothLines } from './terminal-cloth';
import type { WeaveIntroduction, WeaveReader } from './weave-reader';
import { duration } from './words';

const keys = ['space next', 'b unweave', 'p hold', 'h hands in the shed', 'q park and quit', '! stop'];
/** Lines of the block that are not cloth, the keys on one. */
const textLines = 12;
const frameMs = 50;

export class WeaveScreen implements WeaveReader {
  private introduction: WeaveIntroduction | null = null;
  private drawn = 0;
  private timer: NodeJS.Timeout | null = null;
  private paused = false;

  /** a question has the terminal */
  get asking(): boolean {
    return this.paused;
  }

  private note = '';

  constructor(private readonly out: NodeJS.WriteStream) {}

  begin(introduction: WeaveIntroduction): void {
    this.introduction = introduction;
    const { cloth, plan, facts, display } = introduction;
    const { title, counted, source, licence } = cloth.provenance;
    const about = [`Counted by ${counted}`, `${source} · ${licence}`, plan, ...cloth.notes];
    const board = `${facts.port}: ${facts.mcu}, firmware ${facts.firmware}, ${facts.heddles} heddles`;
    this.out.write(`\n${pc.bold(title)}\n`);
    for (const text of [...about, board]) this.out.write(`${pc.dim(wrap(text, this.width).join('\n'))}\n`);
    if (display) this.out.write(`Live display: ${pc.cyan(display)}\n`);
    this.out.write('\n\x1b[?25l');
    this.draw();
  }

  event(event: FeedEvent): void {
    if (event.type === 'press' && event.outcome !== 'opened') this.note = event.outcome;
    if (event.type === 'opened') this.note = '';
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.draw();
    }, frameMs);
  }

  error(): void {
    this.draw();
  }

  /** Leaves the terminal to a question; `false` takes it back. */
  pause(paused: boolean): void {
    if (paused) this.draw();
    this.paused = paused;
    this.drawn = 0;
    this.out.write(paused ? '\x1b[?25h' : '\x1b[?25l');
  }

  end(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.draw();
    this.out.write('\x1b[?25h');
  }

  /** letters in a line of the block */
  private get width(): number {
    return Math.max(40, this.out.columns ?? 80) - 1;
  }

  private draw(): void {
    if (!this.introduction || this.paused) return;
    const lines = this.block(this.introduction);
    const up = this.drawn > 0 ? `\x1b[${this.drawn}A` : '';
    this.out.write(`${up}\r${lines.map((line) => `${cut(line, this.width)}\x1b[K`).join('\n')}\n\x1b[J`);
    this.drawn = lines.length;
  }

  private block({ cloth, weave, last }: WeaveIntroduction): string[] {
    const width = this.width - 2;
    const height = Math.max(3, Math.min(24, (this.out.rows ?? 24) - textLines));
    const { pick, phase, words, secondsLeft, direction } = weave.view();
    const record = pick > 0 ? recordOfPick(cloth, pick - 1) : null;
    const rowOf = record ? `row ${record.number} of ${cloth.records.length}: ` : '';
    const weft = pick > 0 ? cloth.yarns[cloth.weft[pick - 1]].name : '';
    const left = secondsLeft === null ? '' : `${duration(secondsLeft)} left`;
    const arrow = direction === 'back' ? pc.yellow('unweaving') : '';
    const state = words && words !== record?.words ? words : '';
    return [
      `  ${pc.bold(cloth.provenance.title)}`,
      '',
      ...clothLines(cloth, pick, height).map((line) => `  ${line}`),
      '',
      `  ${pc.bold(`pick ${pick} of ${last}`)}   ${weft}   ${left}   ${arrow}`,
      `  ${bar(pick / last, Math.min(60, width))}`,
      ...twoLines(record ? rowOf + record.words : partWords(cloth, pick), width).map((line) => `  ${line}`),
      `  ${stateColour(phase)}  ${state}${this.note ? pc.dim(`  (${this.note})`) : ''}`,
      ...keyLines(width).map((line) => `  ${pc.dim(line)}`),
    ];
  }
}

function stateColour(phase: string): string {
  if (phase === 'waiting' || phase === 'ready' || phase === 'finished') return pc.green(phase);
  return phase === 'stopped' || phase === 'lost' ? pc.red(phase) : pc.yellow(phase);
}

function partWords(cloth: Cloth, pick: number): string {
  const part = cloth.parts.find(({ from, to }) => pick > from && pick <= to);
  const words = { frame: 'The frame.', legend: 'The legend.', ruler: 'The ruler.', divider: '', record: '' };
  return part ? words[part.kind] : 'Bare warp.';
}

function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, share) * width);
  return pc.green('━'.repeat(full)) + pc.dim('━'.repeat(width - full));
}

/** Exactly two lines: what is below must not jump with the words. */
function twoLines(text: string, width: number): string[] {
  const [first, second = ''] = wrap(text, width);
  return [first, second];
}

/** The keys, as many on a line as fit. */
function keyLines(width: number): string[] {
  const lines = [''];
  for (const key of keys) {
    const last = lines.length - 1;
    const longer = lines[last] === '' ? key : `${lines[last]}   ${key}`;
    if (longer.length <= width || lines[last] === '') lines[last] = longer;
    else lines.push(key);
  }
  return lines;
}
