/** Options and help of `loom calibrate`, apart from what it does. */
import type { Command } from 'commander';
import type { MakerOptions } from '../maker/open-maker';
import { withBoard } from './settings-command';

const help = `
At the loom, heddle by heddle: ← → choose one, ↑ ↓ move it by 4 µs, PgUp PgDn by 20, u and d lift and lower it, space
turns it over. c copies its widths to a group, t shows test rows, m masks a dead heddle, z takes back, s saves, q leaves.
What is not saved is kept on this computer and offered the next time. docs/calibration.md shows the way.

Examples:
  $ loom calibrate
  $ loom calibrate --port /dev/ttyACM0
  $ loom calibrate --emulated --profile exhibition-40
`;

export function addCalibrate(loom: Command, done: (exitCode: number) => void): void {
  withBoard(loom.command('calibrate'))
    .description('set how far each heddle is lifted and lowered, with the arrow keys')
    .addHelpText('after', help)
    .action(async (options: MakerOptions) => {
      const { calibrate } = await import('./calibrate');
      done(await calibrate(options));
    });
}
