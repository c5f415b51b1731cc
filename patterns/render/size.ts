/** How large a cloth is drawn: in true proportions, from crossings of whole pixels that are large enough to look like yarn. */
import type { ClothLook } from './look';

export type RenderSize =
  /** pixels across one end; may be a fraction */
  | { readonly px: number }
  /** pixels across the whole cloth */
  | { readonly width: number };

export interface Measure {
  /** of the picture, in pixels */
  readonly width: number;
  readonly height: number;
  /** of one crossing as it is shaded, in whole pixels; never below `least` */
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** A crossing below this many pixels no longer shows its thread: it is shaded at this size and shrunk. */
const least = 6;

/** @throws RangeError when the size is not a positive number, or the picture would pass 200 million pixels */
export function measure(look: ClothLook, size: RenderSize): Measure {
  const { ends, picks } = look.lifts;
  const px = 'px' in size ? size.px : size.width / ends;
  if (!(px > 0) || !Number.isFinite(px)) throw new RangeError(`a thread cannot be ${px} pixels wide`);
  const pickPx = (px * look.sett) / look.picksPerCm;
  const width = Math.max(1, Math.round(ends * px));
  const height = Math.max(1, Math.round(picks * pickPx));
  const cellWidth = Math.max(least, Math.ceil(px));
  const cellHeight = Math.max(least, Math.ceil(pickPx));
  const pixels = ends * cellWidth * picks * cellHeight;
  if (pixels > 200e6)
    throw new RangeError(`${width} × ${height} pixels is too large a picture: ask for fewer pixels a thread`);
  return { width, height, cellWidth, cellHeight };
}
