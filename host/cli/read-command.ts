/** The options of `loom read`. */
import type { Command } from 'commander';
import type { ReadCommand } from './read';

const help = `
Examples:
  $ loom read turnout.cloth.json
  $ loom read turnout.wif --json                          the key is in the WIF that loom export wrote
  $ loom read photographed.pbm --key turnout.cloth.json
  $ loom read $LOOM_HOME/weaves/NAME/cloth.json --woven $LOOM_HOME/weaves/NAME/journal.ndjson

Reads lifts and thread colours with the key, never the data. A record whose threads say nothing that the key
knows is altered, with the reason; it is never guessed.

Exit codes: 0 read (also when records are altered), 4 the cloth or its key cannot be read.
`;

export function addRead(loom: Command, done: (exitCode: number) => void): void {
  loom
    .command('read')
    .description('read the data back out of a cloth')
    .argument('<file>', 'a .cloth.json, or a draft of the cloth: WIF, DTX, PBM, PNG')
    .option('--key <file>', 'how to read it: a .cloth.json or a key as JSON')
    .option('--woven <journal>', 'what is on the loom by this journal: picks left out, repeated, or not woven yet')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (file: string, options: ReadCommand) => {
      const { read } = await import('./read');
      done(await read(file, options, process.stdout));
    });
}
