/** How much of each yarn a cloth takes: metres of weft and warp, and grams where the profile gives the yarn's tex. */
import type { Cloth } from './cloth';
import type { LoomProfile, Yarn } from './profile';

/** A thread goes over and under: a tenth more than the cloth is wide, or long. */
const takeUp = 1.1;

export interface YarnUse {
  readonly yarn: string;
  /** sRGB */
  readonly colour: string;
  readonly weftMetres: number;
  /** with what cannot be woven */
  readonly warpMetres: number;
  /** null when the profile gives no tex for it */
  readonly grams: number | null;
}

/** Metres of the yarn of that index that are thrown. */
export function weftMetres({ weft, lifts, sett }: Pick<Cloth, 'weft' | 'lifts' | 'sett'>, yarn: number): number {
  const picks = weft.reduce((sum, one) => sum + (one === yarn ? 1 : 0), 0);
  return (picks * (lifts.ends / sett) * takeUp) / 100;
}

/** One for each yarn that is used, in the cloth's order. tex is grams a kilometre (ISO 1144). */
export function yarnUse(cloth: Cloth, profile: LoomProfile): YarnUse[] {
  const { warp, lifts, picksPerCm, yarns } = cloth;
  const endMetres = (lifts.picks / picksPerCm / 100) * takeUp + (profile.loomWaste ?? 0);
  return yarns.flatMap(({ name, colour }, index) => {
    const weft = weftMetres(cloth, index);
    const ends = warp.reduce((sum, yarn) => sum + (yarn === index ? 1 : 0), 0);
    const warpMetres = ends * endMetres;
    if (weft + warpMetres === 0) return [];
    return [
      { yarn: name, colour, weftMetres: weft, warpMetres, grams: grams(profile, name, colour, weft, warpMetres) },
    ];
  });
}

function grams(profile: LoomProfile, name: string, colour: string, weft: number, warp: number): number | null {
  const same = (yarn: Yarn): boolean => yarn.name === name && yarn.colour === colour;
  const thrown = profile.wefts.find(same)?.tex;
  const onTheLoom = profile.warps
    .flatMap(({ stripes, guideYarn }) => [...stripes.map(({ yarn }) => yarn), ...(guideYarn ? [guideYarn] : [])])
    .find(same)?.tex;
  if ((weft > 0 && thrown === undefined) || (warp > 0 && onTheLoom === undefined)) return null;
  return (weft * (thrown ?? 0) + warp * (onTheLoom ?? 0)) / 1000;
}

/** Grams of the whole cloth; null when a yarn's weight is not known. */
export function clothGrams(cloth: Cloth, profile: LoomProfile): number | null {
  return yarnUse(cloth, profile).reduce<number | null>(
    (sum, one) => (sum === null || one.grams === null ? null : sum + one.grams),
    0,
  );
}
