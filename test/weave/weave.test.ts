/** The weave on the real firmware: a hand takes every pick, the place is on disk before anyone hears of it, and nothing moves by itself. */
import { afterEach, describe, expect, it } from 'vitest';
import type { FeedEvent } from '../../protocol/feed';
import { clearTheTable, LoomOnATable, realCloth } from './loom';

afterEach(clearTheTable);

const opened = (events: readonly FeedEvent[]) =>
  events.flatMap((event) => (event.type === 'opened' ? [`${event.step}: pick ${event.pick}`] : []));

describe('a pick forward', () => {
  it('is told, open and passed in the journal, in that order', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.next();
    await loom.next();
    expect(loom.journalled).toEqual([
      'begin',
      'told 1 pick 1',
      'open 1 pick 1',
      'told 2 pick 2',
      'passed 1 forward',
      'open 2 pick 2',
      'told 3 pick 3',
      'passed 2 forward',
      'open 3 pick 3',
      'told 4 pick 4',
    ]);
  });

  it('is on disk before anyone hears that it is open, passed or turned', async () => {
    const loom = await LoomOnATable.make();
    const unheardOf: FeedEvent[] = [];
    loom.weave.on('event', (event) => {
      const onDisk = loom.journalled;
      if (event.type === 'opened' && !onDisk.includes(`open ${event.step} pick ${event.pick}`)) unheardOf.push(event);
      if (event.type === 'opening' && !onDisk.includes(`told ${event.step} pick ${event.pick}`)) unheardOf.push(event);
      if (event.type === 'passed' && !onDisk.some((entry) => entry.startsWith(`passed ${event.pick} `)))
        unheardOf.push(event);
      if (event.type === 'turned' && onDisk.at(-1) !== `turned ${event.direction}`) unheardOf.push(event);
    });
    await loom.weave.start(await loom.driver.connect(), null, 'forward', true);
    await loom.phase('waiting');
    for (let pick = 2; pick <= 5; pick++) await loom.next();
    await loom.weave.turnRound();
    await loom.next();
    expect(opened(loom.events)).toHaveLength(6);
    expect(unheardOf).toEqual([]);
  });

  it('lifts what the cloth says', async () => {
    const loom = await LoomOnATable.weaving();
    for (let pick = 1; pick <= 8; pick++) {
      expect(loom.lifted).toBe(loom.cloth.lifts.text(pick - 1));
      await loom.next();
    }
  });

  it('is opened by a press without the host, from the waiting row', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.press();
    await loom.press();
    expect(opened(loom.events)).toEqual(['1: pick 1', '2: pick 2', '3: pick 3']);
    expect(loom.lifted).toBe(loom.cloth.lifts.text(2));
    expect(loom.journalled.filter((entry) => entry.startsWith('passed'))).toEqual([
      'passed 1 forward',
      'passed 2 forward',
    ]);
  });

  it('asked for twice at once is opened once', async () => {
    const loom = await LoomOnATable.weaving();
    const second = loom.heard('opened');
    void loom.weave.next();
    void loom.weave.next();
    void loom.weave.next();
    await second;
    await loom.later(2000);
    expect(opened(loom.events)).toEqual(['1: pick 1', '2: pick 2']);
    expect(loom.failures).toEqual([]);
  });

  it('asked for by hand and foot in the same moment is opened once', async () => {
    const loom = await LoomOnATable.weaving();
    for (const ms of [0, 1, 2, 3, 4, 5, 6, 8]) {
      await loom.later(2000);
      const { step } = loom.weave.view();
      const opening = loom.heard('opened');
      loom.board.press();
      await loom.later(ms);
      void loom.weave.next();
      await opening;
      await loom.later(500);
      expect(loom.weave.view()).toMatchObject({ step: step + 1, phase: 'waiting' });
    }
    expect(loom.failures).toEqual([]);
  });

  it('tells the time that is left by the pace of the hands', async () => {
    const loom = await LoomOnATable.weaving();
    const { picks } = loom.cloth.lifts;
    for (let pick = 2; pick <= 6; pick++) {
      await loom.later(9000);
      await loom.next();
    }
    const left = loom.weave.view().secondsLeft ?? 0;
    expect(left / (picks - 6)).toBeGreaterThan(9);
    expect(left / (picks - 6)).toBeLessThan(10.5);
  });
});

