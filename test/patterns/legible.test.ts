import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCloth } from '../../patterns/checks';
import { crossingsIn, crossingsOf } from '../../patterns/checks/across-the-room/eye';
import { checkReadsFar, readFromAcross } from '../../patterns/checks/reads-far';
import type { Choice } from '../../patterns/choice';
import type { Cloth } from '../../patterns/cloth';
import { binned, encode } from '../../patterns/encode';
import { areasOf } from '../../patterns/encodings/image';
import type { AnyKey } from '../../patterns/encodings/key';
import { Sheet } from '../../patterns/encodings/sheet';
import { ClothPainter } from '../../patterns/render';
import type { Table } from '../../patterns/table';
import * as real from './fixtures';

const loom = real.exhibition40;

function woven(table: Table, choice: Choice) {
  const encoded = encode(table, loom, choice);
  const said = binned(table, loom, choice);
  if (!encoded.ok || !said.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  return { cloth: encoded.cloth, said: said.said };
}

/** The cloth with the same records, of so many picks each and nothing between them. */
function thinned({ cloth, said }: ReturnType<typeof woven>, picks: number): Cloth {
  const key = { ...cloth.key, layout: { first: 6, picks, dividers: 0 } } as AnyKey;
  const sheet = new Sheet(key.ground);
  for (const yarn of cloth.yarns) sheet.yarn(yarn);
  const frame = cloth.yarns[cloth.weft[0]];
  sheet.part('frame', 6, frame, sheet.across('plain'));
  said.forEach((one, record) => {
    const { from } = cloth.parts.find((part) => part.record === record)!;
    sheet.part('record', picks, cloth.yarns[cloth.weft[from]], areasOf(key, one), record);
  });
  sheet.part('frame', 6, frame, sheet.across('plain'));
  return { ...cloth, ...sheet.weave(), parts: sheet.parts, key };
}

/** The cloth with another colour for one of its yarns, wherever it is named. */
function dyed(cloth: Cloth, name: string, colour: string): Cloth {
  const old = cloth.yarns.find((yarn) => yarn.name === name)!.colour;
  const text = JSON.stringify({ yarns: cloth.yarns, key: cloth.key }).replaceAll(old, colour);
  return { ...cloth, ...(JSON.parse(text) as Pick<Cloth, 'yarns' | 'key'>) };
}

const cloths = [
  ['bars', real.trafford, real.traffordChoice],
  ['bands', real.manchester, real.manchesterChoice],
  ['a sequence', real.night, real.nightChoice],
] as const;

describe('from across the room', () => {
  it.each(cloths)('%s are read: every bin, and every edge within an end', (_, table, choice) => {
    const { bins, offBy, findings } = readFromAcross(woven(table, choice).cloth);
    expect(findings).toEqual([]);
    expect(bins.read).toBe(bins.of);
    expect(offBy).toBeLessThanOrEqual(1);
  });

  it.each(cloths)('%s are read in the picture that is shown, at two pixels a thread', (_, table, choice) => {
    const { cloth } = woven(table, choice);
    const { ends, picks } = cloth.lifts;
    const painter = new ClothPainter(cloth, 2, 2);
    painter.weave(picks);
    expect(readFromAcross(cloth, crossingsIn(painter.picture, ends, picks)).findings).toEqual([]);
  });

  it('what is missing, off the scale or marked, and the shortest and longest bars, are read', () => {
    let table = real.trafford;
    const cells = ['0', '2', '4', '6', '8', '58', '60', '61'].map((value) => ({ value }));
    const marked = { value: '40', flags: ['estimated' as const] };
    [...cells, marked, { absent: 'unknown' as const }, { absent: 'suppressed' as const }].forEach((cell, row) => {
      table = real.withCell(table, row + 2, 1, cell);
    });
    const { cloth } = woven(table, real.traffordChoice);
    expect(readFromAcross(cloth)).toMatchObject({ findings: [] });
  });

  it('bars of any length in any of the wefts are read within an end', () => {
    const bins = ['4', '10', '17', '25', '35'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(4)), { minLength: 8, maxLength: 12 }), (rows) => {
        const cells = rows.map(([ends, bin]) => ['somewhere', String(2 * ends), bins[bin]].map((value) => ({ value })));
        const encoded = encode({ ...real.trafford, rows: cells }, { ...loom, shuttles: 5 }, real.traffordChoice);
        if (!encoded.ok) throw new Error(encoded.reason);
        expect(readFromAcross(encoded.cloth).offBy).toBeLessThanOrEqual(1);
      }),
      { numRuns: 25 },
    );
  });

  it('a picture is read for what it shows: one of other data is told, record by record', () => {
    const { cloth } = woven(real.trafford, real.traffordChoice);
    const other = woven(real.withCell(real.trafford, 4, 1, { value: '22' }), real.traffordChoice).cloth;
    expect(other.key).toEqual(cloth.key);
    const { findings, offBy } = readFromAcross(cloth, crossingsOf(other));
    expect(findings).toHaveLength(1);
    // 40.4 is 20 ends and 22 is 11.
    expect(findings[0]).toMatchObject({ check: 6, end: 14 });
    expect(findings[0].sentence).toContain('Record 5, Manor, is read wrongly from across the room over 9 ends');
    expect(offBy).toBe(9);
  });

  it('records of one pick are not read, though all the other checks are content', () => {
    const cloth = woven(real.manchester, real.manchesterChoice);
    expect(checkCloth(thinned(cloth, 3), loom, cloth.said)).toEqual([]);
    const found = checkCloth(thinned(cloth, 1), loom, cloth.said);
    expect(found.length).toBeGreaterThan(1);
    expect(new Set(found.map(({ check }) => check))).toEqual(new Set([6]));
    expect(found[0].sentence).toMatch(/^From across the room \d+ of 96 bins are read; 92 should be\.$/);
    expect(found[1].pick).toBeGreaterThan(6);
  });

  it('wefts too like one another are not told apart', () => {
    const { cloth } = woven(real.trafford, real.traffordChoice);
    expect(checkReadsFar(dyed(cloth, 'orange', '#93222c'))[1].sentence).toContain(
      'looks like another weft from across the room',
    );
  });

  it('bars in a weft too like the warp are not seen', () => {
    const { cloth } = woven(real.trafford, real.traffordChoice);
    const { offBy, findings } = readFromAcross(dyed(cloth, 'green', '#e0dccc'));
    expect(offBy).toBeGreaterThan(10);
    expect(findings.some(({ sentence }) => sentence.includes('Record 21, Brooklands'))).toBe(true);
  });

  it('a picture of another size is refused', () => {
    const { cloth } = woven(real.trafford, real.traffordChoice);
    const painter = new ClothPainter(cloth, 2, 2);
    expect(() => crossingsIn(painter.picture, 39, cloth.lifts.picks)).toThrow('no whole pixels a thread');
  });
});
