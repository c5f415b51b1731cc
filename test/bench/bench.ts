/**
 * `npm run bench`: the numbers of design.md §6 that exist so far, each beside what it is compared with in the same run.
 * Times vary with the machine; ratios within one run are what counts. Nothing here passes or fails.
 */
import { clothRows } from './cloth';
import { firmwareRows } from './firmware';
import { growRows } from './grow';
import { processRows } from './processes';
import type { Row } from './row';
import { timingRows } from './timing';
import { wireRows } from './wire';

const groups: Record<string, () => Promise<Row[]> | Row[]> = {
  cloth: clothRows,
  grow: growRows,
  wire: wireRows,
  firmware: firmwareRows,
  timing: timingRows,
  processes: processRows,
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in groups));
  if (unknown.length > 0) {
    console.error(`bench: no group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  console.log(`node ${process.version}, ${process.platform}-${process.arch}\n`);
  for (const [name, rows] of Object.entries(groups)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`${name}`);
    for (const { what, measured, reach, beside } of await rows())
      console.log(`  ${what.padEnd(58)} ${measured.padEnd(22)} reach ${reach.padEnd(16)} ${beside}`);
    console.log();
  }
}

void main();
