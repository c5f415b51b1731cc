import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import type { ClothLook, Picture } from '../../patterns/render';
import {
  bytesOf,
  ClothPainter,
  linearOf,
  measure,
  renderCloth,
  renderShed,
  shrink,
  srgbByte,
  svg,
} from '../../patterns/render';
import { plainCloth, satinCloth } from './synthetic';

/** Mean linear light of red, green and blue over some pixel rows. */
function light({ width, height, rgba }: Picture, from = 0, to = height): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let at = from * width * 4; at < to * width * 4; at += 4)
    for (let c = 0; c < 3; c++) sum[c] += linearOf[rgba[at + c]];
  return sum.map((s) => s / (width * (to - from))) as [number, number, number];
}

/** Any small cloth in three yarns. */
const cloths: fc.Arbitrary<ClothLook> = fc
  .record({ ends: fc.integer({ min: 1, max: 9 }), picks: fc.integer({ min: 1, max: 9 }) })
  .chain(({ ends, picks }) =>
    fc.record({
      rows: fc.array(
        fc.array(fc.boolean(), { minLength: ends, maxLength: ends }).map((row) => row.map(Number).join('')),
        { minLength: picks, maxLength: picks },
      ),
      warp: fc.uint8Array({ minLength: ends, maxLength: ends, max: 2 }),
      weft: fc.uint8Array({ minLength: picks, maxLength: picks, max: 2 }),
    }),
  )
  .map(({ rows, warp, weft }) => ({
    lifts: BitRows.from(rows),
    yarns: [{ colour: '#c02020' }, { colour: '#20a040' }, { colour: '#e8e0d0' }],
    warp,
    weft,
    sett: 8,
    picksPerCm: 9,
  }));

