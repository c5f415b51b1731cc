/** The cloth as SVG: one rounded bar a float, for printing and for editing; small, sharp, no shading but a soft edge. */
import { bytesOf } from './colour';
import type { ClothLook } from './look';

/**
 * @param px pixels across one end in the drawing's own units
 * @returns a whole SVG document
 */
export function svg(look: ClothLook, px = 10): string {
  const { lifts, warp, weft, yarns } = look;
  const { ends, picks } = lifts;
  const tall = (px * look.sett) / look.picksPerCm;
  const n = (value: number): string => String(Math.round(value * 100) / 100);
  const bar = (x: number, y: number, w: number, h: number): string => `M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}z`;
  const upper: string[][] = yarns.map(() => []);
  const inset = 0.08;

  for (let end = 0; end < ends; end++)
    for (let pick = 0; pick < picks; pick++) {
      if (!lifts.get(pick, end) || (pick > 0 && lifts.get(pick - 1, end))) continue;
      let to = pick + 1;
      while (to < picks && lifts.get(to, end)) to++;
      upper[warp[end]].push(
        bar((end + inset) * px, (picks - to + inset) * tall, (1 - 2 * inset) * px, (to - pick - 2 * inset) * tall),
      );
    }
  for (let pick = 0; pick < picks; pick++)
    for (let end = 0; end < ends; end++) {
      if (lifts.get(pick, end) || (end > 0 && !lifts.get(pick, end - 1))) continue;
      let to = end + 1;
      while (to < ends && !lifts.get(pick, to)) to++;
      upper[weft[pick]].push(
        bar((end + inset) * px, (picks - 1 - pick + inset) * tall, (to - end - 2 * inset) * px, (1 - 2 * inset) * tall),
      );
    }

  const width = n(ends * px);
  const height = n(picks * tall);
  const paths = yarns.map(({ colour }, yarn) =>
    upper[yarn].length === 0
      ? ''
      : `<path fill="${colour}" stroke="${darker(colour)}" stroke-width="${n(px * 0.06)}" stroke-linejoin="round" d="${upper[yarn].join('')}"/>\n`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n` +
    `<rect width="${width}" height="${height}" fill="#17120e"/>\n${paths.join('')}</svg>\n`
  );
}

function darker(colour: string): string {
  return `#${bytesOf(colour)
    .map((byte) =>
      Math.round(byte * 0.55)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
