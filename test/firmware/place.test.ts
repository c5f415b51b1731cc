import { describe, expect, it } from 'vitest';
import { encodeHost, nameOf } from '../../protocol/wire';
import { faults, helloSeed, resetCauses } from '../../protocol/wire.table';
import { LoomOnABench, rowCrc, rowOf } from './loom-on-a-bench';

const row = rowOf([2, 17]);

function woven(): LoomOnABench {
  const loom = new LoomOnABench();
  loom.hello();
  return loom.arm(40, 0, 0xbeef).openShed(41, row);
}

/** Makes the firmware hang where it is, until the watchdog has bitten. */
function hang(loom: LoomOnABench): void {
  const { flash } = loom.uno as unknown as { flash: Uint16Array };
  const { core } = loom.uno as unknown as { core: { pc: number } };
  const rjmpToItself = 0xcfff;
  const at = core.pc;
  const was = flash[at];
  flash[at] = rjmpToItself;
  loom.run(240);
  flash[at] = rjmpToItself;
  const banners = loom.firmata.length;
  for (let ms = 0; ms < 200 && loom.firmata.length === banners; ms++) {
    loom.run(1);
    if (core.pc !== at) flash[at] = was;
  }
  flash[at] = was;
}

describe('the place', () => {
  it('survives the reset line, with the session', () => {
    const loom = woven();
    const { session } = loom;
    loom.uno.reset('dtr');
    loom.run(50);
    expect(loom.hello()).toMatchObject({
      ...{ session, openStep: 41, rowCrc: rowCrc(41, row), weave: 0xbeef, state: 1 },
      reset: resetCauses.reset.code,
    });
  });

  it('is not told to a host that has not said HELLO since the reset', () => {
    const loom = woven();
    loom.uno.reset('dtr');
    loom.run(50);
    const frame = encodeHost('STATUS', 1, {}, loom.session);
    loom.session = helloSeed;
    expect(loom.answerTo(frame).name).toBe('NAK');
  });

  it('survives the watchdog, which stops the loom', () => {
    const loom = woven();
    hang(loom);
    loom.run(50);
    const facts = loom.hello();
    expect(nameOf(resetCauses, facts.reset)).toBe('watchdog');
    expect(facts).toMatchObject({ openStep: 41, rowCrc: rowCrc(41, row), weave: 0xbeef });
    expect(loom.state).toBe('fault');
    expect(nameOf(faults, loom.status.fault)).toBe('watchdog');
    expect(loom.uno.parts.boards[0].pulsing(2)).toBe(false);
    loom.must('CLEAR', {});
    expect(loom.state).toBe('idle');
    loom.uno.reset();
    loom.run(50);
    expect(nameOf(resetCauses, loom.hello().reset)).toBe('reset');
  });

  it('is unknown after a power cut', () => {
    const loom = woven();
    loom.uno.powerCut();
    loom.run(50);
    expect(loom.hello()).toMatchObject({ openStep: 0, rowCrc: 0, weave: 0, state: 1, reset: resetCauses.power.code });
  });

  it('is kept by a stop, by parking and by a release', () => {
    const loom = woven();
    loom.must('ROW', { step: 42, row });
    loom.uno.send([0xff]);
    loom.run(50);
    expect(loom.status).toMatchObject({ openStep: 41, waiting: 0 });
    loom.must('CLEAR', {});
    loom.arm(41, rowCrc(41, row), 0xbeef);
    loom.openShed(41, row);
    loom.must('PARK', {});
    loom.run(500);
    expect(loom.status).toMatchObject({ openStep: 41, rowCrc: rowCrc(41, row), weave: 0xbeef });
  });

  it('is the step being opened as soon as its heddles move', () => {
    const loom = woven();
    loom.must('ROW', { step: 42, row: rowOf([5]) });
    loom.must('OPEN', { step: 42 });
    loom.uno.reset('button');
    loom.run(50);
    expect(loom.hello()).toMatchObject({ openStep: 42 });
  });

  it('no longer pulses a heddle when the board was reset in the middle of a shed', () => {
    const loom = woven();
    loom.uno.reset('dtr');
    loom.run(100);
    for (let heddle = 0; heddle < 40; heddle++)
      expect(loom.uno.parts.boards[heddle >> 4].pulsing(heddle & 15)).toBe(false);
  });
});
