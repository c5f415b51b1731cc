/** CSV bytes to a table, strictly: whatever is not as the package declares is named by file, line and column. */
import { CsvError, parse } from 'csv-parse/sync';
import { readDecimal } from '../../patterns/decimal';
import type { Cell, Column, Flag, Table } from '../../patterns/table';
import { LoomError } from '../errors';
import type { Field, MissingValue, Resource } from './package';

/** A row as it stands in the file; `line` counts from 1, as editors do. */
interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

const datetime = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;
/** Values are shown in messages up to so many letters. */
const shown = 40;

/**
 * @param file its name, for messages
 * @returns every declared column in the order of the file, every row
 * @throws LoomError dataset
 */
export function readCsv(bytes: Uint8Array, file: string, { schema, dialect }: Resource): Table {
  const lines = split(decode(bytes, file), file, dialect?.delimiter ?? ',');
  const [header, ...rows] = lines;
  if (!header) throw wrong(file, 'is empty', 'Its first line must name the columns.');
  const fields = matchHeader(header.cells, schema.fields, file);
  if (rows.length === 0) throw wrong(file, 'has a header and no rows', 'Give it at least one row of data.');
  const readers = fields.map((field) => cellReader(field, field.missingValues ?? schema.missingValues));
  return {
    columns: fields.map(columnOf),
    rows: rows.map(({ line, cells }, index) => {
      const where = `${file}, line ${line} (row ${index + 1})`;
      countCells(where, cells, header.cells);
      return cells.map((text, column) => {
        const cell = readers[column](text);
        if ('wrong' in cell) throw wrong(`${where}, column "${fields[column].name}":`, cell.wrong, cell.tryInstead);
        return cell;
      });
    }),
  };
}

function wrong(where: string, what: string, tryInstead: string): LoomError {
  return new LoomError('dataset', `${where} ${what}. ${tryInstead}`);
}

/** UTF-8, with or without a byte order mark. */
function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const line = lineOfBadByte(bytes);
    throw new LoomError(
      'dataset',
      `${file}, line ${line} is not UTF-8 text. Save the file as “CSV UTF-8”, then try again.`,
      { cause },
    );
  }
}

/** Line of the first bytes that are not UTF-8: found by halving, because a cut-off letter at the end is none. */
function lineOfBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return bytes.subarray(0, good).reduce((line, byte) => line + (byte === 0x0a ? 1 : 0), 1);
}

/** Lines end with LF, CRLF or CR. Empty lines at the end are no rows. */
function split(text: string, file: string, delimiter: string): Line[] {
  type Parsed = { record: string[]; info: { lines: number } };
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? `, line ${error.lines}` : '';
    throw new LoomError(
      'dataset',
      `${file}${line} has a quotation mark that is not closed, or one inside a cell that is not quoted. Close it, or write it twice inside a quoted cell.`,
      { cause: error },
    );
  }
  const lines = parsed.map(({ record, info }) => ({ line: info.lines, cells: record }));
  while (lines.length > 0 && lines[lines.length - 1].cells.join('') === '' && lines[lines.length - 1].cells.length < 2)
    lines.pop();
  return lines;
}

/** The fields in the order of the header. */
function matchHeader(header: readonly string[], fields: readonly Field[], file: string): Field[] {
  const where = `${file}, line 1`;
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined)
    throw wrong(where, `names the column "${cut(twice)}" twice`, 'Give each column a name of its own.');
  const byName = new Map(fields.map((field) => [field.name, field]));
  const unknown = header.filter((name) => !byName.has(name));
  if (unknown.length > 0)
    throw wrong(
      where,
      `has ${list(unknown)}, which datapackage.json does not declare`,
      `Declare ${unknown.length > 1 ? 'them' : 'it'} in the schema's fields, or delete ${unknown.length > 1 ? 'them' : 'it'} from the file.`,
    );
  const missing = fields.map(({ name }) => name).filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw wrong(
      where,
      `lacks ${list(missing)}, which datapackage.json declares`,
      'Add what is lacking to the file, or take it out of the schema’s fields.',
    );
  return header.map((name) => byName.get(name)!);
}

