/** Weaves that flashing would disturb: one that runs is refused, one that is unfinished is named. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoomError } from '../errors';
import { holderOf } from '../lock';
import { userFolder } from '../paths';
import { unfinished } from '../weave/begin';
import { readEntries } from '../weave/journal';
import { placeOf } from '../weave/place';

/**
 * A running weave keeps its journal's lock even while its port is away. One on the emulated board is left alone.
 * @throws LoomError busy, naming it
 */
export function refuseOpenWeaves(): void {
  for (const folder of weaveFolders()) {
    const holder = holderOf(join(folder, 'lock'));
    if (!holder || !onARealPort(holder.command)) continue;
    throw new LoomError(
      'busy',
      `A weave is open: process ${holder.pid} (${holder.command}). Flashing resets the board and would drop its shed. End the weave first.`,
    );
  }
}

/** Sentences about weaves that can be gone on with: a flashed board no longer knows which row is in the shed. */
export function unfinishedWeaves(): string[] {
  return weaveFolders().flatMap((folder) => {
    const place = placeIn(folder);
    if (!unfinished(place)) return [];
    const pick = (place.open ?? place.told)?.pick;
    return [
      `An unfinished weave is at pick ${pick} of ${place.picks} (${folder}). If it is on this loom, the board forgets which row is in the shed: loom weave --resume will ask you.`,
    ];
  });
}

function onARealPort(command: string): boolean {
  const port = /--port[= ](\S+)/.exec(command)?.[1];
  return port !== undefined && port !== 'emulated';
}

function placeIn(folder: string) {
  const path = join(folder, 'journal.ndjson');
  try {
    return placeOf(readEntries(readFileSync(path), path).entries);
  } catch {
    // None, or damaged: loom weave says so when it is needed.
    return null;
  }
}

function weaveFolders(): string[] {
  const weaves = userFolder('weaves');
  try {
    return readdirSync(weaves).map((name) => join(weaves, name));
  } catch {
    return [];
  }
}
