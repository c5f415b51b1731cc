/** The options of `loom structures`. */
import type { Command } from 'commander';
import type { StructuresCommand } from './structures';

const help = `
Examples:
  $ loom structures
  $ loom structures --json

A float is a run of threads that is not tied down: over is on the face, under behind it. Threads are counted, so that a
limit can be compared with \`floatLimit\` of a loom profile.
`;

export function addStructures(loom: Command, done: (exitCode: number) => void): void {
  loom
    .command('structures')
    .description('show what can be woven: floats, faces, and a swatch of each')
    .option('--json', 'as JSON')
    .addHelpText('after', help)
    .action(async (options: StructuresCommand) => {
      const { structures } = await import('./structures');
      done(await structures(options, process.stdout));
    });
}
