/** What `loom doctor` looks at, one function a question. Opens no port unless one is named. */
import { existsSync, mkdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedFirmware, userFolder } from '../paths';
import { boards } from './boards';
import type { Finding } from './finding';
import { programs } from './programs';
import { here, type Surroundings } from './surroundings';
import { portless } from './usb';

/** @param port is opened and asked who is there */
export async function examine(port?: string, around?: Surroundings): Promise<Finding[]> {
  const at = around ?? (await here());
  const asked = port === undefined ? [] : await (await import('./probe')).probe(port);
  return [node(), firmware(), journals(), await serial(), ...boards(at), ...portless(at), ...programs(at), ...asked];
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
