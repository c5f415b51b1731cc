/** The shipped firmware on the emulated Uno at the pace of the wall, as other people's programs find it: a port that is opened. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { BootloaderName } from '../../host/emulator/bootloader';
import { Pca9685 } from '../../host/emulator/parts/pca9685';
import { cyclesPerMs, EmulatedUno } from '../../host/emulator/uno';
import { WallPace } from '../../host/emulator/wall-pace';
import { packageRoot, shippedFirmware } from '../../host/paths';
import { exhibition } from '../firmware/loom-on-a-bench';
import { Probe } from './probe';

/** ms of the wall between two slices */
const nap = 5;
/** ms of the wall: nothing that a client waits for takes longer */
const patience = 20_000;

export class LiveBoard {
  readonly uno: EmulatedUno;
  private readonly wall = new WallPace(0);
  private readonly waiting = new Set<() => void>();
  private readonly timer: NodeJS.Timeout;
  private sending: number[] = [];
  private deliver: (bytes: Buffer) => void = () => {};
  private relay: ChildProcess | null = null;

  /** @param bootloader that opening the port starts; none unless said */
  constructor(bootloader: BootloaderName = 'none') {
    this.uno = new EmulatedUno({ hex: readFileSync(shippedFirmware, 'utf8'), wiring: exhibition, bootloader });
    this.uno.onByte = (byte) => this.sending.push(byte);
    this.timer = setInterval(() => this.goOn(), nap);
  }

  stop(): void {
    clearInterval(this.timer);
    this.relay?.kill();
  }

  /** Resolves once `met` holds; looked at after every slice of emulated time. */
  until(met: () => boolean, what: string): Promise<void> {
    const end = performance.now() + patience;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!met() && performance.now() < end) return;
        this.waiting.delete(look);
        if (met()) resolve();
        else reject(new Error(`${what} never came.`));
      };
      this.waiting.add(look);
    });
  }

  /** The board's port as an object, in the manner of serialport: what firmata-io calls a transport. Opening it resets the board. */
  port(): EventEmitter & { path: string } {
    const { uno } = this;
    const wire = Object.assign(new EventEmitter(), {
      path: 'emulated',
      isOpen: true,
      write: (bytes: ArrayLike<number>, done?: () => void) => {
        uno.send(Uint8Array.from(bytes));
        done?.();
      },
    });
    setImmediate(() => {
      // What the board said before is lost, as on a port that nobody has open.
      uno.reset('dtr');
      this.sending = [];
      this.deliver = (bytes) => wire.emit('data', bytes);
      wire.emit('open');
    });
    return wire;
  }

  /** The board's port as a pseudo terminal, at the rate that its client sets. Opening it resets the board. */
  pseudoTerminal(): Promise<string> {
    const relay = spawn('python3', [join(packageRoot, 'host', 'emulator', 'pty-relay.py')], {
      stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    });
    this.relay = relay;
    this.deliver = (bytes) => (relay.stdin as Writable).write(bytes);
    (relay.stdout as Readable).on('data', (bytes: Buffer) => this.uno.send(bytes));
    return new Promise((resolve) => {
      createInterface({ input: relay.stdio[3] as Readable }).on('line', (line) => {
        const [word, value] = line.split(' ');
        if (word === 'path') resolve(value);
        if (word === 'rate') this.uno.line.baud = Number(value);
        if (word === 'open') this.uno.reset('dtr');
      });
    });
  }

  /** A visitor's own PCA9685 on the loom's bus, its outputs always enabled. */
  visitor(address: number): Pca9685 {
    const board = new Pca9685(
      address,
      () => this.uno.cycles,
      () => 0.5,
    );
    board.setOutputEnable(true);
    this.uno.parts.bus.connect(board);
    return board;
  }

  /** Resolves to the part of 50 ms, 0–1, in which the chip drives the pin high. */
  async duty(pin: number): Promise<number> {
    const probe = new Probe(this.uno, pin);
    await this.until(() => probe.measuredMs >= 50, 'the end of 50 ms');
    return probe.duty;
  }

  private goOn(): void {
    this.wall.slip(this.uno.nowMs);
    const end = this.wall.reached();
    if (end > this.uno.nowMs) this.uno.runTo(end * cyclesPerMs);
    if (this.sending.length > 0) this.deliver(Buffer.from(this.sending));
    this.sending = [];
    for (const look of [...this.waiting]) look();
  }
}
