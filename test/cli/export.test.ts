import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { secondReading } from '../patterns/formats/second-reader';
import { loom } from './run';

const dataset = 'trafford-turnout-2024';
const folder = mkdtempSync(join(tmpdir(), 'loom-export-'));
const at = (name: string) => join(folder, name);
const textOf = (name: string) => readFileSync(at(name), 'utf8');
const exported = async (from: string, to: string, name: string, ...more: string[]) => {
  const ran = await loom(['export', '--dataset', from, '--to', to, '--out', at(name), ...more]);
  expect([ran.err, ran.code]).toEqual(['', 0]);
  return ran;
};

/** Rows of a plain PBM by its own rules: numbers and dots parted by anything blank, top row first. */
function plainPbm(text: string): string[] {
  const [magic, width, height, ...dots] = text.split(/\s+/);
  expect(magic).toBe('P1');
  const all = dots.join('');
  expect(all.length).toBe(Number(width) * Number(height));
  return Array.from({ length: Number(height) }, (_, row) => all.slice(row * Number(width), (row + 1) * Number(width)));
}

const hashOf = (rows: readonly string[]) => createHash('sha256').update(rows.join('\n')).digest('hex');

/** Of each end and pick of a WIF, by the second reader: rows of pick 1 to the last. */
let rows: string[] = [];

describe('loom export', () => {
  beforeAll(async () => {
    await exported(dataset, 'wif', 'cloth.wif');
    await exported(dataset, 'cloth', 'cloth.cloth.json');
    rows = secondReading(textOf('cloth.wif')).rows.map((row) => row);
  });

  it('writes the same lifts as WIF, DTX, PBM and .cloth.json', async () => {
    await exported(dataset, 'pbm', 'cloth.pbm');
    await exported(dataset, 'dtx', 'cloth.dtx');
    expect(plainPbm(textOf('cloth.pbm')).reverse()).toEqual(rows);
    const file = JSON.parse(textOf('cloth.cloth.json')) as { ends: number; picks: number; lifts: string };
    const bytes = Buffer.from(file.lifts, 'base64');
    const each = Math.ceil(file.ends / 8);
    expect(
      Array.from({ length: file.picks }, (_, pick) =>
        Array.from({ length: file.ends }, (_, end) => (bytes[pick * each + (end >> 3)] >> (end & 7)) & 1).join(''),
      ),
    ).toEqual(rows);
    const { out } = await loom(['draft', at('cloth.dtx'), '--json']);
    expect(JSON.parse(out)).toMatchObject({ layers: 1, drawdownSha256: hashOf(rows) });
  });

  it('goes on from a .cloth.json and from a draft as well as from data', async () => {
    await exported(at('cloth.cloth.json'), 'wif', 'again.wif');
    expect(textOf('again.wif')).toBe(textOf('cloth.wif'));
    await exported(at('cloth.cloth.json'), 'cloth', 'again.cloth.json');
    expect(textOf('again.cloth.json')).toBe(textOf('cloth.cloth.json'));
    await exported(at('cloth.wif'), 'wif', 'third.wif');
    expect(secondReading(textOf('third.wif')).rows).toEqual(rows);
    expect(textOf('third.wif')).toContain('[PRIVATE LOOM KEY]');
  });

  it('draws the drawdown with pick 1 below, end 1 at the left, dark where the warp is up', async () => {
    await exported(dataset, 'png', 'drawdown.png', '--view', 'drawdown', '--px', '4');
    const { width, height, data } = PNG.sync.read(readFileSync(at('drawdown.png')));
    const [ends, picks] = [rows[0].length, rows.length];
    const margin = (width - 4 * ends) / 2;
    expect(height - 2 * margin).toBe(4 * picks);
    const dark = (end: number, pick: number) =>
      data[4 * ((margin + 4 * (picks - 1 - pick) + 2) * width + margin + 4 * end + 2)] < 128;
    rows.forEach((row, pick) => {
      expect(Array.from(row, (_, end) => (dark(end, pick) ? '1' : '0')).join('')).toBe(row);
    });
  });

  it.each([
    ['--view with a format that is no picture', ['--to', 'wif', '--view', 'draft'], /--view is for pictures/],
    ['an unknown format', ['--to', 'gif'], /Allowed choices are wif, dtx/],
  ])('refuses %s, code 2', async (_, options, sentence) => {
    const ran = await loom(['export', '--dataset', dataset, '--out', at('never'), ...options]);
    expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(sentence)]);
  });

  it('never writes over the file that it reads', async () => {
    const before = textOf('cloth.wif');
    const ran = await loom(['export', '--dataset', at('cloth.wif'), '--to', 'pbm', '--out', at('cloth.wif')]);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('is the file that is read')]);
    expect(textOf('cloth.wif')).toBe(before);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, text.length / 2), /not JSON/],
    ['of a later version', (text: string) => text.replace('"version": 1', '"version": 9'), /version must be 1/],
    ['a million ends wide', (text: string) => text.replace('"ends": 40', '"ends": 1000000'), /ends must be/],
    ['with yarn that is not there', (text: string) => text.replace(/"warp": "..../, '"warp": "////'), /warp must be/],
  ])('says what is wrong with a .cloth.json %s, code 4', async (_, damage, sentence) => {
    writeFileSync(at('bad.cloth.json'), damage(textOf('cloth.cloth.json')));
    const ran = await loom(['export', '--dataset', at('bad.cloth.json'), '--to', 'pbm', '--out', at('never')]);
    expect([ran.code, ran.err]).toEqual([4, expect.stringMatching(sentence)]);
    expect(ran.err.trim().split('\n')).toHaveLength(1);
  });
});
