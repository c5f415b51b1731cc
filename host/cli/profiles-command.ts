/** The options of `loom profiles`. */
import type { Command } from 'commander';
import type { ProfilesCommand } from './profiles';

const help = `
Examples:
  $ loom profiles                          the looms that come with loom
  $ loom profiles table-16                 one of them in full
  $ loom profiles ./my-loom.toml           reads a profile of your own, and says what is wrong with it
  $ loom profiles --table                  every encoding on every loom: weaves, or refuses because …, try …
  $ loom profiles ./my-loom.toml --table   the same for your own

docs/profile.md explains every field. A profile is given to the other commands with --profile, by name or as a file.
Exit codes: 0 done, 3 the profile cannot be read: file, key and what to do are said.
`;

export function addProfiles(loom: Command, done: (exitCode: number) => void): void {
  loom
    .command('profiles')
    .description('list the looms, show one in full, or what each of them can weave')
    .argument('[name|file]', 'one loom: a name, or a TOML file')
    .option('--table', 'every encoding on every loom')
    .option('--profile <name|file>', 'the same as naming it')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (name: string | undefined, options: ProfilesCommand) => {
      const { profiles } = await import('./profiles');
      done(await profiles(name, options, process.stdout));
    });
}
