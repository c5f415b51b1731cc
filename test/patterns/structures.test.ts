import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import { layersOf } from '../../patterns/checks/one-cloth';
import { basket, floatsOf, plain, type Structure, satin, twill, warpShare } from '../../patterns/structures';

it('knows the floats and the faces of its structures', () => {
  expect(floatsOf(plain)).toEqual({ warpOver: 1, warpUnder: 1, weftOver: 1, weftUnder: 1 });
  expect(floatsOf(basket)).toEqual({ warpOver: 2, warpUnder: 2, weftOver: 2, weftUnder: 2 });
  expect(floatsOf(twill(1, 3))).toEqual({ warpOver: 1, warpUnder: 3, weftOver: 3, weftUnder: 1 });
  expect(floatsOf(satin(5, 2, 1))).toEqual({ warpOver: 1, warpUnder: 4, weftOver: 4, weftUnder: 1 });
  expect(warpShare(satin(5, 2, 4))).toBeCloseTo(0.8);
  expect(warpShare(twill(2, 2))).toBe(0.5);
});

it('turns a left twill the other way', () => {
  const right = twill(2, 2);
  const left = twill(2, 2, true);
  expect(right.up(1, 1)).toBe(right.up(0, 0));
  expect(left.up(1, 0)).toBe(left.up(0, 1));
});

it('tells of a thread that is never tied', () => {
  expect(floatsOf({ name: 'loose', picks: 2, ends: 2, up: (pick) => pick === 0 }).weftOver).toBe(
    Number.POSITIVE_INFINITY,
  );
});

it('refuses what is no satin', () => {
  expect(() => satin(6, 2)).toThrow('no satin on 6 ends by 2');
  expect(() => satin(5, 2, 5)).toThrow('no level 5');
  expect(() => twill(0, 3)).toThrow(RangeError);
});

it('is one cloth with floats below n, whatever levels of a satin lie beside each other', () => {
  const ground = fc.constantFrom([4, 1], [5, 2], [5, 3], [7, 3], [8, 3]);
  fc.assert(
    fc.property(ground, fc.nat(25), fc.nat(25), fc.infiniteStream(fc.nat(1000)), ([n, step], more, wider, stream) => {
      const levels = Array.from({ length: n - 1 }, (_, i) => satin(n, step, i + 1));
      const cloth = new BitRows(n + wider, n + more);
      for (let pick = 0; pick < cloth.picks; pick++)
        for (let end = 0; end < cloth.ends; end++) {
          const level: Structure = levels[(stream.next().value as number) % (n - 1)];
          cloth.set(pick, end, level.up(pick, end));
        }
      expect(layersOf(cloth).layers).toBe(1);
    }),
    { numRuns: 60 },
  );
});
