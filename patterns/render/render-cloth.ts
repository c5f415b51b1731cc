/** The whole cloth as one picture: shaded like cloth, in its true proportions, pick 1 at the bottom. */
import type { ClothLook, Picture } from './look';
import { ClothPainter } from './painter';
import { shrink } from './shrink';
import { measure, type RenderSize } from './size';

/**
 * @param size pixels a thread (`px`) or of the whole cloth (`width`); the height follows from sett and picks per cm
 * @returns RGBA, opaque; the same bytes for the same cloth and size
 * @throws RangeError when the size makes no picture
 */
export function renderCloth(look: ClothLook, size: RenderSize): Picture {
  const { width, height, cellWidth, cellHeight } = measure(look, size);
  const painter = new ClothPainter(look, cellWidth, cellHeight);
  painter.weave(look.lifts.picks);
  const whole = painter.picture;
  return whole.width === width && whole.height === height ? whole : shrink(whole, width, height);
}
