import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bitsOf, liftPlanOf } from '../../patterns/draft';
import { drawdown } from '../../patterns/drawdown';

const straight = Uint32Array.of(1, 2, 4, 8, 1, 2, 4, 8);

it('draws down a 2/2 twill on four shafts', () => {
  const rises = Uint32Array.of(bitsOf([1, 2]), bitsOf([2, 3]), bitsOf([3, 4]), bitsOf([4, 1]));
  const cloth = drawdown({ shafts: 4, threading: straight, rises });
  expect([0, 1, 2, 3].map((pick) => cloth.text(pick))).toEqual(['11001100', '01100110', '00110011', '10011001']);
});

it('draws down tie-up and treadling, rising or sinking', () => {
  const tieUp = Uint32Array.of(bitsOf([1, 3]), bitsOf([2, 4]));
  const treadling = Uint32Array.of(bitsOf([1]), bitsOf([2]), bitsOf([1, 2]), bitsOf([0]));
  const draft = { shafts: 4, threading: straight, tieUp, treadling, shed: 'rising' as const };
  const rows = (shed: 'rising' | 'sinking') => {
    const cloth = drawdown(liftPlanOf({ ...draft, shed }));
    return [0, 1, 2, 3].map((pick) => cloth.text(pick));
  };
  expect(rows('rising')).toEqual(['10101010', '01010101', '11111111', '00000000']);
  expect(rows('sinking')).toEqual(['01010101', '10101010', '00000000', '11111111']);
});

it('leaves an end that is not threaded down, also in a sinking shed', () => {
  const threading = Uint32Array.of(1, 0, 2);
  const plan = liftPlanOf({
    shafts: 2,
    threading,
    tieUp: Uint32Array.of(1),
    treadling: Uint32Array.of(0, 1),
    shed: 'sinking',
  });
  const cloth = drawdown(plan);
  expect([cloth.text(0), cloth.text(1)]).toEqual(['101', '001']);
});

it('refuses shafts that it cannot count', () => {
  expect(() => bitsOf([33])).toThrow('shaft or treadle 33');
  expect(() => drawdown({ shafts: 0, threading: straight, rises: straight })).toThrow('0 shafts');
});

it('lifts an end exactly when one of its shafts is up, also in sheds that come again', () => {
  const word = fc.nat(0xffffff);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 33, maxLength: 70 }),
      fc.array(word, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
      (threading, sheds, order) => {
        const rises = order.map((shed) => sheds[shed % sheds.length]);
        const cloth = drawdown({ shafts: 24, threading: Uint32Array.from(threading), rises: Uint32Array.from(rises) });
        rises.forEach((shed, pick) => {
          expect(cloth.text(pick)).toBe(threading.map((shafts) => ((shafts & shed) !== 0 ? '1' : '0')).join(''));
        });
      },
    ),
  );
});
