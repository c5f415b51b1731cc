import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type LiftPlan, liftPlanOf, numbered, numbersOf } from '../../patterns/draft';
import { drawdown } from '../../patterns/drawdown';

const straight = numbered(4, [[1], [2], [3], [4], [1], [2], [3], [4]]);
const rowsOf = (plan: LiftPlan) => {
  const cloth = drawdown(plan);
  return Array.from({ length: cloth.picks }, (_, pick) => cloth.text(pick));
};

it('draws down a 2/2 twill on four shafts', () => {
  const rises = numbered(4, [
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 1],
  ]);
  expect(rowsOf({ shafts: 4, threading: straight, rises })).toEqual(['11001100', '01100110', '00110011', '10011001']);
});

it('draws down tie-up and treadling, rising or sinking', () => {
  const tieUp = numbered(4, [
    [1, 3],
    [2, 4],
  ]);
  const pressed = numbered(2, [[1], [2], [1, 2], [0]]);
  const rows = (shed: 'rising' | 'sinking') => rowsOf(liftPlanOf({ threading: straight, tieUp, pressed, shed }));
  expect(rows('rising')).toEqual(['10101010', '01010101', '11111111', '00000000']);
  expect(rows('sinking')).toEqual(['01010101', '10101010', '00000000', '11111111']);
});

it('leaves an end that is not threaded down, also in a sinking shed', () => {
  const threading = numbered(2, [[1], [], [2]]);
  const plan = liftPlanOf({ threading, tieUp: numbered(2, [[1]]), pressed: numbered(1, [[0], [1]]), shed: 'sinking' });
  expect(rowsOf(plan)).toEqual(['101', '001']);
});

it('refuses shafts that there are not', () => {
  expect(() => numbered(4, [[5]])).toThrow('5 of 4');
  expect(() => numbered(4, [[1.5]])).toThrow('1.5 of 4');
});

it('numbers go in and come out', () => {
  const set = fc.uniqueArray(fc.integer({ min: 1, max: 70 })).map((numbers) => numbers.sort((a, b) => a - b));
  fc.assert(
    fc.property(fc.array(set, { minLength: 1, maxLength: 5 }), (rows) => {
      const bits = numbered(70, rows);
      expect(rows.map((_, row) => numbersOf(bits, row))).toEqual(rows);
    }),
  );
});

it.each([24, 32, 33, 70])(
  'lifts an end exactly when one of its %d shafts is up, also in sheds that come again',
  (shafts) => {
    const some = fc.array(fc.integer({ min: 1, max: shafts }), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 33, maxLength: 70 }),
        fc.array(some, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
        (threading, sheds, order) => {
          const rises = order.map((shed) => sheds[shed % sheds.length]);
          const rows = rowsOf({ shafts, threading: numbered(shafts, threading), rises: numbered(shafts, rises) });
          rises.forEach((risen, pick) => {
            const lifted = threading.map((on) => (on.some((shaft) => risen.includes(shaft)) ? '1' : '0'));
            expect(rows[pick]).toBe(lifted.join(''));
          });
        },
      ),
      { numRuns: 50 },
    );
  },
);
