/** The bare warp above the fell: stretched threads, and in an open shed the lifted ones near and bright, the others deep and dark. */
import { bytesOf, linearOf, srgbByte } from './colour';
import { type ClothLook, type Picture, picture } from './look';

/** What a column of warp looks like depends on these alone. */
interface Column {
  readonly yarn: number;
  readonly up: boolean;
  /** the end at the left is lifted and this one is not: its shadow falls here */
  readonly shaded: boolean;
}

/**
 * A picture of the warp from the fell (bottom row) upwards, transparent between the threads.
 * @param pick index whose lifts are open, or null for a closed shed
 * @param width pixels across one end
 * @param height pixels of the picture
 * @param opens pixels above the fell at which the shed is fully open
 */
export function renderShed(
  look: ClothLook,
  pick: number | null,
  width: number,
  height: number,
  opens: number,
): Picture {
  const { lifts, warp } = look;
  const into = picture(lifts.ends * width, height);
  const pixels = new Uint32Array(into.rgba.buffer);
  const columns = new Map<number, Uint32Array>();
  for (let end = 0; end < lifts.ends; end++) {
    const up = pick !== null && lifts.get(pick, end);
    const shaded = pick !== null && !up && end > 0 && lifts.get(pick, end - 1);
    const key = warp[end] * 4 + (up ? 2 : 0) + (shaded ? 1 : 0);
    let column = columns.get(key);
    if (!column) {
      column = paint(look, { yarn: warp[end], up, shaded }, pick !== null, width, height, opens);
      columns.set(key, column);
    }
    for (let y = 0; y < height; y++)
      pixels.set(column.subarray(y * width, (y + 1) * width), y * into.width + end * width);
  }
  return into;
}

const smooth = (t: number): number => (t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t));

function paint(
  look: ClothLook,
  { yarn, up, shaded }: Column,
  open: boolean,
  width: number,
  height: number,
  opens: number,
) {
  const colour = bytesOf(look.yarns[yarn].colour);
  const column = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) {
    const lift = open ? smooth((height - 1 - y) / opens) : 0;
    const half = up ? 0.31 + 0.09 * lift : 0.31 - 0.07 * lift;
    const light = up ? 0.74 + 0.36 * lift : 0.74 - 0.3 * lift;
    for (let x = 0; x < width; x++) {
      const side = ((x + 0.5) / width - 0.5) / half;
      const cover = Math.max(0, Math.min(1, (1 - Math.abs(side)) * half * width + 0.5));
      if (cover === 0) continue;
      const t = Math.max(-1, Math.min(1, side));
      const round = Math.sqrt(1 - t * t);
      const twist = y / (width * 0.75) + Math.asin(t) * 0.29;
      const band = (twist - Math.floor(twist)) * 2 - 1;
      const shadow = shaded ? 1 - 0.45 * lift * Math.max(0, -t + 0.3) : 1;
      const k = light * shadow * (0.38 + 0.62 * Math.max(0, round * 0.75 - t * 0.42)) * (1 - 0.2 * band ** 4);
      const sheen = (up ? 30 * lift : 0) * Math.max(0, 1 - (t + 0.3) ** 2 * 3);
      const [r, g, b] = colour.map((c) => srgbByte(linearOf[Math.min(255, Math.round(c * k + sheen))]));
      column[y * width + x] = ((Math.round(cover * 255) << 24) | (b << 16) | (g << 8) | r) >>> 0;
    }
  }
  return column;
}
