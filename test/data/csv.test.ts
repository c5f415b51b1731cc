/** The CSV is read as it is declared, or refused with file, line, column and what to do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../host/data/csv';
import { dataPackage } from '../../host/data/package';
import { LoomError } from '../../host/errors';
import { schools, schoolsCsv } from './folder';

const [resource] = dataPackage.parse(schools).resources;
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string | Uint8Array) =>
  readCsv(typeof text === 'string' ? bytes(text) : text, 'data.csv', resource);

/** The sentence of the refusal. */
function refusal(text: string | Uint8Array): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof LoomError && error.kind === 'dataset') return error.message;
    throw error;
  }
  throw new Error('it was read');
}

describe('a good file', () => {
  it('keeps numbers as they are written, marks as flags, absent values with their reasons', () => {
    expect(read(schoolsCsv).rows).toEqual([
      [{ value: 'North' }, { value: '62.5' }, { value: '120' }],
      [{ value: 'South' }, { value: '41.0', flags: ['estimated'] }, { value: '88' }],
      [{ value: 'Hill' }, { absent: 'suppressed' }, { absent: 'not recorded' }],
    ]);
  });

  it('is the same with a byte order mark, with CRLF, with CR, and without a last line end', () => {
    const { rows } = read(schoolsCsv);
    expect(read(`\uFEFF${schoolsCsv}`).rows).toEqual(rows);
    expect(read(schoolsCsv.replaceAll('\n', '\r\n')).rows).toEqual(rows);
    expect(read(schoolsCsv.replaceAll('\n', '\r')).rows).toEqual(rows);
    expect(read(schoolsCsv.trimEnd()).rows).toEqual(rows);
    expect(read(`${schoolsCsv}\n\n`).rows).toEqual(rows);
  });

  it('takes its columns in any order', () => {
    const { columns, rows } = read('pupils,school,share\n1,"North, upper",2\n');
    expect(columns.map(({ name }) => name)).toEqual(['pupils', 'school', 'share']);
    expect(rows[0][1]).toEqual({ value: 'North, upper' });
  });

  it('takes two marks behind one number', () => {
    expect(read('school,share,pupils\nNorth,5p*,1\n').rows[0][1]).toEqual({
      value: '5',
      flags: ['provisional', 'estimated'],
    });
  });
});

describe('a bad file is refused', () => {
  it.each([
    [
      'a row with too few cells',
      'North,1,2\nSouth,3',
      'data.csv, line 3 (row 2) has 2 cells and the header has 3: "pupils"',
    ],
    [
      'a row with too many',
      'North,1,2,9',
      'data.csv, line 2 (row 1) has 4 cells and the header has 3: "9" is one too many',
    ],
    ['an empty line between rows', 'North,1,2\n\nSouth,1,2', 'data.csv, line 3 (row 2) is empty'],
    ['a word for a number', 'North,many,2', 'data.csv, line 2 (row 1), column "share": "many" is not a number'],
    ['a comma for a point', 'North,"24,8",2', 'Write it with a point: 24.8.'],
    ['thousands with commas', 'North,1,"1,200"', 'Write it without commas: 1200.'],
    ['a per cent sign', 'North,24.8%,2', 'say it in the unit'],
    ['a mark that nobody declared', 'North,24.8#,2', 'Declare the mark'],
    ['an exponent', 'North,1e3,2', 'without an exponent'],
    ['spaces round a number', 'North, 1,2', 'Take the spaces away'],
    ['a part of a pupil', 'North,1,2.5', 'column "pupils": "2.5" is not a whole number'],
    ['NaN', 'North,NaN,2', '"NaN" is not a number'],
    ['a quotation mark that stays open', '"North,1,2\nSouth,1,2', 'has a quotation mark that is not closed'],
  ])('%s', (_, rows, sentence) => {
    expect(refusal(`school,share,pupils\n${rows}\n`)).toContain(sentence);
  });

  it('without rows, without a header, without anything', () => {
    expect(refusal('school,share,pupils\n')).toContain('data.csv has a header and no rows');
    expect(refusal('')).toContain('data.csv is empty');
    expect(refusal('\n\n')).toContain('data.csv is empty');
  });

  it('with columns that are not declared, or declared and not there, or there twice', () => {
    expect(refusal('school,share,pupils,teachers\nN,1,2,3\n')).toContain(
      'data.csv, line 1 has the column "teachers", which datapackage.json does not declare. Declare it',
    );
    expect(refusal('school,share\nN,1\n')).toContain('data.csv, line 1 lacks the column "pupils"');
    expect(refusal('school,share,share\nN,1,2\n')).toContain('names the column "share" twice');
  });

  it('with bytes that are not UTF-8, naming their line', () => {
    const latin1 = Uint8Array.from('school,share,pupils\nNorth,1,2\nSmørrebrød,1,2\n', (c) => c.charCodeAt(0));
    expect(refusal(latin1)).toContain('data.csv, line 3 is not UTF-8 text. Save the file as “CSV UTF-8”');
  });

  it('and named by the line that an editor shows, after a cell with a line end in it', () => {
    expect(refusal('school,share,pupils\n"North\nupper",1,2\nSouth,x,2\n')).toContain('line 4 (row 2)');
  });
});

describe('whatever the bytes', () => {
  const refusedOrRead = (input: Uint8Array) => {
    try {
      const { columns, rows } = read(input);
      for (const row of rows) expect(row).toHaveLength(columns.length);
    } catch (error) {
      if (!(error instanceof LoomError) || error.kind !== 'dataset') throw error;
    }
  };

  it('a file is read or refused, never a crash', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), refusedOrRead), { numRuns: 2000 });
  });

  it('so is a good file with bytes changed, and lines of awkward cells', () => {
    const good = bytes(schoolsCsv);
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const spoilt = good.slice();
        for (const [at, byte] of changes) spoilt[at] = byte;
        refusedOrRead(spoilt);
      }),
      { numRuns: 2000 },
    );
    const cell = fc.oneof(fc.string(), fc.constantFrom('"', '""', '..', '1*', '-', '\r', '\n', '\uFEFF', '__proto__'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 5 }), (lines) =>
        refusedOrRead(bytes(`school,share,pupils\n${lines.map((cells) => cells.join(',')).join('\n')}`)),
      ),
      { numRuns: 2000 },
    );
  });

  it('cells come back as they were written', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => text !== '..');
    const number = fc.tuple(fc.integer(), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, number, fc.nat()), { minLength: 1 }), (rows) => {
        const csv = rows.map(([school, share, pupils]) => `"${school.replaceAll('"', '""')}",${share},${pupils}`);
        expect(read(`school,share,pupils\n${csv.join('\n')}\n`).rows).toEqual(
          rows.map((row) => row.map((value) => ({ value: String(value) }))),
        );
      }),
    );
  });
});
