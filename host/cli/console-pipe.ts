/** A console without a terminal: lines in, the board's answers out as they are. */
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { exitCodes } from '../errors';
import type { ConsoleWire } from '../maker/console/wire';
import type { Out } from './ports';

export class ConsolePipe {
  private readonly lines: Interface;

  constructor(
    private readonly wire: ConsoleWire,
    input: Readable,
    out: Out,
  ) {
    this.lines = createInterface({ input });
    wire.on('line', (text) => out.write(`${text}\n`));
  }

  /** @returns the exit code: 1 when a line was answered with an error */
  async run(): Promise<number> {
    let refused = false;
    for await (const line of this.lines) {
      const answer = await this.wire.ask(line);
      refused ||= answer.kind === 'error';
    }
    return refused ? exitCodes.failed : exitCodes.done;
  }

  end(): void {
    this.lines.close();
  }
}
