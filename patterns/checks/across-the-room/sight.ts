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

/** @param strips in the order in which they lie in the cloth */
export function sightsOf(crossings: Crossings, strips: readonly Strip[]): Sight[] {
  const owner = new Int32Array(crossings.picks).fill(-1);
  strips.forEach(({ from, until }, strip) => {
    owner.fill(strip, from, until);
  });
  const length = 3 * crossings.ends;
  // The rows that one sight reaches, each in its place until the row that is as many picks on takes it.
  const rows = Array.from({ length: 2 * reach + 1 }, () => new Float32Array(length));
  let made = -1;
  return strips.map(({ from, to }) => {
    const centre = (from + to - 1) / 2;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(crossings.picks - 1, Math.floor(centre + reach));
    for (made = Math.max(made, first - 1); made < last; ) crossings.row(++made, rows[made % rows.length]);
    let sum = 0;
    for (let pick = first; pick <= last; pick++) sum += share(pick - centre);
    const seen: Weighted[] = [];
    const rest: Weighted[] = [];
    const near = new Map<number, { strip: number; body: number; dividers: number }>();
    for (let pick = first; pick <= last; pick++) {
      const weighted = { row: rows[pick % rows.length], weight: share(pick - centre) / sum };
      seen.push(weighted);
      const strip = owner[pick];
      if (strip < 0) {
        rest.push(weighted);
        continue;
      }
      const part = near.get(strip) ?? { strip, body: 0, dividers: 0 };
      near.set(strip, part);
      if (pick < strips[strip].to) part.body += weighted.weight;
      else part.dividers += weighted.weight;
    }
    return {
      seen: blurAcross(sumOf(seen, length)),
      rest: rest.length > 0 ? blurAcross(sumOf(rest, length)) : null,
      strips: [...near.values()],
    };
  });
}

interface Weighted {
  readonly row: Float32Array;
  readonly weight: number;
}

/** Rows, each so many times; three in one go, because most of the time goes into fetching and storing. */
function sumOf(rows: readonly Weighted[], length: number): Float32Array {
  const sum = new Float32Array(length);
  const none = { row: sum, weight: 0 };
  for (let at = 0; at < rows.length; at += 3) {
    const [{ row: a, weight: x }, { row: b, weight: y } = none, { row: c, weight: z } = none] = rows.slice(at, at + 3);
    for (let i = 0; i < length; i++) sum[i] += x * a[i] + y * b[i] + z * c[i];
  }
  return sum;
}

/** Adds so many times one row to another. */
export function add(to: Float32Array, row: Float32Array, weight: number): void {
  for (let i = 0; i < to.length; i++) to[i] += weight * row[i];
}
