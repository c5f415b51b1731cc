import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loom } from '../cli/run';

const folder = mkdtempSync(join(tmpdir(), 'loom-weave-draft-'));
const env = { LOOM_HOME: join(folder, 'home') };
const at = (name: string) => join(folder, name);
const quickly = ['--profile', 'uno-12', '--auto', '0', '--no-display', '--json-lines'];

/** Rows of pick 1 to the last, as a plain PBM. */
function draftFile(name: string, rows: readonly string[]): string {
  writeFileSync(at(name), `P1\n${rows[0].length} ${rows.length}\n${[...rows].reverse().join('\n')}\n`);
  return at(name);
}

const twill = Array.from({ length: 12 }, (_, pick) =>
  Array.from({ length: 12 }, (_, end) => ((end + pick) % 4 < 2 ? '1' : '0')).join(''),
);
const floating = twill.map((row, pick) => (pick === 6 ? '011111111110' : row));

/** What the heddles of the emulated board were given, pick by pick. */
function woven(out: string): string[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { type: string; lifts: string })
    .filter(({ type }) => type === 'pick')
    .map(({ lifts }) => lifts);
}

describe('loom weave --draft', () => {
  it('weaves a picture of a twill, crossing by crossing', async () => {
    const ran = await loom(['weave', '--draft', draftFile('twill.pbm', twill), ...quickly], { env });
    expect(ran.code).toBe(0);
    expect(woven(ran.out)).toEqual(twill);
  });

  it('weaves the same as WIF and as .dtx that loom export wrote', async () => {
    const from = draftFile('again.pbm', twill);
    for (const to of ['wif', 'dtx']) {
      await loom(['export', '--dataset', from, '--to', to, '--out', at(`again.${to}`)]);
      const ran = await loom(['weave', '--draft', at(`again.${to}`), ...quickly], { env });
      expect([ran.code, woven(ran.out)]).toEqual([0, twill]);
    }
  });

  it('goes on where it stopped, with the cloth that it began with', async () => {
    const file = draftFile('part.pbm', twill);
    const first = await loom(['weave', '--draft', file, '--picks', '5', ...quickly], { env });
    expect([first.code, woven(first.out)]).toEqual([0, twill.slice(0, 5)]);
    const asked = await loom(['weave', '--draft', file, ...quickly], { env });
    expect([asked.code, asked.out]).toEqual([3, expect.stringMatching(/--resume.*--fresh/)]);
    draftFile('part.pbm', [...twill].reverse());
    const then = await loom(['weave', '--draft', file, '--resume', ...quickly], { env });
    expect(then.code).toBe(0);
    expect(woven(then.out).slice(-7)).toEqual(twill.slice(5));
  });

  it('tells long floats with their place, and weaves them all the same: the weaver decides', async () => {
    const ran = await loom(['weave', '--draft', draftFile('float.pbm', floating), ...quickly], { env });
    expect(ran.err).toMatch(/The weft floats behind more than \d ends from end 2 of pick 7\. --mend/);
    expect([ran.code, woven(ran.out)]).toEqual([0, floating]);
  });

  it('mends them when asked, and lists what it turned over', async () => {
    const ran = await loom(['weave', '--draft', draftFile('mend.pbm', floating), '--mend', ...quickly], { env });
    expect(ran.code).toBe(0);
    const rows = woven(ran.out);
    const turned = floating.flatMap((row, pick) =>
      [...row].flatMap((was, end) =>
        rows[pick][end] === was
          ? []
          : [`end ${end + 1} is ${rows[pick][end] === '1' ? 'up' : 'down'} in pick ${pick + 1} now`],
      ),
    );
    expect(turned.length).toBeGreaterThan(0);
    expect(ran.err.match(/end \d+ is \w+ in pick \d+ now/g)).toEqual(turned);
    const limit = Number(/^floatLimit *= *(\d+)/m.exec(readFileSync('host/profiles/uno-12.toml', 'utf8'))?.[1]);
    for (const row of rows) expect(row).not.toMatch(new RegExp(`0{${limit + 1}}|1{${limit + 1}}`));
  });

  it.each([
    [
      'a draft of another width',
      ['--draft', 'twill.pbm', '--profile', 'exhibition-40'],
      4,
      /12 ends and the loom 40\. Repeat/,
    ],
    ['a file that is no draft', ['--draft', 'notes.txt'], 4, /notes\.txt cannot be read as a draft/],
    ['both', ['--draft', 'twill.pbm', '--dataset', 'trafford-turnout-2024'], 2, /--dataset or --draft, not both/],
    ['neither', [], 2, /--dataset ID.*or --draft FILE/],
    ['mending data', ['--dataset', 'trafford-turnout-2024', '--mend'], 2, /--mend is for drafts/],
  ] as const)('refuses %s', async (_, args, code, sentence) => {
    draftFile('twill.pbm', twill);
    writeFileSync(at('notes.txt'), 'buy more wool\n');
    const named = args.map((one) => (/\.(pbm|txt)$/.test(one) ? at(one) : one));
    const ran = await loom(['weave', ...named, '--auto', '0', '--no-display'], { env });
    expect([ran.code, ran.err]).toEqual([code, expect.stringMatching(sentence)]);
  });
});
