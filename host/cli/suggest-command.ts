/** The options of `loom suggest`. */
import type { Command } from 'commander';
import type { SuggestCommand } from './suggest';

const help = `
Examples:
  $ loom suggest trafford-turnout-2024
  $ loom suggest ./my-figures --profile table-16 --all

Every suggestion has been woven and has passed every check. Exit codes: 0 something fits, 3 the profile cannot be read,
4 nothing fits, or the dataset cannot be read.
`;

export function addSuggest(loom: Command, done: (exitCode: number) => void): void {
  loom
    .command('suggest')
    .description('say how a dataset can be woven on a loom, best first, and why')
    .argument('<id|folder>', 'the dataset: `loom datasets` lists ids')
    .option('--profile <name|file>', 'the loom profile (default: exhibition-40)')
    .option('--all', 'also what does not fit, why, and what to try')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (id: string, options: SuggestCommand) => {
      const { suggest } = await import('./suggest');
      done(await suggest(id, options, process.stdout));
    });
}
