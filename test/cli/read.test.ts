import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readKey } from '../../host/cloth/read-key';
import { linesOf } from '../system/cloth-by-hand';
import { loom } from './run';

const dataset = 'trafford-turnout-2024';
const folder = mkdtempSync(join(tmpdir(), 'loom-read-'));
const at = (name: string) => join(folder, name);

interface Row {
  readonly label: string;
  readonly is: string;
  readonly value: string | null;
  readonly words: string;
}
async function readRows(...args: string[]): Promise<Row[]> {
  const ran = await loom(['read', ...args, '--json']);
  expect([ran.err, ran.code]).toEqual(['', 0]);
  return (JSON.parse(ran.out) as { records: Row[] }).records;
}

/** Ward and turnout as the data file has them. */
function counted(): [string, number][] {
  const csv = readFileSync(join(__dirname, '../../host/data/built-in', dataset, 'data.csv'), 'utf8');
  const [header, ...lines] = linesOf(csv);
  const [ward, turnout] = [header.indexOf('ward'), header.findIndex((name) => name.includes('turnout'))];
  return lines.map((line) => [line[ward], Number(line[turnout])]);
}

describe('loom read', () => {
  beforeAll(async () => {
    for (const [to, name] of [
      ['cloth', 'cloth.cloth.json'],
      ['wif', 'cloth.wif'],
      ['dtx', 'cloth.dtx'],
    ])
      expect((await loom(['export', '--dataset', dataset, '--to', to, '--out', at(name)])).code).toBe(0);
  });

  it('says what was counted, to the nearest end', async () => {
    const rows = await readRows(at('cloth.cloth.json'));
    const table = counted();
    expect(rows.map(({ label }) => label)).toEqual(table.map(([ward]) => ward));
    rows.forEach(({ value }, i) => {
      expect(Math.abs(Number(value) - table[i][1])).toBeLessThanOrEqual(1);
    });
  });

  it('reads the same from a WIF, whose key is within, and from a DTX with the key beside it', async () => {
    const rows = await readRows(at('cloth.cloth.json'));
    expect(await readRows(at('cloth.wif'))).toEqual(rows);
    expect(await readRows(at('cloth.dtx'), '--key', at('cloth.cloth.json'))).toEqual(rows);
    const { key } = JSON.parse(readFileSync(at('cloth.cloth.json'), 'utf8')) as { key: unknown };
    writeFileSync(at('key.json'), JSON.stringify(key));
    expect(await readRows(at('cloth.wif'), '--key', at('key.json'))).toEqual(rows);
  });

  it('believes the threads, not the words that travel with them', async () => {
    const file = readFileSync(at('cloth.cloth.json'), 'utf8').replaceAll('of every 100', 'of every 7');
    writeFileSync(at('lies.cloth.json'), file);
    expect(await readRows(at('lies.cloth.json'))).toEqual(await readRows(at('cloth.cloth.json')));
  });

  it('calls a record altered whose threads were turned over, and reads the others', async () => {
    const rows = await readRows(at('cloth.cloth.json'));
    const cloth = JSON.parse(readFileSync(at('cloth.cloth.json'), 'utf8')) as {
      lifts: string;
      ends: number;
      parts: { from: number; record?: number }[];
    };
    const lifts = Buffer.from(cloth.lifts, 'base64');
    const part = cloth.parts.find(({ record }) => record === 3)!;
    lifts[part.from * Math.ceil(cloth.ends / 8) + 2] ^= 0x24;
    writeFileSync(at('altered.cloth.json'), JSON.stringify({ ...cloth, lifts: lifts.toString('base64') }));
    const read = await readRows(at('altered.cloth.json'));
    expect(read[3]).toMatchObject({ label: rows[3].label, is: 'altered', value: null });
    expect(read.filter((_, i) => i !== 3)).toEqual(rows.filter((_, i) => i !== 3));
    const { out } = await loom(['read', at('altered.cloth.json')]);
    expect(out).toMatch(/21 records, 1 altered/);
  });

  it.each([
    ['a draft without a key', ['cloth.dtx'], /carries no key.*--key FILE/],
    ['a key that is none', ['cloth.dtx', '--key', 'cloth.wif'], /cloth\.wif is no key: it is not JSON/],
    ['a file that is not there', ['gone.wif'], /gone\.wif cannot be opened: ENOENT/],
  ])('refuses %s, code 4', async (_, args, sentence) => {
    const ran = await loom(['read', ...args.map((one) => (one.startsWith('--') ? one : at(one)))]);
    expect([ran.code, ran.err]).toEqual([4, expect.stringMatching(sentence)]);
  });

  it.each([
    ['ground', {}],
    ['ground', { ends: 40, n: 5 }],
    ['labels', 7],
    ['layout', { first: 0, picks: 1e9, dividers: 0 }],
    ['scale', { perEnd: 'x', max: '1' }],
    ['bar', { from: 0, to: 60000 }],
    ['version', 2],
    ['bar', { from: 20, to: 10 }],
    ['notch', { from: 39, to: 41 }],
  ])('a key whose %s is nonsense (%j) ends in a sentence', (field, value) => {
    const { key } = JSON.parse(readFileSync(at('cloth.cloth.json'), 'utf8')) as { key: Record<string, unknown> };
    expect(readKey(JSON.stringify(key), 'key.json')).toEqual(key);
    expect(() => readKey(JSON.stringify({ ...key, [field]: value }), 'key.json')).toThrow(
      /^The key in key\.json cannot be read: .*\.$/,
    );
  });
});
