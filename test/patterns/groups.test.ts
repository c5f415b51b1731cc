import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKey } from '../../host/cloth/read-key';
import { checkCloth } from '../../patterns/checks';
import type { Choice } from '../../patterns/choice';
import { binned, encode } from '../../patterns/encode';
import { keyText } from '../../patterns/encodings/key';
import { readBack } from '../../patterns/read-back';
import type { Table } from '../../patterns/table';
import * as real from './fixtures';

/** The table with a year for each row; so many rows have each of the years. */
function yearly(table: Table, years: readonly number[]): Table {
  const year = years.flatMap((rows, i) => new Array<string>(rows).fill(String(2016 + 2 * i)));
  return {
    columns: [...table.columns, { name: 'year', title: 'Year', type: 'string' }],
    rows: table.rows.slice(0, year.length).map((cells, i) => [...cells, { value: year[i] }]),
  };
}

function woven(table: Table, choice: Choice) {
  const loom = { ...real.exhibition40, shuttles: 9 };
  const encoded = encode(table, loom, { ...choice, group: 'year' });
  const meant = binned(table, loom, { ...choice, group: 'year' });
  if (!encoded.ok || !meant.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  return { cloth: encoded.cloth, said: meant.said, findings: checkCloth(encoded.cloth, loom, meant.said) };
}

const kinds: [string, Table, Choice][] = [
  ['bars', real.trafford, real.traffordChoice],
  ['a mirror', real.trafford, { ...real.traffordChoice, encoding: 'mirror' }],
  ['bands', real.manchester, real.manchesterChoice],
  ['a sequence', real.night, real.nightChoice],
  ['shades', real.hours, real.hoursChoice],
];

describe.each(kinds)('groups of %s', (_, table, choice) => {
  it('are parted by two plain rows, pass every check and read back from the key as it is written', () => {
    const { cloth, said, findings } = woven(yearly(table, [3, 2, 2]), choice);
    expect(findings).toEqual([]);
    const key = readKey(keyText(cloth.key), 'the key');
    expect(readBack(cloth, key).map(({ number, label, ...rest }) => rest)).toEqual(said);
    const at = cloth.parts.flatMap(({ kind, to, from }, i) =>
      kind === 'frame' && to - from === 2 ? [cloth.parts[i + 1].record] : [],
    );
    expect(at).toEqual([3, 5]);
    expect(cloth.notes).toContain(
      'Groups by Year, parted by two plain rows, and how many records each has: 2016 (3), 2018 (2), 2020 (2).',
    );
  });

  it('hold together and read back however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 7 }), (years) => {
        const { cloth, said, findings } = woven(yearly(table, years), choice);
        expect(findings.filter(({ check }) => check !== 6)).toEqual([]);
        expect(readBack(cloth, cloth.key).map(({ number, label, ...rest }) => rest)).toEqual(said);
      }),
      { numRuns: 25 },
    );
  });
});

it('a key with its groups left out reads the first group right and of the others no value', () => {
  const { cloth, said } = woven(yearly(real.trafford, [3, 4]), real.traffordChoice);
  const { groups: _, ...layout } = cloth.key.layout as { groups: unknown };
  const readings = readBack(cloth, { ...cloth.key, layout });
  expect(readings.slice(0, 3)).toMatchObject(said.slice(0, 3));
  for (const reading of readings.slice(3)) expect(reading).toHaveProperty('altered');
});

it('a column that is not there is named', () => {
  const choice = { ...real.traffordChoice, group: 'year' };
  expect(encode(real.trafford, real.exhibition40, choice)).toMatchObject({ reason: 'There is no column "year".' });
});
