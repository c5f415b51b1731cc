import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import { draftScene, drawdownScene, type Scene, scenePicture, sceneSvg } from '../../patterns/render';

/** A 2/2 twill on four shafts, threaded straight, trodden straight. */
const repeat = ['1001', '1100', '0110', '0011'];
const twill = {
  threading: BitRows.from(['1000', '0100', '0010', '0001', '1000', '0100', '0010', '0001']),
  treadling: {
    tieUp: BitRows.from(repeat),
    pressed: BitRows.from(['1000', '0100', '0010', '0001']),
  },
  liftPlan: null,
  lifts: BitRows.from(repeat.map((row) => row + row)),
  palette: ['#aa3311', '#ffeecc'],
  warp: new Uint16Array(8),
  weft: new Uint16Array(4).fill(1),
};
const px = 4;

const at = (scene: Scene) => {
  const { width, rgba } = scenePicture(scene);
  return (x: number, y: number) =>
    `#${[0, 1, 2].map((i) => rgba[4 * (y * width + x) + i].toString(16).padStart(2, '0')).join('')}`;
};

/** Draws an SVG of `M x y h w v h h −w z` shapes by the SVG rules alone: the colour at the middle of a pixel. */
const svgAt = (svg: string) => {
  const shapes = [...svg.matchAll(/<path fill="(#\w+)" d="([^"]*)"/g)].flatMap(([, fill, d]) =>
    [...d.matchAll(/M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z/g)].map((shape) => ({ fill, n: shape.slice(1).map(Number) })),
  );
  return (x: number, y: number) =>
    shapes.findLast(({ n: [left, top, w, h] }) => x >= left && x < left + w && y >= top && y < top + h)?.fill;
};

describe('the draft view', () => {
  // Left margin: two cells and a number of one digit, 3 dots.
  const margin = 2 * px + 3;
  const see = at(draftScene(twill, px));
  const middle = (x: number, y: number) => see(x + px / 2, y + px / 2);
  const aboveY = margin + 2 * px;
  const clothY = aboveY + 5 * px;
  const rightX = margin + 9 * px;

  it('has the threading above, shaft 1 lowest, end 1 at the left', () => {
    for (let end = 0; end < 8; end++)
      for (let shaft = 0; shaft < 4; shaft++)
        expect(middle(margin + end * px, aboveY + (3 - shaft) * px) === '#29231f').toBe(end % 4 === shaft);
  });

  it('has the tie-up at the top right and the treadling below it', () => {
    for (let treadle = 0; treadle < 4; treadle++)
      for (let shaft = 0; shaft < 4; shaft++)
        expect(middle(rightX + treadle * px, aboveY + (3 - shaft) * px) === '#29231f').toBe(
          repeat[treadle][shaft] === '1',
        );
    for (let pick = 0; pick < 4; pick++)
      for (let treadle = 0; treadle < 4; treadle++)
        expect(middle(rightX + treadle * px, clothY + (3 - pick) * px) === '#29231f').toBe(pick === treadle);
  });

  it('has the drawdown in the threads’ colours, pick 1 lowest, and their strips above and at the right', () => {
    for (let pick = 0; pick < 4; pick++)
      for (let end = 0; end < 8; end++)
        expect(middle(margin + end * px, clothY + (3 - pick) * px)).toBe(
          twill.lifts.get(pick, end) ? '#aa3311' : '#ffeecc',
        );
    expect(middle(margin, margin)).toBe('#aa3311');
    expect(middle(rightX + 5 * px, clothY)).toBe('#ffeecc');
  });

  it('shows the lift plan where there is one, each shaft tied to itself', () => {
    const liftPlan = BitRows.from(repeat);
    const plan = at(draftScene({ ...twill, treadling: null, liftPlan }, px));
    for (let one = 0; one < 4; one++)
      for (let shaft = 0; shaft < 4; shaft++) {
        expect(plan(rightX + shaft * px + 2, aboveY + (3 - one) * px + 2) === '#29231f').toBe(one === shaft);
        expect(plan(rightX + shaft * px + 2, clothY + (3 - one) * px + 2) === '#29231f').toBe(
          repeat[one][shaft] === '1',
        );
      }
  });

  it('is the same picture as SVG and as pixels', () => {
    for (const scene of [draftScene(twill, 12), drawdownScene(twill.lifts, 7)]) {
      const [pixel, shape] = [at(scene), svgAt(sceneSvg(scene))];
      fc.assert(
        fc.property(fc.nat(scene.width - 1), fc.nat(scene.height - 1), (x, y) => pixel(x, y) === shape(x, y)),
        { numRuns: 500 },
      );
    }
  });

  it('refuses a picture that no memory holds', () => {
    expect(() => drawdownScene(new BitRows(4000, 4000), 10)).toThrow(/too large a picture: ask for fewer pixels/);
  });
});
