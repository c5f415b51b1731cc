/** A satin cloth made by rule, with bars in several wefts: enough to draw before, and beside, cloths of real data. */
import { BitRows } from '../../patterns/bit-rows';
import type { ClothLook } from '../../patterns/render';

const yarns = ['#e8e2d3', '#8b8375', '#5f8f4b', '#d29a2e', '#b5502e', '#7a2242', '#3c1c36'].map((colour) => ({
  colour,
}));

/** Bars on 5-end satin, 40 ends of which every fifth is grey; warp-faced rows between the bars. */
export function satinCloth(picks: number, ends = 40): ClothLook {
  const lifts = new BitRows(ends, picks);
  const weft = new Uint8Array(picks);
  for (let pick = 0; pick < picks; pick++) {
    const record = Math.floor(pick / 7);
    const bar = pick % 7 < 5 ? 12 + ((record * 7) % (ends - 14)) : 0;
    weft[pick] = 2 + (Math.floor(record / 4) % 5);
    for (let end = 0; end < ends; end++) {
      const rank = (end + 3 * pick) % 5;
      lifts.set(pick, end, end < 2 || end >= ends - 2 ? (end + pick) % 2 === 0 : end < bar ? rank === 0 : rank !== 4);
    }
  }
  const warp = Uint8Array.from({ length: ends }, (_, end) => (end % 5 === 4 ? 1 : 0));
  return { lifts, yarns, warp, weft, sett: 8, picksPerCm: 8 };
}

/** Plain weave in two yarns. */
export function plainCloth(ends: number, picks: number, warp: string, weft: string): ClothLook {
  const lifts = new BitRows(ends, picks);
  for (let pick = 0; pick < picks; pick++)
    for (let end = 0; end < ends; end++) lifts.set(pick, end, (pick + end) % 2 === 0);
  return {
    lifts,
    yarns: [{ colour: warp }, { colour: weft }],
    warp: new Uint8Array(ends),
    weft: new Uint8Array(picks).fill(1),
    sett: 8,
    picksPerCm: 8,
  };
}
