/** The whole screen of a terminal: taken, redrawn in place, and given back as it was. */

/** The alternate screen and no cursor; both are given back at the end. */
const taken = '\x1b[?1049h\x1b[?25l';
const givenBack = '\x1b[?25h\x1b[?1049l';
/** What is between is shown at once, where the terminal knows how to (synchronised output); others ignore it. */
const atOnce = { from: '\x1b[?2026h', to: '\x1b[?2026l' };
const frameMs = 50;

export class FullScreen {
  private shown = false;
  private timer: NodeJS.Timeout | null = null;
  private readonly onResize = () => this.draw();
  private readonly onExit = () => this.give();

  /** @param picture lines for so many columns and rows */
  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly picture: (columns: number, rows: number) => readonly string[],
  ) {}

  start(): void {
    this.out.on('resize', this.onResize);
    // Whatever ends the process: the terminal is given back.
    process.on('exit', this.onExit);
    this.take();
  }

  /** Gives the terminal back for good. */
  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.out.off('resize', this.onResize);
    process.off('exit', this.onExit);
    this.give();
  }

  take(): void {
    this.shown = true;
    this.out.write(taken);
    this.draw();
  }

  give(): void {
    if (!this.shown) return;
    this.shown = false;
    this.out.write(givenBack);
  }

  draw(): void {
    if (!this.shown) return;
    const lines = this.lines().map((line) => `${line}\x1b[K`);
    this.out.write(`${atOnce.from}\x1b[H${lines.join('\r\n')}\x1b[J${atOnce.to}`);
  }

  /** Soon, and once for all that changes until then. */
  drawSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.draw();
    }, frameMs);
  }

  lines(): readonly string[] {
    const { columns = 80, rows = 24 } = this.out;
    // The last cell of a line stays free: a letter in it wraps in some terminals.
    return this.picture(columns - 1, rows);
  }
}
