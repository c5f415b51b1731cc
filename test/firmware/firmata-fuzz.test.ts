/** Anything that can come over the line, one after the other at full rate: nothing is lost, nothing moves, everything still answers. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHost } from '../../protocol/wire';
import { LoomOnABench, rowOf } from './loom-on-a-bench';

/** What HELLO says that a host may send before it has heard an answer. */
const window = 128;

const seven = fc.integer({ min: 0, max: 0x7f });
/** Neither ! nor what might be a command. */
const character = fc.constantFrom(...'0123456789 $=#.,;:%&()?\r\n\b\t').map((one) => one.charCodeAt(0));
const sysex = (id: fc.Arbitrary<number>, most: number) =>
  fc.tuple(id, fc.array(seven, { maxLength: most })).map(([first, rest]) => [0xf0, first, ...rest, 0xf7]);
const known = [0x69, 0x6b, 0x6d, 0x6f, 0x70, 0x71, 0x76, 0x78, 0x79, 0x7a];
const typed = (...lines: string[]) => fc.constantFrom(...lines).map((line) => [...Buffer.from(`${line}\r`)]);

/** One item, as bytes; every loom message in it has a session that never was. */
const item: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc
    .tuple(fc.constantFrom(0x90, 0xe0, 0xf4, 0xf5), fc.nat(15), seven, seven)
    .map(([command, low, a, b]) => (command < 0xf0 ? [command | low, a, b] : [command, a, b])),
  fc.tuple(fc.constantFrom(0xc0, 0xd0), fc.nat(15), seven).map(([command, low, a]) => [command | low, a]),
  sysex(fc.constantFrom(...known), 12),
  sysex(seven, 20),
  fc.nat(20).map((more) => [0xf0, 0x71, ...Array(97 + more).fill(0x41), 0xf7]),
  fc.array(
    fc.oneof(
      seven.filter((byte) => byte !== 0x21),
      fc.integer({ min: 0x80, max: 0xfe }),
    ),
    { maxLength: 12 },
  ),
  fc.array(character, { maxLength: 40 }),
  typed('help', '?', 'info', 'heddle 1 up', 'nonsense', ''),
  fc
    .tuple(fc.uint8Array({ minLength: 5, maxLength: 5 }), fc.nat(20), fc.nat(7), fc.nat(20))
    .map(([row, at, bit, length]) => {
      const frame = encodeHost('ROW', 9, { step: 2, row }, 0x4321);
      frame[at % frame.length] ^= 1 << bit;
      return [...frame.subarray(0, length)].map((byte) => (byte === 0xff || byte === 0x21 ? 0 : byte));
    }),
  fc.constantFrom([0xf7], [0xf0, 0xf7], [0xf0, 0xf0, 0xf0], [0xf9], [0xf1, 0xfe]),
);

/** A board whose line runs at this rate, from its settings. */
function at(baud: number, number: number): LoomOnABench {
  const first = new LoomOnABench().run(50);
  first.hello();
  first.set('baud', number);
  first.must('SAVE', {});
  first.run(100);
  return new LoomOnABench({ baud, eeprom: first.uno.eeprom }).run(50);
}

/** Sends items without a gap, never more than the window before the board has answered. */
function flood(loom: LoomOnABench, items: readonly (readonly number[])[]): number {
  let sent = 0;
  let open = 0;
  const silence = () => {
    // Reports that were asked for never fall silent; every answer is out after 300 ms.
    for (let before = -1, looks = 0; before !== loom.uno.counts.sent && looks < 10; looks++) {
      before = loom.uno.counts.sent;
      loom.run(30);
    }
    open = 0;
  };
  for (const bytes of items) {
    if (open + bytes.length >= window) silence();
    loom.uno.send(bytes);
    open += bytes.length;
    sent += bytes.length;
  }
  silence();
  loom.run(120);
  return sent;
}

const rates = [
  [57_600, 0],
  [115_200, 1],
  [250_000, 2],
] as const;

describe.each(rates)('at %i baud', (baud, number) => {
  it('everything at once leaves an idle board idle, whole and answering', () => {
    const loom = at(baud, number);
    let bytes = 0;
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 25 }), (items) => {
        bytes += flood(loom, items);
        loom.firmata.length = 0;
        // What the flood left to be reported would go on for ever.
        loom.uno.send([0xff, 0xf9]);
        loom.until(() => loom.firmata.some(([first]) => first === 0xf9), 'the version');
        loom.hello();
        expect(loom.status).toMatchObject({ state: 1, overruns: 0 });
        expect(loom.uno.counts.overruns).toBe(0);
        expect(loom.pulses.every((pulse) => pulse === 0)).toBe(true);
      }),
      { numRuns: 120 },
    );
    expect(bytes).toBeGreaterThan(5000);
  });

  it('and a shed that is held as it was', () => {
    const loom = at(baud, number);
    loom.hello();
    loom.arm().openShed(1, rowOf([3, 17]));
    loom.must('HOLD', { hands: 0 });
    const before = loom.pulses;
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 8 }), (items) => {
        flood(loom, items);
        expect(loom.status).toMatchObject({ state: 4, openStep: 1, waiting: 0, overruns: 0 });
        expect(loom.pulses).toEqual(before);
      }),
      { numRuns: 80 },
    );
  });
});
