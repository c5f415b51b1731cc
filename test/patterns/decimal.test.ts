import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compare, decimal, divideRounded, readDecimal, round, times } from '../../patterns/decimal';

it('compares what is written, where floats go wrong', () => {
  expect(0.1 + 0.2 === 0.3).toBe(false);
  expect(compare(decimal('0.30'), decimal('.3'))).toBe(0);
  expect(compare(decimal('24.8'), decimal('24.80000000000000000001'))).toBeLessThan(0);
  expect(compare(decimal('-1'), decimal('-1.5'))).toBeGreaterThan(0);
  expect(compare(decimal('51'), decimal('51.'))).toBe(0);
});

it('refuses what is no decimal', () => {
  for (const text of ['', ' 1', '1e3', '1,000', '12.3*', '--1', '.', 'NaN', '٣']) expect(readDecimal(text)).toBeNull();
  expect(() => decimal('n/a')).toThrow('"n/a" is not a decimal number');
});

it('divides and rounds with halves away from zero', () => {
  expect(divideRounded(decimal('38.7'), decimal('2'))).toBe(19);
  expect(divideRounded(decimal('25'), decimal('2'))).toBe(13);
  expect(divideRounded(decimal('-25'), decimal('2'))).toBe(-13);
  expect(divideRounded(decimal('0.3'), decimal('0.1'))).toBe(3);
  expect(() => divideRounded(decimal('1'), decimal('0.0'))).toThrow(RangeError);
  expect(round(decimal('24.8'), 0)).toBe('25');
  expect(round(decimal('0.05'), 1)).toBe('0.1');
  expect(round(decimal('-0.04'), 1)).toBe('0.0');
  expect(round(decimal('7'), 2)).toBe('7.00');
  expect(times(decimal('2.5'), 3)).toBe('7.5');
});

it('orders whole numbers as numbers do', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => {
      expect(Math.sign(compare(decimal(String(a)), decimal(`${b}.0`)))).toBe(Math.sign(a - b));
    }),
  );
});