describe('a press on the treadle', () => {
  it('while the shed moves opens nothing and says so', async () => {
    const loom = await LoomOnATable.weaving();
    const opening = loom.heard('opening');
    void loom.weave.next();
    await opening;
    const press = loom.heard('press');
    loom.board.press();
    expect((await press).outcome).toBe('moving');
    expect(loom.words).toBe('The shed is still moving; that press opened nothing.');
    await loom.phase('waiting');
    await loom.later(3000);
    expect(loom.weave.view()).toMatchObject({ pick: 2, phase: 'waiting' });
  });

  it.each(['held', 'hands', 'stopped'] as const)('while %s opens nothing, then or later', async (phase) => {
    const loom = await LoomOnATable.weaving();
    if (phase === 'held') await loom.weave.hold();
    if (phase === 'hands') await loom.weave.hands();
    if (phase === 'stopped') loom.weave.stop();
    await loom.phase(phase);
    await loom.later(200);
    const said = loom.words;
    const before = loom.lifted;
    const press = loom.heard('press');
    loom.board.press();
    expect((await press).outcome).toBe(phase === 'hands' ? 'hands' : 'state');
    await loom.later(3000);
    expect(loom.lifted).toBe(before);
    expect(loom.weave.view()).toMatchObject({ pick: 1, phase });
    const why = phase === 'hands' ? 'Hands are in the shed; that' : 'That';
    expect(loom.words).toBe(`${said} ${why} press opened nothing.`);
  });

  it('before the first shed starts nothing', async () => {
    const loom = await LoomOnATable.make();
    await loom.weave.start(await loom.driver.connect(), null, 'forward', false);
    expect(loom.words).toBe('When no hand is in the shed, press space to start the weave.');
    const press = loom.heard('press');
    loom.board.press();
    await press;
    await loom.later(3000);
    expect(loom.weave.view()).toMatchObject({ pick: 0, phase: 'stopped' });
    expect(loom.lifted).toBe('-'.repeat(40));
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.weave.view().pick).toBe(1);
  });

  it('at the last pick finishes: parked, and on disk', async () => {
    const loom = await LoomOnATable.weaving({ last: 2 });
    await loom.press();
    await loom.later(2000);
    const finished = loom.heard('finished');
    loom.board.press();
    expect(await finished).toMatchObject({ picks: 2 });
    await loom.phase('parked');
    expect(loom.driver.place().state).toBe('idle');
    expect(loom.journalled.slice(-2)).toEqual(['passed 2 forward', 'parked']);
  });
});

describe('the last pick', () => {
  it('of the cloth finishes it, and the weave is over', async () => {
    const { picks } = (await realCloth()).lifts;
    const loom = await LoomOnATable.make();
    // Taken up again close to its end: a board without a memory is told the place.
    const facts = await loom.driver.connect();
    await loom.weave.start(facts, { step: picks - 1, pick: picks - 1, crc: 0 }, 'forward', true);
    await loom.phase('waiting');
    await loom.next();
    await loom.weave.next();
    await loom.phase('finished');
    expect(loom.journalled.at(-1)).toBe('finished');
    expect(loom.place?.finished).toBe(true);
    await loom.weave.next();
    expect(loom.weave.view()).toMatchObject({ phase: 'finished', pick: picks });
  });
});

