import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FirmwareDriver } from '../../host/board/loom-driver';
import { rowCrc } from '../../protocol/wire';
import { ModelBoard } from './model-board';
import { Line, MemoryTransport, mulberry, type Noise, noise, quiet, VirtualClock } from './world';

function rig(damage: { toBoard?: Noise; toHost?: Noise } = {}, latency = () => 1) {
  const clock = new VirtualClock();
  const transport = new MemoryTransport(clock);
  const toHost = new Line(clock, (bytes) => transport.emit('bytes', bytes), latency);
  const board = new ModelBoard(clock, (bytes) => toHost.send(bytes));
  const toBoard = new Line(clock, (bytes) => board.hear(bytes), latency);
  transport.toBoard = toBoard;
  const driver = new FirmwareDriver(transport);
  const told: string[] = [];
  driver.on('opening', (step) => told.push(`opening ${step}`));
  driver.on('opened', (step) => told.push(`opened ${step}`));
  driver.on('rest', () => told.push('rest'));
  driver.on('state', (state, fault) => told.push(fault === 'none' ? state : `${state} ${fault}`));
  driver.on('press', (direction, outcome) => told.push(`press ${direction} ${outcome}`));
  driver.on('reset', (why) => told.push(`reset: ${why}`));
  driver.on('silent', () => told.push('silent'));
  driver.on('heard', () => told.push('heard'));
  driver.on('lost', (why) => told.push(`lost: ${why}`));
  const connect = async () => {
    clock.after(800, () => board.reset());
    const facts = await clock.until(driver.connect());
    toBoard.noise = damage.toBoard ?? quiet;
    toHost.noise = damage.toHost ?? quiet;
    return facts;
  };
  const heard = (event: 'opened' | 'rest' | 'reset' | 'silent' | 'heard') =>
    new Promise<void>((resolve) => {
      const then = () => {
        driver.off(event, then);
        resolve();
      };
      driver.on(event, then);
    });
  return { clock, transport, board, driver, told, toHost, toBoard, connect, heard };
}
type Rig = ReturnType<typeof rig>;

const row = (step: number) => Uint8Array.of(step, step >> 8, 0x7f, 0xaa, step * 7);

/** Arms at the last open step and opens it again, as a person's “go on” does; a new weave is only armed. */
async function arm({ driver, clock, heard }: Rig, step: number): Promise<void> {
  const rest = heard('rest');
  await clock.until(driver.arm({ weave: 5, step, rowCrc: step ? rowCrc(step, row(step)) : 0 }));
  await clock.until(rest);
}

/** Tells, opens and awaits a step. */
async function weave({ driver, clock, heard }: Rig, step: number): Promise<void> {
  const opened = heard('opened');
  await clock.until(driver.tell(step, row(step)));
  await clock.until(driver.open(step));
  await clock.until(opened);
}

async function weaving(damage = {}): Promise<Rig> {
  const it = rig(damage);
  await it.connect();
  await arm(it, 0);
  await weave(it, 1);
  it.told.length = 0;
  return it;
}

