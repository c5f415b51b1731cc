/** The options of `loom draft`. */
import type { Command } from 'commander';
import type { DraftCommand } from './draft';
import { wholeNumber } from './options';

const help = `
Examples:
  $ loom draft twill.wif
  $ loom draft twill.dtx --json
  $ loom draft satin.wif --mend --limit 5

Reads WIF, DTX, WPO and 1-bit pictures (PBM, PNG: black = warp up, the lowest row is pick 1).
With --mend all that is said is of the mended draft; the file stays as it is. loom weave --draft FILE --mend weaves it.
Exit codes: 0 read, 2 usage, 4 cannot be read: the line and the reason are said.
`;

export function addDraft(loom: Command, done: (exitCode: number) => void): void {
  loom
    .command('draft')
    .description('read a weaver’s draft: its size, its floats, whether it holds together')
    .argument('<file>', 'a WIF, DTX, WPO, PBM or PNG file')
    .option('--mend', 'turn over the fewest crossings that leave no float too long, and list each')
    .option('--limit <n>', 'with --mend: the longest float allowed (default: of exhibition-40)', wholeNumber(1))
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (file: string, options: DraftCommand) => {
      const { draft } = await import('./draft');
      done(await draft(file, options, process.stdout));
    });
}
