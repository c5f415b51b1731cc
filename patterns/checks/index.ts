/** All the checks of a cloth, in their order; a cloth may be woven when there is no finding. */
import type { Cloth } from '../cloth';
import type { Said } from '../encodings/said';
import { harnessOf } from '../harness';
import type { LoomProfile } from '../profile';
import { checkEdges } from './edges';
import type { Finding } from './finding';
import { checkFits } from './fits';
import { checkFloats } from './floats';
import { checkOneCloth } from './one-cloth';
import { checkReadsBack } from './reads-back';
import { checkReadsFar } from './reads-far';

export type { Finding } from './finding';
export { checkEdges, checkFits, checkFloats, checkOneCloth, checkReadsBack, checkReadsFar };

/** A cloth with a fault is not woven; one that is hard to read from across the room is, and its notes say so. */
export const isFault = ({ check }: Finding): boolean => check !== 6;

/** @param said what the records should say (`binned`), when the data are at hand */
export function checkCloth(cloth: Cloth, profile: LoomProfile, said?: readonly Said[]): Finding[] {
  return [
    ...checkFloats(cloth.lifts, profile.floatLimit),
    ...checkOneCloth(cloth.lifts, { leftOut: freeEnds(profile) }),
    ...checkEdges(cloth.lifts, cloth.weft),
    ...checkReadsBack(cloth, cloth.key, said),
    ...checkFits(cloth, profile),
    ...checkReadsFar(cloth),
  ];
}

/** Floating selvedges: ends that nothing lifts; the hand passes the shuttle round them. */
function freeEnds(profile: LoomProfile): number[] {
  return harnessOf(profile).of.flatMap((actuator, end) => (actuator < 0 ? [end] : []));
}
