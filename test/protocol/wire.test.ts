import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BoardFields,
  type BoardMessageName,
  crc16,
  decodeBoard,
  decodeHost,
  encodeBoard,
  encodeHost,
  type HostFields,
  type HostMessageName,
  nameOf,
  pack7,
  rowCrc,
  unpack7,
} from '../../protocol/wire';
import { boardMessages, hostMessages, type MessageSpec, states } from '../../protocol/wire.table';

const ascii = (text: string) => new TextEncoder().encode(text);
const inside = (frame: Uint8Array) => frame.subarray(2, -1);
const limits = { u8: 0xff, u16: 0xffff, u32: 0xffffffff };

/** Any values that a message's fields can have. */
function fieldsOf(spec: MessageSpec): fc.Arbitrary<Record<string, number | Uint8Array>> {
  return fc.record(
    Object.fromEntries(
      spec.fields.map(({ name, type }) => [
        name,
        type === 'bytes' ? fc.uint8Array({ maxLength: 16 }) : fc.integer({ min: 0, max: limits[type] }),
      ]),
    ),
  );
}

describe('crc16', () => {
  it('is CRC-16/MCRF4XX, whose check value is 0x6F91', () => {
    expect(crc16(ascii('123456789'), 0xffff)).toBe(0x6f91);
  });

  it('is its seed for no bytes', () => {
    expect(crc16([], 0x1234)).toBe(0x1234);
  });

  it('differs after any one flipped bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 32 }), fc.nat(), fc.nat(0xffff), (bytes, where, seed) => {
        const flipped = bytes.slice();
        flipped[(where >> 3) % bytes.length] ^= 1 << (where & 7);
        expect(crc16(flipped, seed)).not.toBe(crc16(bytes, seed));
      }),
    );
  });
});

describe('seven bits a byte', () => {
  it('packs least significant bits first, as Firmata’s Encoder7Bit does', () => {
    expect([...pack7(Uint8Array.of(0xff, 0x01))]).toEqual([0x7f, 0x03, 0x00]);
    expect([...pack7(Uint8Array.of(0x80))]).toEqual([0x00, 0x01]);
  });

  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const packed = pack7(bytes);
        expect(packed.every((byte) => byte < 0x80)).toBe(true);
        expect(unpack7(packed)).toEqual(bytes);
      }),
    );
  });
});

describe('messages', () => {
  it.each(Object.keys(hostMessages) as HostMessageName[])('%s of the host reads as it was written', (name) => {
    fc.assert(
      fc.property(fieldsOf(hostMessages[name]), fc.nat(255), fc.nat(0xffff), (fields, seq, seed) => {
        const frame = encodeHost(name, seq, fields as HostFields<typeof name>, seed);
        expect(decodeHost(inside(frame), seed)).toEqual({ name, seq, fields });
      }),
    );
  });

  it.each(Object.keys(boardMessages) as BoardMessageName[])('%s of the board reads as it was written', (name) => {
    fc.assert(
      fc.property(fieldsOf(boardMessages[name]), fc.nat(0xffff), (fields, seed) => {
        const frame = encodeBoard(name, fields as BoardFields<typeof name>, seed);
        expect(decodeBoard(inside(frame), seed)).toEqual({ name, fields });
      }),
    );
  });

  it('of another session are refused, except HELLO', () => {
    const press = encodeHost('PARK', 7, {}, 0x1111);
    expect(decodeHost(inside(press), 0x2222)).toBe('crc');
    const hello = encodeHost('HELLO', 0, { protocol: 1, nonce: 5 }, 0x1111);
    expect(decodeHost(inside(hello), 0x2222)).toMatchObject({ name: 'HELLO' });
  });

  it('with any one byte changed are not taken for another', () => {
    const frame = encodeHost('ROW', 9, { step: 300, row: Uint8Array.of(1, 2, 3, 4, 5) }, 0xbeef);
    for (let at = 2; at < frame.length - 1; at++)
      for (let value = 0; value < 0x80; value++) {
        if (value === frame[at]) continue;
        const changed = frame.slice();
        changed[at] = value;
        const decoded = decodeHost(inside(changed), 0xbeef);
        // The last packed byte has spare bits that carry nothing.
        if (typeof decoded !== 'string') expect(at).toBe(frame.length - 2);
        if (typeof decoded !== 'string') expect(decoded).toEqual(decodeHost(inside(frame), 0xbeef));
      }
  });

  it('say what is wrong with them', () => {
    const wrap = (body: number[]) => {
      const crc = crc16(body, 0xbeef);
      return pack7(Uint8Array.from([...body, crc & 0xff, crc >> 8]));
    };
    expect(decodeHost(wrap([]), 0xbeef)).toBe('short');
    expect(decodeHost(wrap([hostMessages.OPEN.code, 1, 5]), 0xbeef)).toBe('length');
    expect(decodeHost(wrap([0x7e, 1]), 0xbeef)).toBe('unknown');
    expect(decodeBoard(wrap([boardMessages.ACK.code, 1]), 0xbeef)).toBe('length');
  });

  it('never make the decoder throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(0xffff), (bytes, seed) => {
        decodeHost(bytes, seed);
        decodeBoard(bytes, seed);
      }),
    );
  });

  it('carry a row of 40 heddles in 16 bytes', () => {
    expect(encodeHost('ROW', 1, { step: 1, row: new Uint8Array(5).fill(0xff) }, 1)).toHaveLength(16);
  });
});

it('a row’s CRC covers its step', () => {
  const row = Uint8Array.of(1, 2, 3);
  expect(rowCrc(1, row)).not.toBe(rowCrc(2, row));
  expect(rowCrc(0x3231, ascii('3456789'))).toBe(0x6f91);
});

it('a code has a name, or says that it has none', () => {
  expect(nameOf(states, 3)).toBe('weaving');
  expect(nameOf(states, 99)).toBe('unknown (99)');
});
