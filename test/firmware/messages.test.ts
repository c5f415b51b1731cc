import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16, encodeHost, nameOf, pack7 } from '../../protocol/wire';
import { events, helloSeed, hostMessages, refusals, settings, states } from '../../protocol/wire.table';
import { LoomOnABench, rowCrc, rowOf } from './loom-on-a-bench';

const row = rowOf([0, 5, 39]);

function armed(): LoomOnABench {
  const loom = new LoomOnABench();
  loom.hello();
  return loom.arm();
}

const reason = (answer: { fields: object }) => nameOf(refusals, (answer.fields as { reason: number }).reason);

describe('HELLO', () => {
  it('says what the board is', () => {
    const facts = new LoomOnABench().hello();
    expect(facts).toMatchObject({ protocol: 2, mcu: 1, heddles: 40, outputs: 0, leds: 40, window: 128, reset: 1 });
    expect([0, 0xffff]).not.toContain(facts.session);
  });

  it('gives the same session to the same nonce and a new one to another', () => {
    const loom = new LoomOnABench();
    const first = loom.hello(1).session;
    expect(loom.hello(1).session).toBe(first);
    expect(loom.hello(2).session).not.toBe(first);
  });

  it('with the same nonce again moves and drops nothing', () => {
    const loom = armed();
    loom.openShed(1, row);
    loom.must('ROW', { step: 2, row });
    loom.hello();
    expect(loom.status.waiting).toBe(2);
    expect(loom.state).toBe('weaving');
  });

  it('of a protocol not spoken here is refused', () => {
    const loom = new LoomOnABench();
    loom.run(50);
    expect(reason(loom.ask('HELLO', { protocol: 99, nonce: 1 }))).toBe('protocol');
  });

  it('keeps the board’s id through power cuts', () => {
    const loom = new LoomOnABench();
    const id = loom.hello().boardId;
    loom.run(100).uno.powerCut();
    loom.run(50);
    expect(loom.hello(5).boardId).toBe(id);
  });
});

describe('sequence numbers', () => {
  it('repeat the answer of a message that comes twice, and execute it once', () => {
    const loom = armed();
    loom.must('ROW', { step: 1, row });
    const before = loom.must('OPEN', { step: 1 });
    const again = loom.ask('OPEN', { step: 1 }, loom.seq);
    expect(again).toMatchObject({ name: 'ACK', fields: { seq: before.seq } });
    loom.opened(1);
    expect(loom.events(events.opening.code)).toHaveLength(1);
  });

  it('repeat the detail too', () => {
    const loom = armed();
    loom.must('ROW', { step: 1, row });
    expect(loom.must('DROP', {}).detail).toBe(1);
    expect(loom.ask('DROP', {}, loom.seq).fields).toMatchObject({ detail: 1 });
  });

  it.each([2, 5, 200, -1])('%i further on are refused, and nothing changes', (jump) => {
    const loom = armed();
    const seq = loom.seq;
    expect(reason(loom.ask('ROW', { step: 1, row }, (seq + jump) & 0xff))).toBe('order');
    loom.seq = seq;
    expect(loom.status.waiting).toBe(0);
  });

  it('of a refused message are used up: the same again is refused again, even when it could be done by now', () => {
    const loom = armed();
    loom.must('ROW', { step: 1, row });
    expect(loom.try('RESUME', {})).toBe('state');
    const refused = loom.seq;
    expect(reason(loom.ask('OPEN', { step: 1 }, refused))).toBe('state');
    expect(loom.events(events.opening.code)).toHaveLength(0);
    expect(loom.try('OPEN', { step: 1 })).toBe('ack');
  });

  it('are not set back by a late HELLO of the same session', () => {
    const loom = armed();
    const { seq } = loom;
    const hello = loom.answerTo(encodeHost('HELLO', 0, { protocol: 2, nonce: 0x1234 }, helloSeed));
    expect(hello).toMatchObject({ name: 'HELLO', fields: { session: loom.session } });
    loom.seq = seq;
    expect(loom.try('ROW', { step: 1, row })).toBe('ack');
  });

  it('go on past 255', () => {
    const loom = armed();
    for (let i = 0; i < 300; i++) expect(loom.try('GET', { setting: 1, index: 0 })).toBe('ack');
  });
});

