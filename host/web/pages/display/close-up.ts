/** The newest picks, large: cloth below the fell, the open shed above it, the heddles at the top. Drawn only when something changed. */
import { Atlas, type ClothLook, drawPick, picture, renderShed } from '../../../../patterns/render';
import { context, onPicture, sizeToScreen } from '../canvas';

/** ms of the two small movements: the new pick is beaten in; the shed changes. */
const beatMs = 320;
const shedMs = 420;
/** Share of the height above the fell, once the cloth is long enough to scroll. */
const warpShare = 0.36;

export interface Place {
  /** picks whose weft lies in the cloth */
  readonly woven: number;
  /** index of the pick whose shed is open, null = closed */
  readonly shed: number | null;
}

const ease = (t: number): number => 1 - (1 - t) ** 3;

export class CloseUp {
  private look: ClothLook | null = null;
  private place: Place = { woven: 0, shed: null };
  private atlas: Atlas | null = null;
  /** rows of the newest picks, each in slot `pick % slots` */
  private rows = document.createElement('canvas');
  private slots = 0;
  private sheds: [before: HTMLCanvasElement, now: HTMLCanvasElement] = [
    document.createElement('canvas'),
    document.createElement('canvas'),
  ];
  private beatFrom = { at: Number.NEGATIVE_INFINITY, woven: 0 };
  private shedSince = Number.NEGATIVE_INFINITY;
  private frame = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {
    new ResizeObserver(() => this.rebuild()).observe(canvas);
  }

  show(look: ClothLook, place: Place, moves: boolean): void {
    if (look !== this.look) {
      this.look = look;
      this.place = place;
      this.rebuild();
      return;
    }
    const before = this.place;
    if (before.woven === place.woven && before.shed === place.shed) return;
    this.place = place;
    const now = performance.now();
    if (before.woven !== place.woven) {
      this.drawRows(before.woven);
      const step = Math.abs(before.woven - place.woven) <= 2;
      this.beatFrom = { at: moves && step ? now : Number.NEGATIVE_INFINITY, woven: before.woven };
    }
    if (before.shed !== place.shed) {
      this.sheds.reverse();
      this.drawShed(this.sheds[1], place.shed);
      this.shedSince = moves ? now : Number.NEGATIVE_INFINITY;
    }
    this.ask();
  }

  private rebuild(): void {
    if (!this.look || !sizeToScreen(this.canvas)) return;
    const { look, canvas } = this;
    const width = Math.max(2, Math.floor(canvas.width / look.lifts.ends));
    const height = Math.max(2, Math.round((width * look.sett) / look.picksPerCm));
    this.atlas = new Atlas(look, width, height);
    this.slots = Math.ceil(canvas.height / height) + 2;
    this.rows.width = width * look.lifts.ends;
    this.rows.height = this.slots * height;
    this.drawRows(0);
    this.drawShed(this.sheds[1], this.place.shed);
    this.beatFrom.at = Number.NEGATIVE_INFINITY;
    this.shedSince = Number.NEGATIVE_INFINITY;
    this.ask();
  }

  /** Draws the rows that differ from when `before` picks were woven, as far as they can be seen. */
  private drawRows(before: number): void {
    const { look, atlas, slots } = this;
    if (!look || !atlas) return;
    const { woven } = this.place;
    const first = Math.max(0, woven - slots, woven > before ? before - 1 : 0);
    const strip = picture(this.rows.width, atlas.height);
    for (let pick = first; pick < woven; pick++) {
      drawPick(atlas, look, pick, woven, strip, atlas.height);
      onPicture(context(this.rows), strip, 0, (pick % slots) * atlas.height);
    }
  }

