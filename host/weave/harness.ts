/** Brings the heddles to rest, and the loom to where a shed can open; each is done when the board says that it is. */
import type { LoomDriver, Place } from '../board/driver';
import { LoomError } from '../errors';

/** A stop or a reset came while the heddles moved to rest; the board tells it by an event of its own as well. */
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

/**
 * Takes the loom from any state to where the weave can go on. A hand's word stands behind every call.
 * @returns `going`: it was only held, and nothing moved. `armed`: the heddles are at rest, and the shed of the place has to be opened.
 * @param stopSeen the hand was shown that the loom is stopped: only then a stop is cleared, for one may have come since
 * @throws Refused estop or hands, when a person has something to do first; NotAtRest, when the loom was stopped unseen
 */
export async function makeReady(driver: LoomDriver, place: ArmPlace, stopSeen: boolean): Promise<'going' | 'armed'> {
  const now = await driver.askPlace();
  if (now.state === 'fault' && !stopSeen) throw new NotAtRest('it was stopped before they moved.');
  if ((now.state === 'held' || now.state === 'weaving') && same(now, place)) {
    if (now.state === 'held') await driver.resume();
    return 'going';
  }
  // Another weave's shed, or an arming that nobody saw the end of: it is put away first.
  if (['armed', 'weaving', 'held'].includes(now.state)) await parkAndRest(driver, place);
  if (now.state === 'fault') await driver.clear();
  await armAndRest(driver, place);
  return 'armed';
}

/** From any state: heddles to rest, outputs off. A board in `fault` or `idle` is at rest already. */
export async function parkAndRest(driver: LoomDriver, place: ArmPlace): Promise<void> {
  const { state } = await driver.askPlace();
  if (state === 'released') await armAndRest(driver, place);
  else if (state !== 'armed' && state !== 'weaving' && state !== 'held') return;
  await atRest(driver, 'idle', () => driver.park());
}

/** From `idle` or `released`: heddles to rest, outputs on. @throws Refused, NotAtRest */
export async function armAndRest(driver: LoomDriver, place: ArmPlace): Promise<void> {
  await atRest(driver, 'armed', () => driver.arm(place));
}

function same(board: Place, { weave, step, rowCrc }: ArmPlace): boolean {
  return board.weave === weave && board.step === step && board.rowCrc === rowCrc;
}

/** Resolves with the `rest` that follows `act`, in that state; rejects when the board stops, is reset or goes away instead. */
async function atRest(driver: LoomDriver, at: 'armed' | 'idle', act: () => Promise<void>): Promise<void> {
  let deaf = () => {};
  const rested = new Promise<void>((resolve, reject) => {
    const rest = () => driver.place().state === at && resolve();
    const state = (now: string, fault: string) => now === 'fault' && broken(`the board stopped (${fault})`);
    const broken = (why: string) => reject(new NotAtRest(why));
    driver.on('rest', rest).on('state', state).on('reset', broken).on('lost', broken);
    deaf = () => driver.off('rest', rest).off('state', state).off('reset', broken).off('lost', broken);
  });
  await Promise.all([rested, act()]).finally(deaf);
}
