/** How much yarn a cloth takes, reckoned by hand. */
import { expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import type { Cloth } from '../../patterns/cloth';
import type { LoomProfile, Yarn } from '../../patterns/profile';
import { weavableCm } from '../../patterns/profile';
import { clothGrams, weftMetres, yarnUse } from '../../patterns/yarn-use';
import { exhibition40, traffordChoice } from './fixtures';

const linen: Yarn = { name: 'linen', colour: '#e8e1d0', tex: 200 };
const plum: Yarn = { name: 'plum', colour: '#34132c', tex: 500 };
const loom = (weft: Yarn): LoomProfile => ({
  ...exhibition40,
  ends: 10,
  warps: [{ name: 'bands', guides: [], stripes: [{ from: 1, to: 10, yarn: linen }] }],
  wefts: [weft],
  warpMetres: 3,
  loomWaste: 0.5,
});
/** 2 cm wide and 2 cm long */
const cloth: Cloth = {
  lifts: new BitRows(10, 12),
  yarns: [linen, plum],
  warp: new Uint8Array(10),
  weft: new Uint8Array(12).fill(1),
  ...{ parts: [], records: [], legend: [], notes: [], key: { encoding: 'bands' } },
  ...{ provenance: traffordChoice.provenance, profile: 'mine', sett: 5, picksPerCm: 6 },
};

it('is a tenth more than the cloth is wide and long, with what stays on the loom', () => {
  // 12 picks of 2 cm; ten ends of 2 cm and half a metre of waste.
  expect(weftMetres(cloth, 1)).toBeCloseTo(12 * 0.02 * 1.1);
  const [warp, weft] = yarnUse(cloth, loom(plum));
  expect(warp).toMatchObject({ yarn: 'linen', weftMetres: 0 });
  expect(warp.warpMetres).toBeCloseTo(10 * (0.02 * 1.1 + 0.5));
  expect(weft).toMatchObject({ yarn: 'plum', warpMetres: 0 });
});

it('weighs what tex says, grams a kilometre, and nothing is said of a yarn without', () => {
  const expected = (0.264 * 500 + 5.22 * 200) / 1000;
  expect(clothGrams(cloth, loom(plum))).toBeCloseTo(expected);
  const { tex: _, ...unweighed } = plum;
  expect(clothGrams(cloth, loom(unweighed))).toBeNull();
  expect(yarnUse(cloth, loom(unweighed))[0].grams).toBeCloseTo(1.044);
});

it('cannot weave what the loom keeps', () => {
  expect(weavableCm(loom(plum))).toBe(250);
  expect(weavableCm(exhibition40)).toBe(800);
});
