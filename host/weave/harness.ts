/** Brings the heddles to rest: arm and park, each done when the board says that they are there. */
import type { LoomDriver } from '../board/driver';
import { LoomError } from '../errors';

/** A stop or a reset came while the heddles moved to rest. */
export class NotAtRest extends LoomError {
  constructor(why: string) {
    super('failed', `The heddles did not come to rest: ${why}`);
    this.name = 'NotAtRest';
  }
}

/** The place that the board is told with ARM; step 0 for a new weave. */
export interface ArmPlace {
  readonly weave: number;
  readonly step: number;
  readonly rowCrc: number;
}

export async function armAndRest(driver: LoomDriver, place: ArmPlace): Promise<void> {
  const rested = atRest(driver);
  await Promise.all([driver.arm(place), rested]);
}

/** From any state: heddles to rest, outputs off. A board in `fault` or `idle` is at rest already. */
export async function parkAndRest(driver: LoomDriver, place: ArmPlace): Promise<void> {
  const { state } = await driver.askPlace();
  if (state === 'released') await armAndRest(driver, place);
  else if (state !== 'armed' && state !== 'weaving' && state !== 'held') return;
  await Promise.all([driver.park(), atRest(driver)]);
}

/** Resolves with the next `rest`; rejects when the board stops, is reset or goes away instead. */
function atRest(driver: LoomDriver): Promise<void> {
  return new Promise((resolve, reject) => {
    const rest = () => settled(resolve);
    const state = (now: string, fault: string) => now === 'fault' && broken(`the board stopped (${fault})`);
    const broken = (why: string) => settled(() => reject(new NotAtRest(why)));
    const settled = (then: () => void) => {
      driver.off('rest', rest).off('state', state).off('reset', broken).off('lost', broken);
      then();
    };
    driver.on('rest', rest).on('state', state).on('reset', broken).on('lost', broken);
  });
}
