/** What a line can bring that nobody meant: garbage, a line without an end, another rate. Nothing moves by it. */

import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FirmwareDriver } from '../../host/board/loom-driver';
import { EmulatedUno } from '../../host/emulator/uno';
import { shippedFirmware } from '../../host/paths';
import { events } from '../../protocol/wire.table';
import { exhibition, type LoomOnABench } from '../firmware/loom-on-a-bench';
import { loomIn, pulsing, type Reached, reached, withRowWaiting } from './loom-in';
import { NoisyBoard } from './noisy-board';

const stopped = (state: Reached): readonly Reached[] =>
  ['idle', 'fault'].includes(state) ? [state] : [state, 'fault'];

/** Sends bytes and goes on as a host that is there. */
function send(loom: LoomOnABench, bytes: Iterable<number>): void {
  const all = [...bytes];
  for (let at = 0; at < all.length; at += 500) {
    loom.uno.send(all.slice(at, at + 500));
    loom.run(110);
  }
  loom.run(150);
}

describe.each(reached)('a loom that is %s', (state) => {
  it('moves nothing for a console line of 10,000 bytes, and answers the next', () => {
    const loom = withRowWaiting(loomIn(state));
    const before = pulsing(loom);
    loom.text = '';
    for (let i = 0; i < 100; i++) {
      loom.uno.send(Buffer.from(`${'arm park '.repeat(11)}x`));
      loom.run(20);
      if (i % 10 === 0) loom.ask('STATUS', {});
    }
    loom.uno.send(Buffer.from('\r'));
    loom.until(() => /(ok|error:\d+ .*)\r\n$/.test(loom.text), 'an answer');
    expect(loom.text.match(/^(ok|error:\d+ .*)$/gm)?.join()).toMatch(/^error:\d+ /);
    loom.ask('STATUS', {});
    expect(loom.state).toBe(state);
    expect(pulsing(loom)).toEqual(before);
    expect(loom.type('')).toBe('ok');
  });

  it('moves nothing for binary garbage; at most it stops', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 200, maxLength: 1500 }), (garbage) => {
        const loom = withRowWaiting(loomIn(state));
        const [before, step] = [pulsing(loom), loom.status.openStep];
        send(loom, garbage);
        loom.ask('STATUS', {});
        expect(stopped(state)).toContain(loom.state);
        expect(pulsing(loom)).toEqual(loom.state === state ? before : []);
        expect(loom.status.openStep).toBe(step);
        expect(loom.events(events.opening.code).length).toBe(step);
      }),
      { numRuns: 6, seed: 7 },
    );
  });
});

describe('another rate', () => {
  const hex = readFileSync(shippedFirmware, 'utf8');
  const baud = [57_600, 115_200, 250_000] as const;
  let driver: FirmwareDriver;
  afterEach(() => driver.stop());

  /** A loom that was told to speak at another rate from its next start on. */
  function loomAt(rate: (typeof baud)[number]): EmulatedUno {
    const loom = loomIn('idle');
    loom.set('baud', baud.indexOf(rate));
    loom.must('SAVE', {});
    return new EmulatedUno({ hex, wiring: exhibition, eeprom: loom.uno.eeprom });
  }

  it.each(baud.flatMap((board) => baud.map((host) => [board, host])))(
    'a board at %i is found from %i on',
    async (at, first) => {
      const uno = loomAt(at as (typeof baud)[number]);
      uno.line.baud = first;
      const rates = [first, ...baud.filter((rate) => rate !== first)];
      driver = new FirmwareDriver(new NoisyBoard(uno, 1), { rates, bannerMs: 100 });
      const facts = await driver.connect();
      expect(facts).toMatchObject({ rate: at, heddles: 40, place: { state: 'idle', step: 0 } });
      expect([...uno.pulses()].every((us) => us === 0)).toBe(true);
      await driver.askPlace();
    },
  );

  it('is named where only the wrong ones are tried', async () => {
    driver = new FirmwareDriver(new NoisyBoard(loomAt(250_000), 1), { rates: [57_600], bannerMs: 100 });
    await expect(driver.connect()).rejects.toThrow(/57,600 baud/);
  });
});
