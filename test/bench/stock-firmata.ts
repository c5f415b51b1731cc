/** The bytes that other clients put on the wire for a row in which every heddle moves: what our ROW is compared with. */
import { EventEmitter, once } from 'node:events';
import { type FirmataClient, loadFirmata, loadJohnnyFive } from '../../host/board/stock/johnny-five';

class Counter extends EventEmitter {
  readonly isOpen = true;
  bytes = 0;
  write(bytes: ArrayLike<number>): void {
    this.bytes += bytes.length;
  }
}

const perBoard = 16;
type AnyBoard = new (
  wire: Counter,
  options: object,
) => FirmataClient & { servoWrite(pin: number, degrees: number): void };

/**
 * @returns bytes of a servo message a heddle from firmata-io (with as many pins as that takes: no Arduino has them), and of
 *   johnny-five's Servos on PCA9685 boards
 */
export async function firmataBytes(heddles: number): Promise<{ servo: number; pca9685: number }> {
  const wire = new Counter();
  const pins = Array.from({ length: Math.max(heddles, 20) }, () => ({ supportedModes: [4], mode: 4, value: 0 }));
  const Firmata = loadFirmata() as unknown as AnyBoard;
  const io = new Firmata(wire, { skipCapabilities: true, reportVersionTimeout: 1, pins, analogPins: [] });
  const five = loadJohnnyFive();
  const board = new five.Board({ io, repl: false, debug: false, sigint: false });
  const ready = once(board, 'ready');
  // Version 2.5 and a firmware without a name: what a board says of itself at the start.
  setImmediate(() => {
    wire.emit('open');
    wire.emit('data', [0xf9, 2, 5, 0xf0, 0x79, 2, 5, 0xf7]);
  });
  await ready;
  const count = (write: (heddle: number) => void) => {
    wire.bytes = 0;
    for (let heddle = 0; heddle < heddles; heddle++) write(heddle);
    return wire.bytes;
  };
  const servo = count((heddle) => io.servoWrite(heddle, heddle % 2 ? 120 : 60));
  const range = { degreeRange: [0, 180], range: [0, 180], pwmRange: [600, 2400] } as const;
  const servos = pins.slice(0, heddles).map((_, heddle) => {
    const place = { address: 0x40 + Math.floor(heddle / perBoard), pin: heddle % perBoard };
    return new five.Servo({ board, controller: 'PCA9685', ...range, ...place });
  });
  return { servo, pca9685: count((heddle) => servos[heddle].to(heddle % 2 ? 120 : 60)) };
}
