/** sRGB to linear light and back (IEC 61966-2-1), so that pixels are averaged as the eye at a distance does it. */

/** Linear light, 0–1, of each sRGB byte. */
export const linearOf = Float32Array.from({ length: 256 }, (_, byte) => {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});

const steps = 4096;
const byteOf = Uint8Array.from({ length: steps + 1 }, (_, i) => {
  const c = i / steps;
  return Math.round(255 * (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055));
});

/** The sRGB byte of a linear light; values outside 0–1 are cut. */
export function srgbByte(linear: number): number {
  return byteOf[linear <= 0 ? 0 : linear >= 1 ? steps : (linear * steps + 0.5) | 0];
}

/** sRGB bytes of `#rrggbb`. @throws RangeError for anything else */
export function bytesOf(colour: string): [red: number, green: number, blue: number] {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new RangeError(`“${colour}” is not a colour like #a1b2c3`);
  const all = Number.parseInt(colour.slice(1), 16);
  return [all >> 16, (all >> 8) & 255, all & 255];
}
