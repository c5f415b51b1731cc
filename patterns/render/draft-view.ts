/**
 * The draft as weavers draw it: threading above, tie-up top right, treadling or lift plan at the right, drawdown below.
 * Shaft 1 is the lowest row of the threading, pick 1 the lowest row of the drawdown, end 1 and treadle 1 at the left.
 */
import type { BitRows } from '../bit-rows';
import type { Draft } from '../formats/wif-write';
import { cells, digitHeight, type Grid, ink, lined, lines, number, numberWidth, paper, strong, thin } from './grid';
import { type Layer, mustBeDrawable, type Rect, type Scene } from './scene';

export type DrawnDraft = Pick<Draft, 'threading' | 'treadling' | 'liftPlan' | 'palette' | 'warp' | 'weft'> & {
  readonly lifts: BitRows;
};

/**
 * @param px whole pixels a cell
 * @throws RangeError when it would be too large a picture
 */
export function draftScene(draft: DrawnDraft, px: number): Scene {
  const { threading, treadling, liftPlan, lifts, palette, warp, weft } = draft;
  const { ends, picks } = lifts;
  const shafts = threading.ends;
  // Where both are there, the lift plan is what was woven.
  const pressed = liftPlan ?? treadling?.pressed;
  const feet = pressed?.ends ?? 0;
  const gap = px;
  const dot = Math.max(1, Math.floor(px / 6));
  const margin = 2 * px + numberWidth(Math.max(ends, picks), dot);

  const colours: Grid = { x: margin, y: margin, across: ends, down: 1, px };
  const above: Grid = { ...colours, y: colours.y + px + gap, down: shafts };
  const cloth: Grid = { ...above, y: above.y + shafts * px + gap, down: picks };
  const right: Grid = { ...cloth, x: cloth.x + ends * px + gap, across: feet };
  const tie: Grid = { ...right, y: above.y, down: shafts };
  const wefts: Grid = { ...right, x: right.x + feet * px + gap, across: 1 };
  const width = wefts.x + px + margin;
  const height = cloth.y + picks * px + margin;
  mustBeDrawable(width, height);

  const yarnOf = (end: number, pick: number) => palette[lifts.get(pick, end) ? warp[end] : weft[pick]];
  const used = [...new Set([...warp, ...weft].map((yarn) => palette[yarn]))];
  const tied = treadling && !liftPlan ? treadling.tieUp : null;
  const marks = [
    ...cells(above, (end, shaft) => threading.get(end, shaft)),
    ...(pressed ? cells(right, (foot, pick) => pressed.get(pick, foot)) : []),
    // Each shaft of a lift plan has a treadle of its own.
    ...cells(tie, (foot, shaft) => (tied ? tied.get(foot, shaft) : foot === shaft)),
  ];
  const grids = [colours, above, cloth, right, tie, wefts].filter(({ across, down }) => across > 0 && down > 0);
  const layers: Layer[] = [
    { fill: paper, rects: [[0, 0, width, height]] },
    ...used.map((fill) => ({
      fill,
      rects: [
        ...cells(cloth, (end, pick) => yarnOf(end, pick) === fill),
        ...cells(colours, (end) => palette[warp[end]] === fill),
        ...cells(wefts, (_, pick) => palette[weft[pick]] === fill),
      ],
    })),
    { fill: ink, rects: marks },
    { fill: thin, rects: grids.flatMap((grid) => lines(grid, false)) },
    { fill: strong, rects: grids.flatMap((grid) => lines(grid, true)) },
    { fill: ink, rects: lined(px) ? numbers(colours, cloth, tie, dot) : [] },
  ];
  return { width, height, layers };
}

/** Crossings alone: ink where the warp is up. */
export function drawdownScene(lifts: BitRows, px: number): Scene {
  const dot = Math.max(1, Math.floor(px / 6));
  const margin = 2 * px + numberWidth(Math.max(lifts.ends, lifts.picks), dot);
  const cloth: Grid = { x: margin, y: margin, across: lifts.ends, down: lifts.picks, px };
  const width = 2 * margin + lifts.ends * px;
  const height = 2 * margin + lifts.picks * px;
  mustBeDrawable(width, height);
  return {
    width,
    height,
    layers: [
      { fill: paper, rects: [[0, 0, width, height]] },
      { fill: ink, rects: cells(cloth, (end, pick) => lifts.get(pick, end)) },
      { fill: thin, rects: lines(cloth, false) },
      { fill: strong, rects: lines(cloth, true) },
      { fill: ink, rects: lined(px) ? numbers(cloth, cloth, null, dot) : [] },
    ],
  };
}

/** 1 and every tenth: ends above, picks at the left, shafts at the right of the tie-up. */
function numbers(top: Grid, left: Grid, tie: Grid | null, dot: number): Rect[] {
  const told = (count: number) =>
    Array.from({ length: count }, (_, index) => index + 1).filter((n) => n === 1 || n % 10 === 0);
  const { px } = top;
  const middle = Math.floor((px - digitHeight(dot)) / 2);
  const rowOf = (grid: Grid, n: number) => grid.y + (grid.down - n) * px + middle;
  return [
    ...told(top.across).flatMap((n) => {
      const x = top.x + (n - 1) * px + Math.floor((px - numberWidth(n, dot)) / 2);
      return number(n, x, top.y - digitHeight(dot) - 2 * dot, dot);
    }),
    ...told(left.down).flatMap((n) => number(n, left.x - numberWidth(n, dot) - 2 * dot, rowOf(left, n), dot)),
    ...(tie
      ? [...new Set([1, tie.down])].flatMap((n) => number(n, tie.x + tie.across * px + 3 * dot, rowOf(tie, n), dot))
      : []),
  ];
}
