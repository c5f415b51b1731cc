/** The `loom` command as people meet it: what it prints, where, and its exit code. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { datasetFolder } from '../data/folder';
import { loom } from './run';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'loom-cli-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe('loom', () => {
  it('helps: commands, examples and exit codes', async () => {
    const { code, out, err } = await loom(['--help']);
    expect([code, err]).toEqual([0, '']);
    for (const word of ['weave', 'datasets', 'preview', 'ports', 'doctor', 'Examples:', '130 interrupted'])
      expect(out).toContain(word);
  });

  it('prints its version', async () => {
    expect(await loom(['--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  });

  it.each([
    ['nothing', [], /Usage: loom/],
    ['a command that is none', ['weev'], /loom: unknown command 'weev'\n\(Did you mean weave\?\)/],
    ['an option that is none', ['datasets', '--jsn'], /loom: unknown option '--jsn'\n\(Did you mean --json\?\)/],
    ['a weave of nothing', ['weave'], /Say what is woven: --dataset ID \(`loom datasets` lists them\) or --draft FILE/],
    ['a pick 0', ['weave', '--dataset', 'x', '--picks', '0'], /'--picks <n>' argument '0' is invalid.*from 1 on/],
    ['half a millisecond', ['weave', '--dataset', 'x', '--auto', '0.5'], /'0.5' is invalid.*from 0 on/],
    [
      'an address that is none',
      ['weave', '--dataset', 'x', '--listen', 'here:99999'],
      /--listen here:99999: write HOST:PORT/,
    ],
    [
      'a picture of another kind',
      ['preview', '--dataset', 'x', '--out', 'x.gif'],
      /"x.gif" ends in neither .png nor .svg/,
    ],
    [
      'an encoding that is none',
      ['preview', '--dataset', 'trafford-turnout-2024', '--encode', 'bar', '--out', 'x.png'],
      /Did you mean bars\?/,
    ],
  ])('answers %s with code 2 and what to do', async (_, args, sentence) => {
    const { code, out, err } = await loom(args);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('    at ');
    expect([code, out]).toEqual([2, '']);
  });

  it('outlives a reader that goes away', async () => {
    const { code, err } = await loom(['datasets', '--json'], { lines: 0 });
    expect([code, err]).toEqual([0, '']);
  });

  it('parks the loom when the reader of a weave goes away', async () => {
    const weave = ['weave', '--dataset', 'trafford-turnout-2024', '--auto', '0', '--json-lines', '--no-display'];
    const { code, out, err } = await loom(weave, { lines: 2, env: { LOOM_HOME: folder() } });
    expect([code, err]).toEqual([130, '']);
    expect(out).toMatch(/^{"type":"weave".*\n{"type":"pick","number":1,/);
  });
});

describe('loom datasets', () => {
  it('lists id, title, rows, source and licence as JSON', async () => {
    const { code, out } = await loom(['datasets', '--json']);
    expect(code).toBe(0);
    const list = JSON.parse(out) as Record<string, unknown>[];
    expect(list.map(({ id }) => id)).toEqual(['election-night-2019', 'manchester-imd-2019', 'trafford-turnout-2024']);
    for (const one of list) expect(Object.keys(one)).toEqual(['id', 'title', 'rows', 'source', 'licence']);
  });

  it('lists them for people, in lines that fit', async () => {
    const { code, out } = await loom(['datasets']);
    expect(code).toBe(0);
    expect(out).toMatch(/^id +title +rows +source +licence\n/);
    expect(out).toContain('trafford-turnout-2024');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('loom preview', () => {
  it('draws the whole cloth in true proportions and says what it takes', async () => {
    const file = join(folder(), 'cloth.png');
    const { code, out } = await loom(['preview', '--dataset', 'trafford-turnout-2024', '--out', file]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /21 records on 40 ends: \d shuttles in use at once, \d wefts, \d+ changes, \d+ picks, about \d+ min/,
    );
    const picks = Number(/(\d+) picks/.exec(out)?.[1]);
    const { width, height } = PNG.sync.read(readFileSync(file));
    // 40 ends at 5 a cm, so many picks at 6 a cm
    expect(height / width).toBeCloseTo(picks / 6 / (40 / 5), 1);
    expect(readdirSync(join(file, '..'))).toEqual(['cloth.png']);
  });

  it('draws SVG, in capitals too', async () => {
    const file = join(folder(), 'cloth.SVG');
    const { code } = await loom(['preview', '--dataset', 'manchester-imd-2019', '--out', file]);
    expect(code).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it('leaves nothing behind where it cannot write, code 1', async () => {
    const { code, err } = await loom([
      'preview',
      '--dataset',
      'trafford-turnout-2024',
      '--out',
      join(folder(), 'no', 'x.png'),
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(/x\.png cannot be written \(ENOENT\)/);
  });
});

describe('a dataset that cannot be woven', () => {
  it.each([
    [
      'too few cells',
      'school,share,pupils\nNorth,1\n',
      /data\.csv, line 2 \(row 1\) has 2 cells and the header has 3: "pupils"/,
    ],
    [
      'a bad number',
      'school,share,pupils\nNorth,"1,5",2\n',
      /line 2 \(row 1\), column "share": "1,5" is not a number\. Write it with a point: 1\.5\./,
    ],
    ['no rows', 'school,share,pupils\n', /data\.csv has a header and no rows/],
    [
      'an undeclared column',
      'school,share,pupils,x\nNorth,1,2,3\n',
      /the column "x", which datapackage\.json does not declare/,
    ],
  ])('%s: code 4, and nothing is drawn', async (_, csv, sentence) => {
    const out = join(folder(), 'cloth.png');
    const { code, err } = await loom(['preview', '--dataset', datasetFolder(csv), '--out', out]);
    expect(err).toMatch(sentence);
    expect(err).not.toContain('    at ');
    expect([code, existsSync(out)]).toEqual([4, false]);
  });

  it('an unknown id: code 4 and the nearest names', async () => {
    const { code, err } = await loom(['preview', '--dataset', 'trafford', '--out', 'never.png']);
    expect([code, err]).toEqual([4, expect.stringContaining('Did you mean trafford-turnout-2024?')]);
  });

  it('an unknown profile: code 3 and the nearest names', async () => {
    const { code, err } = await loom([
      'preview',
      '--dataset',
      'trafford-turnout-2024',
      '--profile',
      'exibition-40',
      '--out',
      'never.png',
    ]);
    expect([code, err]).toEqual([3, expect.stringContaining('Did you mean exhibition-40?')]);
  });
});
