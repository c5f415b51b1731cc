/**
 * johnny-five as a guest on our transport: it reads and writes there, and we open and close the port, because its own boards
 * can do that only once.
 */
import { EventEmitter, once } from 'node:events';
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

export class Guest {
  private constructor(
    private readonly wire: GuestWire,
    readonly five: JohnnyFive,
    readonly board: Board,
    readonly echo: Echo,
    private readonly pulledUp: number[],
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
    const pulledUp: number[] = [];
    const Firmata = loadFirmata();
    const io = new (class extends Firmata {
      /** A port's low bit takes the pull-up of an input away, and firmata-io keeps what it has *read* in the same bits. */
      override writeDigitalPort(port: number): void {
        this.ports[port] |= pulledUp[port] ?? 0;
        super.writeDigitalPort(port);
      }
    })(wire, { reportVersionTimeout: 0 });
    const ready = once(io, 'ready');
    wire.emit('open');
    await ready;
    const five = loadJohnnyFive();
    const board = new five.Board({ io, repl: false, debug: false, sigint: false });
    await once(board, 'ready');
    return new Guest(wire, five, board, new Echo(transport, io), pulledUp);
  }

  /** Hears nothing and writes nothing any more. */
  leave(): void {
    this.echo.end();
    this.wire.leave();
  }

  /** A contact to ground: the pin is an input that the board's own resistor pulls up. Older StandardFirmata has no mode for that. */
  watchContact(pin: number, heard: (closed: boolean) => void): void {
    const { io } = this;
    this.pulledUp[pin >> 3] = (this.pulledUp[pin >> 3] ?? 0) | (1 << (pin & 7));
    if (io.pins[pin].supportedModes.includes(io.MODES.PULLUP)) io.pinMode(pin, io.MODES.PULLUP);
    else {
      io.pinMode(pin, io.MODES.INPUT);
      io.digitalWrite(pin, 1);
    }
    io.digitalRead(pin, (level) => heard(level === 0));
  }
}