describe('a message that is not right', () => {
  const packed = (body: number[], seed: number) => {
    const crc = crc16(body, seed);
    return [0xf0, 0x0c, ...pack7(Uint8Array.from([...body, crc & 0xff, crc >> 8])), 0xf7];
  };

  it('is refused when its CRC is wrong, or of another session, and counted', () => {
    const loom = armed();
    const frame = encodeHost('ROW', loom.seq + 1, { step: 1, row }, loom.session ^ 1);
    const answer = loom.answerTo(frame);
    expect(reason(answer)).toBe('crc');
    expect(answer.fields).toMatchObject({ seq: loom.seq });
    expect(loom.status).toMatchObject({ waiting: 0, crcErrors: 1 });
  });

  it('is refused before there is a session', () => {
    const loom = new LoomOnABench();
    loom.run(50);
    // The bench decodes it with the seed of no session.
    expect(reason(loom.ask('STATUS', {}))).toBe('crc');
    loom.hello();
    loom.uno.reset('dtr');
    loom.run(50);
    const kept = loom.session;
    const frame = encodeHost('STATUS', 9, {}, kept);
    loom.session = helloSeed;
    expect(reason(loom.answerTo(frame))).toBe('crc');
  });

  it.each([
    ['a row with a byte too few', 'ROW', [1, 0, 1, 2, 3, 4]],
    ['a row with a byte too many', 'ROW', [1, 0, 1, 2, 3, 4, 5, 6]],
    ['a step without its high byte', 'OPEN', [1]],
    ['a PARK with something in it', 'PARK', [0]],
    ['LEDs with half a colour', 'LED', [0, 0, 1, 2]],
    ['a STATUS with something in it', 'STATUS', [1]],
  ] as const)('is refused for its length: %s', (_, name, fields) => {
    const loom = armed();
    expect(reason(loom.answerTo(packed([hostMessages[name].code, ++loom.seq, ...fields], loom.session)))).toBe(
      'length',
    );
  });

  it('is answered when it is unknown, empty, or too long to be kept', () => {
    const loom = armed();
    expect(reason(loom.answerTo(packed([0x3f, ++loom.seq], loom.session)))).toBe('unknown');
    expect(reason(loom.answerTo([0xf0, 0x0c, 0xf7]))).toBe('length');
    expect(reason(loom.answerTo([0xf0, 0x0c, ...Array(120).fill(1), 0xf7]))).toBe('length');
    expect(loom.try('ROW', { step: 1, row })).toBe('ack');
  });
});

describe('rows', () => {
  it('wait one at a time', () => {
    const loom = armed();
    expect(loom.try('ROW', { step: 1, row })).toBe('ack');
    expect(loom.try('ROW', { step: 1, row })).toBe('waiting');
    expect(loom.try('OPEN', { step: 2 })).toBe('step');
    expect(loom.must('DROP', {}).detail).toBe(1);
    expect(loom.must('DROP', {}).detail).toBe(0);
    expect(loom.try('OPEN', { step: 1 })).toBe('nothing');
  });

  it('are told one ahead while the shed opens, and DROP says when the last one told is open already', () => {
    const loom = armed();
    loom.must('ROW', { step: 1, row });
    loom.must('OPEN', { step: 1 });
    expect(loom.must('DROP', {}).detail).toBe(2);
    expect(loom.try('ROW', { step: 2, row })).toBe('ack');
    expect(loom.try('OPEN', { step: 2 })).toBe('moving');
    loom.opened(1);
    expect(loom.try('OPEN', { step: 2 })).toBe('ack');
  });

  it.each([0, 2, 3, 65535])('of step %i are refused when step 1 comes next', (step) => {
    expect(armed().try('ROW', { step, row })).toBe('step');
  });

  it('of the open step are taken again only when they are the same', () => {
    const loom = armed().openShed(1, row);
    expect(loom.lastPlace).toMatchObject({ openStep: 1, rowCrc: rowCrc(1, row) });
    expect(loom.try('ROW', { step: 1, row: rowOf([3]) })).toBe('step');
    loom.openShed(1, row);
    loom.openShed(2, rowOf([3]));
    expect(loom.events(events.opening.code).map(({ arg }) => arg)).toEqual([1, 1, 2]);
  });

  it('of the step that ARM names are taken whatever they are when their CRC is not known', () => {
    const loom = new LoomOnABench();
    loom.hello();
    loom.arm(41, 0);
    expect(loom.try('ROW', { step: 41, row })).toBe('ack');
    loom.must('DROP', {});
    expect(loom.try('ROW', { step: 42, row })).toBe('ack');
  });

  it('go to the heddles whatever they are', () => {
    const loom = armed();
    let step = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bits) => {
        loom.openShed(++step, bits);
        loom.run(45);
        const up = loom.pulses.map((pulse) => pulse > 1500);
        expect(up).toEqual(up.map((_, heddle) => (bits[heddle >> 3] >> (heddle & 7)) % 2 === 1));
      }),
      { numRuns: 25 },
    );
  });
});

