/** The console's tests of the loom, as a maker types them: selftest, sweep, exercise, i2c, validate, led. */
import { describe, expect, it } from 'vitest';
import { loomOn, newBoard } from './boards';
import { LoomOnABench } from './loom-on-a-bench';

const terminal = () => new LoomOnABench().run(50);
const answered = /(^|\n)(ok|error:\d+ [^\n]*)\r\n$/;

/** Types a line and calls `watch` whenever a frame has passed, until the answer is there. */
function typed(loom: LoomOnABench, line: string, watch: () => void = () => {}, limitMs = 120_000): string[] {
  loom.text = '';
  loom.watch = watch;
  loom.uno.send(Buffer.from(`${line}\r`));
  loom.until(() => answered.test(loom.text), `an answer to ${line}`, limitMs);
  loom.watch = null;
  return loom.text.trimEnd().split('\r\n').slice(1);
}

const armed = (loom = terminal()): LoomOnABench => {
  loom.type('arm');
  return loom.until(() => loom.type('?').includes('settled'), 'rest');
};

/** Sets of heddles that were up together, in their order. */
function risen(loom: LoomOnABench, line: string): { lines: string[]; sets: string[] } {
  const sets: string[] = [];
  const watch = () => {
    const up = [...loom.pulses.keys()].filter((heddle) => loom.uno.parts.isLifted(heddle)).map((heddle) => heddle + 1);
    if (up.length > 0 && sets.at(-1) !== up.join(' ')) sets.push(up.join(' '));
  };
  return { lines: typed(loom, line, watch), sets };
}

describe('selftest', () => {
  it('looks at memory, EEPROM, inputs, LEDs and every board, and says what it saw', () => {
    const loom = terminal();
    const shown = new Set<string>();
    const lines = typed(loom, 'selftest', () => shown.add([...loom.uno.parts.strip.colours.subarray(0, 3)].join()));
    expect(lines[0]).toMatch(/^memory: \d+ bytes free, \d+ never used good$/);
    expect(lines.slice(1)).toEqual([
      'eeprom: nothing saved good',
      'treadle open, back open, e-stop closed, hands open',
      'leds: red, green, blue',
      'i2c 0x40 board 1 good',
      'i2c 0x41 board 2 good',
      'i2c 0x42 board 3 good',
      'i2c 0x70 there', // what all boards listen to
      'heddles: arm first to see them move',
      'passed',
      'ok',
    ]);
    for (const colour of ['255,0,0', '0,255,0', '0,0,255']) expect([...shown]).toContain(colour);
    loom.run(60);
    expect([...loom.uno.parts.strip.colours.subarray(0, 3)]).toEqual([0, 0, 0]);
  });

  it('lifts each heddle in turn where the loom is armed', () => {
    const { lines, sets } = risen(armed(), 'selftest');
    expect(lines.slice(-2)).toEqual(['passed', 'ok']);
    expect(sets).toEqual([...Array(40).keys()].map((heddle) => `${heddle + 1}`));
  });

  it('fails where a board does not answer, and names it', () => {
    const loom = terminal();
    loom.uno.parts.bus.unplug(loom.uno.parts.boards[1]);
    const lines = typed(loom, 'selftest');
    expect(lines).toContain('i2c 0x41 board 2 BAD');
    expect(lines.slice(-2)).toEqual(['FAILED', 'error:17 see above']);
  });

  it('fails where what was saved is damaged', () => {
    const loom = terminal();
    loom.type('$servo.up=1720');
    loom.type('save');
    expect(typed(loom, 'selftest')[1]).toBe('eeprom: saved good');
    const at = loom.uno.eeprom.findIndex((byte, address) => address > 16 && byte !== 0xff);
    loom.uno.eeprom[at + 8] ^= 1;
    const lines = typed(loom, 'selftest');
    expect(lines[1]).toBe('eeprom: saved BAD');
    expect(lines.at(-1)).toMatch(/^error:17/);
  });

  it('shows the inputs as they are', () => {
    const loom = terminal();
    loom.uno.parts.treadle.press();
    loom.uno.parts.estop.open();
    loom.run(60);
    expect(typed(loom, 'selftest')).toContain('treadle closed, back open, e-stop open, hands open');
  });

  it('has nothing to say of I2C where heddles are on pins', () => {
    const loom = loomOn('uno', { outputs: 'pins', heddles: 12, leds: 12 });
    const lines = typed(loom, 'selftest');
    expect(lines.filter((line) => line.startsWith('i2c'))).toEqual([]);
    expect(lines.at(-1)).toBe('ok');
    expect(loom.type('i2c')).toBe('error:9 no I2C on these outputs');
  });
});

describe('i2c', () => {
  it('finds what the settings ask for and what else is there', () => {
    const loom = newBoard('uno', { outputs: 'pca9685', heddles: 64, leds: 40 }).run(50);
    expect(typed(loom, 'i2c')).toEqual([
      'i2c 0x40 board 1 good',
      'i2c 0x41 board 2 good',
      'i2c 0x42 board 3 good',
      'i2c 0x43 board 4 there',
      'i2c 0x70 there',
      'ok',
    ]);
  });

  it('names a bus that hangs', () => {
    const loom = terminal();
    loom.uno.parts.bus.holdSda(Number.POSITIVE_INFINITY);
    expect(typed(loom, 'i2c').at(-1)).toMatch(/^error:17/);
    expect(loom.text).toContain('i2c: the bus hangs, BAD');
  });

  it('does not count a question that nobody answers as an error', () => {
    const loom = terminal();
    loom.hello();
    typed(loom, 'i2c');
    expect(loom.status.i2cErrors).toBe(0);
  });
});

