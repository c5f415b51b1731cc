/** Settings change only while the loom is idle: brings it there where that moves nothing that is somebody's weave. */
import type { LoomDriver } from '../board/driver';
import { LoomError } from '../errors';
import { parkAndRest } from '../weave/harness';

const noPlace = { weave: 0, step: 0, rowCrc: 0 };

/**
 * Leaves a fault, parks heddles that were armed and have no shed open.
 * @throws LoomError configuration when a weave is open on the board, Refused with the e-stop open
 */
export async function makeIdle(driver: LoomDriver): Promise<void> {
  const { state, step } = await driver.askPlace();
  if (state === 'idle') return;
  if (state === 'fault') return driver.clear();
  if (step > 0)
    throw new LoomError(
      'configuration',
      `A weave is open on this board (${state}, shed ${step}). Park it first: go on with loom weave --resume and press q, or type park in loom console.`,
    );
  await parkAndRest(driver, noPlace);
}
