/** A weave in a terminal: the whole screen, redrawn in place, and given back as it was. */
import { frame } from './weave-frame';
import type { WeaveIntroduction, WeaveReader } from './weave-reader';

const frameMs = 50;
/** The alternate screen and no cursor; both are given back at the end. */
const taken = '\x1b[?1049h\x1b[?25l';
const givenBack = '\x1b[?25h\x1b[?1049l';
/** What is between is shown at once, where the terminal knows how to (synchronised output); others ignore it. */
const atOnce = { from: '\x1b[?2026h', to: '\x1b[?2026l' };

export class WeaveScreen implements WeaveReader {
  /** called when a question has given the terminal back */
  onReturn: () => void = () => {};
  /** the number that is being typed after m, null when none is */
  typed: string | null = null;
  private introduction: WeaveIntroduction | null = null;
  private timer: NodeJS.Timeout | null = null;
  private shown = false;
  private paused = false;
  private readonly onResize = () => this.draw();
  private readonly onExit = () => this.give();

  constructor(private readonly out: NodeJS.WriteStream) {}

  /** A question has the terminal. */
  get asking(): boolean {
    return this.paused;
  }

  begin(introduction: WeaveIntroduction): void {
    this.introduction = introduction;
    this.out.on('resize', this.onResize);
    // Whatever ends the process: the terminal is given back.
    process.on('exit', this.onExit);
    this.take();
  }

  event(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.draw();
    }, frameMs);
  }

  error(): void {}

  type(typed: string | null): void {
    this.typed = typed;
    this.draw();
  }

  /** Leaves the terminal to a question; `false` takes it back. */
  pause(paused: boolean): void {
    this.paused = paused;
    if (paused) this.give();
    else {
      this.take();
      this.onReturn();
    }
  }

  /** Gives the terminal back, with the last picture on it. */
  end(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.out.off('resize', this.onResize);
    process.off('exit', this.onExit);
    this.give();
    if (this.introduction) this.out.write(`${this.picture(true).join('\n')}\n`);
  }

  private take(): void {
    if (!this.introduction) return;
    this.shown = true;
    this.out.write(taken);
    this.draw();
  }

  private give(): void {
    if (!this.shown) return;
    this.shown = false;
    this.out.write(givenBack);
  }

  private draw(): void {
    if (!this.shown) return;
    const lines = this.picture().map((line) => `${line}\x1b[K`);
    this.out.write(`${atOnce.from}\x1b[H${lines.join('\r\n')}\x1b[J${atOnce.to}`);
  }

  private picture(over = false): string[] {
    const { columns = 80, rows = 24 } = this.out;
    const { cloth, weave, last, plan, facts, display } = this.introduction!;
    const board = `${facts.port}: ${facts.mcu}, firmware ${facts.firmware}, ${facts.heddles} heddles`;
    // The last cell of a line stays free: a letter in it wraps in some terminals.
    return frame({ cloth, view: weave.view(), last, plan, board, display, over, typed: this.typed }, columns - 1, rows);
  }
}
