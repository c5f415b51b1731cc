/** simavr as second opinion: the shipped firmware says the same on somebody else's emulated chip as on ours. */
import { describe, expect, it } from 'vitest';
import { encodeHost } from '../../protocol/wire';
import { helloSeed } from '../../protocol/wire.table';
import { EmulatedChip, map, SimavrChip } from './chip';
import { Talk } from './talk';

/** The board's random id is before. */
const afterId = 16;

type Script = (talk: Talk) => Promise<void>;

/** What each chip said, simavr's first. */
async function transcripts(script: Script): Promise<string[][]> {
  const talks = [new Talk(new SimavrChip()), new Talk(new EmulatedChip())];
  try {
    for (const talk of talks) await script(talk);
  } finally {
    for (const { chip } of talks) await chip.stop();
  }
  return talks.map(({ transcript }) => transcript);
}

/** Runs the script on both chips. @returns the transcript, which is the same */
async function agreed(script: Script): Promise<string> {
  const [simavr, ours] = await transcripts(script);
  expect(simavr).toEqual(ours);
  return ours.join('\n');
}

const row = (...lifted: number[]) => {
  const bytes = new Uint8Array(2);
  for (const heddle of lifted) bytes[heddle >> 3] |= 1 << (heddle & 7);
  return bytes;
};

describe('on simavr and on the emulated board the firmware says the same', () => {
  it('to Firmata’s questions', async () => {
    const said = await agreed(async (talk) => {
      await talk.wait(100);
      await talk.bytes(0xf9);
      await talk.bytes(0xf0, 0x79, 0xf7);
      await talk.bytes(0xf0, 0x6b, 0xf7);
      await talk.bytes(0xf0, 0x69, 0xf7);
      for (const pin of [2, 6, 13, 19]) await talk.bytes(0xf0, 0x6d, pin, 0xf7);
      await talk.bytes(0xf4, 6, 1, 0x90, 0x40, 0);
      await talk.bytes(0xf0, 0x6d, 6, 0xf7);
      await talk.bytes(0xf0, 0xf7);
      await talk.bytes(0xf7);
      await talk.bytes(0xff);
    });
    expect(said).toContain('sysex 79');
    expect(said).toContain('sysex 6c');
  });

  it('on the console', async () => {
    const said = await agreed(async (talk) => {
      await talk.wait(100);
      for (const line of ['', 'help', 'info', 'nonsense', 'lift 01', 'echo off', 'park', 'clear', 'heddle 99 up'])
        await talk.type(line);
      await talk.bytes(...Buffer.from('?'));
      await talk.type('arm');
      await talk.bytes(...Buffer.from('!?'));
    });
    expect(said).toMatch(/“<\w+/);
    expect(said).toContain('error:0 ');
  });

  it('on the console of a loom with servos on pins, about its settings', async () => {
    await agreed(async (talk) => {
      await talk.putOnPins();
      for (const line of [
        '$move.k',
        '$move.k=4',
        '$servo.up=1802',
        '$$',
        '$H3',
        '$H3=1720,1280',
        'save',
        '$H3',
        'load',
      ])
        await talk.type(line);
      for (const line of ['validate', 'arm', 'heddle 3 up', 'heddle 3 1500', 'lift 010', 'park', 'defaults', 'load'])
        await talk.type(line);
      await talk.wait(1000);
    });
  });

  it('from HELLO through a weave to a stop', async () => {
    const said = await agreed(async (talk) => {
      await talk.putOnPins();
      await talk.hello(2);
      await talk.ask('STATUS', {});
      await talk.arm();
      await talk.ask('ROW', { step: 1, row: row(0, 3, 11) });
      await talk.ask('DROP', {});
      await talk.open(1, row(0, 3, 11));
      await talk.ask('DROP', {});
      await talk.open(2, row(1, 2));
      await talk.ask('HOLD', { hands: 1 });
      await talk.ask('RESUME', {});
      await talk.ask('HOLD', { hands: 0 });
      await talk.ask('RESUME', {});
      await talk.ask('WEFT', { red: 200, green: 0, blue: 9 });
      await talk.ask('LED', { first: 0, rgb: Uint8Array.of(1, 2, 3) });
      await talk.ask('STOP', {});
      await talk.ask('ROW', { step: 3, row: row(5) });
      await talk.ask('CLEAR', {});
      await talk.arm();
      await talk.ask('TEST', { heddle: 4, width: 1500 });
      await talk.bytes(0xff);
      await talk.ask('STATUS', {});
    });
    for (const word of ['HELLO', 'EVENT', 'STATUS', 'NAK hands', 'NAK state']) expect(said).toContain(word);
  });

  it('to what is wrong: a bad CRC, a number out of order, a duplicate, a length, a step, a stranger’s message', async () => {
    const said = await agreed(async (talk) => {
      await talk.putOnPins();
      await talk.bytes(...encodeHost('STATUS', 1, {}, helloSeed));
      await talk.hello(3);
      await talk.bytes(0xf0, 0x0c, 0x11, 1, 2, 3, 4, 5, 0xf7);
      await talk.bytes(0xf0, 0x0c, 0xf7);
      await talk.ask('STATUS', {}, 9);
      await talk.ask('STATUS', {}, 1);
      await talk.ask('PARK', {}, 2);
      await talk.ask('PARK', {}, 2);
      await talk.arm();
      await talk.ask('ROW', { step: 1, row: Uint8Array.of(1) });
      await talk.ask('ROW', { step: 5, row: row(1) });
      await talk.ask('ROW', { step: 1, row: Uint8Array.of(0, 0xf0) });
      await talk.ask('OPEN', { step: 1 });
    });
    for (const reason of ['crc', 'length', 'order', 'state', 'step', 'range', 'nothing'] as const)
      expect(said).toContain(`NAK ${reason} `);
  });

  it('at the treadle and the e-stop', async () => {
    const said = await agreed(async (talk) => {
      await talk.putOnPins();
      await talk.hello(4);
      await talk.arm();
      await talk.open(1, row(0));
      for (const pin of [map.treadle, map.back]) {
        await talk.contact(pin, true);
        await talk.contact(pin, false);
        await talk.wait(400);
      }
      await talk.ask('ROW', { step: 2, row: row(1) });
      await talk.contact(map.treadle, true);
      await talk.contact(map.treadle, false);
      await talk.until(() => talk.events('opened') === 2, 'the shed that was trodden open');
      await talk.contact(map.estop, false);
      await talk.ask('CLEAR', {});
      await talk.contact(map.estop, true);
      await talk.ask('CLEAR', {});
    });
    expect(said).toContain('NAK estop');
  });
});

