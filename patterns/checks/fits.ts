/** Check 5: the cloth fits the loom: heddles, the warp that is on it, its length, yarns at hand, shuttles, colours. */
import type { Cloth } from '../cloth';
import type { BinKey, LaneKey } from '../encodings/key';
import { harnessOf, tornApart } from '../harness';
import { timeOf } from '../plan';
import { type LoomProfile, weavableCm, type Yarn } from '../profile';
import { weftMetres } from '../yarn-use';
import { areaYarns, lookAlikes, warpYarns } from '../yarns';
import { type Finding, mostFindings } from './finding';

export function checkFits(cloth: Cloth, profile: LoomProfile): Finding[] {
  const said = (sentence: string): Finding => ({ check: 5, sentence });
  return [
    ...ends(cloth, profile).map(said),
    ...torn(cloth, profile),
    ...lengths(cloth, profile).map(said),
    ...colours(cloth).map(said),
  ];
}

function ends({ lifts, warp, yarns }: Cloth, profile: LoomProfile): string[] {
  if (lifts.ends !== profile.ends) return [`The cloth has ${lifts.ends} ends and the loom ${profile.ends}.`];
  const { heddles } = profile.board;
  const { of, by } = harnessOf(profile);
  const needed = of.reduce((most, actuator) => Math.max(most, actuator + 1), 0);
  if (needed > heddles)
    return by === 'shafts'
      ? [`The threading needs ${needed} shafts and the board has ${heddles}.`]
      : [`${profile.ends} ends need as many heddles and the board has ${heddles}.`];
  const onLoom = profile.warps.some((design) =>
    warpYarns(design, profile.ends).every(({ colour }, end) => yarns[warp[end]]?.colour === colour),
  );
  return onLoom ? [] : ["The cloth's warp is none of the loom's warps."];
}

/** Picks that want two ends of one heddle or shaft apart. */
function torn({ lifts }: Cloth, profile: LoomProfile): Finding[] {
  if (lifts.ends !== profile.ends) return [];
  const what = profile.lifting?.by === 'shafts' ? 'shaft' : 'heddle';
  return tornApart(harnessOf(profile), lifts)
    .slice(0, mostFindings)
    .map(({ pick, ends: [one, other], actuator }) => ({
      check: 5,
      pick,
      end: other,
      sentence: `Pick ${pick} wants ends ${one} and ${other} apart, and ${what} ${actuator} moves both.`,
    }));
}

function lengths(cloth: Cloth, profile: LoomProfile): string[] {
  const found: string[] = [];
  const { cm, shuttles } = timeOf(cloth);
  if (cm > weavableCm(profile))
    found.push(`The cloth is ${Math.ceil(cm)} cm long and the warp has ${weavableCm(profile)} cm left.`);
  if (shuttles > profile.shuttles)
    found.push(`${shuttles} shuttles are in use at once and the loom's budget is ${profile.shuttles}.`);
  for (const [index, { name, colour }] of cloth.yarns.entries()) {
    const metres = weftMetres(cloth, index);
    if (metres === 0) continue;
    const atHand = profile.wefts.find((weft) => weft.name === name && weft.colour === colour);
    if (!atHand) found.push(`The weft ${name} ${colour} is not at hand.`);
    else if (atHand.metres !== undefined && metres > atHand.metres)
      found.push(`The cloth needs ${Math.ceil(metres)} m of ${name} and ${atHand.metres} m are at hand.`);
  }
  return found;
}

/** Thresholds and colour visions are those of patterns/colour.ts. */
function colours({ key, yarns, warp, weft }: Cloth): string[] {
  const used = [...new Set(weft)].map((yarn) => yarns[yarn]);
  const areas = areaYarns(Array.from(warp, (yarn) => yarns[yarn]));
  return lookAlikes(used, areas, meaningful(key, yarns));
}

/** Yarns that mean something by their colour: bins, and lanes beside each other. */
function meaningful(key: Cloth['key'], yarns: readonly Yarn[]): Yarn[] {
  const by = key.by as { bins: readonly BinKey[] } | null | undefined;
  const bins = (key.bins ?? by?.bins ?? key.lanes ?? []) as readonly (BinKey | LaneKey)[];
  return bins.map(({ colour }) => yarns.find((yarn) => yarn.colour === colour) ?? { name: colour, colour });
}
