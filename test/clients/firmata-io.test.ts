/** firmata-io, unmodified and with its own defaults, uses the pins and the bus that the loom leaves free. */
import { once } from 'node:events';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LoomOnABench } from '../firmware/loom-on-a-bench';
import { Firmata, type FirmataClient, firmataOn } from './firmata-io';
import { LiveBoard } from './live-board';
import { Probe } from './probe';

let board: LiveBoard;
let client: FirmataClient;
beforeEach(() => {
  board = new LiveBoard();
});
afterEach(() => board.stop());

async function connect(): Promise<void> {
  client = new Firmata(board.port());
  await once(client, 'ready');
}
const pinState = (pin: number) => new Promise<void>((heard) => client.queryPinState(pin, heard));
const told = async () => String((await once(client, 'string'))[0]);

describe('firmata-io and the pins', () => {
  beforeEach(connect);

  it('learns what every free pin can do, and that the rest are not its own', () => {
    const { MODES } = client;
    expect(client.firmware).toMatchObject({ name: 'loom-uno' });
    expect(client.version).toEqual({ major: 2, minor: 7 });
    const digital = [MODES.INPUT, MODES.OUTPUT, MODES.SERVO, MODES.PULLUP];
    const modes = client.pins.map(({ supportedModes }) => new Set(supportedModes));
    for (const pin of [7, 8, 9]) expect(modes[pin]).toEqual(new Set(digital));
    for (const pin of [14, 15, 16, 17]) expect(modes[pin]).toEqual(new Set([...digital, MODES.ANALOG]));
    expect(modes[6]).toEqual(new Set([...digital, MODES.PWM]));
    // MISO is an input while the SPI drives the strip.
    expect(modes[12]).toEqual(new Set([MODES.INPUT, MODES.PULLUP]));
    for (const pin of [0, 1, 2, 3, 4, 5, 10, 11, 13, 18, 19]) expect(modes[pin]).toEqual(new Set());
    expect(client.analogPins).toEqual([14, 15, 16, 17]);
    expect(client.RESOLUTION).toMatchObject({ ADC: 1023, PWM: 255 });
  });

  it('writes a digital pin and asks it back', async () => {
    client.pinMode(7, client.MODES.OUTPUT);
    client.digitalWrite(7, 1);
    await board.until(() => board.uno.pins.isHigh(7), 'a high pin 7');
    await pinState(7);
    expect(client.pins[7]).toMatchObject({ mode: client.MODES.OUTPUT, state: 1 });
  });

  it('hears every change of an input, with the pull-up that a write of 1 puts on', async () => {
    client.pinMode(8, client.MODES.INPUT);
    client.digitalWrite(8, 1);
    await pinState(8);
    expect(client.pins[8]).toMatchObject({ mode: client.MODES.INPUT, state: 1 });
    const heard: number[] = [];
    client.digitalRead(8, (value) => heard.push(value));
    await board.until(() => heard.length === 1, 'the level');
    board.uno.pins.drive(8, false);
    await board.until(() => heard.length === 2, 'the fall');
    board.uno.pins.drive(8, true);
    await board.until(() => heard.length === 3, 'the rise');
    expect(heard).toEqual([1, 0, 1]);
  });

  it('reads volts on several channels at once, at its own interval', async () => {
    const last: number[] = [];
    const times: number[] = [];
    board.uno.analog(0, 1.25);
    board.uno.analog(3, 5);
    client.setSamplingInterval(100);
    client.analogRead(0, (value) => {
      last[0] = value;
      times.push(board.uno.nowMs);
    });
    client.analogRead(3, (value) => {
      last[3] = value;
    });
    await board.until(() => times.length >= 6, 'six samples');
    expect(last[0]).toBeCloseTo((1.25 / 5) * 1024, -1);
    expect(last[3]).toBe(1023);
    const apart = times.slice(1).map((at, i) => at - times[i]);
    expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeGreaterThan(70);
  });

  it.each([0, 1, 64, 128, 254, 255])('dims pin 6 to %i of 255', async (value) => {
    client.pinMode(6, client.MODES.PWM);
    client.pwmWrite(6, value);
    await pinState(6);
    expect(client.pins[6].state).toBe(value);
    // Fast PWM is high for one tick more than it was told (§15.7.3).
    expect(await board.duty(6)).toBeCloseTo(value === 0 ? 0 : (value + 1) / 256, 2);
  });

  it('leaves PWM behind when the pin becomes something else', async () => {
    client.pinMode(6, client.MODES.PWM);
    client.pwmWrite(6, 100);
    client.pinMode(6, client.MODES.OUTPUT);
    client.digitalWrite(6, 1);
    await pinState(6);
    expect(await board.duty(6)).toBe(1);
    client.digitalWrite(6, 0);
    await pinState(6);
    expect(await board.duty(6)).toBe(0);
  });

  it.each([
    ['0°', 0, 544],
    ['90°', 90, 1472],
    ['180°', 180, 2400],
    ['a width', 1700, 1700],
    ['a width beyond its range', 9000, 2400],
  ])('turns a servo to %s', async (_, value, us) => {
    const probe = new Probe(board.uno, 9);
    client.pinMode(9, client.MODES.SERVO);
    client.servoWrite(9, value);
    await board.until(() => Math.abs(probe.pulse - us) < 2, `a pulse of ${us} µs`);
  });

  it('turns a servo in the range that it configured', async () => {
    const probe = new Probe(board.uno, 9);
    client.servoConfig(9, 1000, 2000);
    for (const [degrees, us] of [
      [0, 1000],
      [45, 1250],
      [180, 2000],
    ]) {
      client.servoWrite(9, degrees);
      await board.until(() => Math.abs(probe.pulse - us) < 2, `a pulse of ${us} µs`);
    }
  });

  it('is told why when it asks for what cannot be', async () => {
    let words = told();
    client.pinMode(7, client.MODES.PWM);
    expect(await words).toMatch(/cannot do that/);
    words = told();
    client.pinMode(5, client.MODES.OUTPUT);
    expect(await words).toMatch(/is the loom's/);
    await pinState(5);
    expect(client.pins[5].mode).toBe(client.MODES.IGNORE);
  });

  it('may send the board a string, and may reset its pins', async () => {
    client.sendString('Good morning');
    client.pinMode(7, client.MODES.OUTPUT);
    client.digitalWrite(7, 1);
    await board.until(() => board.uno.pins.isHigh(7), 'a high pin 7');
    client.reset();
    await board.until(() => !board.uno.pins.isHigh(7), 'pin 7 let go');
    await pinState(7);
    expect(client.pins[7]).toMatchObject({ mode: client.MODES.INPUT, state: 0 });
  });
});

describe('firmata-io and the I²C bus', () => {
  beforeEach(connect);

  it('writes and reads the registers of a board of its own', async () => {
    const visitor = board.visitor(0x55);
    client.i2cConfig();
    client.i2cWriteReg(0x55, 0x00, 0x20);
    client.i2cWrite(0x55, [0x06, 1, 2, 3, 4]);
    const bytes = await new Promise<number[]>((heard) => client.i2cReadOnce(0x55, 0x06, 4, heard));
    expect(bytes).toEqual([1, 2, 3, 4]);
    expect(visitor.register(0x09)).toBe(4);
    // Without a register it reads on from where it stands.
    client.i2cWrite(0x55, [0x07]);
    expect(await new Promise<number[]>((heard) => client.i2cReadOnce(0x55, 2, heard))).toEqual([2, 3]);
  });

  it('waits as long as it was told between a register and its bytes', async () => {
    board.visitor(0x55);
    client.i2cConfig({ delay: 100 });
    client.i2cWriteReg(0x55, 0x00, 0x20);
    expect(await new Promise<number[]>((heard) => client.i2cReadOnce(0x55, 0x00, 1, heard))).toEqual([0x20]);
  });

  it('reads over and over until it says stop', async () => {
    board.visitor(0x55);
    client.i2cConfig();
    client.i2cWriteReg(0x55, 0x00, 0x20);
    const pairs: number[][] = [];
    const modes: number[][] = [];
    client.i2cRead(0x55, 0x06, 2, (bytes) => pairs.push(bytes));
    client.i2cRead(0x55, 0x00, 1, (bytes) => modes.push(bytes));
    await board.until(() => pairs.length >= 3 && modes.length >= 3, 'three answers each');
    expect(modes.every(([mode]) => mode === 0x20)).toBe(true);
    client.i2cWriteReg(0x55, 0x06, 77);
    await board.until(() => pairs.at(-1)?.[0] === 77, 'the new value');
    client.i2cStop(0x55);
    await pinState(7);
    const { bytes } = board.uno.parts.bus;
    const at = board.uno.nowMs;
    await board.until(() => board.uno.nowMs > at + 100, '100 ms');
    expect(board.uno.parts.bus.bytes).toBe(bytes);
  });

  it('is told once that nobody answers', async () => {
    client.i2cConfig();
    const words = told();
    const bytes = await new Promise<number[]>((heard) => client.i2cReadOnce(0x33, 1, 2, heard));
    expect(bytes).toEqual([]);
    expect(await words).toMatch(/no answer/);
  });

  it.each([0x00, 0x40, 0x42, 0x70])('is refused the address %i', async (address) => {
    client.i2cConfig();
    const { bytes } = board.uno.parts.bus;
    const words = told();
    client.i2cWrite(address, [0, 0]);
    expect(await words).toMatch(/refused/);
    expect(board.uno.parts.bus.bytes).toBe(bytes);
  });
});

describe('firmata-io on a serial port', () => {
  it('opens it at its own rate, waits for the reset, and is ready', async () => {
    board.stop();
    board = new LiveBoard('optiboot');
    const path = await board.pseudoTerminal();
    class Port extends SerialPort {
      constructor(path: string, options: { baudRate: number }) {
        super({ path, ...options });
      }
    }
    const Client = firmataOn(Port);
    client = new Client(path);
    await once(client, 'ready');
    expect(board.uno.line.baud).toBe(57_600);
    client.pinMode(7, client.MODES.OUTPUT);
    client.digitalWrite(7, 1);
    await board.until(() => board.uno.pins.isHigh(7), 'a high pin 7');
    const port = (client as unknown as { transport: SerialPort }).transport;
    await new Promise<void>((closed) => port.close(() => closed()));
  });
});

describe('what a client made of a pin', () => {
  it('ends when a setting gives the pin to the loom', () => {
    const loom = new LoomOnABench().run(50);
    const probe = new Probe(loom.uno, 6);
    loom.uno.send([0xf4, 6, 3, 0xe6, 127, 0]);
    loom.run(100);
    expect(probe.pulse).toBeGreaterThan(0);
    loom.hello();
    loom.set('hands.fitted', 1);
    loom.run(500);
    probe.again();
    loom.run(200);
    expect(probe.duty).toBe(0);
    expect(loom.status.state).toBe(1);
  });

  it('ends with a reset that makes the pin a heddle’s', () => {
    const loom = new LoomOnABench().run(50);
    const probe = new Probe(loom.uno, 9);
    loom.uno.send([0xf4, 9, 4, 0xe9, 1500 & 0x7f, 1500 >> 7]);
    loom.run(100);
    expect(probe.pulse).toBeCloseTo(1500, 0);
    loom.hello();
    loom.set('outputs', 1);
    loom.set('heddles', 12);
    loom.must('SAVE', {});
    loom.uno.reset();
    probe.again();
    loom.run(200);
    expect(probe.duty).toBe(0);
  });
});