describe('turning round', () => {
  it('takes picks out one by one, then goes forward again, and steps always grow', async () => {
    const loom = await LoomOnATable.weaving();
    for (let pick = 2; pick <= 4; pick++) await loom.next();
    const before = loom.lifted;
    await loom.weave.turnRound();
    await loom.later(1000);
    expect(loom.lifted).toBe(before);
    expect(loom.words).toBe('Take the thread of pick 4 out, then go on.');
    await loom.next();
    await loom.next();
    expect(loom.lifted).toBe(loom.cloth.lifts.text(1));
    await loom.weave.turnRound();
    await loom.next();
    expect(opened(loom.events)).toEqual([
      ...['1: pick 1', '2: pick 2', '3: pick 3', '4: pick 4'],
      ...['5: pick 3', '6: pick 2'],
      '7: pick 3',
    ]);
    expect(loom.journalled.slice(-15)).toEqual([
      ...['dropped 5', 'turned back', 'told 5 pick 3', 'passed 4 back', 'open 5 pick 3'],
      ...['told 6 pick 2', 'passed 3 back', 'open 6 pick 2', 'told 7 pick 1'],
      ...['dropped 7', 'turned forward', 'told 7 pick 3', 'passed 2 forward', 'open 7 pick 3', 'told 8 pick 4'],
    ]);
  });

  it('with the back treadle is the same', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.next();
    const turned = loom.heard('turned');
    loom.board.press('back');
    expect(await turned).toMatchObject({ direction: 'back' });
    await loom.settled();
    await loom.press();
    expect(opened(loom.events).at(-1)).toBe('3: pick 1');
  });

  it('while the shed moves turns when it is open', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.next();
    const [opening, third] = [loom.heard('opening'), loom.heard('opened')];
    void loom.weave.next();
    await opening;
    await loom.weave.turnRound();
    expect(loom.words).toBe('Turning round at the next pick.');
    await third;
    await loom.settled();
    expect(loom.weave.view()).toMatchObject({ pick: 3, direction: 'back', phase: 'waiting' });
    await loom.next();
    expect(opened(loom.events).slice(-2)).toEqual(['3: pick 3', '4: pick 2']);
    expect(loom.journalled).toContain('passed 2 forward');
    expect(loom.journalled).toContain('passed 3 back');
  });

  it('in the very moment of a press turns after it, twice is no turn', async () => {
    const loom = await LoomOnATable.weaving();
    const second = loom.heard('opened');
    void loom.weave.next();
    void loom.weave.turnRound();
    await second;
    await loom.settled();
    expect(loom.weave.view()).toMatchObject({ pick: 2, direction: 'back' });
    const first = loom.heard('opened');
    void loom.weave.next();
    void loom.weave.turnRound();
    void loom.weave.turnRound();
    await first;
    await loom.settled();
    expect(loom.weave.view()).toMatchObject({ pick: 1, direction: 'back' });
  });

  it('at the last pick turns there too', async () => {
    const loom = await LoomOnATable.weaving({ last: 2 });
    await loom.next();
    await loom.weave.turnRound();
    await loom.next();
    expect(opened(loom.events).at(-1)).toBe('3: pick 1');
  });

  it('all the way to pick 1 goes forward from there: no dead end, and nothing moves', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.turnRound();
    await loom.settled();
    const before = loom.lifted;
    await loom.weave.next();
    await loom.settled();
    expect(loom.lifted).toBe(before);
    expect(loom.words).toBe('Every pick is out. Its shed is open: weave on from pick 1.');
    expect(loom.weave.view()).toMatchObject({ pick: 1, direction: 'forward', phase: 'waiting' });
    expect(loom.journalled.slice(-3)).toEqual(['passed 1 back', 'turned forward', 'told 2 pick 2']);
    await loom.press();
    expect(opened(loom.events)).toEqual(['1: pick 1', '2: pick 2']);
  });
});

