/** A loom of PCA9685 boards behind a third party's StandardFirmata: what its I²C, OE and lamps see. */
import { afterEach, describe, expect, it } from 'vitest';
import {
  arm,
  lifted,
  row,
  rowText,
  type StockRig,
  standardFirmata,
  stockRig,
  unplugAll,
  weave,
  weaving,
} from './stock-rig';

const heddles = 40;
const loom = { outputs: 'pca9685', heddles } as const;
/** µs; a count is 4 µs and the widths are whole counts */
const exact = 0.01;
const red = 9;
const green = 10;
const blue = 11;

afterEach(unplugAll);

function pulsing({ parts }: StockRig): number {
  return Array.from({ length: heddles }, (_, heddle) => parts.boards[heddle >> 4].pulsing(heddle & 15)).filter(Boolean)
    .length;
}

describe.each(Object.entries(standardFirmata))('PCA9685 boards on StandardFirmata %s', (_version, firmware) => {
  it('give no pulse before arming, and each row exactly after it', async () => {
    const rig = stockRig({ ...loom, firmware });
    await rig.driver.connect();
    expect(pulsing(rig)).toBe(0);
    await arm(rig, 0, heddles);
    expect(lifted(rig, exact)).toBe('0'.repeat(heddles));
    for (let step = 1; step <= 8; step++) {
      await weave(rig, step, heddles);
      expect(lifted(rig, exact)).toBe(rowText(row(step, heddles), heddles));
    }
    expect(rig.parts.bus.refusals).toBe(0);
  });
});

describe('a stop on PCA9685 boards', () => {
  it('takes OE high and switches every channel off, and the weave goes on after it', async () => {
    const rig = await weaving(loom);
    expect(pulsing(rig)).toBe(heddles);
    rig.driver.stopNow();
    await rig.later(20);
    expect(pulsing(rig)).toBe(0);
    await rig.driver.clear();
    await arm(rig, 1, heddles);
    await weave(rig, 1, heddles);
    expect(pulsing(rig)).toBe(heddles);
    expect(lifted(rig, exact)).toBe(rowText(row(1, heddles), heddles));
  });

  it('works over I²C alone where OE is not wired', async () => {
    const rig = await weaving({ ...loom, stock: { oe: false } });
    for (const board of rig.parts.boards) board.setOutputEnable(true);
    rig.parts.estop.open();
    await rig.heard('state');
    await rig.later(20);
    expect(pulsing(rig)).toBe(0);
  });
});

describe('what is behind the board', () => {
  it('is missed by name when a PCA9685 does not answer', async () => {
    const rig = stockRig(loom);
    rig.parts.bus.unplug(rig.parts.boards[1]);
    await expect(rig.driver.connect()).rejects.toThrow(/No PCA9685 board answers at I²C address 0x41.*SDA and SCL/);
  });

  it('goes on pulsing through a reset of the board, as was said at the start, until the board is found again', async () => {
    const rig = await weaving(loom);
    const reset = rig.heard('reset');
    rig.uno.reset();
    await reset;
    expect(pulsing(rig)).toBe(heddles);
    const facts = await rig.driver.connect();
    expect(facts.limits?.join(' ')).toContain('a reset of the board lets the outputs through');
    expect(pulsing(rig)).toBe(0);
    await arm(rig, 1, heddles);
    await weave(rig, 1, heddles);
    expect(lifted(rig, exact)).toBe(rowText(row(1, heddles), heddles));
  });

  it('lights a lamp for each lifted heddle, and one in the colour of the weft', async () => {
    const rig = stockRig({ ...loom, stock: { lamps: [7, 8], weft: [red, green, blue] } });
    const { pins } = rig.uno;
    const lamps = () => [7, 8].map((pin) => pins.isHigh(pin));
    await rig.driver.connect();
    await arm(rig, 0, heddles);
    expect(lamps()).toEqual([false, false]);
    await rig.driver.weft('#ff00ff');
    await weave(rig, 1, heddles);
    expect(lamps()).toEqual([(row(1, heddles)[0] & 1) === 1, (row(1, heddles)[0] & 2) === 2]);
    expect([red, green, blue].map((pin) => pins.isHigh(pin))).toEqual([true, false, true]);
    rig.driver.stopNow();
    await rig.later(20);
    expect(lamps()).toEqual([false, false]);
  });
});

describe('a wiring that cannot be', () => {
  const refused = (stock: Record<string, unknown>, firmware?: string) =>
    stockRig({ ...loom, stock, firmware }).driver.connect();

  it.each([
    [{ treadle: 40 }, 'has no pin 40 for the treadle'],
    [{ weft: [7, 8, 9] }, 'Pin 7 of the bench cannot be dimmed (PWM), and is wired for the weft’s red lamp'],
    [{ treadle: 7, back: 7 }, 'Pin 7 is wired for the treadle and for the back treadle'],
    [{ oe: 'A4' }, 'Pin A4 is wired for I²C and for OE'],
  ])('%j is named: %s', async (stock, words) => {
    await expect(refused(stock)).rejects.toThrow(words);
    await expect(refused(stock)).rejects.toThrow('Correct the pins under [stock] in the profile.');
  });

  it('of too few outputs is named before anything is opened', () => {
    expect(() => stockRig({ ...loom, stock: { boards: [0x40, 0x41] } })).toThrow(
      'has 40 heddles, and [stock] has outputs for 32',
    );
  });
});
