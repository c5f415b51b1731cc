/** A program in a real terminal (a pty), and what a person would see in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';

const esc = '\x1b';

/** As much of a VT100 as our programs use: what they print becomes rows of letters. */
export class Sheet {
  /** the main screen's lines, all that has scrolled away included */
  readonly paper: string[] = [''];
  private alternate: string[] | null = null;
  private row = 0;
  private column = 0;
  private kept = { row: 0, column: 0 };
  private rest = '';
  cursorShown = true;
  /** lines that were wider than the terminal */
  wrapped = 0;
  /** pictures drawn at once (synchronised output), and whether the last of them was as wide as the terminal or less */
  frames = 0;
  lastFits = true;
  private wrappedBefore = 0;

  constructor(
    private columns: number,
    private rows: number,
  ) {}

  /** The window changes: a picture that is being drawn just now is of the old size, and does not fit. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.wrappedBefore = Number.NaN;
  }

  /** What is on the screen now. */
  get lines(): string[] {
    return (this.alternate ?? this.paper.slice(-this.rows)).map((line) => line.trimEnd());
  }

  get isAlternate(): boolean {
    return this.alternate !== null;
  }

  feed(text: string): void {
    const all = this.rest + text;
    const pattern = new RegExp(
      `${esc}\\[([?0-9;]*)([A-Za-z])|${esc}[^[]|\\r|\\n|[^${esc}\\r\\n]+|${esc}\\[?[?0-9;]*$`,
      'gu',
    );
    this.rest = '';
    for (const [piece, parameters, final] of all.matchAll(pattern)) {
      if (final) this.obey(parameters, final);
      else if (piece.startsWith(esc)) this.rest = piece;
      else if (piece === '\r') this.column = 0;
      else if (piece === '\n') this.down();
      else this.letters(piece);
    }
  }

  private get sheet(): string[] {
    return this.alternate ?? this.paper;
  }

  private obey(parameters: string, final: string): void {
    const n = Number(parameters.replace('?', '')) || 0;
    if (final === 'H') this.row = this.column = 0;
    else if (final === 'A') this.row = Math.max(0, this.row - Math.max(1, n));
    else if (final === 'G') this.column = Math.max(0, n - 1);
    else if (final === 'K') this.sheet[this.row] = (this.sheet[this.row] ?? '').slice(0, this.column);
    else if (final === 'J') {
      this.sheet[this.row] = (this.sheet[this.row] ?? '').slice(0, this.column);
      this.sheet.length = this.row + 1;
    } else if (parameters === '?25') this.cursorShown = final === 'h';
    else if (parameters === '?1049') {
      if (final === 'h') this.kept = { row: this.row, column: this.column };
      this.alternate = final === 'h' ? [] : null;
      ({ row: this.row, column: this.column } = final === 'h' ? { row: 0, column: 0 } : this.kept);
    } else if (parameters === '?2026') {
      if (final === 'h') this.wrappedBefore = this.wrapped;
      else this.frames++;
      this.lastFits = this.wrapped === this.wrappedBefore;
    } else if (final !== 'm') throw new Error(`The sheet does not know ESC[${parameters}${final}`);
  }

  private down(): void {
    this.row++;
    this.sheet[this.row] ??= '';
    if (!this.alternate || this.row < this.rows) return;
    // The alternate screen scrolls: the program wrote more lines than there are.
    this.alternate.shift();
    this.row--;
    this.wrapped++;
  }

  private letters(text: string): void {
    for (const letter of text) {
      if (this.column >= this.columns) {
        this.wrapped++;
        this.column = 0;
        this.down();
      }
      const line = (this.sheet[this.row] ?? '').padEnd(this.column);
      this.sheet[this.row] = line.slice(0, this.column) + letter + line.slice(this.column + 1);
      this.column++;
    }
  }
}

export class TerminalRun extends EventEmitter<{ told: [] }> {
  readonly sheet: Sheet;
  /** all that the terminal was told */
  told = '';
  readonly ended: Promise<{ code: number; sane: boolean }>;
  private readonly child: ChildProcess;

  constructor(command: readonly string[], columns: number, rows: number, env: NodeJS.ProcessEnv = {}) {
    super();
    this.sheet = new Sheet(columns, rows);
    const script = join(__dirname, 'in-a-terminal.py');
    this.child = spawn('python3', [script, String(columns), String(rows), ...command], {
      env: { ...process.env, TERM: 'xterm-256color', NO_COLOR: undefined, ...env },
      stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.told += text;
      this.sheet.feed(text);
      this.emit('told');
    });
    let last = '';
    this.child.stdio[3]!.on('data', (text) => {
      last += text;
    });
    // A helper that was killed says nothing: nobody looked at the terminal then.
    this.ended = once(this.child, 'close').then(() => (last ? JSON.parse(last) : { code: -1, sane: false }));
  }

  type(text: string): void {
    this.child.stdin!.write(text);
  }

  resize(columns: number, rows: number): void {
    this.sheet.resize(columns, rows);
    this.child.stdin!.write(`\0${columns}x${rows}\n`);
  }

  /** Resolves with its words when the screen says it. */
  async shows(wanted: RegExp): Promise<string> {
    await this.until(() => wanted.test(this.words), `${wanted}`);
    return this.words;
  }

  /** Resolves when the screen is as wanted. */
  async until(met: () => boolean, what: string): Promise<void> {
    const over = this.ended.then(() => 'over');
    while (!met()) {
      const why = await Promise.race([once(this, 'told'), over]);
      if (why === 'over' && !met()) throw new Error(`Ended without showing ${what}:\n${this.text}`);
    }
  }

  get text(): string {
    return this.sheet.lines.join('\n');
  }

  /** What the screen says: its words without the cloth, in one line. */
  get words(): string {
    return this.text.replace(/[▀▸━\s]+/g, ' ');
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
