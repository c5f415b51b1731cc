import { expect, it } from 'vitest';
import { decimal } from '../../patterns/decimal';
import { type Bins, binOf, binsOf, binTitle, type Lengths, lengthOf, lengthsOf } from '../../patterns/scale';
import type { Column } from '../../patterns/table';

const score: Column = { name: 's', title: 'Score', type: 'number', kind: 'score', edges: ['0', '8.5', '20', '45'] };
const bins = binsOf(score) as Bins;

it('puts a value on an edge into the bin above, and the last edge into the last bin', () => {
  const bin = (text: string) => binOf(decimal(text), bins);
  expect(bin('0')).toEqual({ at: 0 });
  expect(bin('8.4999')).toEqual({ at: 0 });
  expect(bin('8.50')).toEqual({ at: 1 });
  expect(bin('45.0')).toEqual({ at: 2 });
});

it('never clamps silently: a value beyond the scale says so', () => {
  expect(binOf(decimal('45.01'), bins)).toEqual({ at: 2, off: 'high' });
  expect(binOf(decimal('-0.1'), bins)).toEqual({ at: 0, off: 'low' });
});

it('says what is wrong with edges', () => {
  expect(binsOf({ ...score, edges: ['1', 'two'] })).toContain('"two" is not a number');
  expect(binsOf({ ...score, edges: ['1', '1.0'] })).toContain('do not ascend');
  expect(binsOf({ ...score, edges: undefined })).toContain('declares no bin edges');
});

it('calls bins as people read them', () => {
  expect([0, 2].map((bin) => binTitle({ ...score, unit: 'points' }, bin))).toEqual([
    '0 to under 8.5 points',
    '20 to 45 points',
  ]);
});

it('gives one end per unit from zero', () => {
  const lengths = lengthsOf({ ...score, kind: 'share', scale: { perEnd: '2', max: '60' } }) as Lengths;
  expect(lengths.room).toBe(30);
  const at = (text: string) => lengthOf(decimal(text), lengths);
  expect(at('0')).toEqual({ at: 0 });
  expect(at('38.7')).toEqual({ at: 19 });
  expect(at('60.0')).toEqual({ at: 30 });
  expect(at('60.1')).toEqual({ at: 30, off: 'high' });
  expect(at('-1')).toEqual({ at: 0, off: 'low' });
  expect(lengthsOf(score)).toContain('no scale');
  expect(lengthsOf({ ...score, scale: { perEnd: '0', max: '9' } })).toContain('is no scale');
});
