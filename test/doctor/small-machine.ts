/** A machine in a folder: /dev, /sys, /etc, /proc and programs as real files, for the doctor to look at. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describePorts, portsInFolders } from '../../host/board/find';
import type { RememberedBoard } from '../../host/board/remembered';
import type { Surroundings } from '../../host/doctor/surroundings';

export interface UsbDevice {
  /** as the kernel names it: 1-2 */
  readonly at: string;
  readonly id: string;
  readonly serial?: string;
  /** ttyUSB0; left out, it has no port */
  readonly tty?: string;
}

export class SmallMachine {
  readonly root = mkdtempSync(join(tmpdir(), 'loom-machine-'));
  remembered: RememberedBoard[] = [];
  user = { name: 'vera', uid: 1000, groups: [1000] as number[] };

  constructor() {
    for (const folder of ['dev', 'sys/class/tty', 'sys/bus/usb/devices', 'proc'])
      mkdirSync(join(this.root, folder), { recursive: true });
  }

  write(path: string, text = ''): this {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return this;
  }

  plug({ at, id, serial, tty }: UsbDevice): this {
    const device = `sys/bus/usb/devices/${at}`;
    const [vendor, product] = id.split(':');
    this.write(`${device}/idVendor`, `${vendor}\n`).write(`${device}/idProduct`, `${product}\n`);
    if (serial) this.write(`${device}/serial`, `${serial}\n`);
    const face = join(this.root, device, `${at}:1.0`);
    mkdirSync(face);
    if (!tty) return this;
    // As the kernel has it: an ACM port hangs on the interface, that of an adapter on a device of its own.
    const port = tty.startsWith('ttyACM') ? face : join(face, tty);
    mkdirSync(join(port, 'tty', tty), { recursive: true });
    mkdirSync(join(this.root, 'sys/class/tty', tty), { recursive: true });
    symlinkSync(port, join(this.root, 'sys/class/tty', tty, 'device'));
    this.write(`dev/${tty}`);
    chmodSync(this.dev(tty), 0o660);
    return this;
  }

  /** A program that is installed, and perhaps runs. */
  program(name: string, pid?: number): this {
    this.write(`usr/sbin/${name}`);
    return pid === undefined ? this : this.write(`proc/${pid}/comm`, `${name.slice(0, 15)}\n`);
  }

  dev(tty: string): string {
    return join(this.root, 'dev', tty);
  }

  /** group that owns a port */
  group(tty: string): number {
    return statSync(this.dev(tty)).gid;
  }

  get surroundings(): Surroundings {
    const { root, user, remembered } = this;
    const listed = portsInFolders(join(root, 'dev'), join(root, 'sys/class/tty'));
    return { root, programs: ['/usr/sbin'], user, ports: describePorts(listed, remembered) };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