describe('a session', () => {
  it('begins with what the board is', async () => {
    const { connect, driver, clock } = rig();
    const facts = await connect();
    expect(facts).toMatchObject({
      firmware: '1.0',
      mcu: 'atmega328p',
      heddles: 40,
      outputs: 'pca9685',
      reset: 'power',
    });
    expect(facts.place).toEqual({ state: 'idle', weave: 0, step: 0, rowCrc: 0 });
    expect(clock.now()).toBeLessThan(1000);
    await driver.stop();
  });

  it('begins without a banner when the board was not reset', async () => {
    const { clock, driver } = rig();
    await clock.until(driver.connect());
    expect(clock.now()).toBeGreaterThan(2500);
    expect(clock.now()).toBeLessThan(2600);
  });

  it('tells every event once and in order', async () => {
    const all = rig();
    await all.connect();
    await arm(all, 0);
    await weave(all, 1);
    await all.clock.until(all.driver.tell(2, row(2)));
    const opened = all.heard('opened');
    all.board.press();
    await all.clock.until(opened);
    expect(all.told).toEqual([
      'armed',
      'rest',
      'weaving',
      'opening 1',
      'opened 1',
      'opening 2',
      'press forward opened',
      'opened 2',
    ]);
    expect(all.driver.place()).toEqual({ state: 'weaving', weave: 5, step: 2, rowCrc: rowCrc(2, row(2)) });
  });

  it('lets the board hear of us at least every 250 ms while it weaves', async () => {
    const { clock, board, told } = await weaving();
    board.longestSilence = 0;
    await clock.pass(5000);
    expect(board.longestSilence).toBeLessThanOrEqual(250);
    expect(told).toEqual([]);
  });

  it('says why the board refused', async () => {
    const { clock, driver } = await weaving();
    await expect(clock.until(driver.tell(7, row(7)))).rejects.toThrow(
      'The loom refused ROW: not the step that comes next.',
    );
    await expect(clock.until(driver.tell(2, new Uint8Array(3)))).rejects.toThrow('wrong length');
    await clock.until(driver.tell(2, row(2)));
  });

  it('drops a row that waits, and says when it was open already', async () => {
    const { clock, driver } = await weaving();
    await clock.until(driver.tell(2, row(2)));
    expect(await clock.until(driver.drop())).toBe('dropped');
    expect(await clock.until(driver.drop())).toBe('open');
  });

  it('stops at once, past a message in flight', async () => {
    const it = await weaving();
    const told = it.driver.tell(2, row(2));
    it.driver.stopNow();
    await it.clock.until(told);
    await it.clock.until(it.driver.askPlace());
    expect(it.told).toEqual(['fault stopByte']);
    await it.clock.until(it.driver.clear());
    expect(it.driver.place().state).toBe('idle');
  });
});

describe('when the board goes away', () => {
  it('a banner in mid-weave ends the session, and connect begins another', async () => {
    const it = await weaving();
    const reset = it.heard('reset');
    const asked = it.driver.askPlace();
    asked.catch(() => {});
    it.board.reset();
    await it.clock.until(reset);
    await expect(it.clock.until(asked)).rejects.toThrow('The board was reset.');
    expect(it.told).toEqual(['reset: The board was reset.']);
    const facts = await it.clock.until(it.driver.connect());
    expect(facts.place).toMatchObject({ state: 'idle', step: 1 });
  });

  it.each([false, true])('a reset whose banner was lost is noticed all the same (power cut: %s)', async (power) => {
    const it = await weaving();
    const reset = it.heard('reset');
    it.board.reset({ banner: false, power });
    await it.clock.until(reset);
    expect(it.told).toEqual(['reset: The board has lost the session.']);
  });

  it('two seconds of nothing are silence, and the link goes on asking', async () => {
    const it = await weaving();
    it.board.mute = true;
    const silent = it.heard('silent');
    const from = it.clock.now();
    await it.clock.until(silent);
    expect(it.clock.now() - from).toBeGreaterThan(1900);
    expect(it.clock.now() - from).toBeLessThan(2300);
    const heard = it.heard('heard');
    it.board.mute = false;
    await it.clock.until(heard);
    expect(it.told).toEqual(['silent', 'heard']);
    await weave(it, 2);
  });

  it('events that were lost meanwhile are told from the place', async () => {
    const it = await weaving();
    await it.clock.until(it.driver.tell(2, row(2)));
    it.toHost.noise = () => new Uint8Array();
    it.board.press();
    await it.clock.pass(400);
    it.toHost.noise = quiet;
    const opened = it.heard('opened');
    await it.clock.until(opened);
    expect(it.told).toEqual(['opening 2', 'opened 2']);
    expect(it.driver.statistics().eventGaps).toBe(1);
  });

  it('a lost port rejects what was asked', async () => {
    const it = await weaving();
    const asked = it.driver.askPlace();
    asked.catch(() => {});
    it.transport.emit('lost', 'The cable was pulled.');
    await expect(asked).rejects.toThrow('The cable was pulled.');
    await expect(it.driver.tell(2, row(2))).rejects.toThrow();
    expect(it.told).toEqual(['lost: The cable was pulled.']);
  });
});

