/** A piece of cloth for each entry of the legend: its face in its yarns, drawn as the cloth is. */
import { PNG } from 'pngjs';
import { BitRows } from '../../patterns/bit-rows';
import type { Cloth, LegendEntry } from '../../patterns/cloth';
import { type Face, Painter, textures } from '../../patterns/encodings/ground';
import type { AnyKey } from '../../patterns/encodings/key';
import { knownKey } from '../../patterns/read-back';
import { renderCloth } from '../../patterns/render';

const [wide, high, px] = [20, 10, 8];

/** PNG of each entry as a data address; none for a weaver's draft, which has no legend. */
export function swatches(cloth: Cloth): string[] {
  if (cloth.legend.length === 0) return [];
  const key = knownKey(cloth.key);
  return cloth.legend.map((entry, i) => swatch(cloth, key, entry, i));
}

function swatch(cloth: Cloth, key: AnyKey, entry: LegendEntry, index: number): string {
  const { ends, selvedge } = key.ground;
  const face = faceOf(cloth, key, entry, index);
  const whole = new BitRows(ends, high);
  const painter = new Painter(key.ground);
  for (let pick = 0; pick < high; pick++)
    painter.paint(whole.words, pick * whole.stride, pick, [{ from: 0, to: ends, face }]);
  const across = Math.min(wide, ends - 2 * selvedge);
  const lifts = new BitRows(across, high);
  for (let pick = 0; pick < high; pick++)
    for (let end = 0; end < across; end++) if (whole.get(pick, selvedge + end)) lifts.set(pick, end, true);
  const { width, height, rgba } = renderCloth(
    {
      lifts,
      yarns: cloth.yarns,
      warp: warpOf(cloth, entry.colour, selvedge, across),
      weft: new Uint8Array(high).fill(weftOf(cloth, entry.colour)),
      sett: cloth.sett,
      picksPerCm: cloth.picksPerCm,
    },
    { px },
  );
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  return `data:image/png;base64,${PNG.sync.write(png, { colorType: 2 }).toString('base64')}`;
}

/** All in the lane's colour where it is a lane's; else the ends as they are behind the selvedge. */
function warpOf({ yarns, warp, weft }: Cloth, colour: string, from: number, ends: number): Uint8Array {
  const lane = warp.find((yarn) => yarns[yarn].colour === colour);
  const isWeft = weft.some((yarn) => yarns[yarn].colour === colour);
  return lane === undefined || isWeft ? warp.slice(from, from + ends) : new Uint8Array(ends).fill(lane);
}

/** The weft of that colour; the record's own where the colour is one of the warp or a mixture. */
function weftOf({ yarns, weft, parts }: Cloth, colour: string): number {
  const own = weft.find((yarn) => yarns[yarn].colour === colour);
  return own ?? weft[parts.find(({ kind }) => kind === 'record')?.from ?? 0];
}

function faceOf({ weft, yarns }: Cloth, key: AnyKey, { colour, texture }: LegendEntry, index: number): Face {
  if (key.encoding === 'shade') return key.shades[index]?.level ?? 'basket';
  const named = [...textures, 'basket', 'broken basket'].find((one) => one === texture);
  if (named) return named as Face;
  return weft.some((yarn) => yarns[yarn].colour === colour) ? 1 : key.ground.n - 1;
}
