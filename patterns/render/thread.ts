/** Shades one point of one crossing: a plump two-ply yarn that arches over its neighbour and dives at the end of its float. */

/** What is seen at a crossing. `before` and `after`: the thread on top goes on being on top in the cell below (left) and above (right). */
export interface Crossing {
  readonly warpUp: boolean;
  readonly before: boolean;
  readonly after: boolean;
  /** turn of the twist where the cell begins, 0–1; the same along a thread, so that its plies run on from cell to cell */
  readonly phase: number;
  /** whole turns of the twist within the cell */
  readonly turns: number;
}

/** `light` multiplies the yarn's colour, `sheen` is added to it; in a gap the thread below is seen, nearly black. */
export interface Shade {
  light: number;
  sheen: number;
  gap: boolean;
}

// The light stands above the weaver's left shoulder. Unit vector: right, up, towards the eye.
const lamp = [-0.42, 0.58, 0.698] as const;
const tau = 2 * Math.PI;

const smooth = (from: number, to: number, x: number): number => {
  const t = x <= from ? 0 : x >= to ? 1 : (x - from) / (to - from);
  return t * t * (3 - 2 * t);
};

/** Height of the thread along the cell: 1 on top, 0 where it dives. */
const arch = (along: number, before: boolean, after: boolean): number =>
  (before ? 1 : smooth(-0.08, 0.46, along)) * (after ? 1 : smooth(-0.08, 0.46, 1 - along));

/**
 * @param u across the cell from left to right, 0–1
 * @param v up the cell from bottom to top, 0–1
 * @param into filled in and returned
 */
export function shade(u: number, v: number, crossing: Crossing, into: Shade): Shade {
  const { warpUp, before, after, phase, turns } = crossing;
  const along = warpUp ? v : u;
  const height = arch(along, before, after);
  const side = (((warpUp ? u : v) - 0.5) * 2) / (0.87 + 0.13 * height);
  into.gap = Math.abs(side) >= 1;
  if (into.gap) {
    into.light = 0.2;
    into.sheen = 0;
    return into;
  }
  const round = Math.sqrt(1 - side * side);
  const angle = Math.asin(side) / Math.PI;
  const slope = (arch(along + 0.05, before, after) - arch(along - 0.05, before, after)) * 2.1;

  // Two plies lie round each other as slanting bands; each band is a little cylinder of its own.
  const twist = along * turns - angle * 0.9 + phase;
  const band = (twist - Math.floor(twist)) * 2 - 1;
  const groove = band * band * band * band;
  const fibre =
    Math.sin(angle * 47 + tau * (along * turns * 2 + phase)) * 0.5 +
    Math.sin(angle * 83 - tau * (along + phase * 3)) * 0.5;

  const tiltAcross = side * 0.92 + band * 0.16;
  const tiltAlong = -slope - band * 0.24;
  const facing = round + 0.28;
  const length = Math.hypot(tiltAcross, tiltAlong, facing);
  const x = (warpUp ? tiltAcross : tiltAlong) / length;
  const y = (warpUp ? tiltAlong : tiltAcross) / length;
  const z = facing / length;
  const diffuse = Math.max(x * lamp[0] + y * lamp[1] + z * lamp[2], 0);

  // Wool and cotton shine across the fibre, not as a mirror does: a soft streak along the crown of the thread.
  const grazing = warpUp ? y * lamp[1] * 0.9 + x * lamp[0] * 0.2 : x * lamp[0] * 0.9 + y * lamp[1] * 0.2;
  const crown = Math.max(0, 1 - (side + (warpUp ? 0.28 : -0.3)) ** 2 * 2.2);
  const shelter = (0.4 + 0.6 * smooth(0, 0.8, height)) * (0.5 + 0.5 * Math.sqrt(round));

  into.light = (0.3 + 0.86 * diffuse) * shelter * (1 - 0.19 * groove + 0.055 * fibre);
  into.sheen = (26 * crown * crown + 20 * Math.max(0, grazing)) * height * (1 - 0.7 * groove) * (1 + 0.25 * fibre);
  return into;
}
