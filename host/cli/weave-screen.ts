/** A weave in a terminal: the cloth growing in colour, the record in words, the keys. Redraws one block in place. */

import type { Cloth } from '../../patterns/cloth';
import type { FeedEvent } from '../../protocol/feed';
import { recordOfPick } from '../weave/view';
import { colours as pc } from './colours';
import { clothLines } from './terminal-cloth';
import type { WeaveIntroduction, WeaveReader } from './weave-reader';
import { duration } from './words';

const keys = 'space next   b unweave   p hold   h hands in the shed   q park and quit   ! stop';
/** Lines of the block that are not cloth. */
const textLines = 9;
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
    this.out.write(`\n${pc.bold(title)}\n${pc.dim(`Counted by ${counted}`)}\n`);
    this.out.write(`${pc.dim(`${source} · ${licence}`)}\n${plan}\n`);
    for (const note of cloth.notes) this.out.write(`${pc.dim(note)}\n`);
    this.out.write(`${facts.port}: ${facts.mcu}, firmware ${facts.firmware}, ${facts.heddles} heddles\n`);
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

  private draw(): void {
    if (!this.introduction || this.paused) return;
    const lines = this.block(this.introduction);
    const up = this.drawn > 0 ? `\x1b[${this.drawn}A` : '';
    this.out.write(`${up}\r${lines.map((line) => `${line}\x1b[K`).join('\n')}\n\x1b[J`);
    this.drawn = lines.length;
  }

  private block({ cloth, weave, last }: WeaveIntroduction): string[] {
    const width = Math.max(40, (this.out.columns ?? 80) - 2);
    const height = Math.max(4, Math.min(24, (this.out.rows ?? 24) - textLines));
    const { pick, phase, words, secondsLeft, direction } = weave.view();
    const record = pick > 0 ? recordOfPick(cloth, pick - 1) : null;
    const rowOf = record ? `row ${record.number} of ${cloth.records.length}: ` : '';
    const weft = pick > 0 ? cloth.yarns[cloth.weft[pick - 1]].name : '';
    const left = secondsLeft === null ? '' : `${duration(secondsLeft)} left`;
    const arrow = direction === 'back' ? pc.yellow('unweaving') : '';
    return [
      ...clothLines(cloth, pick, height).map((line) => `  ${line}`),
      '',
      `  ${pc.bold(`pick ${pick} of ${last}`)}   ${weft}   ${left}   ${arrow}`,
      `  ${bar(pick / last, Math.min(60, width))}`,
      ...wrap(record ? rowOf + record.words : partWords(cloth, pick), width, 2).map((line) => `  ${line}`),
      `  ${stateColour(phase)}${words && words !== record?.words ? `  ${wrap(words, width - 12, 1)[0]}` : ''}${this.note ? pc.dim(`  (${this.note})`) : ''}`,
      `  ${pc.dim(keys)}`,
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

/** Exactly `lines` lines of at most `width` characters. */
function wrap(text: string, width: number, lines: number): string[] {
  const wrapped = [''];
  for (const word of text.split(' ')) {
    const line = wrapped.length - 1;
    if (wrapped[line].length + word.length + 1 > width && wrapped[line]) wrapped.push(word);
    else wrapped[line] += (wrapped[line] && ' ') + word;
  }
  return Array.from({ length: lines }, (_, i) => (wrapped[i] ?? '').slice(0, width));
}
