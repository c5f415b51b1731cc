/** A cloth that grows on a picture, pick by pick: pick 1 is the bottom row, end 1 the left column. */
import { Atlas } from './atlas';
import { type ClothLook, type Picture, picture } from './look';

/** Draws a pick (index) into `into` with its lower edge at pixel row `bottom` (counted from the top, excluded). */
export function drawPick(
  atlas: Atlas,
  look: ClothLook,
  pick: number,
  woven: number,
  into: Picture,
  bottom: number,
): void {
  const pixels = new Uint32Array(into.rgba.buffer, into.rgba.byteOffset, into.width * into.height);
  const { width, height } = atlas;
  const top = bottom - height;
  for (let end = 0; end < look.lifts.ends; end++) {
    const tile = atlas.tile(pick, end, woven);
    for (let y = Math.max(0, -top); y < height && top + y < into.height; y++)
      pixels.set(tile.subarray(y * width, y * width + width), (top + y) * into.width + end * width);
  }
}

/** The picture of the whole cloth, of which only the picks woven so far are drawn; the rest is transparent. */
export class ClothPainter {
  readonly picture: Picture;
  readonly atlas: Atlas;
  private drawn = 0;

  /** @param width,height of one crossing in whole pixels */
  constructor(
    readonly look: ClothLook,
    width: number,
    height: number,
  ) {
    this.atlas = new Atlas(look, width, height);
    this.picture = picture(look.lifts.ends * width, look.lifts.picks * height);
  }

  /** Picks drawn. */
  get woven(): number {
    return this.drawn;
  }

  /**
   * Brings the picture to so many picks, forward or back. Only rows that change are drawn: the new ones, and the row
   * below them, whose warp now dives or goes on.
   * @returns pixel rows that changed, `to` excluded, or null
   */
  weave(woven: number): { from: number; to: number } | null {
    const { height } = this.atlas;
    const total = this.picture.height;
    const target = Math.max(0, Math.min(woven, this.look.lifts.picks));
    if (target === this.drawn) return null;
    const first = Math.max(0, Math.min(this.drawn, target) - 1);
    for (let pick = first; pick < target; pick++)
      drawPick(this.atlas, this.look, pick, target, this.picture, total - pick * height);
    const rows = { from: total - Math.max(target, this.drawn) * height, to: total - first * height };
    if (target < this.drawn) {
      const bytes = this.picture.width * 4;
      this.picture.rgba.fill(0, rows.from * bytes, (total - target * height) * bytes);
    }
    this.drawn = target;
    return rows;
  }
}