describe('a hold', () => {
  it('and going on after it move nothing', async () => {
    const loom = await LoomOnATable.weaving();
    const pulses = () => [...loom.driver.pulses()!];
    const before = pulses();
    await loom.weave.hold();
    await loom.later(5000);
    expect(loom.weave.view()).toMatchObject({ phase: 'held', pick: 1 });
    expect(pulses()).toEqual(before);
    await loom.weave.hold();
    await loom.later(1000);
    expect(loom.weave.view()).toMatchObject({ phase: 'waiting', pick: 1 });
    expect(pulses()).toEqual(before);
    expect(loom.journalled.slice(-2)).toEqual(['hold', 'resume']);
    await loom.next();
  });

  it('in mid-move stops the move; going on ends it, and the weave goes on', async () => {
    const loom = await LoomOnATable.weaving();
    const opening = loom.heard('opening');
    void loom.weave.next();
    await opening;
    await loom.weave.hold();
    await loom.later(3000);
    expect(loom.weave.view().phase).toBe('held');
    await loom.weave.next();
    await loom.phase('waiting');
    await loom.settled();
    expect(loom.lifted).toBe(loom.cloth.lifts.text(1));
    await loom.next();
    expect(opened(loom.events)).toEqual(['1: pick 1', '2: pick 2', '3: pick 3']);
  });

  it('said and taken back in one breath ends as if never said', async () => {
    const loom = await LoomOnATable.weaving();
    void loom.weave.hold();
    await loom.weave.hold();
    await loom.later(500);
    expect(loom.weave.view().phase).toBe('waiting');
    await loom.next();
  });

  it('lets the hand turn round', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.next();
    await loom.weave.hold();
    await loom.weave.turnRound();
    expect(loom.weave.view()).toMatchObject({ phase: 'held', direction: 'back' });
    await loom.weave.next();
    await loom.settled();
    await loom.next();
    expect(opened(loom.events).at(-1)).toBe('3: pick 1');
  });
});

describe('hands in the shed', () => {
  it('latch against treadle, hold and next until they are out', async () => {
    const loom = await LoomOnATable.weaving();
    const before = loom.lifted;
    await loom.weave.hands();
    loom.board.press();
    await loom.weave.next();
    await loom.weave.hold();
    await loom.weave.turnRound();
    await loom.weave.park();
    await loom.later(3000);
    expect(loom.weave.view()).toMatchObject({ phase: 'hands', pick: 1 });
    expect(loom.lifted).toBe(before);
    expect(loom.driver.place().state).toBe('held');
    await loom.weave.hands();
    expect(loom.weave.view().phase).toBe('waiting');
    await loom.press();
    expect(loom.journalled.filter((entry) => entry.startsWith('hands'))).toEqual(['hands in', 'hands out']);
  });

  it('during a hold leave it held', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.hold();
    await loom.weave.hands();
    await loom.weave.hands();
    expect(loom.weave.view().phase).toBe('held');
    await loom.weave.hold();
    await loom.next();
  });

  it('stay in through a stop: nothing arms before they are out', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.hands();
    loom.weave.stop();
    await loom.phase('stopped');
    expect(loom.words).toMatch(/press h, then space to go on at pick 1\.$/);
    await loom.weave.next();
    await loom.later(1000);
    expect(loom.driver.place().state).toBe('fault');
    await loom.weave.hands();
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.failures).toEqual([]);
  });

  it('stay in through a reset of the board', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.hands();
    loom.board.reset();
    await loom.phase('stopped');
    await loom.weave.next();
    await loom.later(1000);
    expect(loom.driver.place().state).toBe('idle');
    await loom.weave.hands();
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.weave.view().pick).toBe(1);
  });

  it('while stopped keep anyone from going on', async () => {
    const loom = await LoomOnATable.weaving();
    loom.weave.stop();
    await loom.phase('stopped');
    await loom.weave.hands();
    await loom.weave.next();
    expect(loom.weave.view().phase).toBe('hands');
    await loom.weave.hands();
    expect(loom.weave.view().phase).toBe('stopped');
    await loom.weave.next();
    await loom.phase('waiting');
  });
});

