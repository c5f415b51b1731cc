import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import { checkCloth, checkEdges, checkFits, checkFloats, checkReadsBack } from '../../patterns/checks';
import type { Choice } from '../../patterns/choice';
import type { Cloth } from '../../patterns/cloth';
import { binned, encode } from '../../patterns/encode';
import type { Table } from '../../patterns/table';
import * as real from './fixtures';

const loom = real.exhibition40;

function woven(table: Table, choice: Choice) {
  const encoded = encode(table, loom, choice);
  const said = binned(table, loom, choice);
  if (!encoded.ok || !said.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  return { cloth: encoded.cloth, said: said.said };
}
const copy = ({ ends, picks, words }: BitRows): BitRows => new BitRows(ends, picks, words.slice());
const plainRows = (ends: number, picks: number): string[] =>
  Array.from({ length: picks }, (_, pick) => Array.from({ length: ends }, (_, end) => (pick + end) % 2).join(''));

describe('a cloth as woven', () => {
  it.each([
    ['bars', real.trafford, real.traffordChoice],
    ['bands', real.manchester, real.manchesterChoice],
    ['a sequence', real.night, real.nightChoice],
  ] as const)('of %s passes every check', (_, table, choice) => {
    const { cloth, said } = woven(table, choice);
    expect(checkCloth(cloth, loom, said)).toEqual([]);
  });
});

describe('floats', () => {
  it('are found in all four senses, at the edges and in the middle', () => {
    const rows = plainRows(70, 20).map((row) => [...row]);
    for (let end = 0; end < 7; end++) rows[3][end] = '0';
    for (let end = 30; end < 37; end++) rows[9][end] = '1';
    for (let pick = 12; pick < 20; pick++) rows[pick][69] = '1';
    for (let pick = 0; pick < 7; pick++) rows[pick][40] = '0';
    const lifts = BitRows.from(rows.map((row) => row.join('')));
    const sentences = checkFloats(lifts, 6).map(({ sentence }) => sentence);
    expect(sentences).toContain('The weft floats over more than 6 ends from end 1 of pick 4.');
    expect(sentences).toContain('The weft floats behind more than 6 ends from end 31 of pick 10.');
    expect(sentences).toContain('End 70 floats over more than 6 picks from pick 13.');
    expect(sentences).toContain('End 41 floats behind more than 6 picks from pick 1.');
    expect(sentences).toHaveLength(4);
    expect(checkFloats(lifts, 9)).toEqual([]);
  });

  it('are just those that counting thread by thread finds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.nat(3)),
        (ends, picks, limit, stream) => {
          const lifts = new BitRows(ends, picks);
          for (let pick = 0; pick < picks; pick++)
            for (let end = 0; end < ends; end++) lifts.set(pick, end, stream.next().value === 0);
          const longest = (line: (i: number) => boolean, length: number): number => {
            let most = 0;
            for (let i = 0, run = 0; i < length; i++) {
              run = i > 0 && line(i) === line(i - 1) ? run + 1 : 1;
              most = Math.max(most, run);
            }
            return most;
          };
          let most = 0;
          for (let pick = 0; pick < picks; pick++)
            most = Math.max(
              most,
              longest((end) => lifts.get(pick, end), ends),
            );
          for (let end = 0; end < ends; end++)
            most = Math.max(
              most,
              longest((pick) => lifts.get(pick, end), picks),
            );
          expect(checkFloats(lifts, limit).length > 0).toBe(most > limit);
        },
      ),
    );
  });
});

describe('edges', () => {
  it('are found loose where a shuttle comes back round the same end', () => {
    const { cloth } = woven(real.trafford, real.traffordChoice);
    const lifts = copy(cloth.lifts);
    lifts.set(100, 0, !lifts.get(100, 0));
    const [finding] = checkEdges(lifts, cloth.weft);
    expect(finding).toMatchObject({ check: 3, end: 1 });
    expect([100, 101, 102]).toContain(finding.pick);
  });

  it('would be loose with a plain selvedge when shuttles change', () => {
    const lifts = BitRows.from(plainRows(10, 6));
    expect(checkEdges(lifts, Uint8Array.of(0, 1, 0, 1, 0, 1))).not.toEqual([]);
    expect(checkEdges(lifts, new Uint8Array(6))).toEqual([]);
  });
});

describe('reading back', () => {
  it('finds a record that says nothing any more', () => {
    const { cloth } = woven(real.trafford, real.traffordChoice);
    const lifts = copy(cloth.lifts);
    const record = cloth.parts.find(({ kind, record: index }) => kind === 'record' && index === 4)!;
    lifts.set(record.from + 2, 9, !lifts.get(record.from + 2, 9));
    const found = checkReadsBack({ ...cloth, lifts }, cloth.key);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ check: 4, pick: record.from + 1 });
    expect(found[0].sentence).toContain('Record 5, Manor, cannot be read');
  });

  it('finds a record that says something else than the data', () => {
    const { cloth } = woven(real.manchester, real.manchesterChoice);
    const other = woven(real.withCell(real.manchester, 0, 1, { value: '15' }), real.manchesterChoice);
    expect(checkReadsBack(cloth, cloth.key, other.said)[0].sentence).toContain('reads “bin 5” and should read “bin 1”');
  });
});

describe('fit', () => {
  const { cloth } = woven(real.trafford, real.traffordChoice);
  const sentences = (changed: Partial<Cloth>, profile = loom): string =>
    checkFits({ ...cloth, ...changed }, profile)
      .map(({ sentence }) => sentence)
      .join('\n');

  it('is refused on a loom of other ends, another warp, or too few heddles', () => {
    expect(sentences({}, { ...loom, ends: 12 })).toContain('has 40 ends and the loom 12');
    expect(sentences({}, { ...loom, board: { ...loom.board, heddles: 16 } })).toContain('the board has 16');
    expect(sentences({}, { ...loom, warps: [loom.warps[2]] })).toContain("none of the loom's warps");
  });

  it('is refused when warp, yarn or shuttles run out', () => {
    expect(sentences({}, { ...loom, warpMetres: 0.2 })).toContain('31 cm long and the warp has 20 cm');
    expect(sentences({}, { ...loom, shuttles: 1 })).toContain("in use at once and the loom's budget is 1");
    expect(sentences({}, { ...loom, wefts: loom.wefts.map((yarn) => ({ ...yarn, metres: 1 })) })).toContain(
      '1 m are at hand',
    );
    expect(sentences({}, { ...loom, wefts: loom.wefts.slice(1) })).toContain('plum #34132c is not at hand');
  });

  it('is refused when colours cannot be told apart, also by those who see fewer', () => {
    const swap = (name: string, colour: string) => {
      const old = cloth.yarns.find((yarn) => yarn.name === name)!.colour;
      const text = JSON.stringify({ yarns: cloth.yarns, key: cloth.key }).replaceAll(old, colour);
      return JSON.parse(text) as Pick<Cloth, 'yarns' | 'key'>;
    };
    expect(sentences(swap('gold', '#e0d8c8'))).toContain('gold and linen as weft and warp look alike');
    // Told apart in full colour, hardly by people without green cones.
    expect(sentences(swap('green', '#4f8f5c'))).toMatch(
      /(orange and green|green and orange) as two bins look alike in (prot|deuter)anopia/,
    );
  });
});
