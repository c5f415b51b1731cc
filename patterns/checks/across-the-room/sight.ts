/** What the far eye sees at the middle of each record, and how much of that is the record itself, its neighbours, and the rest. */
import { blurAcross, type Crossings, reach, share } from './eye';

/** Picks that show one thing, index `from` to `to` (exclusive), and the dividers up to `until`, in the same weft. */
export interface Strip {
  readonly from: number;
  readonly to: number;
  readonly until: number;
}

export interface Sight {
  /** linear light, red, green and blue of each end, blurred both ways */
  readonly seen: Float32Array;
  /** the part of it that is neither a record nor its dividers; null when there is none */
  readonly rest: Float32Array | null;
  /** strips (by index) that are seen here, with the shares of their own picks and of their dividers */
  readonly strips: readonly { readonly strip: number; body: number; dividers: number }[];
}

export function sightsOf(crossings: Crossings, strips: readonly Strip[]): Sight[] {
  const owner = new Int32Array(crossings.picks).fill(-1);
  strips.forEach(({ from, until }, strip) => {
    owner.fill(strip, from, until);
  });
  const length = 3 * crossings.ends;
  const row = new Float32Array(length);
  const sights = strips.map(({ from, to }) => {
    const centre = (from + to - 1) / 2;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(crossings.picks - 1, Math.floor(centre + reach));
    let sum = 0;
    for (let pick = first; pick <= last; pick++) sum += share(pick - centre);
    const near = new Map<number, { strip: number; body: number; dividers: number }>();
    const sight = { seen: new Float32Array(length), rest: null as Float32Array | null, near };
    return { ...sight, centre, first, last, sum };
  });
  let begin = 0;
  for (let pick = 0; pick < crossings.picks; pick++) {
    while (begin < sights.length && sights[begin].last < pick) begin++;
    if (begin === sights.length) break;
    if (sights[begin].first > pick) continue;
    crossings.row(pick, row);
    for (let i = begin; i < sights.length && sights[i].first <= pick; i++) {
      const sight = sights[i];
      const weight = share(pick - sight.centre) / sight.sum;
      add(sight.seen, row, weight);
      const strip = owner[pick];
      if (strip < 0) {
        sight.rest ??= new Float32Array(length);
        add(sight.rest, row, weight);
        continue;
      }
      const near = sight.near.get(strip) ?? { strip, body: 0, dividers: 0 };
      sight.near.set(strip, near);
      if (pick < strips[strip].to) near.body += weight;
      else near.dividers += weight;
    }
  }
  return sights.map(({ seen, rest, near }) => ({
    seen: blurAcross(seen),
    rest: rest && blurAcross(rest),
    strips: [...near.values()],
  }));
}

/** Adds so many times one row to another. */
export function add(to: Float32Array, row: Float32Array, weight: number): void {
  for (let i = 0; i < to.length; i++) to[i] += weight * row[i];
}
