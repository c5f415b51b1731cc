/** Starts an emulated board on a pseudo terminal in a process of its own, for tests and for trying the serial driver. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { packageRoot } from '../paths';
import type { BoardAct } from './board-acts';
import type { PtyBoardOptions, PtyCommand, PtyReport } from './pty-messages';
import type { Shed } from './shed-log';

interface PtyBoardEvents {
  shed: [shed: Shed];
  /** everything that the board's process says, sheds too */
  report: [report: PtyReport];
}

export class PtyBoard extends EventEmitter<PtyBoardEvents> {
  /** sheds that the board has opened, in order, re-opens included */
  readonly sheds: Shed[] = [];
  path = '';

  constructor(private readonly child: ChildProcess) {
    super();
    createInterface({ input: child.stdout as Readable }).on('line', (line) => this.take(JSON.parse(line)));
  }

  press(): void {
    this.tell({ do: 'press' });
  }
  back(): void {
    this.tell({ do: 'back' });
  }
  estop(open: boolean): void {
    this.tell({ do: 'estop', open });
  }
  /** The reset line, as DTR pulls it. */
  reset(): void {
    this.tell({ do: 'reset' });
  }
  powerCut(): void {
    this.tell({ do: 'powerCut' });
  }
  /** Whether opening the port resets the board. */
  resetOnOpen(on: boolean): void {
    this.tell({ do: 'resetOnOpen', on });
  }

  /** Whatever else can be done to the board: `BoardAct` in board-acts.ts. */
  perform(act: BoardAct): void {
    this.tell(act as PtyCommand);
  }

  /** Ends the board's process. */
  async quit(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.tell({ do: 'quit' });
    await ended;
  }

  private tell(command: PtyCommand): void {
    this.child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  private take(report: PtyReport): void {
    if (report.type === 'port') this.path = report.path;
    if (report.type === 'shed') {
      const { type, ...shed } = report;
      this.sheds.push(shed);
      this.emit('shed', shed);
    }
    this.emit('report', report);
  }
}

/** @throws Error when the process ends before it has a port; what it wrote is on our stderr */
export async function startPtyBoard(options: PtyBoardOptions): Promise<PtyBoard> {
  const fromSource = __filename.endsWith('.ts');
  const child = spawn(
    process.execPath,
    [
      ...(fromSource ? ['-r', require.resolve('ts-node/register/transpile-only')] : []),
      join(__dirname, fromSource ? 'pty-board.ts' : 'pty-board.js'),
      JSON.stringify(options),
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TS_NODE_PROJECT: join(packageRoot, 'tsconfig.json') },
    },
  );
  const board = new PtyBoard(child);
  await new Promise<void>((resolve, reject) => {
    board.on('report', ({ type }) => {
      if (type === 'port') resolve();
    });
    child.once('exit', (code) => reject(new Error(`The emulated board ended with code ${code} before it had a port.`)));
    child.once('error', reject);
  });
  return board;
}
