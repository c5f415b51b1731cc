import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choosePort, describePorts, type ListedPort, portsInFolders } from '../../host/board/find';
import { rememberBoard, rememberedBoards } from '../../host/board/remembered';
import { portsInWords } from '../../host/cli/ports';
import type { LoomError } from '../../host/errors';

const uno: ListedPort = { path: '/dev/ttyACM7', vendorId: '2341', productId: '0043', serialNumber: '75834353' };
const clone: ListedPort = { path: '/dev/ttyUSB8', vendorId: '1a86', productId: '7523' };
const pico: ListedPort = { path: '/dev/ttyACM9', vendorId: '2e8a', productId: '0005' };
const looms = { boardId: 5, rate: 57600, firmware: '1.0', heddles: 40 };

function refusal(listed: ListedPort[]): LoomError {
  try {
    choosePort(describePorts(listed, []));
  } catch (error) {
    return error as LoomError;
  }
  throw new Error('A port was chosen.');
}

describe('--port auto', () => {
  it('takes the only board that could be a loom', () => {
    expect(choosePort(describePorts([pico, uno], []))).toBe(uno.path);
  });

  it('takes the one that answered before', () => {
    expect(choosePort(describePorts([uno, clone], [{ ...looms, path: clone.path }]))).toBe(clone.path);
  });

  it('asks which when there are two', () => {
    const error = refusal([uno, clone]);
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain('/dev/ttyACM7 (Arduino Uno R3), /dev/ttyUSB8 (CH340');
  });

  it('says what was seen when there is none', () => {
    expect(refusal([]).exitCode).toBe(5);
    expect(refusal([]).message).toContain('no board is plugged in');
    expect(refusal([pico]).message).toContain('/dev/ttyACM9 (Raspberry Pi Pico)');
  });
});

it('ports are read from /dev and /sys where udevadm is missing', () => {
  const root = mkdtempSync(join(tmpdir(), 'loom-ports-'));
  const [dev, sys, usb] = ['dev', 'sys', 'usb'].map((name) => join(root, name));
  for (const folder of [dev, join(sys, 'ttyUSB0'), join(sys, 'ttyACM0'), join(usb, '1-1', '1-1:1.0', 'ttyUSB0')])
    mkdirSync(folder, { recursive: true });
  for (const name of ['ttyUSB0', 'ttyACM0', 'ttyS0', 'null']) writeFileSync(join(dev, name), '');
  for (const [name, text] of [
    ['idVendor', '1a86\n'],
    ['idProduct', '7523\n'],
    ['serial', 'A1\n'],
  ])
    writeFileSync(join(usb, '1-1', name), text);
  symlinkSync(join(usb, '1-1', '1-1:1.0', 'ttyUSB0'), join(sys, 'ttyUSB0', 'device'));
  const found = portsInFolders(dev, sys).sort((a, b) => a.path.localeCompare(b.path));
  expect(found).toEqual([
    { path: join(dev, 'ttyACM0') },
    { path: join(dev, 'ttyUSB0'), vendorId: '1a86', productId: '7523', serialNumber: 'A1' },
  ]);
});

it('a board is remembered by its port, and found again there', () => {
  process.env.LOOM_HOME = mkdtempSync(join(tmpdir(), 'loom-home-'));
  expect(rememberedBoards()).toEqual([]);
  rememberBoard({ ...looms, path: '/dev/ttyUSB8' });
  rememberBoard({ ...looms, path: '/dev/ttyACM7', rate: 115200 });
  expect(rememberedBoards()).toEqual([{ ...looms, path: '/dev/ttyACM7', rate: 115200 }]);
});

it('loom ports says what each is, in words', () => {
  const words = portsInWords(describePorts([pico, uno, clone], [{ ...looms, path: clone.path }]));
  expect(words.split('\n')).toEqual([
    '/dev/ttyUSB8  CH340 adapter (Nano and Uno clones) (1a86:7523); a loom of 40 heddles answered here at 57,600 baud, firmware 1.0',
    '/dev/ttyACM7  Arduino Uno R3 (2341:0043, 75834353); can be a loom',
    '/dev/ttyACM9  Raspberry Pi Pico (2e8a:0005); cannot be a loom',
    '',
  ]);
});
