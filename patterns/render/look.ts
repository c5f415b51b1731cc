/** What the renderer needs of a cloth: lifts, colours and proportions. Every `Cloth` is a `ClothLook`. */
import type { BitRows } from '../bit-rows';

export interface ClothLook {
  readonly lifts: BitRows;
  /** `colour` is sRGB, `#rrggbb` */
  readonly yarns: readonly { readonly colour: string }[];
  /** index into yarns of each end */
  readonly warp: Uint8Array;
  /** index into yarns of each pick */
  readonly weft: Uint8Array;
  /** ends per cm */
  readonly sett: number;
  readonly picksPerCm: number;
}

/** A picture: 4 bytes a pixel (red, green, blue, alpha), top row first, as Canvas `ImageData` and PNG writers take it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export function picture(width: number, height: number): Picture {
  return { width, height, rgba: new Uint8ClampedArray(width * height * 4) };
}