describe('a stop', () => {
  it('cuts the outputs; going on opens the same pick as the same step', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.next();
    loom.weave.stop();
    await loom.phase('stopped');
    await loom.later(200);
    expect(loom.words).toMatch(/^Stopped: .*press space to go on at pick 2\.$/);
    await loom.weave.next();
    await loom.phase('waiting');
    await loom.settled();
    expect(loom.journalled.slice(-6)).toEqual([
      ...['told 3 pick 3', 'stop', 'go on', 'told 2 pick 2', 're-open 2 pick 2', 'told 3 pick 3'],
    ]);
    expect(loom.lifted).toBe(loom.cloth.lifts.text(1));
    await loom.next();
    expect(loom.weave.view()).toMatchObject({ pick: 3, step: 3 });
  });

  it('in mid-move keeps the shed that was on its way as the place', async () => {
    const loom = await LoomOnATable.weaving();
    const opening = loom.heard('opening');
    void loom.weave.next();
    await opening;
    loom.weave.stop();
    await loom.phase('stopped');
    await loom.weave.next();
    await loom.phase('waiting');
    await loom.settled();
    await loom.next();
    expect(opened(loom.events).at(-1)).toBe('3: pick 3');
    expect(loom.failures).toEqual([]);
  });

  it('while the heddles come to rest is no failure', async () => {
    const loom = await LoomOnATable.make();
    const started = loom.weave.start(await loom.driver.connect(), null, 'forward', true);
    await loom.later(150);
    loom.weave.stop();
    await started;
    await loom.phase('stopped');
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.failures).toEqual([]);
  });

  it('by the e-stop is not gone on from until it is closed', async () => {
    const loom = await LoomOnATable.weaving();
    loom.board.estop(true);
    await loom.phase('stopped');
    expect(loom.words).toMatch(/e-stop is open.*Close it, then press space to go on at pick 1\./);
    await loom.weave.next();
    expect(loom.words).toBe('The e-stop is open. Close it, then press space to go on at pick 1.');
    expect(loom.driver.place().state).toBe('fault');
    loom.board.estop(false);
    await loom.until(() => loom.words.startsWith('The e-stop is closed again'));
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.weave.view()).toMatchObject({ pick: 1, step: 1 });
    expect(loom.failures).toEqual([]);
  });

  it('that is pressed before the start is said, and nothing fails', async () => {
    const loom = await LoomOnATable.make();
    const facts = await loom.driver.connect();
    loom.board.estop(true);
    await loom.later(500);
    await loom.weave.start(facts, null, 'forward', true);
    expect(loom.words).toBe('The e-stop is open. Close it, then press space to start the weave.');
    loom.board.estop(false);
    await loom.later(500);
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.failures).toEqual([]);
  });
});

describe('a board that is reset', () => {
  it('in mid-weave is asked first, and goes on at the right pick after a hand', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.next();
    loom.board.reset();
    await loom.phase('stopped');
    await loom.later(1000);
    expect(loom.questions).toEqual([]);
    expect(loom.driver.place().state).toBe('idle');
    await loom.weave.next();
    await loom.phase('waiting');
    await loom.settled();
    await loom.next();
    expect(opened(loom.events)).toEqual(['1: pick 1', '2: pick 2', '2: pick 2', '3: pick 3']);
  });

  it('in mid-move says that the shed was open already', async () => {
    const loom = await LoomOnATable.weaving();
    const opening = loom.heard('opening');
    void loom.weave.next();
    await opening;
    loom.board.reset();
    await loom.phase('stopped');
    expect(loom.words).toMatch(/press space to go on at pick 2\.$/);
    expect(loom.journalled).toContain('open 2 pick 2 (asked)');
    await loom.weave.next();
    await loom.phase('waiting');
    await loom.settled();
    await loom.next();
    expect(opened(loom.events)).toEqual(['1: pick 1', '2: pick 2', '3: pick 3']);
  });

  it('while the heddles come to rest is no failure', async () => {
    const loom = await LoomOnATable.make();
    const started = loom.weave.start(await loom.driver.connect(), null, 'forward', true);
    await loom.later(150);
    loom.board.reset();
    await started;
    await loom.phase('stopped');
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.weave.view().pick).toBe(1);
    expect(loom.failures).toEqual([]);
  });

  it('at any moment of a pick loses and doubles none', async () => {
    const loom = await LoomOnATable.weaving();
    for (let ms = 0; ms <= 600; ms += 60) {
      const { step } = loom.weave.view();
      loom.events.length = 0;
      void loom.weave.next();
      await loom.later(ms);
      loom.board.reset();
      await loom.phase('stopped');
      await loom.weave.next();
      await loom.phase('waiting');
      await loom.settled();
      const now = loom.weave.view().step;
      expect([step, step + 1]).toContain(now);
      expect(loom.lifted).toBe(loom.cloth.lifts.text(loom.weave.view().pick - 1));
    }
    expect(loom.questions).toEqual([]);
    expect(loom.failures).toEqual([]);
  });

  it.each([
    ['the last that was open', 0, 2],
    ['the one told after it', 1, 3],
  ])('by a power cut knows nothing: both rows are asked, and %s is gone on from', async (_, answer, pick) => {
    const loom = await LoomOnATable.weaving({ answer });
    await loom.next();
    loom.board.powerCut();
    await loom.phase('stopped');
    expect(loom.questions.map(({ candidates }) => candidates.map((shed) => shed.pick))).toEqual([[2, 3]]);
    expect(loom.questions[0].why).toBe(
      'The board cannot say which row was open last (power or brown-out: memory was lost).',
    );
    expect(loom.events.some((event) => event.type === 'phase' && event.phase === 'asking')).toBe(true);
    await loom.later(1000);
    expect(loom.driver.place().state).toBe('idle');
    expect(loom.journalled.at(-1)).toBe(`open ${pick} pick ${pick} (answer)`);
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.lifted).toBe(loom.cloth.lifts.text(pick - 1));
    await loom.settled();
    await loom.next();
    expect(loom.weave.view()).toMatchObject({ pick: pick + 1, step: pick + 1 });
  });
});

