/**
 * `npm run conformance -- FILE.hex …`: which parts of the Firmata protocol a firmware for the Uno supports, tried on the
 * emulated board. Without a file: ours beside the StandardFirmata that the npm package avrgirl-arduino carries.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shippedFirmware } from '../../host/paths';
import { conformance } from './suite';
import { table } from './table';

const carried = join(dirname(require.resolve('avrgirl-arduino/package.json')), 'junk', 'hex');
/** Firmata 2.4 and 2.5, as Arduino shipped them */
export const standardFirmata = ['uno', 'duemilanove328'].map((board) =>
  join(carried, board, 'StandardFirmata.cpp.hex'),
);

function main(files: readonly string[]): void {
  const hexes = files.length > 0 ? files : [shippedFirmware, ...standardFirmata];
  process.stdout.write(table(hexes.map((file) => conformance(readFileSync(file, 'utf8')))));
}

if (require.main === module) main(process.argv.slice(2));
