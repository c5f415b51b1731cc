/** How a weave is taken up: fresh or unfinished, with the board asked first. */
import { randomInt } from 'node:crypto';
import type { Cloth } from '../../patterns/cloth';
import { harnessOf, tornApart } from '../../patterns/harness';
import type { LoomProfile } from '../../patterns/profile';
import { resetCauses } from '../../protocol/wire.table';
import type { BoardFacts, LoomDriver } from '../board/driver';
import { LoomError } from '../errors';
import type { Direction } from './entries';
import type { Journal } from './journal';
import { agree, type JournalPlace, type Shed } from './place';
import type { AskPlace } from './question';
import type { WeaveStore } from './store';

/** Where a weave starts or goes on. */
export interface Beginning {
  readonly cloth: Cloth;
  /** what the board keeps with the place, 1–65535 */
  readonly tag: number;
  readonly direction: Direction;
  readonly masked: readonly number[];
  /** null for a new weave; else what the journal says, before the board was asked */
  readonly journalled: JournalPlace | null;
}

/** Is there a weave that a person may want to go on with? One that never told a row has nothing to lose. */
export function unfinished(place: JournalPlace | null): place is JournalPlace {
  return place !== null && !place.finished && (place.open !== null || place.told !== null);
}

/** Archives what is there and writes a new weave's first line. */
export async function beginFresh(store: WeaveStore, cloth: Cloth): Promise<Beginning> {
  await store.archive();
  const clothSha256 = await store.keepCloth(cloth);
  const tag = randomInt(1, 0x10000);
  const { dataset, title } = cloth.provenance;
  const { profile } = cloth;
  await store.journal.append({
    what: 'begin',
    weave: tag,
    dataset,
    title,
    profile,
    picks: cloth.lifts.picks,
    clothSha256,
  });
  return { cloth, tag, direction: 'forward', masked: [], journalled: null };
}

/** Goes on with the cloth that was stored at the start, never with a new encoding. */
export async function beginAgain(store: WeaveStore, place: JournalPlace): Promise<Beginning> {
  const cloth = await store.keptCloth(place);
  return { cloth, tag: place.weave, direction: place.direction, masked: place.masked, journalled: place };
}

/** What is known before the board is asked. */
export type Known = Pick<JournalPlace, 'weave' | 'open' | 'told'>;

/**
 * The shed that was open last, null before the first: from journal and board together, else from a person.
 * What is learned is on disk when this resolves.
 */
export async function findPlace(
  known: Known,
  facts: BoardFacts,
  { cloth, driver, journal, ask }: { cloth: Cloth; driver: LoomDriver; journal: Journal; ask: AskPlace },
): Promise<Shed | null> {
  const agreement = agree(known, facts.place);
  const learn = (shed: Shed, how: { by: 'asked' | 'answer'; threadIn?: boolean }) =>
    driver.clock.during(journal.append({ what: 'open', ...shed, ...how }));
  if (agreement.kind === 'known') {
    if (agreement.learned && agreement.open) await learn(agreement.open, { by: 'asked' });
    return agreement.open;
  }
  const why = `The board cannot say which row was open last (${resetCauses[facts.reset as keyof typeof resetCauses]?.doc ?? facts.reset}).`;
  const { shed, threadIn } = await ask({ why, candidates: agreement.candidates, cloth });
  await learn(shed, { by: 'answer', threadIn });
  return shed;
}

/**
 * Board, profile and cloth must be of one loom.
 * @throws LoomError configuration
 */
export function checkFits(facts: BoardFacts, loom: LoomProfile, { lifts }: Cloth): void {
  const { outputs, heddles, leds } = loom.board;
  if (lifts.ends !== loom.ends)
    throw new LoomError(
      'configuration',
      `The cloth of this weave has ${lifts.ends} ends, and the profile ${loom.name} has ${loom.ends}. Use the profile that it began with (--profile), or start anew with --fresh.`,
    );
  const [torn] = tornApart(harnessOf(loom), lifts);
  if (torn)
    throw new LoomError(
      'configuration',
      `Pick ${torn.pick} of the cloth wants ends ${torn.ends.join(' and ')} apart, and the profile ${loom.name} moves both with ${loom.lifting?.by === 'shafts' ? 'shaft' : 'heddle'} ${torn.actuator}. Use the profile that the cloth was made for (--profile).`,
    );
  // A board without our firmware has no strip, and says so in its limits.
  const lights = facts.leds === leds || facts.limits !== undefined;
  if (facts.heddles === heddles && facts.outputs === outputs && lights) return;
  throw new LoomError(
    'configuration',
    `The board has ${facts.heddles} heddles on ${facts.outputs} and ${facts.leds} LEDs; the profile ${loom.name} has ${heddles} on ${outputs} and ${leds}. Use the profile of this loom (--profile). A board that took the place of another one gets its settings with loom settings restore; they can be changed with loom settings import.`,
  );
}