function countCells(where: string, cells: readonly string[], header: readonly string[]): void {
  const { length } = cells;
  if (length === header.length) return;
  if (length === 1 && cells[0] === '') throw wrong(where, 'is empty', 'Delete the line.');
  const count = `has ${length} cell${length === 1 ? '' : 's'} and the header has ${header.length}`;
  if (length < header.length)
    throw wrong(
      where,
      `${count}: "${header[length]}" and what follows are lacking`,
      'Fill in the lacking cells; leave a cell empty only where a value is absent.',
    );
  throw wrong(
    where,
    `${count}: "${cut(cells[header.length])}" is one too many`,
    'Put quotation marks round a cell that contains a comma.',
  );
}

type Read = Cell | { readonly wrong: string; readonly tryInstead: string };

/** Reads the cells of one column. */
function cellReader(field: Field, missing: readonly MissingValue[]): (text: string) => Read {
  const reasons = new Map(missing.map(({ value, label }) => [value, label]));
  const codes = field.loom?.categories && new Set(field.loom.categories.map(({ code }) => code));
  const flags = Object.entries(field.loom?.flags ?? {}).sort(([a], [b]) => b.length - a.length);
  return (text) => {
    const absent = reasons.get(text);
    if (absent !== undefined) return { absent };
    if (field.type === 'number' || field.type === 'integer') return numberCell(text, field.type, flags);
    if (field.type === 'datetime' && (!datetime.test(text) || Number.isNaN(Date.parse(text))))
      return { wrong: `"${cut(text)}" is not a date`, tryInstead: 'Write it like 2024-05-02 or 2024-05-02T18:30:00Z.' };
    if (codes && !codes.has(text))
      return {
        wrong: `"${cut(text)}" is none of the categories ${[...codes].join(', ')}`,
        tryInstead: 'Correct the cell, or declare the category in datapackage.json.',
      };
    return { value: text };
  };
}

/** A number, perhaps with marks behind it that the package declares; the number stays as it was written. */
function numberCell(text: string, type: 'number' | 'integer', marks: readonly (readonly [string, Flag])[]): Read {
  const flags: Flag[] = [];
  let number = text;
  for (let found = true; found; ) {
    found = false;
    for (const [mark, flag] of marks)
      if (number.endsWith(mark)) {
        number = number.slice(0, -mark.length);
        flags.unshift(flag);
        found = true;
        break;
      }
  }
  const decimal = readDecimal(number);
  if (!decimal) return { wrong: `"${cut(text)}" is not a number`, tryInstead: adviceFor(number) };
  if (type === 'integer' && number.includes('.'))
    return {
      wrong: `"${cut(text)}" is not a whole number`,
      tryInstead: 'Correct it, or declare the column as "number".',
    };
  return flags.length > 0 ? { value: number, flags } : { value: number };
}

function adviceFor(text: string): string {
  if (text === '') return 'Fill it in, or declare "" among the missingValues.';
  if (text !== text.trim()) return 'Take the spaces away.';
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return `Write it without commas: ${text.replaceAll(',', '')}.`;
  if (/^[+-]?\d+,\d+$/.test(text)) return `Write it with a point: ${text.replace(',', '.')}.`;
  if (/^[+-]?\d[\d.]*[eE][+-]?\d+$/.test(text)) return 'Write it out, without an exponent.';
  if (/^[+-]?[\d.]+\s*%$/.test(text)) return 'Take the per cent sign away and say it in the unit.';
  if (/^[+-]?[\d.]+\D+$/.test(text)) return 'Declare the mark behind it under "flags", or take it away.';
  return `Correct it, or declare "${cut(text)}" among the missingValues.`;
}

function columnOf({ name, title, type, unit, loom }: Field): Column {
  const { kind, edges, scale, categories, share } = loom ?? {};
  return { name, title: title ?? name, type, kind, unit, edges, scale, categories, ...(share ? { share } : {}) };
}

const cut = (text: string): string => (text.length > shown ? `${text.slice(0, shown)}…` : text);

function list(names: readonly string[]): string {
  const quoted = names.slice(0, 5).map((name) => `"${cut(name)}"`);
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `the column${names.length > 1 ? 's' : ''} ${quoted.join(', ')}${more}`;
}
