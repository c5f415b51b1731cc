/** A real serial port as a Transport: bytes on a wire, and the clock on the wall. Unplugged, it can come back. */
import { EventEmitter } from 'node:events';
import { realpathSync, statSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { LoomError } from '../errors';
import { type Lock, lock } from '../lock';
import { type ListedPort, listedPorts } from './find';
import { portError } from './port-error';
import { portLockPath } from './port-lock';
import type { Timer, Transport, TransportEvents } from './transport';
import { type PortBefore, waysBack } from './way-back';

export interface SerialTransportOptions {
  /** as a person gives it: /dev/ttyUSB0, or a link such as /dev/serial/by-id/… */
  readonly path: string;
  /** baud, 57,600 unless said */
  readonly rate?: number;
  /** lists the ports of this machine, to find ours again under another path */
  readonly ports?: () => Promise<ListedPort[]>;
}

/** ms between two looks for a port that went away */
const lookEvery = 250;

export class SerialTransport extends EventEmitter<TransportEvents> implements Transport {
  readonly kind = 'serial';
  /** the path at which it is open, or was last */
  name: string;
  private readonly startedAt = performance.now();
  private readonly given: string;
  private readonly ports: () => Promise<ListedPort[]>;
  private rate: number;
  private port: SerialPort | null = null;
  private watch: NodeJS.Timeout | null = null;
  private held: Lock | null = null;
  private before: PortBefore | null = null;
  /** ports at which something answered that is not ours, as they were plugged in then */
  private readonly foreign = new Set<string>();
  private stopped = false;

  constructor({ path, rate = 57600, ports = listedPorts }: SerialTransportOptions) {
    super();
    this.name = path;
    this.given = path;
    this.rate = rate;
    this.ports = ports;
  }

  /**
   * Locks the port, then opens it, which resets most boards.
   * @throws LoomError hardware (missing, not allowed, not a serial port) or busy (naming the holder where we know it)
   */
  async start(): Promise<void> {
    this.stopped = false;
    await this.open(this.given);
  }

  async comeBack(say: (why: string) => void): Promise<void> {
    let said = '';
    while (!this.stopped) {
      await new Promise<void>((resolve) => this.after(lookEvery, resolve));
      const error = this.stopped ? null : await this.openAgain();
      if (error === null && this.port) return;
      if (error && error.message !== said) say(error.message);
      said = error?.message ?? said;
    }
    await new Promise<never>(() => {});
  }

  async notOurs(): Promise<void> {
    this.foreign.add(plugging(this.name));
    await this.close();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.close();
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

  /** Opens the first port that may be ours; the reason why none could be opened, or null when there is none to try. */
  private async openAgain(): Promise<Error | null> {
    const listed = await this.ports();
    let refusal: Error | null = null;
    for (const path of this.candidates(listed)) {
      try {
        await this.open(path);
        return null;
      } catch (error) {
        // It may have gone again, or its rights are not set yet.
        refusal ??= error as Error;
      }
    }
    return refusal;
  }

  private candidates(listed: readonly ListedPort[]): string[] {
    const given = realPath(this.given);
    // A port that no list has, a pseudo terminal, is known by its name alone.
    const byName = given && !listed.some(({ path }) => path === given) ? [this.given] : [];
    const back = this.before ? waysBack(this.before, listed) : [];
    return [...back, ...byName].filter((path) => !this.foreign.has(plugging(path)));
  }

  private async open(name: string): Promise<void> {
    const path = realPath(name);
    if (!path) throw portError(name, name, new Error('ENOENT'));
    this.held = lock(portLockPath(path), name);
    try {
      this.port = await this.opened(path);
    } catch (error) {
      this.letGo();
      throw portError(name, path, error as Error);
    }
    this.name = name;
    this.watchPath(path, this.port);
    // Looked at while it is there; nothing waits for it.
    void this.ports().then((listed) => this.remember(path, listed));
  }

  private remember(path: string, listed: readonly ListedPort[]): void {
    const ours = listed.find((port) => port.path === path);
    const others = new Set(listed.map((port) => port.path).filter((other) => other !== path));
    if (ours) this.before = { ...ours, others };
  }

  private opened(path: string): Promise<SerialPort> {
    return new Promise((resolve, reject) => {
      const port = new SerialPort({ path, baudRate: this.rate, autoOpen: false });
      port.on('data', (bytes: Buffer) => this.emit('bytes', bytes));
      // Without a listener a write error would end the process; the port closes after it, and that says it.
      port.on('error', () => {});
      // It closes once for reading and once for writing.
      port.once('close', () => this.gone(port));
      port.open((error) => (error ? reject(error) : resolve(port)));
    });
  }

  /**
   * serialport does not say every unplugging: a read that begins after the kernel has hung the port up returns no bytes,
   * and it reads again for ever. The path goes with the board.
   */
  private watchPath(path: string, port: SerialPort): void {
    this.watch = setInterval(() => {
      if (!realPath(path)) port.close(() => this.gone(port));
    }, lookEvery);
    this.watch.unref();
  }

  private gone(port: SerialPort): void {
    if (this.port !== port) return;
    this.port = null;
    this.letGo();
    this.emit('lost', `${this.name} went away: the board was unplugged or lost its power.`);
  }

  private async close(): Promise<void> {
    const { port } = this;
    this.port = null;
    if (port?.isOpen) {
      port.removeAllListeners('close');
      await new Promise<void>((resolve) => {
        // A port that goes away while it drains never says that it has.
        port.once('close', () => resolve());
        port.drain(() => port.close(() => resolve()));
      });
    }
    this.letGo();
  }

  private letGo(): void {
    if (this.watch) clearInterval(this.watch);
    this.watch = null;
    this.held?.release();
    this.held = null;
  }
}

/** Tells a port from one that takes its path after it was unplugged. */
function plugging(name: string): string {
  const path = realPath(name);
  return path ? `${path} ${statSync(path, { throwIfNoEntry: false })?.ctimeMs}` : name;
}

/** null when it is not there */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
