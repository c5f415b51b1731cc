/** The few things that every canvas of ours needs. */
import type { Picture } from '../../../patterns/render';

export function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const c = canvas.getContext('2d');
  if (!c) throw new Error('this browser draws no 2D canvas');
  return c;
}

/** Gives the canvas as many pixels as the screen has under it. @returns false while it has no size */
export function sizeToScreen(canvas: HTMLCanvasElement): boolean {
  const { width, height } = canvas.getBoundingClientRect();
  const wide = Math.round(width * devicePixelRatio);
  const high = Math.round(height * devicePixelRatio);
  if (wide < 2 || high < 2) return false;
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  return true;
}

/** Puts a picture, or only its rows `from` to `to` (excluded), at the same place of the canvas. */
export function onPicture(
  c: CanvasRenderingContext2D,
  { rgba, width, height }: Picture,
  x: number,
  y: number,
  rows = { from: 0, to: height },
): void {
  c.putImageData(new ImageData(rgba, width, height), x, y, 0, rows.from, width, rows.to - rows.from);
}
