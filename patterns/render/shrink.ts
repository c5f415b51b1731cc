/** Makes a picture smaller by exact area averages in linear light: no stripes, no moiré, the colours that a far eye sees. */
import { linearOf, srgbByte } from './colour';
import { type Picture, picture } from './look';

interface Weights {
  /** first source pixel of each target pixel */
  readonly first: Int32Array;
  /** weights of the source pixels, `span` for each target pixel, adding up to 1 */
  readonly share: Float32Array;
  readonly span: number;
}

function weights(source: number, target: number): Weights {
  const step = source / target;
  const span = Math.ceil(step) + 1;
  const first = new Int32Array(target);
  const share = new Float32Array(target * span);
  for (let i = 0; i < target; i++) {
    const from = i * step;
    const to = Math.min(source, from + step);
    first[i] = Math.floor(from);
    for (let k = 0; k < span; k++) {
      const at = first[i] + k;
      share[i * span + k] = Math.max(0, Math.min(to, at + 1) - Math.max(from, at)) / step;
    }
  }
  return { first, share, span };
}

/** Shrinks `from` onto `into` (never larger), again and again, in whole or only the rows that changed. */
export class Shrinker {
  private readonly across: Weights;
  private readonly down: Weights;

  constructor(
    private readonly from: Picture,
    readonly into: Picture,
  ) {
    if (into.width > from.width || into.height > from.height) throw new RangeError('a picture is only made smaller');
    this.across = weights(from.width, into.width);
    this.down = weights(from.height, into.height);
  }

  /**
   * @param rows source rows that changed, `to` excluded; default all
   * @returns target rows that were written, `to` excluded
   */
  update(rows = { from: 0, to: this.from.height }): { from: number; to: number } {
    const { from, into, down } = this;
    const scale = into.height / from.height;
    const first = Math.max(0, Math.floor(rows.from * scale));
    const last = Math.min(into.height, Math.ceil(rows.to * scale));
    const line = new Float32Array(into.width * 4);
    for (let y = first; y < last; y++) {
      line.fill(0);
      for (let k = 0; k < down.span; k++) {
        const weight = down.share[y * down.span + k];
        if (weight > 0) this.add((down.first[y] + k) * from.width, weight, line);
      }
      for (let x = 0, at = y * into.width * 4; x < line.length; x += 4, at += 4) {
        const alpha = line[x + 3];
        const whole = alpha > 0 ? 1 / alpha : 0;
        into.rgba[at] = srgbByte(line[x] * whole);
        into.rgba[at + 1] = srgbByte(line[x + 1] * whole);
        into.rgba[at + 2] = srgbByte(line[x + 2] * whole);
        into.rgba[at + 3] = alpha * 255 + 0.5;
      }
    }
    return { from: first, to: last };
  }

  private add(row: number, weight: number, line: Float32Array): void {
    const { rgba } = this.from;
    const { first, share, span } = this.across;
    for (let x = 0; x < this.into.width; x++)
      for (let k = 0; k < span; k++) {
        const part = share[x * span + k] * weight;
        const at = (row + first[x] + k) * 4;
        if (part === 0 || rgba[at + 3] === 0) continue;
        line[x * 4] += linearOf[rgba[at]] * part;
        line[x * 4 + 1] += linearOf[rgba[at + 1]] * part;
        line[x * 4 + 2] += linearOf[rgba[at + 2]] * part;
        line[x * 4 + 3] += part;
      }
  }
}

export function shrink(from: Picture, width: number, height: number): Picture {
  const into = picture(width, height);
  new Shrinker(from, into).update();
  return into;
}
