/** A whole weave on a third party's StandardFirmata: twelve servos on its pins, a real dataset, the journal on disk. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clothOf } from '../../host/data/cloth-of';
import { openDataset } from '../../host/data/dataset';
import { readProfile } from '../../host/profiles/read';
import { Journal, readEntries } from '../../host/weave/journal';
import { placeOf } from '../../host/weave/place';
import type { PlaceQuestion } from '../../host/weave/question';
import { Weave } from '../../host/weave/weave';
import type { Cloth } from '../../patterns/cloth';
import type { FeedEvent, Phase } from '../../protocol/feed';
import { lifted, stockRig, unplugAll } from './stock-rig';

const exhibition = readProfile('exhibition-40');
const linen = { name: 'linen', colour: '#e8e1d0' };
const table = {
  ...exhibition,
  ...{ name: 'table-12', ends: 12, selvedge: 1 },
  board: { ...exhibition.board, outputs: 'pins', heddles: 12 },
  warps: [{ name: 'bands', guides: [], stripes: [{ from: 1, to: 12, yarn: linen }] }],
} as const;

let cloth: Cloth;
beforeAll(async () => {
  cloth = clothOf(await openDataset('trafford-turnout-2024'), table, { encode: 'bands' });
});

const tag = 7;
const folders: string[] = [];
const journals: Journal[] = [];
afterEach(async () => {
  await unplugAll();
  for (const journal of journals.splice(0)) await journal.stop();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function loom({ last = cloth.lifts.picks, auto = null }: { last?: number; auto?: number | null }) {
  const folder = await mkdtemp(join(tmpdir(), 'loom-stock-'));
  folders.push(folder);
  const journal = new Journal(join(folder, 'journal.ndjson'));
  journals.push(journal);
  await journal.start();
  const { dataset, title } = cloth.provenance;
  const { picks } = cloth.lifts;
  await journal.append({ what: 'begin', weave: tag, dataset, title, profile: table.name, picks, clothSha256: '' });
  const rig = stockRig();
  const questions: PlaceQuestion[] = [];
  const ask = async (question: PlaceQuestion) => {
    questions.push(question);
    return { shed: question.candidates[0], threadIn: false };
  };
  const weave = new Weave({
    cloth,
    driver: rig.driver,
    journal,
    tag,
    last,
    auto,
    plannedSeconds: 1,
    ask,
    floatLimit: 6,
    masked: [],
  });
  /** what the servos had when each pick was called open, beside what it lifts */
  const sheds: { pick: number; seen: string; asked: string }[] = [];
  const waits = new Set<() => void>();
  weave.on('event', (event: FeedEvent) => {
    if (event.type === 'opened')
      sheds.push({ pick: event.pick, seen: lifted(rig), asked: cloth.lifts.text(event.pick - 1) });
    for (const wait of [...waits]) wait();
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const wait = () => {
        if (!holds()) return;
        waits.delete(wait);
        resolve();
      };
      waits.add(wait);
      wait();
    });
  const phase = (wanted: Phase) => until(() => weave.view().phase === wanted);
  const facts = await rig.driver.connect();
  const start = () => weave.start(facts, null, 'forward', true);
  const place = () => placeOf(readEntries(readFileSync(journal.path), journal.path).entries);
  /** A foot on the treadle, late enough after the last press. */
  const step = async () => {
    await rig.later(400);
    const { length } = sheds;
    rig.parts.treadle.tap();
    await until(() => sheds.length > length);
  };
  return { ...rig, weave, sheds, questions, phase, start, step, place };
}

/** Sheds in which the servos had not what the cloth asks. */
const wrong = (sheds: readonly { seen: string; asked: string }[]) => sheds.filter(({ seen, asked }) => seen !== asked);

describe('a weave on StandardFirmata', () => {
  it('opens every pick of the cloth at the servos, once and in order, and ends at rest', async () => {
    const it = await loom({ auto: 0 });
    await it.start();
    await it.phase('finished');
    expect(it.sheds.map(({ pick }) => pick)).toEqual(Array.from({ length: cloth.lifts.picks }, (_, i) => i + 1));
    expect(wrong(it.sheds)).toEqual([]);
    expect(it.place()).toMatchObject({ finished: true });
    expect(it.driver.place().state).toBe('idle');
    expect(it.questions).toEqual([]);
  });

  it('is woven by foot, is stopped by the e-stop, and goes on where it was when a hand says so', async () => {
    const it = await loom({});
    await it.start();
    await it.phase('waiting');
    for (let pick = 2; pick <= 4; pick++) await it.step();
    it.parts.estop.open();
    await it.phase('stopped');
    expect(it.weave.view().words).toContain('e-stop');
    it.parts.estop.close();
    await it.later(100);
    await it.weave.next();
    await it.phase('waiting');
    await it.step();
    expect(it.sheds.map(({ pick }) => pick)).toEqual([1, 2, 3, 4, 4, 5]);
    expect(wrong(it.sheds)).toEqual([]);
    expect(it.questions).toEqual([]);
  });

  it('unweaves, and weaves on', async () => {
    const it = await loom({});
    await it.start();
    await it.phase('waiting');
    for (let pick = 2; pick <= 3; pick++) await it.step();
    await it.later(100);
    await it.weave.turnRound();
    await it.step();
    await it.later(100);
    await it.weave.turnRound();
    await it.step();
    expect(it.sheds.map(({ pick }) => pick)).toEqual([1, 2, 3, 2, 3]);
    expect(wrong(it.sheds)).toEqual([]);
  });

  it('asks a person which row is in the shed when the board was reset, and moves nothing before', async () => {
    const it = await loom({});
    await it.start();
    await it.phase('waiting');
    await it.step();
    await it.later(100);
    it.uno.reset();
    await it.phase('stopped');
    expect(it.questions).toHaveLength(1);
    expect(it.questions[0].candidates.map(({ pick }) => pick)).toEqual([2, 3]);
    const written = it.uno.cycles;
    await it.later(200);
    for (let heddle = 0; heddle < 12; heddle++) expect(it.uno.pulseEnd(heddle)).toBeLessThan(written);
    await it.weave.next();
    await it.phase('waiting');
    await it.step();
    expect(it.sheds.map(({ pick }) => pick)).toEqual([1, 2, 2, 3]);
    expect(wrong(it.sheds)).toEqual([]);
  });

  it('keeps the place when the port is lost', async () => {
    const it = await loom({});
    await it.start();
    await it.phase('waiting');
    await it.step();
    await it.later(100);
    it.board.lose();
    await it.phase('lost');
    expect(it.weave.view().words).toContain('The place is kept; go on with --resume.');
    expect(it.place()).toMatchObject({ open: { pick: 2 }, told: { pick: 3 }, finished: false });
  });
});
