/** The bytes that firmata-io puts on the wire for a row of servos: what our ROW is compared with. */
import { EventEmitter } from 'node:events';

interface FirmataClient {
  readonly pins: { supportedModes: number[]; mode: number; value: number }[];
  servoWrite(pin: number, value: number): void;
  i2cConfig(): void;
  i2cWrite(address: number, bytes: number[]): void;
}

class Counter extends EventEmitter {
  bytes = 0;
  write(bytes: ArrayLike<number>): void {
    this.bytes += bytes.length;
  }
}

/** One message a heddle: servo positions by pin, and five bytes of a PCA9685 channel (as johnny-five writes it). */
export function firmataBytes(heddles: number): { servo: number; pca9685: number } {
  const { Firmata } = require('firmata-io') as { Firmata: new (transport: Counter, options: object) => FirmataClient };
  const wire = new Counter();
  const client = new Firmata(wire, { skipCapabilities: true, reportVersionTimeout: 0 });
  for (let pin = 0; pin < heddles; pin++) client.pins[pin] = { supportedModes: [4], mode: 4, value: 0 };
  client.i2cConfig();
  const count = (write: (heddle: number) => void) => {
    wire.bytes = 0;
    for (let heddle = 0; heddle < heddles; heddle++) write(heddle);
    return wire.bytes;
  };
  return {
    servo: count((heddle) => client.servoWrite(heddle, heddle % 2 ? 120 : 60)),
    pca9685: count((heddle) => client.i2cWrite(0x40 + (heddle >> 4), [6 + 4 * (heddle & 15), 0, 0, 44, 1])),
  };
}
