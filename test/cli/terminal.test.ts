/** Text that fits the terminal, whatever its width. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableLines, wrap } from '../../host/cli/terminal';

const words = fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { maxLength: 12 }).map((list) => list.join(' '));

describe('wrapped text', () => {
  it('fits, and loses no letter', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 50 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('breaks between words where it can', () => {
    expect(wrap('thrown by hand', 9)).toEqual(['thrown by', 'hand']);
    expect(wrap('', 9)).toEqual(['']);
  });
});

describe('a table', () => {
  const columns = [
    { title: 'id', whole: true },
    { title: 'title' },
    { title: 'rows', whole: true, right: true },
    { title: 'source' },
  ];

  it('fits the width, keeps whole columns whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(words, words), { maxLength: 5 }),
        fc.integer({ min: 50, max: 160 }),
        (cells, width) => {
          const rows = cells.map(([title, source], index) => [`dataset-number-${index}`, title, '642', source]);
          const lines = tableLines(columns, rows, width);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
          for (const [id] of rows) expect(lines.some((line) => line.startsWith(id))).toBe(true);
        },
      ),
    );
  });

  it('gives no more room than is wanted', () => {
    expect(tableLines(columns, [['a', 'Steps', '3', 'School']], 100)).toEqual([
      'id  title  rows  source',
      'a   Steps     3  School',
    ]);
  });
});
