import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHost, unpack7 } from '../../protocol/wire';
import { LoomOnABench, rowOf } from './loom-on-a-bench';

/** Sends bytes as they are and lets the line fall quiet. */
function send(loom: LoomOnABench, bytes: Iterable<number>, quietMs = 60): string {
  loom.text = '';
  loom.uno.send(bytes);
  loom.run(quietMs);
  return loom.text;
}

/** The last packed byte has spare bits: damage there is none. */
const saysTheSame = (a: Uint8Array, b: Uint8Array) => {
  const inside = (frame: Uint8Array) => `${frame.subarray(0, 2)} ${unpack7(frame.subarray(2, -1))} ${frame.at(-1)}`;
  return a.subarray(2, -1).every((byte) => byte < 0x80) && inside(a) === inside(b);
};

const typed = (line: string) => Buffer.from(line);
const silent = () => {
  const loom = new LoomOnABench().run(50);
  loom.hello();
  return loom;
};

describe('after a break, text is discarded', () => {
  it.each([
    ['a stray F7', [0xf7]],
    ['a message cut off by another', [0xf0, 0x0c, 1, 0xf9]],
    ['a bad CRC', [0xf0, 0x0c, 1, 2, 3, 4, 5, 6, 0xf7]],
    ['a byte that begins nothing', [0xf1]],
  ])('to the end of the line: %s', (_, bytes) => {
    const loom = silent();
    const answer = send(loom, [...bytes, ...typed('arm\rhelp\r')], 150);
    expect(loom.status.state).toBe(1);
    expect(answer).toMatch(/status info help/m);
    expect(answer.match(/ok/g)).toHaveLength(1);
  });

  it('until 50 ms of quiet', () => {
    const loom = silent();
    expect(send(loom, [0xf7, ...typed('par')])).toBe('');
    expect(send(loom, typed('help\r'))).toMatch(/ok/);
  });

  it('together with the half of a line before it', () => {
    const loom = silent();
    send(loom, [...typed('arm'), 0xf7, ...typed('\r')]);
    expect(loom.status.state).toBe(1);
  });

  it('until quiet alone where a message was taken for text', () => {
    const loom = silent();
    expect(send(loom, [0x0c, 5, ...typed('\rarm\r')])).toBe('');
    expect(loom.status.state).toBe(1);
  });
});

describe('a message that stands open', () => {
  it('for 100 ms is dropped, and the next one is whole', () => {
    const loom = silent();
    const frame = encodeHost('STATUS', loom.seq + 1, {}, loom.session);
    send(loom, frame.subarray(0, 4), 130);
    expect(loom.ask('STATUS', {}).name).toBe('STATUS');
    expect(loom.status.frameErrors).toBe(1);
  });

  it('for 60 ms is not', () => {
    const loom = silent();
    const frame = encodeHost('STATUS', ++loom.seq, {}, loom.session);
    send(loom, frame.subarray(0, 4), 60);
    const before = loom.frames.length;
    send(loom, frame.subarray(4), 30);
    expect(loom.frames).toHaveLength(before + 1);
  });
});

describe('a damaged row', () => {
  it('never moves a heddle, never resumes, and never arms', () => {
    const loom = silent();
    loom.arm().openShed(1, rowOf([3]));
    loom.must('HOLD', { hands: 0 });
    const before = loom.pulses;
    let damaged = 0;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 5, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(15), fc.nat(7)), { minLength: 1, maxLength: 2 }),
        (row, flips) => {
          const frame = encodeHost('ROW', loom.seq + 1, { step: 2, row }, loom.session);
          const whole = frame.slice();
          for (const [at, bit] of flips) frame[at % frame.length] ^= 1 << bit;
          if (saysTheSame(frame, whole) || frame.includes(0xff) || frame.includes(0x21)) return;
          damaged++;
          send(loom, frame, 20);
          const last = loom.ask('STATUS', {}, loom.seq + 1);
          expect(last).toMatchObject({ name: 'STATUS', fields: { waiting: 0, state: 4, openStep: 1 } });
        },
      ),
      { numRuns: 400 },
    );
    expect(damaged).toBeGreaterThan(300);
    expect(loom.pulses).toEqual(before);
  });

  it('stays harmless when its first byte is lost and it is full of ~ and line ends', () => {
    const loom = silent();
    loom.arm().openShed(1, rowOf([3]));
    loom.must('HOLD', { hands: 0 });
    send(loom, [0x0c, 4, ...typed('\r~\r~\r\n~\n'), 0xf7]);
    send(loom, [0xe0, 0x0c, 4, 0xf7, ...typed('~\r')]);
    expect(loom.status.state).toBe(4);
  });
});

describe('the line at a wrong rate', () => {
  it('is noise that moves nothing', () => {
    const loom = new LoomOnABench({ baud: 115_200 });
    loom.run(50);
    send(
      loom,
      Array(8)
        .fill([...typed('arm\r')])
        .flat(),
      200,
    );
    expect(loom.uno.counts.received).toBeGreaterThan(0);
    expect(loom.pulses.every((pulse) => pulse === 0)).toBe(true);
  });
});
