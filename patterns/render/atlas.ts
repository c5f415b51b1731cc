/** Tiles of every crossing that a cloth has, each shaded once, when it is first needed. */
import { bytesOf, linearOf, srgbByte } from './colour';
import type { ClothLook } from './look';
import { type Crossing, type Shade, shade } from './thread';

/** Yarn is never quite even: every thread takes one of so many twists and tones. */
const variants = 6;
const tones = [1, 0.965, 1.03, 0.985, 1.015, 0.95];

/** A repeatable choice of variant for a thread (end index, or pick index). */
const variantOf = (thread: number, salt: number): number => (((thread + salt) * 2654435761) >>> 7) % variants;

export class Atlas {
  private readonly tiles = new Map<number, Uint32Array>();
  private readonly colours: readonly (readonly number[])[];
  /** samples a side of each pixel: small tiles need more, so that they are the average of a large one */
  private readonly samples: number;

  /** @param width,height of a crossing in whole pixels */
  constructor(
    private readonly look: ClothLook,
    readonly width: number,
    readonly height: number,
  ) {
    this.colours = look.yarns.map((yarn) => bytesOf(yarn.colour));
    this.samples = Math.max(2, Math.ceil(12 / Math.min(width, height)));
  }

  /** How many different crossings were needed so far. */
  get size(): number {
    return this.tiles.size;
  }

  /**
   * The tile where pick and end cross (indexes): `width` × `height` RGBA pixels, top row first.
   * @param woven picks that exist; the warp runs on above the last one
   */
  tile(pick: number, end: number, woven: number): Uint32Array {
    const { lifts, warp, weft, yarns } = this.look;
    const warpUp = lifts.get(pick, end);
    const before = warpUp ? pick === 0 || lifts.get(pick - 1, end) : end > 0 && !lifts.get(pick, end - 1);
    const after = warpUp
      ? pick + 1 >= woven || lifts.get(pick + 1, end)
      : end + 1 < lifts.ends && !lifts.get(pick, end + 1);
    const top = warpUp ? warp[end] : weft[pick];
    const under = warpUp ? weft[pick] : warp[end];
    const variant = warpUp ? variantOf(end, 11) : variantOf(pick, 5);
    const key =
      (top * yarns.length + under) * 8 * variants + (warpUp ? 4 : 0) + (before ? 2 : 0) + (after ? 1 : 0) + variant * 8;
    let tile = this.tiles.get(key);
    if (!tile) {
      tile = this.paint(top, under, warpUp, before, after, variant);
      this.tiles.set(key, tile);
    }
    return tile;
  }

  private paint(
    top: number,
    under: number,
    warpUp: boolean,
    before: boolean,
    after: boolean,
    variant: number,
  ): Uint32Array {
    const { width, height, samples } = this;
    const ratio = warpUp ? height / width : width / height;
    const turns = Math.max(1, Math.round(1.35 * ratio));
    const crossing: Crossing = { warpUp, before, after, turns, phase: variant / variants };
    const point: Shade = { light: 0, sheen: 0, gap: false };
    const tile = new Uint32Array(width * height);
    const count = samples * samples;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let red = 0;
        let green = 0;
        let blue = 0;
        for (let sy = 0; sy < samples; sy++)
          for (let sx = 0; sx < samples; sx++) {
            const u = (x + (sx + 0.5) / samples) / width;
            const v = 1 - (y + (sy + 0.5) / samples) / height;
            shade(u, v, crossing, point);
            const [r, g, b] = this.colours[point.gap ? under : top];
            red += lit(r, point, tones[variant]);
            green += lit(g, point, tones[variant]);
            blue += lit(b, point, tones[variant]);
          }
        tile[y * width + x] =
          ((255 << 24) | (srgbByte(blue / count) << 16) | (srgbByte(green / count) << 8) | srgbByte(red / count)) >>> 0;
      }
    return tile;
  }
}

/**
 * What is left of such a crossing from far away: its average over an even yarn, in linear light, 0–1 each.
 * @param top,under sRGB bytes of the thread on top and of the other
 */
export function farColour(
  top: readonly number[],
  under: readonly number[],
  warpUp: boolean,
  before: boolean,
  after: boolean,
): [red: number, green: number, blue: number] {
  const crossing: Crossing = { warpUp, before, after, turns: 1, phase: 0 };
  const point: Shade = { light: 0, sheen: 0, gap: false };
  const sum: [number, number, number] = [0, 0, 0];
  for (let y = 0.5; y < farSamples; y++)
    for (let x = 0.5; x < farSamples; x++) {
      shade(x / farSamples, y / farSamples, crossing, point);
      const seen = point.gap ? under : top;
      for (const i of [0, 1, 2]) sum[i] += lit(seen[i], point, 1);
    }
  return [sum[0] / farSamples ** 2, sum[1] / farSamples ** 2, sum[2] / farSamples ** 2];
}
const farSamples = 8;

/** Linear light of a colour's channel under a shade. Shadows between threads keep their colour and deepen it. */
function lit(channel: number, { light, sheen }: Shade, tone: number): number {
  const depth = light < 1 ? 1 + 0.3 * (1 - light) : 1;
  const value = 255 * (channel / 255) ** depth * light * tone + sheen;
  return linearOf[value >= 255 ? 255 : value | 0];
}
