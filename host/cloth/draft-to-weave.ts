/** A weaver's draft that is to be woven on a loom: what does not fit is refused, what a weaver may want so is reported. */
import { basename } from 'node:path';
import { checkEdges, checkFloats, checkOneCloth, type Finding } from '../../patterns/checks';
import type { Cloth } from '../../patterns/cloth';
import { harnessOf, tornApart } from '../../patterns/harness';
import { type Mended, mend } from '../../patterns/mend';
import { timeOf } from '../../patterns/plan';
import { type LoomProfile, weavableCm } from '../../patterns/profile';
import { LoomError } from '../errors';
import { readDraft } from '../formats/read-draft';
import { draftAsCloth } from './source';

export interface DraftToWeave {
  readonly cloth: Cloth;
  /** sentences with their place, for the person at the loom, before the first pick */
  readonly reported: readonly string[];
}

/** Picks that the wire and the journal count. */
const mostPicks = 65535;

/**
 * Colours are the draft's own: whether such yarn is at hand, the weaver knows.
 * @param mends turns crossings over until no float is longer than the loom's limit
 * @throws LoomError dataset when it cannot be read, or does not fit, with what to do
 */
export function draftToWeave(file: string, loom: LoomProfile, mends: boolean): DraftToWeave {
  const draft = readDraft(file);
  const mended = mends ? mendFloats(draft.lifts, loom.floatLimit, file) : null;
  const lifts = mended?.drawdown ?? draft.lifts;
  const cloth = draftAsCloth(file, { ...draft, lifts }, loom);
  const why = misfit(cloth, loom, mended !== null);
  if (why) throw new LoomError('dataset', `${basename(file)} cannot be woven on ${loom.name}: ${why}`);
  const reported = [...mendWords(mended), ...findings(cloth, loom).map(words), ...colourWords(cloth, loom)];
  return { cloth: { ...cloth, notes: [...cloth.notes, ...reported] }, reported };
}

/** @throws LoomError dataset when there is too much to mend */
export function mendFloats(lifts: Cloth['lifts'], limit: number, file: string): Mended {
  try {
    return mend(lifts, limit);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LoomError('dataset', `${basename(file)} cannot be mended: ${error.message}`, { cause: error });
  }
}

/** What was turned over, crossing by crossing. */
export function mendWords(mended: Mended | null): string[] {
  if (!mended) return [];
  const { changes, fewest } = mended;
  if (changes.length === 0) return ['Mended: nothing; no float is too long.'];
  const proof = fewest ? 'no fewer would do' : 'no fewer were found';
  return [
    `Mended: ${changes.length} ${changes.length === 1 ? 'crossing' : 'crossings'} turned over; ${proof}.`,
    ...changes.map(({ pick, end, up }) => `Mended: end ${end} is ${up ? 'up' : 'down'} in pick ${pick} now.`),
  ];
}

/** Why the loom cannot weave it, and what to do; null when it can. */
function misfit(cloth: Cloth, loom: LoomProfile, mended: boolean): string | null {
  const { ends, picks } = cloth.lifts;
  if (ends !== loom.ends)
    return `it has ${ends} ends and the loom ${loom.ends}. Repeat or cut the draft to ${loom.ends} ends in your weaving program, or name a loom of ${ends} ends with --profile.`;
  if (picks > mostPicks) return `it has ${picks} picks; ${mostPicks} are the most. Cut it in two.`;
  const [torn] = tornApart(harnessOf(loom), cloth.lifts);
  if (torn) {
    const what = loom.lifting?.by === 'shafts' ? 'shaft' : 'heddle';
    const more = mended ? ' Mend it in your weaving program instead of --mend.' : '';
    return `pick ${torn.pick} wants ends ${torn.ends.join(' and ')} apart, and ${what} ${torn.actuator} moves both. Thread the draft as the loom is, or name another loom with --profile.${more}`;
  }
  const { cm, shuttles } = timeOf(cloth);
  if (cm > weavableCm(loom))
    return `it is ${Math.ceil(cm)} cm long and the warp has ${weavableCm(loom)} cm left. Weave fewer picks of it, or put on a longer warp.`;
  if (shuttles > loom.shuttles)
    return `${shuttles} shuttles are in use at once and the loom's budget is ${loom.shuttles}. Use fewer weft colours, or change the budget in the profile.`;
  return null;
}

function findings({ lifts, weft }: Cloth, loom: LoomProfile): Finding[] {
  const free = harnessOf(loom).of.flatMap((actuator, end) => (actuator < 0 ? [end] : []));
  return [
    ...checkFloats(lifts, loom.floatLimit),
    ...checkOneCloth(lifts, { leftOut: free }),
    ...checkEdges(lifts, weft),
  ];
}

function words({ check, sentence }: Finding): string {
  return check === 1 ? `${sentence} --mend would tie it down.` : sentence;
}

function colourWords({ warp, yarns }: Cloth, loom: LoomProfile): string[] {
  const onLoom = new Set(loom.warps.flatMap(({ stripes }) => stripes.map(({ yarn }) => yarn.colour.toLowerCase())));
  const others = [...new Set(warp)].map((yarn) => yarns[yarn].colour).filter((colour) => !onLoom.has(colour));
  return others.length === 0
    ? []
    : [`The draft's warp is ${others.join(', ')}; the warp on the loom has other colours, and so will the cloth.`];
}
