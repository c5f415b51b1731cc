/** What a structure says of itself is what is counted in its woven drawdown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import { longestFloats } from '../../patterns/draft-facts';
import {
  damask,
  floatsOf,
  type KnownStructure,
  satin,
  satinSteps,
  structureCatalogue,
  turnedTwill,
  twill,
  warpShare,
} from '../../patterns/structures';

/** Three repeats each way, so that a float over a join is whole. */
function woven({ picks, ends, up }: KnownStructure): BitRows {
  const lifts = new BitRows(3 * ends, 3 * picks);
  for (let pick = 0; pick < lifts.picks; pick++)
    for (let end = 0; end < lifts.ends; end++) lifts.set(pick, end, up(pick, end));
  return lifts;
}

function expectFacts(structure: KnownStructure): void {
  const lifts = woven(structure);
  let up = 0;
  for (let pick = 0; pick < lifts.picks; pick++) up += [...lifts.text(pick)].filter((bit) => bit === '1').length;
  expect(longestFloats(lifts), structure.name).toEqual(structure.floats);
  expect(floatsOf(structure), structure.name).toEqual(structure.floats);
  expect(up / (lifts.ends * lifts.picks), structure.name).toBeCloseTo(structure.share, 12);
  expect(warpShare(structure), structure.name).toBeCloseTo(structure.share, 12);
}

describe('the floats and faces that a structure states', () => {
  it.each(structureCatalogue().map((structure) => [structure.name, structure] as const))(
    'are those of the woven %s',
    (_, structure) => expectFacts(structure),
  );

  it('are right for every twill, satin and shade up to sixteen ends', () => {
    for (let n = 3; n <= 16; n++)
      for (const step of [1, n - 1, ...satinSteps(n)])
        for (let level = 1; level < n; level++) expectFacts(satin(n, step, level));
  });

  it('are right for any twill and its reverse, and for blocks of any width', () => {
    const side = fc.integer({ min: 1, max: 7 });
    fc.assert(fc.property(side, side, fc.boolean(), (over, under, left) => expectFacts(twill(over, under, left))));
    for (const times of [1, 2, 3]) {
      expectFacts(turnedTwill(4 * times));
      expectFacts(damask(5, 3, 5 * times));
      expectFacts(damask(8, 3, 8 * times));
    }
  });
});

it('knows which satins there are', () => {
  expect([3, 4, 5, 6, 7, 8].map((n) => satinSteps(n))).toEqual([[], [], [2, 3], [], [2, 3, 4, 5], [3, 5]]);
});

it('refuses blocks that cut a repeat', () => {
  expect(() => turnedTwill(6)).toThrow('blocks of 6 ends do not hold whole repeats of 4');
});

it('names each structure of the catalogue once', () => {
  const names = structureCatalogue().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
