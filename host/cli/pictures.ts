/** The views of a cloth as PNG and SVG: the woven cloth, its drawdown, the weaver's draft. */
import type { LoomProfile } from '../../patterns/profile';
import type { Scene } from '../../patterns/render';
import type { Picture } from '../../patterns/render/look';
import type { Source } from '../cloth/source';
import { LoomError } from '../errors';
import type { ClothView } from './export-names';

const defaultPx = 10;

/** @param loom whose threading the draft shows. @throws LoomError usage when the size makes no picture */
export async function drawPng(view: ClothView, source: Source, loom: LoomProfile, px = defaultPx): Promise<Uint8Array> {
  const { renderCloth, scenePicture } = await import('../../patterns/render');
  if (view === 'cloth') return pngOf(sized(() => renderCloth(source.cloth, { px })));
  const scene = await sceneOf(view, source, loom);
  return pngOf(sized(() => scenePicture(scene(px))));
}

/** @param loom whose threading the draft shows. @throws LoomError usage when the size makes no picture */
export async function drawSvg(view: ClothView, source: Source, loom: LoomProfile, px = defaultPx): Promise<string> {
  const { svg, sceneSvg } = await import('../../patterns/render');
  if (view === 'cloth') return sized(() => svg(source.cloth, px));
  const scene = await sceneOf(view, source, loom);
  return sized(() => sceneSvg(scene(px)));
}

/** Squares are of whole pixels. */
async function sceneOf(view: ClothView, source: Source, loom: LoomProfile): Promise<(px: number) => Scene> {
  const [{ draftScene, drawdownScene }, { draftFrom }] = await Promise.all([
    import('../../patterns/render'),
    import('../cloth/draft-from'),
  ]);
  const whole = (px: number) => Math.max(1, Math.round(px));
  const { lifts } = source.cloth;
  if (view === 'drawdown') return (px) => drawdownScene(lifts, whole(px));
  return (px) => draftScene({ ...draftFrom(source, loom), lifts }, whole(px));
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
