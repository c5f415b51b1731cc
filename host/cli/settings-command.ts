/** Options and help of `loom settings`, apart from what it does, so that help comes at once. */
import type { Command } from 'commander';

export interface BoardChoice {
  readonly port?: string;
  readonly emulated?: boolean;
  readonly profile?: string;
}
export interface ExportCommand extends BoardChoice {
  readonly json?: boolean;
  readonly force?: boolean;
}
export interface ImportCommand extends BoardChoice {
  readonly yes?: boolean;
}
export interface RestoreCommand extends ImportCommand {
  readonly from?: string;
}

const help = `
A settings file is TOML (or JSON) with every setting by name: edit it in any editor. What a file does not name stays as
it is. Of each board that was met and each SAVE, a copy is kept in the user's folder: a dead board is swapped by flashing a
new one and \`loom settings restore\`. docs/calibration.md shows the way.

Examples:
  $ loom settings export loom.toml                what is on the one loom that is plugged in
  $ loom settings import loom.toml                shows what changes, asks, saves, reads it back
  $ loom settings list                            the copies that are kept
  $ loom settings restore                         puts a kept copy on a new board
`;

/** @param done hears the exit code */
export function addSettings(loom: Command, done: (exitCode: number) => void): void {
  const settings = loom
    .command('settings')
    .description("a board's settings as a file: export, import, restore, list")
    .addHelpText('after', help);

  withBoard(settings.command('export'))
    .description('write the settings of a board to a file, or to standard output')
    .argument('[file]', 'where to; - is standard output', '-')
    .option('--json', 'JSON in place of TOML')
    .option('--force', 'replace a file that is there')
    .action(async (file: string, options: ExportCommand) => {
      const { exportSettings } = await import('./settings');
      done(await exportSettings(file, options, process.stdout));
    });

  withBoard(settings.command('import'))
    .description('put the settings of a file on the board that they are of, and save them')
    .argument('<file>', 'TOML or JSON; - is standard input')
    .option('--yes', 'do not ask')
    .action(async (file: string, options: ImportCommand) => {
      const { importSettings } = await import('./settings-import');
      done(await importSettings(file, options, process.stdout));
    });

  withBoard(settings.command('restore'))
    .description('put the kept settings of another board on this one, or an earlier copy of its own')
    .option('--from <board|file>', 'id of the board whose newest copy it is, or a file')
    .option('--yes', 'do not ask')
    .action(async (options: RestoreCommand) => {
      const { restoreSettings } = await import('./settings-restore');
      done(await restoreSettings(options, process.stdout));
    });

  settings
    .command('list')
    .description('list the copies that are kept')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { listSettings } = await import('./settings');
      done(listSettings(options, process.stdout));
    });
}

/** Which board. */
export function withBoard(command: Command): Command {
  return command
    .option('--port <auto|path>', 'the loom (default: the one that is plugged in)')
    .option('--emulated', 'an emulated board, which forgets everything at the end')
    .option('--profile <name|file>', 'how the emulated board is built (default: exhibition-40)');
}
