/** The options of `loom draft`. */
import type { Command } from 'commander';
import type { DraftCommand } from './draft';

const help = `
Examples:
  $ loom draft twill.wif
  $ loom draft twill.dtx --json

Reads WIF, DTX, WPO and 1-bit pictures (PBM, PNG: black = warp up, the lowest row is pick 1).
Exit codes: 0 read, 4 cannot be read: the line and the reason are said.
`;

export function addDraft(loom: Command, done: (exitCode: number) => void): void {
  loom
    .command('draft')
    .description('read a weaver’s draft: its size, its floats, whether it holds together')
    .argument('<file>', 'a WIF, DTX, WPO, PBM or PNG file')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (file: string, options: DraftCommand) => {
      const { draft } = await import('./draft');
      done(await draft(file, options, process.stdout));
    });
}
