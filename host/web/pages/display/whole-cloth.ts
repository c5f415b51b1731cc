/** The whole cloth, small: woven picks shaded, the rest bare warp. A long cloth is laid in folds, each from the bottom up. */
import { type ClothLook, ClothPainter, type Picture, picture, Shrinker } from '../../../../patterns/render';
import { context, onPicture, sizeToScreen } from '../canvas';

/** Pixels of a crossing as it is shaded before it is made small. */
const cell = 6;
const mostFolds = 6;

export class WholeCloth {
  private look: ClothLook | null = null;
  private woven = 0;
  private painter: ClothPainter | null = null;
  private shrinker: Shrinker | null = null;
  private small: Picture | null = null;
  private readonly sheet = document.createElement('canvas');
  private folds = 1;

  constructor(private readonly canvas: HTMLCanvasElement) {
    new ResizeObserver(() => this.rebuild()).observe(canvas);
  }

  show(look: ClothLook, woven: number): void {
    if (look !== this.look) {
      this.look = look;
      this.painter = null;
      this.woven = woven;
      this.rebuild();
    } else if (woven !== this.woven) {
      this.woven = woven;
      this.grow();
    }
  }

  private rebuild(): void {
    const { look, canvas } = this;
    if (!look || !sizeToScreen(canvas)) return;
    const { ends, picks } = look.lifts;
    const ratio = look.sett / look.picksPerCm;
    const gap = Math.round(canvas.width * 0.06);
    let px = 0;
    for (let folds = 1; folds <= mostFolds; folds++) {
      const fits = Math.min(
        (canvas.width - gap * (folds - 1)) / folds / ends,
        canvas.height / Math.ceil(picks / folds) / ratio,
        cell,
      );
      if (fits > px * 1.1) {
        px = fits;
        this.folds = folds;
      }
    }
    this.painter = new ClothPainter(look, cell, Math.max(cell, Math.ceil(cell * ratio)));
    this.small = picture(Math.max(1, Math.floor(ends * px)), Math.max(1, Math.floor(picks * px * ratio)));
    this.shrinker = new Shrinker(this.painter.picture, this.small);
    this.sheet.width = this.small.width;
    this.sheet.height = this.small.height;
    this.grow();
  }

  private grow(): void {
    const { painter, shrinker, small } = this;
    if (!painter || !shrinker || !small) return;
    const changed = painter.weave(this.woven);
    if (changed) onPicture(context(this.sheet), small, 0, 0, shrinker.update(changed));
    this.draw(small);
  }

  private draw(small: Picture): void {
    const { look, canvas, folds } = this;
    if (!look) return;
    const c = context(canvas);
    const { ends, picks } = look.lifts;
    const gap = Math.round(canvas.width * 0.06);
    const tall = Math.ceil(small.height / folds);
    const start = Math.round((canvas.width - folds * small.width - (folds - 1) * gap) / 2);
    const base = Math.round((canvas.height + tall) / 2);
    c.clearRect(0, 0, canvas.width, canvas.height);
    for (let fold = 0; fold < folds; fold++) {
      const x = start + fold * (small.width + gap);
      const to = small.height - fold * tall;
      const rows = Math.min(tall, to);
      c.globalAlpha = 0.2;
      for (let end = 0; end < ends; end++) {
        const wide = small.width / ends;
        c.fillStyle = look.yarns[look.warp[end]].colour;
        c.fillRect(x + (end + 0.2) * wide, base - rows, wide * 0.6, rows);
      }
      c.globalAlpha = 1;
      c.drawImage(this.sheet, 0, to - rows, small.width, rows, x, base - rows, small.width, rows);
      const fell = (this.woven / picks) * small.height - fold * tall;
      if (this.woven < picks && fell >= 0 && fell < rows) {
        c.fillStyle = '#f1ebde';
        c.fillRect(
          x - gap * 0.4,
          Math.round(base - fell) - 1,
          small.width + gap * 0.8,
          Math.max(2, devicePixelRatio * 2),
        );
      }
    }
  }
}
