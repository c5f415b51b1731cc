/** The console for a person in a terminal: prompt, history, completion, colours, and what the board tells beside its text. */
import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import { lineCommands, parseConsoleLine } from '../../protocol/console';
import { exitCodes, LoomError } from '../errors';
import { complete, hostCommands } from '../maker/console/completion';
import { historySize, readHistory, writeHistory } from '../maker/console/history';
import type { ConsoleWire } from '../maker/console/wire';
import { allSettings } from '../maker/names';
import { colours as pc } from './colours';

export class ConsoleTerminal {
  private readonly lines: Interface;
  private history: string[] = [];
  private notes = true;
  private leave: (code: number) => void = () => {};
  private fail: (error: LoomError) => void = () => {};
  private readonly over = new Promise<number>((resolve, reject) => {
    this.leave = resolve;
    this.fail = reject;
  });
  private readonly onKey = (key: string | undefined) => {
    // A stop waits for no line end.
    if (key === '!' && this.lines.line === '!') this.stop();
  };

  /**
   * @param board what it talks to, for the first line
   * @param interrupt Ctrl-C
   */
  constructor(
    private readonly wire: ConsoleWire,
    private readonly board: string,
    interrupt: () => void,
  ) {
    this.lines = createInterface({
      input: process.stdin,
      output: process.stdout,
      prompt: pc.bold('loom> '),
      completer: complete,
      history: readHistory(),
      historySize,
      removeHistoryDuplicates: true,
    });
    this.over.catch(() => {});
    this.lines.on('history', (history) => {
      this.history = history;
    });
    this.lines.on('SIGINT', interrupt);
    this.lines.on('line', (line) => void this.typed(line.trim()));
    this.lines.on('close', () => this.leave(exitCodes.done));
    process.stdin.on('keypress', this.onKey);
    wire.on('line', (text) => this.say(coloured(text)));
    wire.on('note', (words) => this.notes && this.say(pc.dim(`« ${words}`)));
    wire.on('lost', (why) => this.fail(new LoomError('hardware', why)));
  }

  /** @returns the exit code when the person leaves */
  run(): Promise<number> {
    this.say(
      `${this.board}. help lists the board's commands, .help the console's own. Ctrl-C stops the loom and leaves.`,
    );
    this.lines.prompt();
    return this.over;
  }

  end(): void {
    process.stdin.off('keypress', this.onKey);
    this.lines.removeAllListeners('close');
    this.lines.close();
    if (this.history.length > 0) writeHistory(this.history);
    process.stdout.write('\n');
  }

  private async typed(line: string): Promise<void> {
    if (line.startsWith('.')) this.own(line);
    else await this.wire.ask(line).catch((error: Error) => this.say(pc.red(error.message)));
    this.lines.prompt();
  }

  private own(line: string): void {
    switch (line) {
      case '.help':
        for (const { form, help } of [...hostCommands, ...lineCommands])
          this.say(`  ${form.padEnd(22)} ${pc.dim(help)}`);
        return;
      case '.quit':
        this.lines.close();
        return;
      case '.stop':
        this.stop();
        return;
      case '.events':
        this.notes = !this.notes;
        this.say(`Messages beside the text are ${this.notes ? 'shown' : 'hidden'}.`);
        return;
      default:
        this.say(pc.red(`The console has no command ${line}. .help lists them.`));
    }
  }

  private stop(): void {
    this.wire.stopLoom();
    this.lines.write(null, { ctrl: true, name: 'u' });
    this.say(pc.red('Stopped: outputs off. clear, then arm, to go on.'));
  }

  /** A line above the one that is being typed. */
  private say(line: string): void {
    const { stdout } = process;
    cursorTo(stdout, 0);
    clearLine(stdout, 0);
    stdout.write(`${line}\n`);
    this.lines.prompt(true);
  }
}

function coloured(text: string): string {
  const answer = parseConsoleLine(text);
  if (answer.kind === 'ok') return pc.green(text);
  if (answer.kind === 'error') return pc.red(text);
  if (answer.kind === 'status') return pc.cyan(text);
  const name = /^\$([a-z.]+)=/.exec(text)?.[1];
  const setting = allSettings.find((one) => one.name === name);
  return setting ? `${text.padEnd(24)} ${pc.dim(`${setting.unit} ${setting.doc}`.trim())}` : text;
}
