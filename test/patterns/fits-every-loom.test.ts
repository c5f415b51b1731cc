/** Every encoding on every shipped loom: what weaves holds for any table, what refuses says why and what to try. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileNames, readProfile } from '../../host/profiles/read';
import { checkCloth, isFault } from '../../patterns/checks';
import { encodingNames } from '../../patterns/choice';
import { binned, encode } from '../../patterns/encode';
import { trialOf, verdictOf } from '../../patterns/every-loom';
import { harnessOf, tornApart } from '../../patterns/harness';
import type { LoomProfile } from '../../patterns/profile';
import { readBack } from '../../patterns/read-back';
import type { Cell, Column, Table } from '../../patterns/table';

const looms = profileNames().map((name) => readProfile(name));
/** Looms that do not come with us: a maker's own. */
const exhibition = readProfile('exhibition-40');
const shaft8 = readProfile('shaft-8');
const paleWarps = exhibition.warps.filter(({ name }) => name !== 'sequence');
const stretched = (ends: number) =>
  paleWarps.map((warp) => ({ ...warp, guides: [], stripes: [{ ...warp.stripes[0], to: ends }] }));
const owns: LoomProfile[] = [
  { ...exhibition, name: 'edges in half-basket', selvedgeWeave: 'half-basket' },
  {
    ...exhibition,
    name: 'edges that hang free',
    selvedgeWeave: 'floating',
    board: { ...exhibition.board, heddles: 38 },
  },
  {
    ...exhibition,
    name: 'two ends a heddle',
    ends: 80,
    floatLimit: 12,
    selvedge: 4,
    lifting: { by: 'heddles', endsPerHeddle: 2 },
    warps: stretched(80),
  },
  {
    ...shaft8,
    name: 'two blocks of five',
    ends: 64,
    warps: stretched(64),
    board: { ...shaft8.board, heddles: 12 },
    lifting: {
      by: 'shafts',
      threading: {
        kind: 'blocks',
        blocks: [
          { shafts: [1, 2, 3, 4, 5], ends: 30 },
          { shafts: [6, 9, 10, 11, 12], ends: 30 },
        ],
      },
      leftSelvedge: [7, 8],
      rightSelvedge: [7, 8],
    },
  },
];

const pairs = looms.flatMap((loom) => encodingNames.map((encoding) => ({ loom, encoding, name: loom.name })));
const weaving = pairs.filter(({ encoding, loom }) => verdictOf(encoding, loom).weaves);
const refusing = pairs.filter(({ encoding, loom }) => !verdictOf(encoding, loom).weaves);

/** Any cell that the column may hold. */
function cellOf({ kind, type, categories }: Column): fc.Arbitrary<Cell> {
  if (type === 'string' && !kind) return fc.constant({ value: 'somewhere' });
  const value =
    kind === 'category'
      ? fc.constantFrom(...categories!.map(({ code }) => code))
      : fc.integer({ min: 0, max: 1300 }).map((tenths) => (tenths / 10).toFixed(1));
  return fc.oneof(
    { weight: 8, arbitrary: value.map((text): Cell => ({ value: text })) },
    { weight: 1, arbitrary: value.map((text): Cell => ({ value: text, flags: ['estimated'] })) },
    { weight: 2, arbitrary: fc.constantFrom<Cell>({ absent: 'suppressed' }, { absent: 'not recorded' }) },
  );
}

const anyRows = (columns: readonly Column[]): fc.Arbitrary<Cell[][]> =>
  fc.array(fc.tuple(...columns.map(cellOf)).map(inOrder(columns)), { minLength: 1, maxLength: 14, size: 'max' });

/** Low before high, or nearly every table would be refused as a span. */
const inOrder =
  (columns: readonly Column[]) =>
  (cells: Cell[]): Cell[] => {
    const [low, high] = ['low', 'high'].map((name) => columns.findIndex((column) => column.name === name));
    const [a, b] = [cells[low], cells[high]];
    if (!('value' in a && 'value' in b) || Number(a.value) <= Number(b.value)) return cells;
    return cells.map((cell, i) => (i === low ? b : i === high ? a : cell));
  };

const ownPairs = owns.map((loom) => ({ loom, encoding: 'bands' as const, name: loom.name }));

describe.each([...weaving, ...ownPairs])('$encoding on $name', ({ encoding, loom }) => {
  it('is woven as the loom can, reads back and holds together, whatever the table says', () => {
    const { table, choice } = trialOf(encoding, loom);
    let woven = 0;
    fc.assert(
      fc.property(anyRows(table.columns), (rows) => {
        const any: Table = { columns: table.columns, rows };
        const meant = binned(any, loom, choice);
        const made = encode(any, loom, choice);
        if (!made.ok || !meant.ok) {
          // A loom's shuttles may not do for every order of bins; it says so.
          expect(made.ok ? '' : made.reason).toMatch(
            /shuttles would be in use|beyond its bins|at least|more than|above its high one|a frayed end takes|no whole number of steps/,
          );
          return;
        }
        woven++;
        const { cloth } = made;
        expect(tornApart(harnessOf(loom), cloth.lifts)).toEqual([]);
        const readings = readBack(cloth, cloth.key);
        expect(readings.map(({ number, label, ...said }) => said)).toEqual(meant.said);
        // Check 6 is about real tables, whose colours and lengths are in a legend.
        expect(checkCloth(cloth, loom, meant.said).filter(isFault)).toEqual([]);
      }),
      { numRuns: loom.ends > 300 ? 12 : 40 },
    );
    expect(woven).toBeGreaterThan(0);
  });
});

describe.each(weaving)('$encoding on $name', ({ encoding, loom }) => {
  it('passes every check with its trial table', () => {
    const { table, choice } = trialOf(encoding, loom);
    const made = encode(table, loom, choice);
    const meant = binned(table, loom, choice);
    expect(made.ok && meant.ok && checkCloth(made.cloth, loom, meant.said)).toEqual([]);
  });
});

describe.each(refusing)('$encoding on $name', ({ encoding, loom }) => {
  it('is refused with a reason and with what to try', () => {
    const { table, choice } = trialOf(encoding, loom);
    const refused = encode(table, loom, choice);
    expect(refused).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/\S/),
      tryInstead: expect.stringMatching(/\S/),
    });
    expect(verdictOf(encoding, loom).words).toMatch(/^refuses because \S.*; try: \S/);
  });
});

it('weaves lengths only where ends turn by themselves, lanes where there are areas, and bands everywhere', () => {
  const on = (encoding: string) => weaving.filter((pair) => pair.encoding === encoding).map(({ name }) => name);
  expect(on('bars')).toEqual(['exhibition-40', 'jacquard-440']);
  expect(on('mirror')).toEqual(['exhibition-40', 'jacquard-440']);
  expect(on('span')).toEqual(['exhibition-40', 'jacquard-440']);
  expect(on('punchcard')).toEqual(['exhibition-40', 'jacquard-440', 'table-16']);
  expect(on('shade')).toEqual(['exhibition-40', 'jacquard-440', 'table-16', 'uno-12']);
  expect(on('sequence')).toEqual(['exhibition-40', 'jacquard-440', 'table-16', 'uno-12']);
  expect(on('bands')).toEqual(profileNames());
});

it('tells a loom of one area across from one of three', () => {
  const words = (name: string) => verdictOf('bars', readProfile(name)).words;
  expect(words('shaft-8')).toContain('this loom has one area across');
  expect(words('table-16')).toContain('this loom has 3 areas across');
  expect(words('uno-12')).toContain('24 ends between the selvedges and this loom has 10');
});
