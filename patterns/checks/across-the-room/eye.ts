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
  // For each weft and each warp yarn the eight kinds of crossing; not a number as long as it is not shaded.
  const known = new Float32Array(yarns.length * yarns.length * 24).fill(Number.NaN);
  const ofEnd = Uint32Array.from(warp, (yarn) => yarn * 24);
  const learn = (of: number, weftYarn: number, warpYarn: number): void => {
    const kind = (of / 3) & 7;
    const [over, under] = kind & 4 ? [warpYarn, weftYarn] : [weftYarn, warpYarn];
    known.set(farColour(bytes[over], bytes[under], (kind & 4) !== 0, (kind & 2) !== 0, (kind & 1) !== 0), of);
  };
  const row = (pick: number, into: Float32Array): void => {
    const ofWeft = weft[pick] * yarns.length * 24;
    for (let word = 0, end = 0, out = 0; word < stride; word++) {
      const at = pick * stride + word;
      const up = words[at];
      // Does the thread on top go on being on top: the warp over the picks below and above, the weft over the ends beside?
      const left = (up << 1) | (word === 0 ? 1 : words[at - 1] >>> 31);
      const right = (up >>> 1) | (word + 1 === stride ? 0 : words[at + 1] << 31);
      const below = pick === 0 ? -1 : words[at - stride];
      const above = pick + 1 === picks ? -1 : words[at + stride];
      const before = (up & below) | (~up & ~left);
      let after = (up & above) | (~up & ~right);
      if (word + 1 === stride) after &= ~(~up & (1 << ((ends - 1) & 31)));
      const until = Math.min(ends, end + 32);
      for (let bit = 0; end < until; bit++, end++, out += 3) {
        const kind = (((up >>> bit) & 1) << 2) | (((before >>> bit) & 1) << 1) | ((after >>> bit) & 1);
        const of = ofWeft + ofEnd[end] + 3 * kind;
        if (Number.isNaN(known[of])) learn(of, weft[pick], warp[end]);
        into[out] = known[of];
        into[out + 1] = known[of + 1];
        into[out + 2] = known[of + 2];
      }
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
  const inner = row.length - 3 * reach;
  for (let at = 0; at < row.length; at += 3) {
    if (at < 3 * reach || at >= inner) {
      blurred.set(blurredAt(row, at / 3), at);
      continue;
    }
    // Both sides weigh the same: taken together, away from the edges.
    for (let part = at; part < at + 3; part++)
      blurred[part] =
        middle * row[part] +
        side1 * (row[part - 3] + row[part + 3]) +
        side2 * (row[part - 6] + row[part + 6]) +
        side3 * (row[part - 9] + row[part + 9]) +
        side4 * (row[part - 12] + row[part + 12]);
  }
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
const whole = shares.reduce((sum, one) => sum + one, 0);
const middle = share(0) / whole;
const [side1, side2, side3, side4] = [1, 2, 3, 4].map((far) => share(far) / whole);
