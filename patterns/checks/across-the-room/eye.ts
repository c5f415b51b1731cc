/** A far eye: rows of the cloth's picture blurred by 1.5 threads, one pixel a thread, in linear light. */
import { farColour } from '../../render/atlas';
import { bytesOf, linearOf } from '../../render/colour';
import type { ClothLook, Picture } from '../../render/look';

/** Standard deviation of the blur, in threads, along the picks and along the ends. */
export const blur = 1.5;
/** Threads that the blur reaches to each side: beyond is less than a hundredth. */
export const reach = 4;

/** The share that a thread so far away has in what is seen, before it is divided by their sum. */
export const share = (threads: number): number => Math.exp(-(threads * threads) / (2 * blur * blur));

/** Where colours of single crossings come from. */
export interface Crossings {
  readonly ends: number;
  readonly picks: number;
  /** writes the colours of a pick (index): red, green, blue of each end, linear light 0–1 */
  row(pick: number, into: Float32Array): void;
}

/** The crossings as the renderer shades them; each kind is shaded once. */
export function crossingsOf({ lifts, yarns, warp, weft }: Omit<ClothLook, 'sett' | 'picksPerCm'>): Crossings {
  const { ends, picks, stride, words } = lifts;
  const bytes = yarns.map(({ colour }) => bytesOf(colour));
  const known = new Float32Array(yarns.length * yarns.length * 8 * 3).fill(Number.NaN);
  const learn = (top: number, under: number, kind: number, at: number): void => {
    known.set(farColour(bytes[top], bytes[under], (kind & 4) !== 0, (kind & 2) !== 0, (kind & 1) !== 0), at);
  };
  /** The thread on top goes on being on top: of the warp in the pick below and above, of the weft at the ends beside. */
  const row = (pick: number, into: Float32Array): void => {
    const yarn = weft[pick];
    for (let end = 0, out = 0; end < ends; end++, out += 3) {
      const at = pick * stride + (end >>> 5);
      const bit = end & 31;
      const up = (words[at] >>> bit) & 1;
      let kind: number;
      if (up === 1) {
        const before = pick === 0 ? 1 : (words[at - stride] >>> bit) & 1;
        const after = pick + 1 === picks ? 1 : (words[at + stride] >>> bit) & 1;
        kind = 4 | (before << 1) | after;
      } else {
        const before = end > 0 && ((words[at - (bit === 0 ? 1 : 0)] >>> ((end - 1) & 31)) & 1) === 0;
        const after = end + 1 < ends && ((words[at + (bit === 31 ? 1 : 0)] >>> ((end + 1) & 31)) & 1) === 0;
        kind = (before ? 2 : 0) | (after ? 1 : 0);
      }
      const top = up === 1 ? warp[end] : yarn;
      const under = up === 1 ? yarn : warp[end];
      const of = ((top * yarns.length + under) * 8 + kind) * 3;
      if (Number.isNaN(known[of])) learn(top, under, kind, of);
      into[out] = known[of];
      into[out + 1] = known[of + 1];
      into[out + 2] = known[of + 2];
    }
  };
  return { ends, picks, row };
}

/** The crossings of a picture whose threads are a whole number of pixels wide and high, top row the last pick. */
export function crossingsIn({ width, height, rgba }: Picture, ends: number, picks: number): Crossings {
  const [across, up] = [width / ends, height / picks];
  if (!Number.isInteger(across) || !Number.isInteger(up))
    throw new RangeError(`${width} × ${height} pixels are no whole pixels a thread for ${ends} ends × ${picks} picks`);
  const row = (pick: number, into: Float32Array): void => {
    into.fill(0);
    for (let y = (picks - 1 - pick) * up; y < (picks - pick) * up; y++)
      for (let x = 0; x < width; x++)
        for (let part = 0; part < 3; part++)
          into[Math.floor(x / across) * 3 + part] += linearOf[rgba[(y * width + x) * 4 + part]] / (across * up);
  };
  return { ends, picks, row };
}

/** Blurs a row along the pick; at the edges it is divided by what there is of the cloth. */
export function blurAcross(row: Float32Array): Float32Array {
  const blurred = new Float32Array(row.length);
  for (let end = 0; 3 * end < row.length; end++) blurred.set(blurredAt(row, end), 3 * end);
  return blurred;
}

/** One end of the blurred row; the array is used again at the next call. */
export function blurredAt(row: Float32Array, end: number): typeof colour {
  const first = Math.max(0, end - reach);
  const last = Math.min(row.length / 3 - 1, end + reach);
  let red = 0;
  let green = 0;
  let blue = 0;
  let sum = 0;
  for (let other = first, at = 3 * first; other <= last; other++, at += 3) {
    const weight = shares[reach + other - end];
    red += weight * row[at];
    green += weight * row[at + 1];
    blue += weight * row[at + 2];
    sum += weight;
  }
  colour[0] = red / sum;
  colour[1] = green / sum;
  colour[2] = blue / sum;
  return colour;
}
const colour: [red: number, green: number, blue: number] = [0, 0, 0];
const shares = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => share(i - reach));