describe('sweep and exercise', () => {
  it('need an armed loom, and heddles that there are', () => {
    const loom = terminal();
    expect(loom.type('sweep')).toMatch(/^error:4/);
    expect(loom.type('exercise')).toMatch(/^error:4/);
    armed(loom);
    expect(loom.type('sweep 41')).toMatch(/^error:6/);
    for (const nonsense of ['sweep 0', 'sweep x', 'exercise 0', 'exercise 4 x', 'exercise 4 2 1'])
      expect(loom.type(nonsense)).toMatch(/^error:0/);
  });

  it('sweep lifts each heddle, or one', () => {
    const loom = armed();
    expect(risen(loom, 'sweep').sets).toEqual([...Array(40).keys()].map((heddle) => `${heddle + 1}`));
    expect(risen(loom, 'sweep 17').sets).toEqual(['17']);
    expect(loom.pulses.every((us) => us < 1500)).toBe(true);
  });

  it('exercise lifts groups of K and reports each round', () => {
    const loom = armed();
    const { lines, sets } = risen(loom, 'exercise 16 2');
    const groups = new Set(sets.map((set) => set.split(' ')[0]));
    for (const first of ['1', '17', '33']) expect([...groups]).toContain(first);
    expect(Math.max(...sets.map((set) => set.split(' ').length))).toBeLessThanOrEqual(32);
    expect(lines).toEqual(['round 1, i2c errors 0, resets 0', 'round 2, i2c errors 0, resets 0', 'ok']);
  });

  it('counts resets since the power came', () => {
    const loom = armed();
    loom.uno.reset();
    armed(loom.run(100));
    expect(typed(loom, 'exercise 16').at(-2)).toBe('round 1, i2c errors 0, resets 1');
    loom.uno.powerCut();
    armed(loom.run(100));
    expect(typed(loom, 'exercise 16').at(-2)).toBe('round 1, i2c errors 0, resets 0');
  });

  it('ends with a fault where a board stops answering', () => {
    const loom = armed();
    loom.uno.parts.bus.unplug(loom.uno.parts.boards[2]);
    expect(typed(loom, 'exercise 8').at(-1)).toMatch(/^error:4/);
    expect(loom.type('?')).toContain('<fault:output|i2c 66|');
  });

  it.each(['\r', ' ', '!'])('ends when %j is typed; heddles go down, or are let go by a stop', (key) => {
    const loom = armed();
    loom.text = '';
    loom.uno.send(Buffer.from('exercise 8 1000\r'));
    loom.run(3000);
    expect(loom.text).not.toMatch(answered);
    loom.uno.send(Buffer.from(key));
    loom.until(() => answered.test(loom.text), 'the end').run(2000);
    expect(loom.text.match(/(^|\n)(ok|error:\d+ )/g)).toHaveLength(1);
    const stopped = key === '!';
    if (stopped) expect(loom.uno.parts.boards.some((board) => board.pulsing(0))).toBe(false);
    else expect(loom.pulses.filter((_, heddle) => loom.uno.parts.isLifted(heddle))).toEqual([]);
    expect(loom.type('?')).toContain(stopped ? '<fault:console' : '<armed');
  });
});

describe('led', () => {
  const colour = (loom: LoomOnABench, led: number) => [
    ...loom.run(60).uno.parts.strip.colours.subarray(led * 3 - 3, led * 3),
  ];

  it('shows a colour until it is told off', () => {
    const loom = terminal();
    expect(loom.type('led 3 ff8800')).toBe('ok');
    expect(colour(loom, 3)).toEqual([255, 136, 0]);
    expect(loom.type('led 4 00FF0a')).toBe('ok');
    expect(colour(loom, 3)).toEqual([255, 136, 0]);
    expect(colour(loom, 4)).toEqual([0, 255, 10]);
    expect(loom.type('led off')).toBe('ok');
    expect(colour(loom, 3)).toEqual([0, 0, 0]);
  });

  it('refuses what it cannot show', () => {
    const loom = terminal();
    for (const line of ['led 41 ff0000', 'led 0 ff0000']) expect(loom.type(line)).toMatch(/^error:6/);
    for (const line of ['led', 'led 1', 'led 1 ff00', 'led 1 ff00gg', 'led 1 ff00000'])
      expect(loom.type(line)).toMatch(/^error:0/);
  });
});

describe('validate', () => {
  it('has nothing to say of settings that can be meant', () => {
    expect(typed(terminal(), 'validate')).toEqual(['ok']);
  });

  it('names what cannot be meant, a line each', () => {
    const loom = terminal();
    for (const line of ['$H5=1500,1500', '$H7=,,3', '$H9=,,-', '$H11=,,,90', '$outputs=1'])
      expect(loom.type(line)).toBe('ok');
    expect(typed(loom, 'validate')).toEqual([
      'settings: outputs changed, save and reset',
      'H4: its output moves another heddle too',
      'H5: up is down',
      'H11: its LED is beyond the strip',
      'error:17 see above',
    ]);
  });
});

it('info counts the resets', () => {
  const loom = terminal();
  loom.uno.reset();
  loom.run(100);
  expect(loom.type('info')).toMatch(
    /^loom-uno 0\.2 protocol 2\r\nheddles 40 on PCA9685, leds 40\r\nreset \w+, resets 1, /,
  );
});
