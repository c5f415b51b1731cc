/** A cloth as a draft that weavers' programs read: ends that rise together on one shaft, a lift plan, the yarns as colours. */
import { BitRows } from '../bit-rows';
import type { Cloth } from '../cloth';
import type { Draft } from './wif-write';

export type Drafted = Pick<Cloth, 'lifts' | 'yarns' | 'warp' | 'weft' | 'sett' | 'picksPerCm'> & {
  readonly title?: string;
  readonly remarks?: readonly string[];
};

/**
 * @param of shaft index of each end, as the loom is threaded; without it, or where ends of one shaft are lifted apart or
 * an end is on none (−1), the ends that rise in the same picks share a shaft, in the order in which they come
 */
export function draftOf({ lifts, yarns, title = '', remarks = [], ...cloth }: Drafted, of?: readonly number[]): Draft {
  const shafts = of && weaves(lifts, of) ? of : shaftsOf(lifts);
  const count = shafts.reduce((most, shaft) => Math.max(most, shaft + 1), 0);
  const threading = new BitRows(count, lifts.ends);
  const liftPlan = new BitRows(count, lifts.picks);
  shafts.forEach((shaft, end) => {
    threading.set(end, shaft, true);
    for (let pick = 0; pick < lifts.picks; pick++) if (lifts.get(pick, end)) liftPlan.set(pick, shaft, true);
  });
  return {
    title,
    remarks,
    shed: 'rising',
    threading,
    treadling: null,
    liftPlan,
    palette: yarns.map(({ colour }) => colour.toLowerCase()),
    warp: Uint16Array.from(cloth.warp),
    weft: Uint16Array.from(cloth.weft),
    sett: cloth.sett,
    picksPerCm: cloth.picksPerCm,
    privateSections: [],
  };
}

/** Are all ends of each shaft lifted in the same picks, and none hanging free? */
function weaves(lifts: BitRows, of: readonly number[]): boolean {
  const first = new Map<number, number>();
  return of.every((shaft, end) => {
    const other = first.get(shaft) ?? end;
    first.set(shaft, other);
    return shaft >= 0 && (other === end || same(lifts, end, other));
  });
}

function shaftsOf(lifts: BitRows): number[] {
  const known = new Map<string, number>();
  return Array.from({ length: lifts.ends }, (_, end) => {
    let column = '';
    for (let pick = 0; pick < lifts.picks; pick++) column += lifts.get(pick, end) ? '1' : '0';
    const shaft = known.get(column) ?? known.size;
    known.set(column, shaft);
    return shaft;
  });
}

function same(lifts: BitRows, end: number, other: number): boolean {
  for (let pick = 0; pick < lifts.picks; pick++) if (lifts.get(pick, end) !== lifts.get(pick, other)) return false;
  return true;
}
