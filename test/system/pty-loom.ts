/**
 * A loom whose board lives on when its host dies: the emulated board in a process of its own on a pseudo terminal, and
 * the compiled `loom weave` in another.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PtyReport } from '../../host/emulator/pty-messages';
import { PtyBoard } from '../../host/emulator/start-pty-board';
import { packageRoot } from '../../host/paths';
import { readEntries } from '../../host/weave/journal';
import { type JournalPlace, placeOf } from '../../host/weave/place';

const compiled = (...path: string[]) => join(packageRoot, 'dist', 'host', ...path);
const dataset = 'trafford-turnout-2024';

export interface PickLine {
  readonly type: 'pick';
  readonly number: number;
  readonly step: number;
  readonly lifts: string;
}
export interface ErrorLine {
  readonly type: 'error';
  readonly code: number;
  readonly message: string;
}
type Line = PickLine | ErrorLine | { readonly type: 'weave' | 'finished' };

/** One run of `loom weave --json-lines`. */
export class Host extends EventEmitter<{ line: [line: Line] }> {
  readonly lines: Line[] = [];
  /** what it wrote on stderr: nothing, while all is well */
  said = '';
  /** resolves to the exit code when all that it printed was read, null when it was killed */
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(home: string, args: readonly string[]) {
    super();
    this.child = spawn(process.execPath, [compiled('cli', 'loom.js'), 'weave', ...args], {
      env: { ...process.env, LOOM_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = this.child;
    stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
    });
    createInterface({ input: stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as Line;
      this.lines.push(line);
      this.emit('line', line);
    });
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get picks(): PickLine[] {
    return this.lines.filter((line) => line.type === 'pick');
  }

  get error(): ErrorLine | undefined {
    return this.lines.find((line) => line.type === 'error');
  }

  /** Resolves when so many picks were printed, or the process has ended. */
  async untilPicks(count: number): Promise<void> {
    let enough = () => {};
    const printed = new Promise<void>((resolve) => {
      enough = () => this.picks.length >= count && resolve();
      this.on('line', enough);
      enough();
    });
    await Promise.race([printed, this.ended]);
    this.off('line', enough);
  }

  /** SIGKILL: nothing of it runs any more when this resolves. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export class PtyLoom {
  /** every row that the board began to open, re-opens included */
  readonly openings: number[] = [];
  readonly reports: PtyReport[] = [];

  private constructor(
    readonly board: PtyBoard,
    readonly home: string,
  ) {}

  /** @param home LOOM_HOME of its hosts */
  static async start(home: string): Promise<PtyLoom> {
    const child = spawn(process.execPath, [compiled('emulator', 'pty-board.js'), '--profile', 'exhibition-40'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const loom = new PtyLoom(new PtyBoard(child), home);
    const ready = new Promise<void>((resolve, reject) => {
      loom.board.on('report', ({ type }) => type === 'port' && resolve());
      child.once('exit', () => reject(new Error('The board ended before it had a port.')));
    });
    loom.board.on('report', (report) => {
      loom.reports.push(report);
      if (report.type === 'opening') loom.openings.push(report.step);
    });
    await ready;
    return loom;
  }

  weave(...more: string[]): Host {
    return this.weaveFrom(this.home, ...more);
  }

  /** @param home LOOM_HOME of this host alone */
  weaveFrom(home: string, ...more: string[]): Host {
    const { board } = this;
    return new Host(home, ['--dataset', dataset, '--port', board.path, '--json-lines', '--no-display', ...more]);
  }

  /** What the journal says, read while no host runs. */
  journalled(): JournalPlace | null {
    const path = join(this.home, 'weaves', `${dataset}--exhibition-40`, 'journal.ndjson');
    try {
      return placeOf(readEntries(readFileSync(path), path).entries);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Resolves with the next report of this kind. */
  next(type: PtyReport['type']): Promise<PtyReport> {
    return new Promise((resolve) => {
      const hear = (report: PtyReport) => {
        if (report.type !== type) return;
        this.board.off('report', hear);
        resolve(report);
      };
      this.board.on('report', hear);
    });
  }
}
