/** The table's messages to bytes and back: pure, for both ends of the wire. */

import {
  boardMessages,
  type FieldSpec,
  helloSeed,
  hostMessages,
  loomSysex,
  type MessageSpec,
  type states,
} from './wire.table';

type Value<T> = T extends 'bytes' ? Uint8Array : number;
type Fields<M extends MessageSpec> = { [F in M['fields'][number] as F['name']]: Value<F['type']> };

export type HostMessages = typeof hostMessages;
export type BoardMessages = typeof boardMessages;
export type HostMessageName = keyof HostMessages;
export type BoardMessageName = keyof BoardMessages;
export type HostFields<N extends HostMessageName> = Fields<HostMessages[N]>;
export type BoardFields<N extends BoardMessageName> = Fields<BoardMessages[N]>;
export type StateName = keyof typeof states;

/** A decoded frame: a union over the message's name, `seq` being 0 where the table has none. */
export type HostFrame = { [N in HostMessageName]: { name: N; seq: number; fields: HostFields<N> } }[HostMessageName];
export type BoardFrame = { [N in BoardMessageName]: { name: N; fields: BoardFields<N> } }[BoardMessageName];

/**
 * CRC-16/MCRF4XX (reflected polynomial 0x8408, no final XOR), which avr-libc calls `_crc_ccitt_update`.
 * @param seed 0xFFFF for HELLO and row CRCs, else the session
 */
export function crc16(bytes: Iterable<number>, seed: number): number {
  let crc = seed;
  for (const byte of bytes) {
    let d = (byte ^ crc) & 0xff;
    d = (d ^ (d << 4)) & 0xff;
    crc = ((d << 8) | (crc >> 8)) ^ (d >> 4) ^ (d << 3);
    crc &= 0xffff;
  }
  return crc;
}

/** Packs 8-bit bytes into 7-bit ones, least significant bits first (Firmata's Encoder7Bit). */
export function pack7(bytes: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil((bytes.length * 8) / 7));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    while (bits >= 7) {
      packed[at++] = held & 0x7f;
      held >>= 7;
      bits -= 7;
    }
  }
  if (bits > 0) packed[at] = held & 0x7f;
  return packed;
}

/** Undoes `pack7`; bits that fill no whole byte are left out. */
export function unpack7(packed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.floor((packed.length * 7) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const seven of packed) {
    held |= (seven & 0x7f) << bits;
    bits += 7;
    if (bits >= 8) {
      bytes[at++] = held & 0xff;
      held >>= 8;
      bits -= 8;
    }
  }
  return bytes;
}

const sizes = { u8: 1, u16: 2, u32: 4 } as const;

function writeFields(specs: readonly FieldSpec[], fields: Record<string, number | Uint8Array>, out: number[]): void {
  for (const { name, type } of specs) {
    const value = fields[name];
    if (type === 'bytes') out.push(...(value as Uint8Array));
    else for (let i = 0; i < sizes[type]; i++) out.push(((value as number) >>> (8 * i)) & 0xff);
  }
}

function readFields(specs: readonly FieldSpec[], body: Uint8Array): Record<string, number | Uint8Array> | null {
  const fields: Record<string, number | Uint8Array> = {};
  let at = 0;
  for (const { name, type } of specs) {
    if (type === 'bytes') {
      fields[name] = body.slice(at);
      at = body.length;
      continue;
    }
    if (at + sizes[type] > body.length) return null;
    let value = 0;
    for (let i = 0; i < sizes[type]; i++) value += body[at++] * 2 ** (8 * i);
    fields[name] = value;
  }
  return at === body.length ? fields : null;
}

function sysex(body: number[], seed: number): Uint8Array {
  const crc = crc16(body, seed);
  const packed = pack7(Uint8Array.from([...body, crc & 0xff, crc >> 8]));
  return Uint8Array.from([0xf0, loomSysex, ...packed, 0xf7]);
}

/** A whole host frame, `F0 0C … F7`. `seed` is the session, or `helloSeed` for HELLO. */
export function encodeHost<N extends HostMessageName>(
  name: N,
  seq: number,
  fields: HostFields<N>,
  seed: number,
): Uint8Array {
  const spec: MessageSpec = hostMessages[name];
  const body = [spec.code, seq & 0xff];
  writeFields(spec.fields, fields as Record<string, number | Uint8Array>, body);
  return sysex(body, name === 'HELLO' ? helloSeed : seed);
}

/** A whole board frame; what the firmware does in C++, for tests of the host and of both ends of the packing. */
export function encodeBoard<N extends BoardMessageName>(name: N, fields: BoardFields<N>, seed: number): Uint8Array {
  const spec: MessageSpec = boardMessages[name];
  const body: number[] = [spec.code];
  writeFields(spec.fields, fields as Record<string, number | Uint8Array>, body);
  return sysex(body, name === 'HELLO' ? helloSeed : seed);
}

/** Why a loom frame was not understood. */
export type WireError = 'short' | 'crc' | 'unknown' | 'length';

function open(packed: Uint8Array, seed: number, hello: number): Uint8Array | WireError {
  const body = unpack7(packed);
  if (body.length < 3) return 'short';
  const crc = body[body.length - 2] | (body[body.length - 1] << 8);
  const content = body.subarray(0, -2);
  return crc16(content, content[0] === hello ? helloSeed : seed) === crc ? content : 'crc';
}

/**
 * Decodes the inside of a loom sysex (the bytes between `0C` and `F7`) sent by the board.
 * @param seed the session; HELLO is always checked with its own seed
 */
export function decodeBoard(packed: Uint8Array, seed: number): BoardFrame | WireError {
  const content = open(packed, seed, boardMessages.HELLO.code);
  if (typeof content === 'string') return content;
  for (const [name, spec] of Object.entries(boardMessages)) {
    if (spec.code !== content[0]) continue;
    const fields = readFields(spec.fields, content.subarray(1));
    return fields ? ({ name, fields } as unknown as BoardFrame) : 'length';
  }
  return 'unknown';
}

/** Decodes the inside of a loom sysex sent by a host. */
export function decodeHost(packed: Uint8Array, seed: number): HostFrame | WireError {
  const content = open(packed, seed, hostMessages.HELLO.code);
  if (typeof content === 'string') return content;
  for (const [name, spec] of Object.entries(hostMessages)) {
    if (spec.code !== content[0]) continue;
    const fields = readFields(spec.fields, content.subarray(2));
    return fields ? ({ name, seq: content[1], fields } as unknown as HostFrame) : 'length';
  }
  return 'unknown';
}

/** The CRC that stands for a step and its row wherever the place is told. */
export function rowCrc(step: number, row: Uint8Array): number {
  return crc16([step & 0xff, step >> 8, ...row], 0xffff);
}

/** The name of a code in one of the table's lists, or `unknown (n)`. */
export function nameOf<T extends Record<string, { code: number }>>(list: T, code: number): keyof T & string {
  for (const [name, entry] of Object.entries(list)) if (entry.code === code) return name as keyof T & string;
  return `unknown (${code})` as keyof T & string;
}