  private drawShed(into: HTMLCanvasElement, shed: number | null): void {
    const { look, atlas, canvas } = this;
    if (!look || !atlas) return;
    const { ends } = look.lifts;
    const { width } = atlas;
    const high = Math.round(canvas.height * warpShare);
    into.width = ends * width;
    into.height = high;
    const c = context(into);
    onPicture(c, renderShed(look, shed, width, high, high * 0.62), 0, 0);

    // Heddles: a wire and an eye for every end; the eye of a lifted end stands higher.
    for (let end = 0; end < ends; end++) {
      const up = shed !== null && look.lifts.get(shed, end);
      const x = (end + 0.5) * width;
      const eye = high * (up ? 0.13 : 0.25);
      c.strokeStyle = up ? '#e9e4da' : '#6d675f';
      c.lineWidth = Math.max(1, width * 0.1);
      c.beginPath();
      c.moveTo(x, 0);
      c.lineTo(x, eye - width * 0.42);
      c.stroke();
      c.fillStyle = '#12100e';
      c.lineWidth = Math.max(1, width * 0.13);
      c.beginPath();
      c.ellipse(x, eye, width * 0.26, width * 0.5, 0, 0, 2 * Math.PI);
      c.fill();
      c.stroke();
      c.fillStyle = look.yarns[look.warp[end]].colour;
      c.globalAlpha = up ? 1 : 0.5;
      c.beginPath();
      c.arc(x, eye + width * 0.1, width * 0.15, 0, 2 * Math.PI);
      c.fill();
      c.globalAlpha = 1;
    }
  }

  private ask(): void {
    if (!this.frame) this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  private draw(now: number): void {
    this.frame = 0;
    const { look, atlas, canvas, place, slots } = this;
    if (!look || !atlas) return;
    const c = context(canvas);
    const { height } = atlas;
    const beat = Math.max(0, Math.min(1, (now - this.beatFrom.at) / beatMs));
    const opening = Math.max(0, Math.min(1, (now - this.shedSince) / shedMs));
    const shown = this.beatFrom.woven + (place.woven - this.beatFrom.woven) * ease(beat);
    const woven = beat < 1 ? shown : place.woven;
    const high = Math.round(canvas.height * warpShare);
    const fell = Math.round(Math.max(high, canvas.height - woven * height));
    const left = Math.round((canvas.width - this.rows.width) / 2);

    c.clearRect(0, 0, canvas.width, canvas.height);
    c.globalAlpha = opening < 1 ? 1 - ease(opening) : 0;
    if (opening < 1) c.drawImage(this.sheds[0], left, fell - high);
    c.globalAlpha = opening < 1 ? ease(opening) : 1;
    c.drawImage(this.sheds[1], left, fell - high);
    c.globalAlpha = 1;
    if (fell > high) this.warpAbove(c, left, fell - high);

    const first = Math.max(0, Math.floor(woven - (canvas.height - fell) / height));
    for (let pick = first; pick < place.woven; pick++) {
      const fresh = pick === place.woven - 1 && place.woven > this.beatFrom.woven ? (1 - ease(beat)) * height * 4 : 0;
      const top = Math.round(fell + (woven - pick - 1) * height - fresh);
      c.drawImage(this.rows, 0, (pick % slots) * height, this.rows.width, height, left, top, this.rows.width, height);
    }
    this.shadows(c, fell);
    if (beat < 1 || opening < 1) this.ask();
  }

  /** While the cloth is short the heddles stand lower, and their wires reach up to the top. */
  private warpAbove(c: CanvasRenderingContext2D, left: number, to: number): void {
    c.drawImage(this.sheds[1], 0, 0, this.rows.width, 2, left, 0, this.rows.width, to);
  }

  /** The cloth goes dark where it winds on its beam; the fell throws a thin shadow. */
  private shadows(c: CanvasRenderingContext2D, fell: number): void {
    const { width, height } = this.canvas;
    const beam = c.createLinearGradient(0, height * 0.9, 0, height);
    beam.addColorStop(0, '#12100e00');
    beam.addColorStop(1, '#12100ecc');
    c.fillStyle = beam;
    c.fillRect(0, height * 0.9, width, height * 0.1);
    const top = c.createLinearGradient(0, 0, 0, height * 0.07);
    top.addColorStop(0, '#12100e');
    top.addColorStop(1, '#12100e00');
    c.fillStyle = top;
    c.fillRect(0, 0, width, height * 0.07);
    const shade = c.createLinearGradient(0, fell - height * 0.03, 0, fell);
    shade.addColorStop(0, '#0b090700');
    shade.addColorStop(1, '#0b0907b0');
    c.fillStyle = shade;
    c.fillRect(0, fell - height * 0.03, width, height * 0.03);
  }
}
