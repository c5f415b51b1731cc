/** A third party's client, unmodified and with its own defaults, uses the pins that the loom leaves free. */
import { EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatedTransport } from '../../host/emulator/emulated-transport';
import { pinMaps } from '../../protocol/wire.table';

interface FirmataClient extends EventEmitter {
  readonly firmware: { name: string };
  readonly MODES: Record<'INPUT' | 'OUTPUT' | 'ANALOG' | 'SERVO' | 'PULLUP', number>;
  readonly pins: { supportedModes: number[]; state: number }[];
  pinMode(pin: number, mode: number): void;
  digitalWrite(pin: number, value: number): void;
  digitalRead(pin: number, heard: (value: number) => void): void;
  analogRead(channel: number, heard: (value: number) => void): void;
  servoWrite(pin: number, degrees: number): void;
  queryPinState(pin: number, heard: () => void): void;
  i2cConfig(): void;
  i2cWrite(address: number, bytes: number[]): void;
}
const { Firmata } = createRequire(__filename)('firmata-io') as { Firmata: new (wire: EventEmitter) => FirmataClient };

/** What firmata-io calls a transport, on ours. */
class Wire extends EventEmitter {
  readonly isOpen = true;
  constructor(private readonly transport: EmulatedTransport) {
    super();
    transport.on('bytes', (bytes) => this.emit('data', Buffer.from(bytes)));
  }
  write(bytes: ArrayLike<number>, done?: () => void): void {
    this.transport.write(Uint8Array.from(bytes));
    done?.();
  }
}

describe('firmata-io', () => {
  let transport: EmulatedTransport;
  let client: FirmataClient;
  beforeEach(async () => {
    transport = new EmulatedTransport({ wiring: { outputs: 'pca9685', heddles: 40, leds: 40 }, pace: 'real' });
    await transport.start();
    const wire = new Wire(transport);
    client = new Firmata(wire);
    wire.emit('open');
    await once(client, 'ready');
  });
  afterEach(() => transport.stop());

  it('is ready, knows the firmware, and sees no modes on the pins that the loom owns', () => {
    expect(client.firmware.name).toBe('loom-uno');
    const { treadle, estop, back, oe, i2c, leds } = pinMaps['exhibition-40'];
    for (const pin of [treadle, estop, back, oe, ...i2c, ...leds]) expect(client.pins[pin].supportedModes).toEqual([]);
    expect(client.pins[7].supportedModes).toContain(client.MODES.SERVO);
    // MISO is an input while the SPI drives the strip.
    expect(client.pins[12].supportedModes).not.toContain(client.MODES.OUTPUT);
  });

  it('writes and reads free pins', async () => {
    client.pinMode(6, client.MODES.OUTPUT);
    client.digitalWrite(6, 1);
    await new Promise<void>((heard) => client.queryPinState(6, heard));
    expect(client.pins[6].state).toBe(1);
    client.pinMode(7, client.MODES.PULLUP);
    expect(await new Promise((heard) => client.digitalRead(7, heard))).toBe(1);
    client.pinMode(1, client.MODES.ANALOG);
    expect(await new Promise((heard) => client.analogRead(1, heard))).toBe(0);
  });

  it('is told in words that the heddles’ I2C boards are not its own', async () => {
    client.i2cConfig();
    const told = once(client, 'string');
    client.i2cWrite(0x40, [0, 0]);
    expect(String((await told)[0])).toMatch(/\w+ \w+/);
  });
});
