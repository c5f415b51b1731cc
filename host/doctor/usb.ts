/** Boards that USB shows and that yet have no serial port: somebody took it, or there is no driver for it. */
import { join } from 'node:path';
import { usbBoard } from '../board/usb-ids';
import type { Finding } from './finding';
import { entries, hasProgram, read, runs, type Surroundings } from './surroundings';

/** Adapters that brltty's udev rules take for braille displays. */
const brailleLike = ['1a86:7523', '10c4:ea60', '0403:6001'];

export function portless(around: Surroundings): Finding[] {
  const devices = join(around.root, 'sys', 'bus', 'usb', 'devices');
  return entries(devices).flatMap((name): Finding[] => {
    const id = `${read(join(devices, name, 'idVendor'))}:${read(join(devices, name, 'idProduct'))}`;
    const { title, loom } = usbBoard(...(id.split(':') as [string, string]));
    // An unknown device is most likely no board at all.
    if (id === ':' || title.startsWith('unknown') || loom === 'no' || hasPort(devices, name)) return [];
    const taken = brailleLike.includes(id) && brltty(around);
    const found = `${title} (USB ${id}) is plugged in and has no serial port`;
    if (taken)
      return [
        {
          mark: 'warn',
          what: 'brltty',
          found: `${found}: brltty takes it for a braille display`,
          remedy:
            'sudo apt remove brltty; where somebody needs it, sudo ln -s /dev/null /etc/udev/rules.d/85-brltty.rules. Then plug the board in again.',
        },
      ];
    return [
      {
        mark: 'warn',
        what: `USB ${name}`,
        found,
        remedy: `Plug it in again and look at sudo dmesg; its kernel driver (${driverOf(id)}) may be missing.`,
      },
    ];
  });
}

/** A device's interfaces are folders named after it: 1-2:1.0; in them is `tty` (ACM) or the port itself (adapters). */
function hasPort(devices: string, device: string): boolean {
  const interfaces = entries(join(devices, device)).filter((name) => name.startsWith(`${device}:`));
  return interfaces.some((name) => {
    const inside = entries(join(devices, device, name));
    return inside.some((entry) => /^tty(USB\d+)?$/.test(entry));
  });
}

function brltty(around: Surroundings): boolean {
  return hasProgram(around, 'brltty') || runs(around, 'brltty');
}

function driverOf(id: string): string {
  const drivers: Record<string, string> = { '1a86': 'ch341', '10c4': 'cp210x', '0403': 'ftdi_sio', '067b': 'pl2303' };
  return drivers[id.slice(0, 4)] ?? 'cdc_acm';
}