describe('the picture of a cloth', () => {
  it('is the same, byte for byte, every time', () => {
    fc.assert(
      fc.property(cloths, fc.integer({ min: 2, max: 9 }), (cloth, px) => {
        expect(renderCloth(cloth, { px }).rgba).toEqual(renderCloth(cloth, { px }).rgba);
      }),
      { numRuns: 20 },
    );
  });

  it('is opaque everywhere', () => {
    fc.assert(
      fc.property(cloths, fc.double({ min: 1, max: 9, noNaN: true }), (cloth, px) => {
        const { rgba } = renderCloth(cloth, { px });
        expect(rgba.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('has the proportions of sett and picks per cm, at any size', () => {
    const cloth: ClothLook = { ...satinCloth(200), sett: 10, picksPerCm: 14 };
    for (const width of [40, 97, 160, 333, 800]) {
      const drawn = renderCloth(cloth, { width });
      expect(drawn.width).toBe(width);
      expect(drawn.height).toBe(Math.round(((200 * width) / 40) * (10 / 14)));
    }
  });

  it('has pick 1 at the bottom and end 1 at the left', () => {
    const cloth: ClothLook = {
      lifts: BitRows.from(['000', '000', '100']),
      yarns: [{ colour: '#ffffff' }, { colour: '#ff0000' }, { colour: '#0000ff' }],
      warp: new Uint8Array(3),
      weft: Uint8Array.from([1, 2, 2]),
      sett: 8,
      picksPerCm: 8,
    };
    const { width, height, rgba } = renderCloth(cloth, { px: 12 });
    const at = (x: number, y: number) => [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
    const [red, , blue] = at(18, height - 6);
    expect(red).toBeGreaterThan(4 * blue);
    const [red3, green3, blue3] = at(6, 6);
    expect(Math.min(red3, green3, blue3)).toBeGreaterThan(120);
    expect(at(30, 6)[2]).toBeGreaterThan(4 * at(30, 6)[0]);
  });

  it('of plain weave in two yarns is half of one and half of the other', () => {
    const [red, green] = light(renderCloth(plainCloth(24, 24, '#ff0000', '#00ff00'), { px: 12 }));
    expect(red / green).toBeGreaterThan(0.85);
    expect(red / green).toBeLessThan(1.18);
  });

  it('keeps its light when it is drawn small', () => {
    const large = light(renderCloth(satinCloth(70), { px: 12 }));
    const small = light(renderCloth(satinCloth(70), { px: 1.7 }));
    for (let c = 0; c < 3; c++) expect(small[c] / large[c]).toBeCloseTo(1, 1);
  });

  it('turns a weft-faced row into the weft’s colour and a warp-faced one into the warp’s', () => {
    const rows = ['00001', '01000', '00010', '10000', '00100'].map((row) => row.repeat(4));
    const faces = (lifts: BitRows): ClothLook => ({ ...plainCloth(20, 5, '#ff0000', '#0000ff'), lifts });
    const [redIn, , blueIn] = light(renderCloth(faces(BitRows.from(rows)), { px: 10 }));
    expect(blueIn).toBeGreaterThan(2.5 * redIn);
    const turned = rows.map((row) => row.replace(/./g, (bit) => (bit === '1' ? '0' : '1')));
    const [redOut, , blueOut] = light(renderCloth(faces(BitRows.from(turned)), { px: 10 }));
    expect(redOut).toBeGreaterThan(2.5 * blueOut);
  });

  it('refuses a size that makes no picture', () => {
    expect(() => renderCloth(satinCloth(7), { px: 0 })).toThrow(RangeError);
    expect(() => renderCloth(satinCloth(7), { width: Number.NaN })).toThrow(RangeError);
    expect(() => measure(satinCloth(1400), { px: 400 })).toThrow(/too large/);
  });
});

describe('a cloth that grows', () => {
  it('looks at every pick as if it had been drawn at once, forward and back', () => {
    fc.assert(
      fc.property(cloths, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }), (cloth, places) => {
        const painter = new ClothPainter(cloth, 6, 7);
        for (const place of [...places, cloth.lifts.picks]) {
          painter.weave(place);
          const fresh = new ClothPainter(cloth, 6, 7);
          fresh.weave(place);
          expect(painter.picture.rgba).toEqual(fresh.picture.rgba);
        }
        expect(painter.picture.rgba).toEqual(renderCloth({ ...cloth, sett: 7, picksPerCm: 6 }, { px: 6 }).rgba);
      }),
      { numRuns: 40 },
    );
  });

  it('tells which rows of pixels changed: the new pick and the one below it', () => {
    const painter = new ClothPainter(satinCloth(20), 8, 8);
    expect(painter.weave(5)).toEqual({ from: 120, to: 160 });
    expect(painter.weave(6)).toEqual({ from: 112, to: 128 });
    expect(painter.weave(5)).toEqual({ from: 112, to: 128 });
    expect(painter.weave(5)).toBeNull();
  });

  it('needs few tiles, however long it is', () => {
    const painter = new ClothPainter(satinCloth(1400), 6, 6);
    painter.weave(1400);
    expect(painter.atlas.size).toBeLessThan(800);
  });
});

describe('shrinking', () => {
  it('averages light, not bytes', () => {
    const half = { width: 2, height: 1, rgba: Uint8ClampedArray.from([0, 0, 0, 255, 255, 255, 255, 255]) };
    expect([...shrink(half, 1, 1).rgba]).toEqual([188, 188, 188, 255]);
  });

  it('leaves a picture of the same size as it is', () => {
    const cloth = renderCloth(satinCloth(7), { px: 7 });
    expect(shrink(cloth, cloth.width, cloth.height).rgba).toEqual(cloth.rgba);
  });

  it('turns bytes to light and back without loss', () => {
    for (let byte = 0; byte < 256; byte++) expect(srgbByte(linearOf[byte])).toBe(byte);
  });
});

describe('the bare warp', () => {
  it('shows lifted ends brighter than the others, and all alike where the shed is closed', () => {
    const cloth = { ...plainCloth(2, 1, '#a09080', '#000000'), lifts: BitRows.from(['10']) };
    const brightness = (p: Picture, end: number, y: number) => p.rgba[(y * p.width + end * 20 + 9) * 4];
    const open = renderShed(cloth, 0, 20, 100, 50);
    expect(brightness(open, 0, 5)).toBeGreaterThan(brightness(open, 1, 5) + 40);
    const closed = renderShed(cloth, null, 20, 100, 50);
    expect(brightness(closed, 0, 5)).toBe(brightness(closed, 1, 5));
  });
});

describe('the drawing as SVG', () => {
  it('has every float once, in its yarn’s colour', () => {
    const drawing = svg({ ...plainCloth(3, 1, '#112233', '#aabbcc'), lifts: BitRows.from(['100']) });
    expect(drawing).toContain('fill="#112233"');
    expect(drawing.match(/M[^"]*z/)?.[0].match(/M/g)).toHaveLength(1);
    expect(drawing).toMatch(/^<svg [^>]*viewBox="0 0 30 10"/);
  });

  it('refuses a colour that is none', () => {
    expect(() => bytesOf('red')).toThrow(/#a1b2c3/);
  });
});