describe('settings', () => {
  it('start as the table has them', () => {
    const loom = new LoomOnABench();
    loom.hello();
    for (const { id, initial } of settings) expect(loom.value({ setting: id, index: 0 })).toBe(initial);
  });

  it.each(
    settings.map(
      ({ id, name, min, max, ...more }) => [name, id, min, 'maxOnUno' in more ? more.maxOnUno : max] as const,
    ),
  )('%s keeps its range', (_, id, min, max) => {
    const loom = new LoomOnABench();
    loom.hello();
    expect(loom.try('SET', { setting: id, index: 0, value: max + 1 })).toBe('range');
    if (min > 0) expect(loom.try('SET', { setting: id, index: 0, value: min - 1 })).toBe('range');
    expect(loom.try('SET', { setting: id, index: 0, value: max })).toBe('ack');
    expect(loom.value({ setting: id, index: 0 })).toBe(max);
  });

  it('that do not exist are refused', () => {
    const loom = new LoomOnABench();
    loom.hello();
    for (const setting of [0, settings.length + 1, 255]) {
      expect(loom.try('GET', { setting, index: 0 })).toBe('range');
      expect(loom.try('SET', { setting, index: 0, value: 1 })).toBe('range');
    }
  });

  it('are kept by SAVE through a power cut, and lost without', () => {
    const loom = new LoomOnABench();
    const first = loom.hello().settings;
    loom.set('move.k', 3);
    expect(loom.status.flags & 16).toBe(16);
    loom.must('SAVE', {});
    expect(loom.status.flags & 16).toBe(0);
    const saved = loom.hello().settings;
    loom.set('move.k', 9);
    loom.uno.powerCut();
    loom.run(50);
    expect(loom.hello(9).settings).toBe(saved);
    expect(saved).not.toBe(first);
    expect(loom.value({ setting: 6, index: 0 })).toBe(3);
    expect(loom.uno.counts).toMatchObject({ readsWhileWriting: 0, writesWhileWriting: 0 });
  });

  it('that are spoilt in memory give way to the table', () => {
    const loom = new LoomOnABench();
    loom.hello();
    loom.set('move.k', 3);
    loom.must('SAVE', {});
    const eeprom = loom.uno.eeprom.slice();
    const mark = eeprom.lastIndexOf(0xa5);
    expect(mark).toBeGreaterThan(15);
    eeprom[mark + 20] ^= 4;
    const other = new LoomOnABench({ eeprom });
    other.hello();
    expect(other.value({ setting: 6, index: 0 })).toBe(8);
  });
});

describe('events', () => {
  it('are counted in every answer', () => {
    const loom = armed();
    const before = loom.status.events;
    loom.openShed(1, row);
    expect(loom.all('EVENT').map(({ events }) => events)).toEqual([...loom.all('EVENT').keys()].map((i) => i + 1));
    expect(loom.status.events).toBeGreaterThan(before);
    expect(states.weaving.code).toBe(loom.status.state);
  });
});
