/** A loom on a third party's StandardFirmata: what the servos, lamps and treadles of the emulated board see of it. */
import { afterEach, describe, expect, it } from 'vitest';
import { Demultiplexer } from '../../protocol/firmata';
import { rowCrc } from '../../protocol/wire';
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

afterEach(unplugAll);

/** Heddles whose servos got a pulse within the next 100 ms. */
async function pulsing({ uno, wiring, later }: StockRig): Promise<number> {
  const from = uno.cycles;
  await later(100);
  return Array.from({ length: wiring.heddles }, (_, heddle) => uno.pulseEnd(heddle)).filter((end) => end > from).length;
}

describe.each(Object.entries(standardFirmata))('StandardFirmata %s', (version, firmware) => {
  it('says what it is and what it cannot promise, and no heddle gets a pulse before arming', async () => {
    const rig = stockRig({ firmware });
    const facts = await rig.driver.connect();
    expect(facts).toMatchObject({ firmware: `StandardFirmata.ino ${version}`, heddles: 12, outputs: 'pins', leds: 0 });
    expect(facts.place).toEqual({ state: 'idle', weave: 0, step: 0, rowCrc: 0 });
    expect(facts.limits?.join(' ')).toMatch(/acknowledges nothing.*no place.*no watchdog.*twitch/);
    expect(await pulsing(rig)).toBe(0);
    expect(lifted(rig)).toBe('-'.repeat(12));
  });

  it('rests its heddles when armed, and opens each row at the servos before it says so', async () => {
    const rig = stockRig({ firmware });
    await rig.driver.connect();
    await arm(rig);
    expect(lifted(rig)).toBe('0'.repeat(12));
    for (let step = 1; step <= 12; step++) {
      await weave(rig, step);
      expect(lifted(rig)).toBe(rowText(row(step), 12));
    }
    expect(rig.told.slice(0, 5)).toEqual(['armed', 'rest', 'weaving', 'opening 1', 'opened 1']);
    expect(rig.driver.place()).toEqual({ state: 'weaving', weave: 9, step: 12, rowCrc: rowCrc(12, row(12)) });
  });

  it('opens the waiting row at a press of the treadle, bouncing or not, and once', async () => {
    const rig = await weaving({ firmware });
    rig.parts.treadle.bounceMs = 2;
    await rig.driver.tell(2, row(2));
    const opened = rig.heard('opened');
    rig.parts.treadle.tap();
    expect(await opened).toEqual([2]);
    expect(lifted(rig)).toBe(rowText(row(2), 12));
    expect(rig.told).toEqual(['press forward opened', 'opening 2', 'opened 2']);
  });

  it('never takes the pull-up from a contact when it switches a lamp on the same port', async () => {
    const rig = await weaving({ firmware, heddles: 1, stock: { lamps: ['A0'], treadle: 'A1', back: 'A2' } });
    const levels: boolean[] = [];
    const wire = new Demultiplexer({ from: 'host' }, (part) => {
      // A1 is bit 7 of port 1, which travels in the second byte.
      if (part.kind === 'message' && part.command === 0x91) levels.push(part.data[1] === 1);
    });
    for (const step of [2, 3, 4]) {
      await rig.driver.tell(step, Uint8Array.of(step & 1));
      const opened = rig.heard('opened');
      rig.uno.pins.drive(15, false);
      expect(await opened).toEqual([step]);
      expect(rig.uno.pins.isHigh(14)).toBe((step & 1) === 1);
      rig.uno.pins.drive(15, true);
      await rig.later(400);
    }
    wire.push(Uint8Array.from(rig.board.written), 0);
    expect(levels.length).toBeGreaterThan(3);
    expect(levels).not.toContain(false);
  });
});

describe('a treadle on a stock board', () => {
  it('only shows where nothing can open: no row, too soon, still moving, held, and back', async () => {
    const rig = await weaving();
    const press = async () => {
      const heard = rig.heard('press');
      rig.parts.treadle.tap();
      const [, outcome] = await heard;
      await rig.later(100);
      return outcome;
    };
    expect(await press()).toBe('nothing');
    expect(await press()).toBe('soon');
    await rig.later(400);
    await rig.driver.tell(2, row(2));
    await rig.driver.open(2);
    const opened = rig.heard('opened');
    expect(await press()).toBe('moving');
    await opened;
    await rig.driver.hold(false);
    expect(await press()).toBe('state');
    const back = rig.heard('press');
    rig.parts.back.tap();
    expect(await back).toEqual(['back', 'back']);
    expect(lifted(rig)).toBe(rowText(row(2), 12));
  });

  it('counts after it was let go when it was down at arming', async () => {
    const rig = stockRig();
    await rig.driver.connect();
    rig.parts.treadle.press();
    await rig.later(50);
    await arm(rig);
    await weave(rig, 1);
    await rig.driver.tell(2, row(2));
    await rig.later(300);
    expect(rig.told).toEqual(['press forward state', 'armed', 'rest', 'weaving', 'opening 1', 'opened 1']);
    rig.parts.treadle.release();
    await rig.later(50);
    const press = rig.heard('press');
    rig.parts.treadle.tap();
    expect(await press).toEqual(['forward', 'opened']);
  });

  it('need not be there at all', async () => {
    const rig = await weaving({ stock: { treadle: false, back: false, estop: false } });
    rig.parts.treadle.tap();
    rig.parts.estop.open();
    await rig.later(200);
    expect(rig.told).toEqual([]);
  });
});

