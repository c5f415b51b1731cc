/** The views of a cloth as PNG and SVG: the woven cloth, its drawdown, the weaver's draft. */
import type { LoomProfile } from '../../patterns/profile';
import type { Picture } from '../../patterns/render/look';
import type { Source } from '../cloth/source';
import { LoomError } from '../errors';
import type { ClothView } from './export-names';

const defaultPx = 10;

/** @throws LoomError usage when the size makes no picture */
export async function drawPng(
  _view: ClothView,
  { cloth }: Source,
  _loom: LoomProfile,
  px = defaultPx,
): Promise<Uint8Array> {
  const { renderCloth } = await import('../../patterns/render');
  return pngOf(sized(() => renderCloth(cloth, { px })));
}

/** @throws LoomError usage when the size makes no picture */
export async function drawSvg(
  _view: ClothView,
  { cloth }: Source,
  _loom: LoomProfile,
  px = defaultPx,
): Promise<string> {
  const { svg } = await import('../../patterns/render');
  return sized(() => svg(cloth, px));
}

async function pngOf({ width, height, rgba }: Picture): Promise<Uint8Array> {
  const { PNG } = await import('pngjs');
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  return PNG.sync.write(png, { colorType: 2 });
}

/** A size that makes no picture is the asker's mistake. */
function sized<Drawn>(draw: () => Drawn): Drawn {
  try {
    return draw();
  } catch (error) {
    if (error instanceof RangeError) throw new LoomError('usage', `--px: ${error.message}.`, { cause: error });
    throw error;
  }
}
