/** How different two yarns look: distance in OKLab, also as people with each colour blindness see them. */

type Triple = readonly [number, number, number];

const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);

/** `#rrggbb` to linear light, 0–1 each. @throws RangeError for anything else */
export function linearRgb(colour: string): Triple {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new RangeError(`"${colour}" is not a colour like #c4552d`);
  const at = (i: number): number => linear(Number.parseInt(colour.slice(i, i + 2), 16) / 255);
  return [at(1), at(3), at(5)];
}

/** OKLab (Björn Ottosson 2020) of linear sRGB: lightness 0–1, then green–red and blue–yellow. */
export function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const visions = {
  'full colour vision': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;
export type Vision = keyof typeof visions;

function seen(rgb: Triple, m: readonly number[]): Triple {
  const row = (i: number): number => Math.min(1, Math.max(0, m[i] * rgb[0] + m[i + 1] * rgb[1] + m[i + 2] * rgb[2]));
  return [row(0), row(3), row(6)];
}

export interface Contrast {
  /** OKLab distance; black to white is 1 */
  readonly distance: number;
  /** the vision that sees least of it */
  readonly vision: Vision;
}

/** Bins of one cloth differ by at least this, in every vision. Two yarns side by side are told apart from about 0.05. */
export const leastBetweenBins = 0.1;
/** A weft differs from the warp that it crosses by at least this, so that a face can be told from the other. */
export const leastToWarp = 0.15;

/** The smallest distance of two colours over all visions. */
export function contrast(a: string, b: string): Contrast {
  const [x, y] = [linearRgb(a), linearRgb(b)];
  let least: Contrast = { distance: Number.POSITIVE_INFINITY, vision: 'full colour vision' };
  for (const [vision, matrix] of Object.entries(visions) as [Vision, readonly number[]][]) {
    const [p, q] = [oklab(seen(x, matrix)), oklab(seen(y, matrix))];
    const distance = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    if (distance < least.distance) least = { distance, vision };
  }
  return least;
}
