/** The cloth as the feed sends it, made ready for drawing. */
import { BitRows } from '../../../patterns/bit-rows';
import type { ClothLook } from '../../../patterns/render';
import type { ClothMessage } from '../../../protocol/feed';

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

export function clothLook(message: ClothMessage): ClothLook {
  const { ends, picks, yarns, sett, picksPerCm } = message;
  const lifts = new BitRows(ends, picks);
  const packed = bytes(message.lifts);
  const rowBytes = (ends + 7) >>> 3;
  for (let pick = 0; pick < picks; pick++)
    for (let i = 0; i < rowBytes; i++)
      lifts.words[pick * lifts.stride + (i >>> 2)] |= packed[pick * rowBytes + i] << (8 * (i & 3));
  return { lifts, yarns, warp: bytes(message.warp), weft: bytes(message.weft), sett, picksPerCm };
}