describe('a stop on a stock board', () => {
  it('takes the pulses from every servo within a frame or two, and keeps the place', async () => {
    const rig = await weaving();
    expect(await pulsing(rig)).toBe(12);
    rig.driver.stopNow();
    await rig.later(40);
    expect(await pulsing(rig)).toBe(0);
    expect(rig.told).toEqual(['fault stop']);
    expect(rig.driver.place()).toMatchObject({ state: 'fault', step: 1, rowCrc: rowCrc(1, row(1)) });
  });

  it('comes from the e-stop as well, and is cleared only when that is closed', async () => {
    const rig = await weaving();
    const stopped = rig.heard('state');
    rig.parts.estop.open();
    expect(await stopped).toEqual(['fault', 'estop', 0]);
    await rig.later(40);
    expect(await pulsing(rig)).toBe(0);
    await expect(rig.driver.clear()).rejects.toThrow('the e-stop is open');
    const closed = rig.heard('estop');
    rig.parts.estop.close();
    expect(await closed).toEqual([false]);
    await rig.driver.clear();
    await arm(rig, 1);
    await weave(rig, 1);
    expect(lifted(rig)).toBe(rowText(row(1), 12));
    expect(await pulsing(rig)).toBe(12);
  });

  it('in mid-move lets no further heddle start, and the row that waited is gone', async () => {
    const rig = await weaving({ stock: { k: 1 } });
    await rig.driver.tell(2, row(2));
    await rig.driver.open(2);
    rig.driver.stopNow();
    await rig.later(300);
    expect(rig.told).toEqual(['opening 2', 'fault stop']);
    expect(await rig.driver.drop()).toBe('nothing');
    expect(lifted(rig)).not.toBe(rowText(row(2), 12));
  });

  it('is known from the first moment: an e-stop that is open when the board is found refuses arming', async () => {
    const rig = stockRig();
    rig.parts.estop.open();
    await rig.driver.connect();
    await expect(rig.driver.arm({ weave: 9, step: 0, rowCrc: 0 })).rejects.toThrow('the e-stop is open');
  });
});

describe('the states that the host keeps for a stock board', () => {
  it('holds and resumes without moving; hands in the shed block both, and parking', async () => {
    const rig = await weaving();
    await rig.driver.hold(true);
    await expect(rig.driver.resume()).rejects.toThrow('hands in the shed');
    await expect(rig.driver.park()).rejects.toThrow('hands in the shed');
    await rig.driver.hold(false);
    await rig.driver.resume();
    expect(rig.told).toEqual(['held', 'weaving']);
    expect(lifted(rig)).toBe(rowText(row(1), 12));
  });

  it('lets a held shed rest half-way, and finishes it when it goes on', async () => {
    const rig = await weaving({ stock: { k: 1 } });
    await rig.driver.tell(2, row(2));
    await rig.driver.open(2);
    await rig.driver.hold(false);
    await rig.later(500);
    expect(lifted(rig)).not.toBe(rowText(row(2), 12));
    const opened = rig.heard('opened');
    await rig.driver.resume();
    expect(await opened).toEqual([2]);
    expect(lifted(rig)).toBe(rowText(row(2), 12));
  });

  it('parks: heddles down, then no pulses', async () => {
    const rig = await weaving();
    const rest = rig.heard('rest');
    await rig.driver.park();
    await rest;
    expect(lifted(rig)).toBe('0'.repeat(12));
    await rig.later(40);
    expect(await pulsing(rig)).toBe(0);
    expect(rig.told).toEqual(['armed', 'idle', 'rest']);
  });

  it('refuses what our own firmware would refuse, with the same words', async () => {
    const { driver } = await weaving();
    await expect(driver.tell(3, row(3))).rejects.toThrow('not the step that comes next');
    await expect(driver.tell(2, new Uint8Array(4))).rejects.toThrow('wrong length');
    await driver.tell(2, row(2));
    await expect(driver.tell(3, row(3))).rejects.toThrow('a row is already waiting');
    await expect(driver.clear()).rejects.toThrow('not in this state');
    expect(await driver.drop()).toBe('dropped');
    await expect(driver.open(2)).rejects.toThrow('no row is waiting');
  });
});

describe('a stock board that breaks off', () => {
  it('is noticed when it is reset, knows no place, and weaves on when a person has said where', async () => {
    const rig = await weaving();
    const reset = rig.heard('reset');
    rig.uno.reset();
    await reset;
    await expect(rig.driver.open(2)).rejects.toThrow('The board was reset');
    const facts = await rig.driver.connect();
    expect(facts).toMatchObject({ reset: 'unknown', place: { state: 'idle', weave: 0, step: 0 } });
    expect(await pulsing(rig)).toBe(0);
    await arm(rig, 1);
    await weave(rig, 1);
    await weave(rig, 2);
    expect(lifted(rig)).toBe(rowText(row(2), 12));
  });

  it('is called silent when it hears nothing for two seconds, and a shed is not called open meanwhile', async () => {
    const rig = await weaving();
    const silent = rig.heard('silent');
    const send = rig.uno.send.bind(rig.uno);
    rig.uno.send = () => {};
    await rig.driver.tell(2, row(2));
    await rig.driver.open(2);
    await silent;
    expect(rig.told).toEqual(['opening 2', 'silent']);
    rig.uno.send = send;
    await rig.heard('heard');
  });

  it('tells of a lost port', async () => {
    const rig = await weaving();
    rig.board.lose();
    expect(rig.told).toEqual(['lost: the bench went away.']);
    await expect(rig.driver.tell(2, row(2))).rejects.toThrow('the bench went away');
  });
});
