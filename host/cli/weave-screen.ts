/** A weave in a terminal: the whole screen, and what is typed. */
import { FullScreen } from './full-screen';
import { frame } from './weave-frame';
import type { WeaveIntroduction, WeaveReader } from './weave-reader';

export class WeaveScreen implements WeaveReader {
  /** called when a question has given the terminal back */
  onReturn: () => void = () => {};
  /** the number that is being typed after m, null when none is */
  typed: string | null = null;
  private introduction: WeaveIntroduction | null = null;
  private paused = false;
  private over = false;
  private readonly screen: FullScreen;

  constructor(private readonly out: NodeJS.WriteStream) {
    this.screen = new FullScreen(out, (columns, rows) => this.picture(columns, rows));
  }

  /** A question has the terminal. */
  get asking(): boolean {
    return this.paused;
  }

  begin(introduction: WeaveIntroduction): void {
    this.introduction = introduction;
    this.screen.start();
  }

  event(): void {
    this.screen.drawSoon();
  }

  error(): void {}

  type(typed: string | null): void {
    this.typed = typed;
    this.screen.draw();
  }

  /** Leaves the terminal to a question; `false` takes it back. */
  pause(paused: boolean): void {
    this.paused = paused;
    if (paused) this.screen.give();
    else {
      if (this.introduction) this.screen.take();
      this.onReturn();
    }
  }

  /** Gives the terminal back, with the last picture on it. */
  end(): void {
    this.screen.stop();
    this.over = true;
    if (this.introduction) this.out.write(`${this.screen.lines().join('\n')}\n`);
  }

  private picture(columns: number, rows: number): string[] {
    if (!this.introduction) return [];
    const { cloth, weave, last, plan, facts, display } = this.introduction;
    const board = `${facts.port}: ${facts.mcu}, firmware ${facts.firmware}, ${facts.heddles} heddles`;
    const { over, typed } = this;
    const { harness } = weave;
    return frame({ cloth, harness, view: weave.view(), last, plan, board, display, over, typed }, columns, rows);
  }
}
