/** A cloth as one picture for a page: cut into columns where it is long, read from the foot of the first to the head of the last. */
import { renderCloth } from '../../patterns/render';
import { type ClothLook, type Picture, picture } from '../../patterns/render/look';

/** Most picks in one column. */
const mostPicks = 280;
/** Pixels between two columns. */
const gap = 40;

/** Where the picks of a sheet lie: what a reader sees at once. */
export interface SheetLayout {
  readonly ends: number;
  readonly picks: number;
  readonly columns: number;
}

export const columnsOf = (picks: number): number => Math.ceil(picks / mostPicks);

/** Picks of one column; the last may have fewer. */
const picksEach = ({ picks, columns }: SheetLayout): number => Math.ceil(picks / columns);

/** @param px pixels across one end */
export function sheetOf(cloth: ClothLook, px: number): Picture {
  const whole = renderCloth(cloth, { px });
  const { ends, picks } = cloth.lifts;
  const layout = { ends, picks, columns: columnsOf(picks) };
  if (layout.columns === 1) return whole;
  const height = whole.height / picks;
  const tall = Math.round(picksEach(layout) * height);
  const sheet = picture(layout.columns * (whole.width + gap) - gap, tall);
  sheet.rgba.fill(255);
  for (let column = 0; column < layout.columns; column++)
    for (let up = 1; up <= tall; up++) {
      const from = whole.height - Math.round(column * picksEach(layout) * height) - up;
      if (from < 0) continue;
      const line = whole.rgba.subarray(4 * whole.width * from, 4 * whole.width * (from + 1));
      sheet.rgba.set(line, 4 * (sheet.width * (tall - up) + column * (whole.width + gap)));
    }
  return sheet;
}

/** Mean colour of the middle of a crossing, sRGB bytes: all that a reader takes from the picture. */
export function colourAt(sheet: Picture, layout: SheetLayout, pick: number, end: number): [number, number, number] {
  const width = (sheet.width + gap) / layout.columns - gap;
  const across = width / layout.ends;
  const up = sheet.height / picksEach(layout);
  const column = Math.floor(pick / picksEach(layout));
  const left = column * (width + gap) + end * across;
  const top = sheet.height - ((pick % picksEach(layout)) + 1) * up;
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = Math.ceil(top + up / 4); y < top + (3 * up) / 4; y++)
    for (let x = Math.ceil(left + across / 4); x < left + (3 * across) / 4; x++, count++)
      for (let part = 0; part < 3; part++) sum[part] += sheet.rgba[4 * (y * sheet.width + x) + part];
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}