describe('what is no loom is said so', () => {
  const errorOf = async (says: (send: (bytes: Uint8Array) => void) => void) => {
    const { clock, transport, driver } = rig();
    transport.toBoard = null;
    clock.after(500, () => says((bytes) => transport.emit('bytes', bytes)));
    return clock.until(driver.connect()).then(
      () => 'connected',
      (error: Error) => error.message,
    );
  };
  const ascii = (text: string) => new TextEncoder().encode(text);

  it('by the name of its firmware', async () => {
    const name = [...'StandardFirmata.ino'].flatMap((letter) => [letter.charCodeAt(0), 0]);
    const error = await errorOf((send) => send(Uint8Array.from([0xf9, 2, 5, 0xf0, 0x79, 2, 5, ...name, 0xf7])));
    expect(error).toContain('runs “StandardFirmata.ino 2.5”, not the loom firmware');
  });

  it('by what it says', async () => {
    expect(await errorOf((send) => send(ascii('Temperature: 21.5\r\n')))).toContain('it says “Temperature: 21.5”');
  });

  it('by bytes that make no sense', async () => {
    const error = await errorOf((send) => send(Uint8Array.from({ length: 200 }, (_, i) => (i * 73) % 251)));
    expect(error).toContain('200 bytes that make no sense at 57,600 baud');
  });

  it('by its silence', async () => {
    expect(await errorOf(() => {})).toMatch(/does not answer: nothing came in 3\.\d s at 57,600 baud/);
  });

  it('by a protocol that we do not speak', async () => {
    const { board, connect } = rig();
    board.speaks = 9;
    await expect(connect()).rejects.toThrow('we speak protocol 2, firmware 1.0 speaks protocol 9');
  });
});

describe('on a noisy wire', () => {
  /** Weaves to step `last`, clearing false stops and taking up false resets as a person would; returns what the board opened. */
  async function weaveThrough(it: Rig, last: number): Promise<void> {
    const { driver, clock } = it;
    await it.connect();
    for (let step = 0; step < last; ) {
      try {
        const { state, step: open } = await clock.until(driver.askPlace());
        if (state === 'weaving' || (state === 'armed' && step === 0)) {
          step = open;
          const opened = openedOrBroken(it);
          await clock.until(driver.tell(step + 1, row(step + 1)));
          await clock.until(driver.open(step + 1));
          if (await clock.until(opened)) step++;
        } else if (state === 'held') await clock.until(driver.resume());
        else if (state === 'fault') await clock.until(driver.clear());
        else if (state === 'idle') {
          await arm(it, open);
          step = open;
          if (step > 0) await weave(it, step);
        } else throw new Error(state);
      } catch (error) {
        if (!['fault', 'weaving'].includes(driver.place().state)) await clock.until(driver.connect());
        if (/waiting/.test(String(error))) await clock.until(driver.drop());
      }
    }
  }

  function openedOrBroken({ driver }: Rig): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (opened: boolean) => {
        driver.off('opened', isOpen).off('state', state).off('reset', broken);
        resolve(opened);
      };
      const isOpen = () => done(true);
      const broken = () => done(false);
      const state = (now: string) => now === 'fault' && broken();
      driver.on('opened', isOpen).on('state', state).on('reset', broken);
    });
  }

  const collapsed = (steps: number[]) => steps.filter((step, at) => step !== steps[at - 1]);

  it.each([1000, 300])('one byte in %i lost, flipped or doubled: every row opens once and in order', async (every) => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        // Delays up to beyond the time-out: answers come late, after the message was sent again.
        const delays = mulberry(seed + 2);
        const it = rig({ toBoard: noise(every, seed), toHost: noise(every, seed + 1) }, () => 80 * delays() ** 4);
        const last = 60;
        await weaveThrough(it, last);
        const opened = collapsed(it.board.sheds.map(({ step }) => step));
        expect(opened).toEqual(Array.from({ length: last }, (_, i) => i + 1));
        for (const shed of it.board.sheds) expect(shed.row).toEqual(row(shed.step));
        const told = it.told.flatMap((words) => (words.startsWith('opened ') ? [Number(words.slice(7))] : []));
        expect(collapsed(told)).toEqual(opened);
        await it.driver.stop();
      }),
      { numRuns: 25 },
    );
  });
});
