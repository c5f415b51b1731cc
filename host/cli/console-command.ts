/** Options and help of `loom console`, apart from what it does, so that help comes at once. */
import type { Command } from 'commander';
import { type BoardChoice, withBoard } from './settings-command';

const help = `
In a terminal: history (kept), Tab completes commands and settings, messages of the board are shown beside its text,
Ctrl-C stops the loom and leaves, Ctrl-D leaves, .help lists the console's own commands, help those of the board.
With lines piped in: sends one after the other, prints the board's answers as they are, and ends after the last.

Examples:
  $ loom console                                   the one loom that is plugged in
  $ loom console --emulated
  $ echo '$servo.up=1660' | loom console --port /dev/ttyACM0

Exit codes with lines piped in: 0 all answered ok, 1 at least one answered error, 5 no board or no answer.
Any serial terminal does as well: 57,600 baud unless set otherwise, lines end with CR or LF. docs/console.md is the manual.
`;

/** @param done hears the exit code */
export function addConsole(loom: Command, done: (exitCode: number) => void): void {
  withBoard(loom.command('console'))
    .description("talk to the board's serial console")
    .addHelpText('after', help)
    .action(async (options: BoardChoice) => {
      const { console } = await import('./console');
      done(await console(options));
    });
}