describe('a board that another weave left behind', () => {
  it.each(['held', 'armed'])('%s is put to rest first, and weaves ours from pick 1', async (left) => {
    const loom = await LoomOnATable.make();
    await loom.driver.connect();
    await loom.driver.arm({ weave: 5, step: 0, rowCrc: 0 });
    await loom.later(1000);
    if (left === 'held') {
      await loom.driver.tell(1, new Uint8Array(5).fill(0x0f));
      await loom.driver.open(1);
      await loom.later(1000);
    }
    const facts = await loom.driver.connect();
    expect(facts.place.state).toBe(left);
    await loom.weave.start(facts, null, 'forward', true);
    await loom.phase('waiting');
    expect(loom.lifted).toBe(loom.cloth.lifts.text(0));
    expect(loom.failures).toEqual([]);
  });
});

describe('parking', () => {
  it('keeps the place, outputs off', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.next();
    await loom.weave.park();
    expect(loom.weave.view()).toMatchObject({ phase: 'parked', words: 'Parked at pick 2. Go on with --resume.' });
    expect(loom.driver.place().state).toBe('idle');
    expect(loom.place).toMatchObject({ open: { step: 2, pick: 2 }, finished: false });
  });

  it.each(['held', 'stopped'] as const)('works from %s too', async (phase) => {
    const loom = await LoomOnATable.weaving();
    if (phase === 'held') await loom.weave.hold();
    else loom.weave.stop();
    await loom.phase(phase);
    await loom.weave.park();
    expect(loom.weave.view().phase).toBe('parked');
    expect(['idle', 'fault']).toContain(loom.driver.place().state);
  });
});

describe('with the hand lent to the clock', () => {
  it('goes on by itself, stays stopped after a stop, and goes on after a hand', async () => {
    const loom = await LoomOnATable.make({ auto: 400, last: 6 });
    await loom.weave.start(await loom.driver.connect(), null, 'forward', true);
    await loom.until(() => loom.weave.view().pick === 3 && loom.weave.view().phase === 'waiting');
    loom.weave.stop();
    await loom.phase('stopped');
    await loom.later(5000);
    expect(loom.weave.view().pick).toBe(3);
    await loom.weave.next();
    await loom.phase('parked');
    expect(opened(loom.events).map((one) => one.split(':')[0])).toEqual(['1', '2', '3', '3', '4', '5', '6']);
  });
});
