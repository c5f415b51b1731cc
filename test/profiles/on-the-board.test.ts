/** Every shipped loom weaves on the shipped firmware: what rises is what the threading says, heddle by heddle or shaft by shaft. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openBoard } from '../../host/board/open';
import { clothOf } from '../../host/data/cloth-of';
import { openDataset } from '../../host/data/dataset';
import { profileNames, readProfile } from '../../host/profiles/read';
import { checkFits } from '../../host/weave/begin';
import { Journal } from '../../host/weave/journal';
import { Weave } from '../../host/weave/weave';
import type { Cloth } from '../../patterns/cloth';
import { harnessOf } from '../../patterns/harness';
import type { LoomProfile } from '../../patterns/profile';

/** Weaves the first picks; what moved at each, from heddle or shaft 1. */
async function moved(
  profile: LoomProfile,
  cloth: Cloth,
  picks: number,
  hear: (words: string) => void = () => {},
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'loom-profile-'));
  const { driver } = await openBoard('emulated', profile);
  const journal = new Journal(join(folder, 'journal.ndjson'));
  await journal.start();
  onTestFinished(async () => {
    await driver.stop();
    await journal.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const weave = new Weave({
    ...{ cloth, driver, journal, tag: 7, last: picks, auto: 0, plannedSeconds: 1, floatLimit: profile.floatLimit },
    ask: ({ candidates }) => Promise.resolve({ shed: candidates[0], threadIn: false }),
    masked: [],
    harness: harnessOf(profile),
    windOnEvery: profile.windOnEvery,
  });
  const rows: string[] = [];
  const halfway = profile.board.outputs === 'shift' ? 0 : 1500;
  const woven = new Promise<void>((resolve, reject) => {
    weave.on('failed', reject);
    weave.on('event', (event) => {
      if (event.type === 'phase' && event.phase === 'waiting') hear(event.words);
      if (event.type !== 'opened') return;
      rows.push(Array.from(driver.pulses()!, (pulse) => (pulse > halfway ? '1' : '0')).join(''));
      if (rows.length === picks) resolve();
    });
  });
  const facts = await driver.connect();
  checkFits(facts, profile, cloth);
  void weave.start(facts, null, 'forward', true);
  await woven;
  return rows;
}

/** Worked out from the threading as the profile's page tells it, one end after the other. */
function byHand(cloth: Cloth, pick: number, count: number, actuatorOf: (end: number) => number): string {
  const row = Array.from({ length: count }, () => '0');
  for (let end = 1; end <= cloth.lifts.ends; end++)
    if (cloth.lifts.get(pick - 1, end - 1)) row[actuatorOf(end) - 1] = '1';
  return row.join('');
}

const block = (end: number, from: number, shafts: number, first: number): number => first + ((end - from) % shafts);
const actuators: Readonly<Record<string, (end: number) => number>> = {
  'exhibition-40': (end) => end,
  'uno-12': (end) => end,
  'jacquard-440': (end) => end,
  'shaft-8': (end) => (end === 1 || end === 204 ? 7 : end === 2 || end === 203 ? 8 : block(end, 3, 5, 1)),
  'table-16': (end) =>
    end <= 2
      ? 12 + end
      : end <= 30
        ? block(end, 3, 4, 1)
        : end <= 90
          ? block(end, 31, 4, 5)
          : end <= 118
            ? block(end, 91, 4, 9)
            : end === 120
              ? 15
              : 16,
};

it('is tried with every profile that there is', () => {
  expect(Object.keys(actuators).sort()).toEqual(profileNames());
});

it.each(Object.keys(actuators))(
  'lifts what the threading of %s says',
  async (name) => {
    const profile = readProfile(name);
    const cloth = clothOf(await openDataset('manchester-imd-2019'), profile, { encode: 'bands' });
    const picks = name === 'jacquard-440' ? 2 : 4;
    const expected = Array.from({ length: picks }, (_, i) =>
      byHand(cloth, i + 1, profile.board.heddles, actuators[name]),
    );
    expect(new Set(expected).size).toBeGreaterThan(1);
    expect(await moved(profile, cloth, picks)).toEqual(expected);
  },
  60_000,
);

it('pulls down the other shafts of a sinking shed, on solenoids as well', async () => {
  const shipped = readProfile('shaft-8');
  const profile: LoomProfile = { ...shipped, shed: 'sinking', board: { ...shipped.board, outputs: 'shift' } };
  const cloth = clothOf(await openDataset('manchester-imd-2019'), profile, {});
  const risen = [1, 2, 3].map((pick) => byHand(cloth, pick, 8, actuators['shaft-8']));
  // Shaft 6 has no ends: nothing pulls it.
  const sunk = risen.map((row) => [...row].map((up, shaft) => (shaft === 5 || up === '1' ? '0' : '1')).join(''));
  expect(await moved(profile, cloth, 3)).toEqual(sunk);
}, 60_000);

it('refuses a cloth that was made for another threading', async () => {
  const shaft8 = readProfile('shaft-8');
  const heddles: LoomProfile = { ...shaft8, lifting: undefined, board: { ...shaft8.board, heddles: 204 } };
  const cloth = clothOf(await openDataset('manchester-imd-2019'), heddles, {});
  await expect(moved(shaft8, cloth, 1)).rejects.toThrow(
    /wants ends \d+ and \d+ apart, and the profile shaft-8 moves both with shaft/,
  );
}, 60_000);

it('tells the weaver when the cloth is to be wound on', async () => {
  const profile: LoomProfile = { ...readProfile('shaft-8'), windOnEvery: 2 };
  const cloth = clothOf(await openDataset('manchester-imd-2019'), profile, {});
  const said: string[] = [];
  await moved(profile, cloth, 4, (words) => said.push(words));
  expect(said.filter((words) => words.includes('wind the cloth on'))).toHaveLength(2);
}, 60_000);
