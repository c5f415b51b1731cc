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
  const i = 3 * end;
  const one = light(seen[i], seen[i + 1], seen[i + 2]);
  const p = oklab(one);
  const q = oklab(
    light(one[0] + mine * (b[i] - a[i]), one[1] + mine * (b[i + 1] - a[i + 1]), one[2] + mine * (b[i + 2] - a[i + 2])),
  );
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** There is no less light than none. */
const light = (red: number, green: number, blue: number): [number, number, number] => [
  Math.max(0, red),
  Math.max(0, green),
  Math.max(0, blue),
];
