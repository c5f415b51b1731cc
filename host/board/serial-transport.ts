/** A real serial port as a Transport: bytes on a wire, and the clock on the wall. */
import { EventEmitter } from 'node:events';
import { realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { SerialPort } from 'serialport';
import { LoomError } from '../errors';
import { type Lock, lock } from '../lock';
import { portLockPath } from './port-lock';
import type { Timer, Transport, TransportEvents } from './transport';

export interface SerialTransportOptions {
  /** as a person gives it: /dev/ttyUSB0, or a link such as /dev/serial/by-id/… */
  readonly path: string;
  /** baud, 57,600 unless said */
  readonly rate?: number;
}

export class SerialTransport extends EventEmitter<TransportEvents> implements Transport {
  readonly kind = 'serial';
  readonly name: string;
  private readonly startedAt = performance.now();
  private rate: number;
  private port: SerialPort | null = null;
  private held: Lock | null = null;

  constructor({ path, rate = 57600 }: SerialTransportOptions) {
    super();
    this.name = path;
    this.rate = rate;
  }

  /**
   * Locks the port, then opens it, which resets most boards.
   * @throws LoomError hardware (missing, not allowed, not a serial port) or busy (naming the holder where we know it)
   */
  async start(): Promise<void> {
    const path = this.realPath();
    this.held = lock(portLockPath(path), this.name);
    try {
      this.port = await this.open(path);
    } catch (error) {
      this.letGo();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const { port } = this;
    this.port = null;
    if (port?.isOpen) {
      port.removeAllListeners('close');
      await new Promise<void>((resolve) => port.drain(() => port.close(() => resolve())));
    }
    this.letGo();
  }

  write(bytes: Uint8Array): void {
    if (this.port?.isOpen) this.port.write(Buffer.from(bytes));
  }

  setRate(baud: number): Promise<void> {
    this.rate = baud;
    return new Promise((resolve, reject) => {
      if (!this.port) return resolve();
      this.port.update({ baudRate: baud }, (error) =>
        error
          ? reject(new LoomError('hardware', `${this.name} does not run at ${baud} baud: ${error.message}`))
          : resolve(),
      );
    });
  }

  now(): number {
    return performance.now() - this.startedAt;
  }

  after(ms: number, then: () => void): Timer {
    const timer = setTimeout(then, ms);
    return { cancel: () => clearTimeout(timer) };
  }

  during<T>(work: Promise<T>): Promise<T> {
    return work;
  }

  private realPath(): string {
    try {
      return realpathSync(this.name);
    } catch (error) {
      throw named(this.name, error as Error);
    }
  }

  private open(path: string): Promise<SerialPort> {
    return new Promise((resolve, reject) => {
      const port = new SerialPort({ path, baudRate: this.rate, autoOpen: false });
      port.on('data', (bytes: Buffer) => this.emit('bytes', bytes));
      // Without a listener a write error would end the process; the port closes after it, and that says it.
      port.on('error', () => {});
      port.on('close', () => this.gone());
      port.open((error) => (error ? reject(named(this.name, error)) : resolve(port)));
    });
  }

  private gone(): void {
    this.port = null;
    this.letGo();
    this.emit('lost', `${this.name} went away: the board was unplugged or lost its power.`);
  }

  private letGo(): void {
    this.held?.release();
    this.held = null;
  }
}

/** What a person can do about a port that does not open. */
function named(port: string, error: Error): LoomError {
  const { message } = error;
  if (/ENOENT|No such file|File not found|cannot find/i.test(message))
    return new LoomError(
      'hardware',
      `There is no port ${port}. Is the board plugged in? loom ports lists what there is.`,
    );
  if (/EACCES|EPERM|permission|access denied/i.test(message))
    return new LoomError(
      'hardware',
      `${port} may not be opened by ${userInfo().username}. Put yourself into the group that owns serial ports ` +
        '(sudo usermod -aG dialout $USER), then log in again.',
    );
  if (/EBUSY|busy|cannot lock|temporarily unavailable/i.test(message))
    return new LoomError(
      'busy',
      `${port} is in use by another program, such as a serial monitor. Close that one first.`,
    );
  if (/ENOTTY|EINVAL|ENODEV|inappropriate|not a tty/i.test(message))
    return new LoomError('hardware', `${port} is not a serial port. loom ports lists what there is.`);
  return new LoomError('hardware', `${port} cannot be opened: ${message}`, { cause: error });
}
