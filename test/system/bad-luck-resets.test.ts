/** Resets in every state and in the middle of a move, behind each bootloader: all outputs off, the place kept, nothing by itself. */
import { describe, expect, it } from 'vitest';
import { bootloaderNames } from '../../host/emulator/bootloader';
import { nameOf, rowCrc } from '../../protocol/wire';
import { faults, resetCauses } from '../../protocol/wire.table';
import type { LoomOnABench } from '../firmware/loom-on-a-bench';
import { loomIn, pulsing, reached, row, withRowWaiting } from './loom-in';

const uno = bootloaderNames.filter((name) => name !== 'stk500v2');
const place = { openStep: 1, rowCrc: rowCrc(1, row(1)), weave: 7 };

/** Waits until the firmware says its name again, and asks who is there. */
function restarted(loom: LoomOnABench) {
  const banners = loom.firmata.length;
  loom.until(() => loom.firmata.length > banners, 'the banner', 10_000);
  loom.run(60);
  return loom.hello();
}

/** Overwrites the program with a jump to itself where it stands, until the watchdog has bitten. */
function hang(loom: LoomOnABench): void {
  const board = loom.uno as unknown as { flash: Uint16Array; core: { pc: number } };
  const at = board.core.pc;
  const was = board.flash[at];
  board.flash[at] = 0xcfff;
  const firmware = loom.firmata.length;
  for (let ms = 0; ms < 400 && board.core.pc === at; ms++) loom.run(1);
  board.flash[at] = was;
  expect(loom.firmata.length).toBe(firmware);
}

describe.each(uno)('behind the bootloader %s', (bootloader) => {
  it.each(reached)('a reset of a loom that is %s', (state) => {
    const loom = withRowWaiting(loomIn(state, { bootloader }));
    loom.uno.reset('dtr');
    loom.run(5);
    expect(pulsing(loom)).toEqual([]);
    const facts = restarted(loom);
    expect(nameOf(resetCauses, facts.reset)).toBe('reset');
    if (state !== 'idle' && state !== 'armed') expect(facts).toMatchObject(place);
    expect(loom.state).toBe('idle');
    expect(loom.status.waiting).toBe(0);
    loom.run(2000);
    expect(pulsing(loom)).toEqual([]);
  });

  it('a reset in the middle of a move counts the shed as open, and goes on when it is told to', () => {
    const loom = withRowWaiting(loomIn('weaving', { bootloader }));
    loom.must('OPEN', { step: 2 });
    loom.run(25);
    loom.uno.reset('dtr');
    const crc = rowCrc(2, row(2));
    expect(restarted(loom)).toMatchObject({ state: 1, openStep: 2, rowCrc: crc, weave: 7 });
    expect(pulsing(loom)).toEqual([]);
    loom.arm(2, crc).openShed(2, row(2)).openShed(3, row(3));
  });

  it('the watchdog in the middle of a move stops the loom, and it says so', () => {
    const loom = withRowWaiting(loomIn('weaving', { bootloader }));
    loom.must('OPEN', { step: 2 });
    loom.run(25);
    hang(loom);
    const facts = restarted(loom);
    expect(nameOf(resetCauses, facts.reset)).toBe('watchdog');
    expect(facts).toMatchObject({ openStep: 2, weave: 7 });
    expect(nameOf(faults, loom.status.fault)).toBe('watchdog');
    expect(pulsing(loom)).toEqual([]);
    loom.must('CLEAR', {});
    loom.arm(2, rowCrc(2, row(2))).openShed(2, row(2));
  });

  it.each(reached)('a power cut of a loom that is %s: nothing is known, and that is said', (state) => {
    const loom = loomIn(state, { bootloader });
    loom.uno.powerCut();
    const facts = restarted(loom);
    expect(facts).toMatchObject({ openStep: 0, rowCrc: 0, weave: 0, reset: resetCauses.power.code });
    expect(loom.state).toBe('idle');
    expect(pulsing(loom)).toEqual([]);
  });
});
