/** How near one look comes to another, as the eye weighs light. */
import { oklab } from '../../colour';
import { blurredAt } from './eye';

/** Lightness goes with the cube root of light: the square of what a step in light is worth, by how light it is. */
export const weightOf = Float32Array.from(
  { length: 1024 },
  (_, i) => 1 / (9 * Math.max((i + 0.5) / 1024, 0.004) ** (4 / 3)),
);

/** Squared distance of two looks at an end, by how much a step in light is worth there. */
export function distance(a: Float32Array, b: Float32Array, weights: Float32Array, end: number): number {
  const i = 3 * end;
  const [red, green, blue] = [a[i] - b[i], a[i + 1] - b[i + 1], a[i + 2] - b[i + 2]];
  return weights[i] * red * red + weights[i + 1] * green * green + weights[i + 2] * blue * blue;
}

/** Distance from what is seen to a look that is not blurred yet. */
export function blurredDistance(seen: Float32Array, look: Float32Array, weights: Float32Array, end: number): number {
  const [red, green, blue] = blurredAt(look, end);
  const i = 3 * end;
  const [r, g, b] = [seen[i] - red, seen[i + 1] - green, seen[i + 2] - blue];
  return weights[i] * r * r + weights[i + 1] * g * g + weights[i + 2] * b * b;
}

/** OKLab distance at an end when one part of what is seen there looked like this, or like that. */
export function seenApart(a: Float32Array, b: Float32Array, end: number, seen: Float32Array, mine: number): number {
  const one = [0, 1, 2].map((i) => Math.max(0, seen[3 * end + i])) as [number, number, number];
  const other = one.map((light, i) => Math.max(0, light + mine * (b[3 * end + i] - a[3 * end + i])));
  const [p, q] = [oklab(one), oklab(other as [number, number, number])];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}
