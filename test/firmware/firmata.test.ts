import { describe, expect, it } from 'vitest';
import { LoomOnABench, rowOf } from './loom-on-a-bench';

function board(): LoomOnABench {
  const loom = new LoomOnABench().run(50);
  return loom;
}

/** The next Firmata message after sending these bytes. */
function reply(loom: LoomOnABench, bytes: number[]): number[] {
  loom.firmata.length = 0;
  loom.uno.send(bytes);
  loom.until(() => loom.firmata.length > 0, 'a Firmata answer');
  loom.run(80);
  return loom.firmata[0];
}

const text = (message: number[]) =>
  message
    .slice(2, -1)
    .reduce((all, low, i, bytes) => (i % 2 ? all : all + String.fromCharCode(low | (bytes[i + 1] << 7))), '');
const i2cWrite = (address: number) => [0xf0, 0x76, address, 0, 0x06, 0, 0xf7];

describe('the Firmata face', () => {
  it('says its version and name at boot and when asked', () => {
    const loom = board();
    expect(loom.firmata.map(([first, second]) => (first === 0xf0 ? second : first))).toEqual([0xf9, 0x79]);
    expect(reply(loom, [0xf9])).toEqual([0xf9, 2, 7]);
    const name = reply(loom, [0xf0, 0x79, 0xf7]);
    expect(text([0xf0, 0x79, ...name.slice(4)])).toBe('loom-uno');
  });

  it('reports no modes for pins that the loom owns', () => {
    const loom = board();
    const pins: number[][] = [[]];
    for (const byte of reply(loom, [0xf0, 0x6b, 0xf7]).slice(2, -1)) {
      if (byte === 0x7f) pins.push([]);
      else pins.at(-1)?.push(byte);
    }
    pins.pop();
    expect(pins).toHaveLength(20);
    const free = [...pins.keys()].filter((pin) => pins[pin].length > 0);
    expect(free).toEqual([6, 7, 8, 9, 12, 14, 15, 16, 17]);
    expect(pins[14]).toEqual([0, 1, 1, 1, 2, 10, 4, 14, 11, 1]);
    const mapping = reply(loom, [0xf0, 0x69, 0xf7]).slice(2, -1);
    expect(mapping).toEqual([...Array(14).fill(0x7f), 0, 1, 2, 3, 0x7f, 0x7f]);
  });

  it('sets and reads the free pins', () => {
    const loom = board();
    loom.uno.send([0xf4, 8, 1, 0xf5, 8, 1]);
    loom.run(30);
    expect(loom.uno.pins.isHigh(8)).toBe(true);
    expect(reply(loom, [0xf0, 0x6d, 8, 0xf7])).toEqual([0xf0, 0x6e, 8, 1, 1, 0, 0xf7]);
    loom.uno.send([0x91, 0, 0]);
    loom.run(30);
    expect(loom.uno.pins.isHigh(8)).toBe(false);
    loom.uno.send([0xf4, 7, 11]);
    loom.uno.pins.drive(7, true);
    expect(reply(loom, [0xd0, 1])).toMatchObject({ 0: 0x90, 2: 1 });
    loom.firmata.length = 0;
    loom.uno.pins.drive(7, false);
    loom.run(60);
    expect(loom.firmata).toMatchObject([{ 0: 0x90, 2: 0 }]);
  });

  it('does not touch the loom’s own pins', () => {
    const loom = board();
    loom.hello();
    loom.arm();
    loom.uno.send([0xf4, 5, 1, 0xf5, 5, 1, 0x90, 0x7f, 1, 0xe5, 0, 1, 0xf0, 0x70, 5, 0, 4, 0, 8, 0xf7]);
    loom.run(100);
    expect(loom.uno.pins.isHigh(5)).toBe(false);
    expect(loom.uno.parts.boards[0].pulsing(0)).toBe(true);
    expect(reply(loom, [0xf0, 0x6d, 5, 0xf7])).toEqual([0xf0, 0x6e, 5, 0x7f, 0, 0, 0xf7]);
  });

  it('drives a servo on a free pin', () => {
    const loom = board();
    loom.uno.send([0xf4, 9, 4, 0xe9, ...[1500 & 0x7f, 1500 >> 7]]);
    loom.run(60);
    expect(reply(loom, [0xf0, 0x6d, 9, 0xf7])).toEqual([0xf0, 0x6e, 9, 4, 1500 & 0x7f, 1500 >> 7, 0xf7]);
  });

  it.each([0x00, 0x70, 0x40, 0x41, 0x42])('refuses the I2C address %i, armed or not', (address) => {
    const loom = board();
    const bytes = loom.uno.parts.bus.bytes;
    expect(text(reply(loom, i2cWrite(address)))).toMatch(/refused/);
    expect(loom.uno.parts.bus.bytes).toBe(bytes);
    loom.hello();
    loom.arm();
    expect(text(reply(loom, i2cWrite(address)))).toMatch(/refused/);
  });

  it('passes other I2C addresses through', () => {
    const loom = board();
    const refused = loom.uno.parts.bus.refusals;
    loom.uno.send(i2cWrite(0x20));
    loom.run(30);
    expect(loom.uno.parts.bus.refusals).toBe(refused + 1);
    expect(text(reply(loom, [0xf0, 0x76, 0x20, 0x08, 1, 0, 2, 0, 0xf7]))).toMatch(/no answer/);
    expect(loom.firmata[1]).toEqual([0xf0, 0x77, 0x20, 0, 1, 0, 0xf7]);
    loom.hello();
    loom.arm().openShed(1, rowOf([1]));
  });

  it('answers what is empty, too long or unknown, and obeys none of it', () => {
    const loom = board();
    expect(text(reply(loom, [0xf0, 0xf7]))).toMatch(/not obeyed/);
    expect(text(reply(loom, [0xf0, 0x71, ...Array(100).fill(1), 0xf7]))).toMatch(/not obeyed/);
    expect(text(reply(loom, [0xf0, 0x5e, 1, 2, 0xf7]))).toMatch(/not obeyed/);
    expect(text(reply(loom, [0xf0, 0x6d, 0xf7]))).toMatch(/not obeyed/);
  });

  it('takes FF in idle for a reset of the free pins', () => {
    const loom = board();
    loom.uno.send([0xf4, 8, 1, 0xf5, 8, 1]);
    loom.run(20);
    loom.uno.send([0xff]);
    loom.run(20);
    expect(loom.uno.pins.isHigh(8)).toBe(false);
    loom.hello();
    expect(loom.state).toBe('idle');
  });
});
