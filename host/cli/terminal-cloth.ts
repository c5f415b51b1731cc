/** A cloth in a terminal: one character is one end wide and two picks high, in the threads' own colours. */
import type { Cloth } from '../../patterns/cloth';

type Rgb = readonly [number, number, number];

/** How many colours the terminal shows; 1 = none (NO_COLOR). */
export type Depth = 1 | 256 | 16_777_216;

export function colourDepth(env: NodeJS.ProcessEnv = process.env): Depth {
  if (env.NO_COLOR || env.TERM === 'dumb') return 1;
  return /truecolor|24bit/i.test(env.COLORTERM ?? '') ? 16_777_216 : 256;
}

/** The newest picks, as lines. */
export interface ClothPicture {
  readonly lines: string[];
  /** index of the line that shows the last pick, -1 without one */
  readonly fell: number;
}

/**
 * The newest picks, newest on top, with bare warp above the fell.
 * @param pick number of the last pick, 0 = none
 * @param height lines; each shows two picks
 */
export function clothLines(cloth: Cloth, pick: number, height: number, depth: Depth = colourDepth()): ClothPicture {
  const bare = 2;
  const top = Math.max(pick + bare, height * 2);
  const lines = Array.from({ length: height }, (_, line) => {
    const upper = top - 2 * line;
    return twoPicks(cloth, upper, upper - 1, pick, depth);
  });
  return { lines, fell: pick > 0 ? Math.floor((top - pick) / 2) : -1 };
}

/** A cell of a yarn's colour. */
export function swatch(colour: string, depth: Depth = colourDepth()): string {
  return depth === 1 ? '■' : `\x1b[38;${paint(rgb(colour), depth)}m■\x1b[39m`;
}

function twoPicks(cloth: Cloth, upper: number, lower: number, woven: number, depth: Depth): string {
  let text = '';
  let last = '';
  for (let end = 0; end < cloth.lifts.ends; end++) {
    const above = thread(cloth, upper, end, woven);
    const below = thread(cloth, lower, end, woven);
    if (depth === 1) {
      text += above.up ? '#' : '-';
      continue;
    }
    const code = `\x1b[38;${paint(above.rgb, depth)};48;${paint(below.rgb, depth)}m`;
    text += `${code === last ? '' : code}▀`;
    last = code;
  }
  return depth === 1 ? text : `${text}\x1b[0m`;
}

/** The thread on top at a crossing; above the fell the bare warp in shadow. */
function thread(cloth: Cloth, pick: number, end: number, woven: number): { rgb: Rgb; up: boolean } {
  const warp = rgb(cloth.yarns[cloth.warp[end]].colour);
  if (pick < 1 || pick > woven) return { rgb: end % 2 ? dim(warp, 0.22) : dim(warp, 0.3), up: true };
  const up = cloth.lifts.get(pick - 1, end);
  const colour = up ? warp : rgb(cloth.yarns[cloth.weft[pick - 1]].colour);
  return { rgb: dim(colour, up ? 1 : 0.92), up };
}

function rgb(colour: string): Rgb {
  const n = Number.parseInt(colour.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

function dim([r, g, b]: Rgb, by: number): Rgb {
  return [r * by, g * by, b * by];
}

function paint([r, g, b]: Rgb, depth: Depth): string {
  if (depth === 256) {
    const six = (v: number) => Math.round((v / 255) * 5);
    return `5;${16 + 36 * six(r) + 6 * six(g) + six(b)}`;
  }
  return `2;${Math.round(r)};${Math.round(g)};${Math.round(b)}`;
}
