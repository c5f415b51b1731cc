/** Which yarns of a loom a cloth takes: its bins, the yarn that stands out most, and whether all can be told apart. */
import { type Refusal, refuse } from './choice';
import { contrast, leastBetweenBins, leastToWarp } from './colour';
import type { LoomProfile, WarpDesign, Yarn } from './profile';

/** Yarn of each end, by index. @throws RangeError when an end has none */
export function warpYarns(warp: WarpDesign, ends: number): Yarn[] {
  const yarns: Yarn[] = [];
  for (const { from, to, yarn } of warp.stripes) for (let end = from; end <= to; end++) yarns[end - 1] = yarn;
  if (warp.guideYarn) for (const end of warp.guides) yarns[end - 1] = warp.guideYarn;
  for (let end = 0; end < ends; end++)
    if (!yarns[end]) throw new RangeError(`the warp "${warp.name}" has no yarn for end ${end + 1}`);
  return yarns.slice(0, ends);
}

/** Wefts for so many bins, lowest bin first, spread over the loom's palette. */
export function binYarns(profile: LoomProfile, bins: number): Yarn[] | Refusal {
  const names = profile.palette ?? profile.wefts.map(({ name }) => name);
  if (bins > names.length)
    return refuse(
      `${bins} bins need ${bins} weft yarns and this loom has ${names.length} for bins.`,
      `Use at most ${names.length} bins.`,
    );
  const yarns: Yarn[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const name = names[bins === 1 ? names.length - 1 : Math.round((bin * (names.length - 1)) / (bins - 1))];
    const yarn = profile.wefts.find((weft) => weft.name === name);
    if (!yarn)
      return refuse(`The palette names "${name}", which is no weft yarn of this loom.`, 'Correct the loom profile.');
    yarns.push(yarn);
  }
  return yarns;
}

/** The weft that differs most from all of these yarns, not counting those left out. */
export function standingOut(profile: LoomProfile, from: readonly Yarn[], leftOut: readonly Yarn[] = []): Yarn {
  const least = (yarn: Yarn): number => Math.min(...from.map(({ colour }) => contrast(yarn.colour, colour).distance));
  const free = profile.wefts.filter(({ name }) => !leftOut.some((yarn) => yarn.name === name));
  return (free.length > 0 ? free : [...profile.wefts]).reduce((best, yarn) =>
    least(yarn) > least(best) ? yarn : best,
  );
}

/** Yarns of the warp that make an area: single ends between others are guides, too thin to hide a weft. */
export function areaYarns(yarns: readonly Yarn[]): Yarn[] {
  return [...new Set(yarns.filter((yarn, end) => yarns[end - 1] === yarn || yarns[end + 1] === yarn))];
}

/** Sentences about yarns that cannot be told apart; none when all can. */
export function lookAlikes(wefts: readonly Yarn[], warp: readonly Yarn[], bins: readonly Yarn[]): string[] {
  const found: string[] = [];
  const say = (a: Yarn, b: Yarn, least: number, as: string): void => {
    const { distance, vision } = contrast(a.colour, b.colour);
    if (distance < least)
      found.push(
        `${a.name} and ${b.name} ${as} look alike in ${vision}: ${distance.toFixed(2)} apart, ${least.toFixed(2)} needed.`,
      );
  };
  for (const weft of wefts) for (const end of warp) say(weft, end, leastToWarp, 'as weft and warp');
  bins.forEach((bin, i) => {
    for (const other of bins.slice(i + 1)) say(bin, other, leastBetweenBins, 'as two bins');
  });
  return found;
}
