/** Where things are: the package's own files, and the user's. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The folder with our package.json, whether we run from sources or from dist/. */
export const packageRoot = (() => {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

export const builtInDatasets = join(packageRoot, 'host', 'data', 'built-in');
export const shippedProfiles = join(packageRoot, 'host', 'profiles');
export const shippedFirmware = join(packageRoot, 'firmware', 'built', 'loom-uno.hex');
/** The firmware shipped for a chip, as Intel HEX. */
export function firmwareFor(chip: 'atmega328p' | 'atmega2560' = 'atmega328p'): string {
  return chip === 'atmega328p' ? shippedFirmware : join(packageRoot, 'firmware', 'built', 'loom-mega.hex');
}

/** Where weaves, journals and remembered boards are kept: LOOM_HOME, or XDG's data home. */
export function userFolder(...below: string[]): string {
  const home = process.env.LOOM_HOME || join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'loom');
  return join(home, ...below);
}