it('a chip that says something else is seen', async () => {
  const [simavr, ours] = await transcripts(async (talk) => {
    await talk.putOnPins();
    await talk.hello(1);
    talk.chip.contact(map.estop, talk.chip instanceof EmulatedChip);
    await talk.wait(60);
    await talk.ask('STATUS', {});
  });
  expect(simavr).not.toEqual(ours);
});

describe('settings', () => {
  /** Runs the script on both chips. @returns the EEPROM of each, from where the settings begin */
  async function memoriesAfter(script: Script): Promise<{ said: string; memories: string[] }> {
    const memories: string[] = [];
    const said = await agreed(async (talk) => {
      await script(talk);
      const memory = await talk.chip.eeprom();
      memories.push(Buffer.from(memory.subarray(afterId)).toString('hex'));
    });
    return { said, memories };
  }

  it('are changed, saved and found again after a reset and a power cut, byte for byte in the EEPROM', async () => {
    const { said, memories } = await memoriesAfter(async (talk) => {
      await talk.putOnPins();
      await talk.hello(5);
      await talk.set('servo.up', 1800);
      await talk.set('move.settle', 100);
      await talk.set('heddles', 0);
      await talk.ask('SAVE', {});
      await talk.set('servo.up', 2000);
      await talk.reset();
      await talk.hello(6);
      await talk.get('servo.up');
      await talk.powerCut();
      await talk.hello(7);
      await talk.get('move.settle');
    });
    expect(said).toContain('NAK range');
    expect(said).toContain(`"values":[${1800 & 0xff},${1800 >> 8}]`);
    expect(memories[0]).toBe(memories[1]);
    expect(memories[0]).not.toMatch(/^(ff)*$/);
  });

  it('of single heddles too, and what was not saved is forgotten', async () => {
    const { said, memories } = await memoriesAfter(async (talk) => {
      await talk.putOnPins();
      await talk.hello(8);
      await talk.setOf('up', 3, 1720);
      await talk.setOf('down', 11, 1240);
      await talk.setOf('output', 0, 7);
      await talk.setOf('up', 12, 1700);
      await talk.ask('SAVE', {});
      await talk.setOf('up', 3, 1900);
      await talk.get('up');
      await talk.ask('LOAD', { from: 0 });
      await talk.get('up');
      await talk.ask('LOAD', { from: 1 });
      await talk.get('up');
      await talk.powerCut();
      await talk.hello(9);
      for (const name of ['up', 'down', 'output', 'led']) await talk.get(name);
    });
    expect(said).toMatch(/VALUES .*"index":0,"values":\[0,0,0,0,0,0,184,6,/);
    expect(memories[0]).toBe(memories[1]);
  });
});
