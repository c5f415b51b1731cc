/**
 * johnny-five as a guest on our transport: it reads and writes there, and we open and close the port, because its own boards
 * can do that only once.
 */
import { EventEmitter, once } from 'node:events';
import { stopByte } from '../../../protocol/wire.table';
import type { Transport } from '../transport';
import { Echo } from './echo';
import { type Board, type FirmataClient, type JohnnyFive, loadFirmata, loadJohnnyFive } from './johnny-five';

/** What firmata-io calls a transport, on ours. */
class GuestWire extends EventEmitter {
  readonly isOpen = true;
  bytes = 0;
  private readonly onBytes = (bytes: Uint8Array) => this.emit('data', bytes);

  constructor(private readonly transport: Transport) {
    super();
    transport.on('bytes', this.onBytes);
  }

  write(bytes: ArrayLike<number>, done?: () => void): void {
    this.bytes += bytes.length;
    this.transport.write(Uint8Array.from(bytes));
    done?.();
  }

  leave(): void {
    this.transport.off('bytes', this.onBytes);
    this.write = () => {};
  }
}

/** Contacts to ground by port, and the mode that each pin was given: what has to be said again after a reset of the pins. */
class PinBook {
  /** bits of a port whose pins are inputs with a pull-up that a written level keeps on */
  readonly pulledUp: number[] = [];
  readonly modes = new Map<number, number>();
  readonly contacts: number[] = [];
}

export class Guest {
  private constructor(
    private readonly wire: GuestWire,
    readonly five: JohnnyFive,
    readonly board: Board,
    readonly echo: Echo,
    private readonly book: PinBook,
  ) {}

  get io(): FirmataClient {
    return this.board.io;
  }

  get bytesSent(): number {
    return this.wire.bytes;
  }

  /** Moves in: asks version, pins and modes, which the board must answer. */
  static async start(transport: Transport): Promise<Guest> {
    const wire = new GuestWire(transport);
    const book = new PinBook();
    const Firmata = loadFirmata();
    const io = new (class extends Firmata {
      override pinMode(pin: number, mode: number): void {
        book.modes.set(pin, mode);
        super.pinMode(pin, mode);
      }

      /** A port's low bit takes the pull-up of an input away, and firmata-io keeps what it has *read* in the same bits. */
      override writeDigitalPort(port: number): void {
        this.ports[port] |= book.pulledUp[port] ?? 0;
        super.writeDigitalPort(port);
      }
    })(wire, { reportVersionTimeout: 0 });
    const ready = once(io, 'ready');
    wire.emit('open');
    await ready;
    const five = loadJohnnyFive();
    const board = new five.Board({ io, repl: false, debug: false, sigint: false });
    await once(board, 'ready');
    return new Guest(wire, five, board, new Echo(transport, io), book);
  }

  /** Hears nothing and writes nothing any more. */
  leave(): void {
    this.echo.end();
    this.wire.leave();
  }

  /** A contact to ground: the pin is an input that the board's own resistor pulls up. */
  watchContact(pin: number, heard: (closed: boolean) => void): void {
    const { io, book } = this;
    book.contacts.push(pin);
    this.pullUp(pin);
    io.digitalRead(pin, (level) => heard(level === 0));
  }

  /** Firmata's system reset, which every pin forgets its use by; all but the servos get it back. */
  resetPins(): void {
    const { io, book } = this;
    this.wire.write([stopByte]);
    for (const [pin, mode] of book.modes) if (!book.contacts.includes(pin)) io.pinMode(pin, mode);
    for (const pin of book.contacts) {
      this.pullUp(pin);
      io.reportDigitalPin(pin, 1);
    }
  }

  /** StandardFirmata has no mode for that before version 2.5; a level written to an input does it as well. */
  private pullUp(pin: number): void {
    const { io, book } = this;
    const port = pin >> 3;
    book.pulledUp[port] = (book.pulledUp[port] ?? 0) | (1 << (pin & 7));
    if (io.pins[pin].supportedModes.includes(io.MODES.PULLUP)) io.pinMode(pin, io.MODES.PULLUP);
    else {
      io.pinMode(pin, io.MODES.INPUT);
      io.digitalWrite(pin, 1);
    }
  }
}
