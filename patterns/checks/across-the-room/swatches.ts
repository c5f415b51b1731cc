/** What a reader is shown beside the cloth: how each face looks in each weft over this warp, as the eye sees it from afar. */
import { BitRows } from '../../bit-rows';
import type { Cloth } from '../../cloth';
import { type Face, type Ground, Painter } from '../../encodings/ground';
import { blurAcross, crossingsOf } from './eye';

/** Linear light, red, green and blue of each end. */
export interface Swatch {
  /** averaged over the picks */
  readonly plain: Float32Array;
  /** and blurred along the pick */
  readonly blurred: Float32Array;
}

export class Swatches {
  private readonly made = new Map<string, Swatch>();
  private readonly painter: Painter;

  constructor(
    private readonly cloth: Pick<Cloth, 'yarns' | 'warp'>,
    private readonly ground: Ground,
  ) {
    this.painter = new Painter(ground);
  }

  /** @param weft index into yarns */
  of(weft: number, face: Face): Swatch {
    const name = `${weft} ${face}`;
    let swatch = this.made.get(name);
    if (!swatch) {
      swatch = this.weave(weft, face);
      this.made.set(name, swatch);
    }
    return swatch;
  }

  private weave(weft: number, face: Face): Swatch {
    const { ends, selvedge, n } = this.ground;
    // Every face repeats within so many picks; one more on each side, because a float runs on into it.
    const repeat = 4 * n;
    const lifts = new BitRows(ends, repeat + 2);
    for (let pick = 0; pick < lifts.picks; pick++)
      this.painter.paint(lifts.words, pick * lifts.stride, pick, [
        { from: 0, to: selvedge, face: 'plain' },
        { from: selvedge, to: ends - selvedge, face },
        { from: ends - selvedge, to: ends, face: 'plain' },
      ]);
    const { row } = crossingsOf({ ...this.cloth, lifts, weft: new Uint8Array(lifts.picks).fill(weft) });
    const plain = new Float32Array(3 * ends);
    const one = new Float32Array(3 * ends);
    for (let pick = 1; pick <= repeat; pick++) {
      row(pick, one);
      for (let i = 0; i < one.length; i++) plain[i] += one[i] / repeat;
    }
    return { plain, blurred: blurAcross(plain) };
  }
}
