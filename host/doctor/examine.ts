/** What `loom doctor` looks at, one function a question. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { type AttachedPort, attachedPorts } from '../board/find';
import { shippedFirmware, userFolder } from '../paths';
import type { Finding } from './finding';

export async function examine(): Promise<Finding[]> {
  const ports = await attachedPorts();
  return [node(), firmware(), journals(), await serial(), ...boards(ports), udevadm(), modemManager(), chromium()];
}

function node(): Finding {
  const what = 'Node.js';
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return { mark: 'ok', what, found: process.versions.node };
  return {
    mark: 'fail',
    what,
    found: `${process.versions.node} is too old`,
    remedy: 'Install Node.js 20.19 or newer.',
  };
}

function firmware(): Finding {
  const what = 'firmware';
  if (existsSync(shippedFirmware)) return { mark: 'ok', what, found: `${statSync(shippedFirmware).size} bytes of hex` };
  return {
    mark: 'fail',
    what,
    found: 'firmware/built/loom-uno.hex is missing',
    remedy: 'npm run firmware builds it (needs gcc-avr, avr-libc and binutils-avr).',
  };
}

/** Really writes: permission bits say little about a full or read-only disk. */
function journals(): Finding {
  const what = 'journals';
  const folder = userFolder('weaves');
  const trial = join(folder, `.doctor-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(trial, 'can be written');
    unlinkSync(trial);
    return { mark: 'ok', what, found: folder };
  } catch (error) {
    return {
      mark: 'fail',
      what,
      found: `${folder} cannot be written (${(error as Error).message})`,
      remedy: 'Free some space or mend the permissions, or set LOOM_HOME to another folder.',
    };
  }
}

async function serial(): Promise<Finding> {
  const what = 'serial driver';
  try {
    await import('serialport');
    return { mark: 'ok', what, found: 'loads' };
  } catch (error) {
    return {
      mark: 'warn',
      what,
      found: `does not load (${(error as Error).message})`,
      remedy: 'Run npm install again.',
    };
  }
}

function boards(ports: readonly AttachedPort[]): Finding[] {
  if (ports.length === 0)
    return [{ mark: 'ok', what: 'boards', found: 'none plugged in; loom weave runs on the emulated board' }];
  return ports.map(({ path, title, usedBy }): Finding => {
    if (usedBy)
      return { mark: 'warn', what: path, found: `${title}, in use by ${usedBy}`, remedy: 'End that one first.' };
    try {
      accessSync(path, constants.R_OK | constants.W_OK);
      return { mark: 'ok', what: path, found: title };
    } catch {
      return {
        mark: 'warn',
        what: path,
        found: `${title}, but you may not open it`,
        remedy: `sudo usermod -aG ${groupOf(path)} $USER, then log in again.`,
      };
    }
  });
}

/** Name of the group that owns a port: dialout on Debian, uucp on Arch. */
function groupOf(path: string): string {
  try {
    const { gid } = statSync(path);
    const line = readFileSync('/etc/group', 'utf8')
      .split('\n')
      .find((entry) => entry.split(':')[2] === String(gid));
    return line && gid !== 0 ? line.split(':')[0] : 'dialout';
  } catch {
    return 'dialout';
  }
}

function udevadm(): Finding {
  const what = 'udevadm';
  if (process.platform !== 'linux' || onPath('udevadm'))
    return { mark: 'ok', what, found: 'ports are listed with their USB ids' };
  return { mark: 'ok', what, found: 'missing; ports are read from /dev and /sys instead' };
}

/** It talks to every new ACM port for half a minute, which a loom takes for garbage. */
function modemManager(): Finding {
  const what = 'ModemManager';
  const installed = process.platform === 'linux' && onPath('ModemManager');
  if (!installed) return { mark: 'ok', what, found: 'not installed' };
  return {
    mark: 'warn',
    what,
    found: 'installed: it sends modem commands to boards that have just been plugged in',
    remedy: 'sudo systemctl mask --now ModemManager, unless this computer needs a mobile modem.',
  };
}

function chromium(): Finding {
  const what = 'Chromium';
  const name = ['chromium', 'chromium-browser', 'google-chrome'].find(onPath);
  if (name) return { mark: 'ok', what, found: `${name} can show the display` };
  return { mark: 'ok', what, found: 'not installed; any browser on the network shows the display' };
}

function onPath(command: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, command)));
}
