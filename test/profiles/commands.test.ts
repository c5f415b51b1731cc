/** What the commands about looms print. */
import { expect, it } from 'vitest';
import type { Out } from '../../host/cli/ports';
import { profiles } from '../../host/cli/profiles';
import { structures } from '../../host/cli/structures';
import { suggest } from '../../host/cli/suggest';
import { frame } from '../../host/cli/weave-frame';
import { clothOf } from '../../host/data/cloth-of';
import { openDataset } from '../../host/data/dataset';
import { profileNames, readProfile } from '../../host/profiles/read';
import { encodingNames } from '../../patterns/choice';
import { harnessOf } from '../../patterns/harness';

async function printed(run: (out: Out) => Promise<number>): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await run({
    write: (more: string) => {
      text += more;
      return true;
    },
  });
  return { code, text };
}
const json = async (run: (out: Out) => Promise<number>) => JSON.parse((await printed(run)).text);

it('loom profiles lists the looms and shows one in full', async () => {
  const { code, text } = await printed((out) => profiles(undefined, {}, out));
  expect(code).toBe(0);
  for (const name of profileNames()) expect(text).toContain(name);
  const one = (await printed((out) => profiles('table-16', {}, out))).text;
  expect(one).toMatch(/16 shafts, threaded 28 ends on 1 2 3 4/);
  expect(one).toContain('3 areas across');
  const full = await json((out) => profiles('shaft-8', { json: true }, out));
  expect(full.threading.slice(0, 5)).toEqual([7, 8, 1, 2, 3]);
});

it('loom profiles --table has a verdict for every encoding on every loom', async () => {
  const table = await json((out) => profiles(undefined, { table: true, json: true }, out));
  expect(table).toHaveLength(encodingNames.length * profileNames().length);
  const { text } = await printed((out) => profiles(undefined, { table: true, profile: 'shaft-8' }, out));
  expect(text).toMatch(/bars +shaft-8 +refuses because/);
  expect(text).toMatch(/bands +shaft-8 +weaves/);
});

it('loom profiles names what is wrong with a profile', async () => {
  await expect(printed((out) => profiles('table-61', {}, out))).rejects.toThrow('Did you mean table-16?');
});

it('loom structures draws each structure with its floats', async () => {
  const list = await json((out) => structures({ json: true }, out));
  const twill = list.find(({ name }: { name: string }) => name === '1/3 twill');
  expect(twill).toMatchObject({
    floats: { warpOver: 1, warpUnder: 3, weftOver: 3, weftUnder: 1 },
    warpShare: 0.25,
    swatch: ['0001', '0010', '0100', '1000'],
  });
  const { text } = await printed((out) => structures({}, out));
  expect(text).toContain('██··██··');
  expect(text).toContain('weft floats 3 over, 1 under');
});

it('loom suggest names the best first, with a command to weave it, and what does not fit when asked', async () => {
  const on40 = await json((out) => suggest('trafford-turnout-2024', { json: true }, out));
  expect(on40.suited[0]).toMatchObject({ encoding: 'bars', value: 'turnout_pct' });
  const { code, text } = await printed((out) =>
    suggest('trafford-turnout-2024', { profile: 'shaft-8', all: true }, out),
  );
  expect(code).toBe(0);
  expect(text).toContain('--encode bands --value imd_2025 --profile shaft-8');
  expect(text).toMatch(/not bars of turnout_pct\s+A length needs ends that each turn by themselves/);
});

it('loom suggest says so when nothing fits, with its reasons', async () => {
  const { code, text } = await printed((out) => suggest('election-night-2019', { profile: 'shaft-8' }, out));
  expect(code).toBe(4);
  expect(text).toContain('Nothing fits this loom.');
  expect(text).toContain('not sequence of');
});

it('a dead shaft is crossed above all its ends in the terminal', async () => {
  const loom = readProfile('table-16');
  const cloth = clothOf(await openDataset('manchester-imd-2019'), loom, {});
  const at = { pick: 60, phase: 'waiting', words: '', secondsLeft: 9, direction: 'forward' } as const;
  const view = { ...at, masked: [9] };
  const picture = { cloth, view, last: 226, plan: '', board: '', display: null, harness: harnessOf(loom) };
  const crosses = frame(picture, 200, 40)[0].match(/×/g);
  expect(crosses).toHaveLength(28 / 4);
});
