/** A drawing of flat rectangles, painted one layer over the other: as SVG for printing, as pixels for PNG and Canvas. */
import { bytesOf } from './colour';
import { type Picture, picture } from './look';

/** x, y, width, height in whole pixels from the top left. */
export type Rect = readonly [x: number, y: number, width: number, height: number];

export interface Layer {
  /** sRGB, `#rrggbb` */
  readonly fill: string;
  readonly rects: readonly Rect[];
}

/** Later layers lie over earlier ones; the first covers all. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly Layer[];
}

const mostPixels = 200e6;

/** @throws RangeError when it would be too large a picture */
export function mustBeDrawable(width: number, height: number): void {
  if (width * height > mostPixels)
    throw new RangeError(`${width} × ${height} pixels is too large a picture: ask for fewer pixels a thread`);
}

export function sceneSvg({ width, height, layers }: Scene): string {
  const paths = layers
    .filter(({ rects }) => rects.length > 0)
    .map(({ fill, rects }) => {
      const shape = rects.map(([x, y, w, h]) => `M${x} ${y}h${w}v${h}h${-w}z`).join('');
      return `<path fill="${fill}" d="${shape}"/>\n`;
    });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" shape-rendering="crispEdges">\n${paths.join('')}</svg>\n`;
}

/** RGBA, opaque where the first layer covers all. */
export function scenePicture({ width, height, layers }: Scene): Picture {
  const into = picture(width, height);
  const pixels = new Uint32Array(into.rgba.buffer);
  for (const { fill, rects } of layers) {
    const [red, green, blue] = bytesOf(fill);
    const colour = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
    for (const [x, y, w, h] of rects)
      for (let row = y; row < y + h; row++) pixels.fill(colour, row * width + x, row * width + x + w);
  }
  return into;
}
