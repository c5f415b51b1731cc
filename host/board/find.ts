/** Which boards are attached, without opening any: opening a port resets whatever is behind it. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LoomError } from '../errors';
import { holderOf } from '../lock';
import { foreignHolders } from './port-holders';
import { portLockPath } from './port-lock';
import { type RememberedBoard, rememberedBoards } from './remembered';
import { usbBoard } from './usb-ids';

export interface AttachedPort {
  readonly path: string;
  /** what it is, as far as its USB id says */
  readonly title: string;
  readonly loom: 'yes' | 'perhaps' | 'no';
  /** `vendor:product`, absent when not on USB */
  readonly usbId?: string;
  readonly serialNumber?: string;
  /** the loom that answered here before */
  readonly remembered?: RememberedBoard;
  /** who has it open, as far as locks and the kernel say */
  readonly usedBy?: string;
}

/** A port as the system lists it. */
export interface ListedPort {
  readonly path: string;
  readonly vendorId?: string;
  readonly productId?: string;
  readonly serialNumber?: string;
}

/** Every serial port that could have a board behind it, the remembered ones first. */
export async function attachedPorts(): Promise<AttachedPort[]> {
  return describePorts(await listedPorts(), rememberedBoards());
}

/** What a weave can do instead. */
const emulated = 'leave --port out to weave on the emulated board';

/**
 * The port that `--port auto` means.
 * @param instead what else can be done when there is no loom
 * @throws LoomError hardware when there is none, usage when there are several
 */
export async function findPort(instead = emulated): Promise<string> {
  return choosePort(await attachedPorts(), instead);
}

export function choosePort(ports: readonly AttachedPort[], instead = emulated): string {
  const able = ports.filter(({ loom }) => loom !== 'no');
  const remembered = able.filter((port) => port.remembered);
  const candidates = remembered.length > 0 ? remembered : able;
  if (candidates.length === 1) return candidates[0].path;
  if (candidates.length > 1)
    throw new LoomError(
      'usage',
      `More than one board could be the loom: ${candidates.map(({ path, title }) => `${path} (${title})`).join(', ')}. ` +
        'Say which with --port PATH.',
    );
  const others = ports.map(({ path, title }) => `${path} (${title})`).join(', ');
  throw new LoomError(
    'hardware',
    `No loom was found${others ? `; seen: ${others}` : ': no board is plugged in'}. ` +
      `Plug it in, say --port PATH, or ${instead}.`,
  );
}

export function describePorts(listed: readonly ListedPort[], remembered: readonly RememberedBoard[]): AttachedPort[] {
  const ports = listed.map(({ path, vendorId, productId, serialNumber }): AttachedPort => {
    const known = remembered.find((board) => board.path === path);
    const loomHolder = holderOf(portLockPath(path));
    const [holder] = loomHolder ? [`process ${loomHolder.pid} (${loomHolder.command})`] : foreignHolders(path);
    return {
      path,
      ...usbBoard(vendorId, productId),
      ...(vendorId && productId && { usbId: `${vendorId}:${productId}`.toLowerCase() }),
      ...(serialNumber && { serialNumber }),
      ...(known && { remembered: known }),
      ...(holder && { usedBy: holder }),
    };
  });
  const rank = ({ remembered, loom }: AttachedPort) =>
    remembered ? 0 : loom === 'yes' ? 1 : loom === 'perhaps' ? 2 : 3;
  return ports.sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
}

/** The ports of this machine; the ones on the main board (ttyS…) are left out, no loom is there. */
export async function listedPorts(): Promise<ListedPort[]> {
  const { SerialPort } = await import('serialport');
  try {
    const ports = await SerialPort.list();
    return ports.filter(({ path, vendorId }) => vendorId || !/ttyS\d+$/.test(path));
  } catch {
    // Where udevadm is missing, as in a container, `list` rejects.
    return portsInFolders('/dev', '/sys/class/tty');
  }
}

/** Ports as the kernel shows them in /dev and /sys. */
export function portsInFolders(dev: string, sys: string): ListedPort[] {
  const names = entries(dev).filter((name) => /^tty(USB|ACM)\d+$/.test(name));
  return names.map((name) => ({ path: join(dev, name), ...usbAttributes(join(sys, name, 'device')) }));
}

/** The USB device is one to three folders above the tty's device. */
function usbAttributes(device: string): Omit<ListedPort, 'path'> {
  try {
    let folder = realpathSync(device);
    for (let up = 0; up < 4; up++, folder = dirname(folder)) {
      const vendorId = attribute(folder, 'idVendor');
      if (!vendorId) continue;
      return { vendorId, productId: attribute(folder, 'idProduct'), serialNumber: attribute(folder, 'serial') };
    }
  } catch {
    // The port has no entry in /sys: it is a port all the same.
  }
  return {};
}

function attribute(folder: string, name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), 'utf8').trim();
  } catch {
    return undefined;
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
