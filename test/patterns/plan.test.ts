import { expect, it } from 'vitest';
import { contrast, leastBetweenBins, leastToWarp } from '../../patterns/colour';
import { encode } from '../../patterns/encode';
import { restBeforeCut, shuttlesInUse, timeOf } from '../../patterns/plan';
import { suggestEncodings } from '../../patterns/suggest';
import { fill } from '../../patterns/words';
import { areaYarns, warpYarns } from '../../patterns/yarns';
import * as real from './fixtures';

const loom = real.exhibition40;

it('counts shuttles, changes, minutes and length as a weaver does', () => {
  const encoded = encode(real.trafford, loom, real.traffordChoice);
  if (!encoded.ok) throw new Error(encoded.reason);
  const time = timeOf(encoded.cloth);
  expect(time).toMatchObject({ picks: 186, shuttles: 2, wefts: 5, changes: 10, cm: 31 });
  expect(time.minutes).toBeCloseTo((186 * 8 + 10 * 12) / 60);
});

it('lays a shuttle aside that rests for long, and keeps one that comes back soon', () => {
  const weft = (rest: number) => Uint8Array.of(0, ...new Array(rest - 1).fill(1), 0);
  expect(Math.max(...shuttlesInUse(weft(restBeforeCut)))).toBe(2);
  expect(Math.max(...shuttlesInUse(weft(restBeforeCut + 1)))).toBe(1);
  expect([...shuttlesInUse(Uint8Array.of(0, 1, 0, 1, 2))]).toEqual([1, 2, 2, 1, 1]);
});

it("tells the loom's own yarns apart in every vision", () => {
  const bins = loom.palette!.map((name) => loom.wefts.find((weft) => weft.name === name)!);
  bins.forEach((a, i) => {
    for (const b of bins.slice(i + 1))
      expect(contrast(a.colour, b.colour).distance, `${a.name} ${b.name}`).toBeGreaterThan(leastBetweenBins);
  });
  const linen = loom.wefts.find(({ name }) => name === 'linen')!;
  for (const design of loom.warps) {
    const warp = areaYarns(warpYarns(design, loom.ends));
    for (const weft of ['sequence', 'mirror'].includes(design.name) ? [linen] : bins)
      for (const end of warp)
        expect(contrast(weft.colour, end.colour).distance, `${weft.name} ${end.name}`).toBeGreaterThan(leastToWarp);
  }
  expect(contrast('#000000', '#ffffff').distance).toBeCloseTo(1);
  expect(() => contrast('red', '#ffffff')).toThrow('"red" is not a colour');
});

it('suggests what a measure is made for, first, and says why not the others', () => {
  const { suited, unsuited } = suggestEncodings(real.trafford, loom);
  expect(suited.map(({ encoding, value }) => `${encoding} ${value}`)).toEqual([
    'bars turnout_pct',
    'bands imd2025_score',
  ]);
  expect(suited[0].why).toContain('true zero');
  expect(unsuited.find(({ encoding, value }) => encoding === 'bars' && value === 'imd2025_score')).toMatchObject({
    reason: expect.stringContaining('no true zero'),
    tryInstead: expect.stringContaining('bands'),
  });
  expect(suggestEncodings(real.night, loom).suited[0]).toMatchObject({ encoding: 'sequence', value: 'party' });
});

it('fills a sentence, and leaves a name that it does not know to be seen', () => {
  const row = [{ value: 'Hulme' }, { value: '31.35' }];
  const { columns } = real.manchester;
  expect(fill('{ward} {value:1} {value} {score}', columns, row, new Map([['value', 1]]))).toBe(
    'Hulme 31.4 31.35 {score}',
  );
});
