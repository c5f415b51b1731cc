import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { portLockPath } from '../../host/board/port-lock';
import { boards } from '../../host/doctor/boards';
import { examine } from '../../host/doctor/examine';
import { programs } from '../../host/doctor/programs';
import { olderThanShipped, shippedVersion } from '../../host/doctor/shipped-version';
import { portless } from '../../host/doctor/usb';
import { lock } from '../../host/lock';
import { SmallMachine } from './small-machine';

let machine: SmallMachine;
beforeEach(() => {
  machine = new SmallMachine();
});
afterEach(() => machine.remove());

const uno = { at: '1-1', id: '2341:0043', serial: '75834353', tty: 'ttyACM0' };
const clone = { at: '1-2', id: '1a86:7523' };
const known = { boardId: 5, rate: 115_200, firmware: shippedVersion()!, heddles: 40 };

describe('the doctor, of a board with a port', () => {
  it('says that a user without rights must join the group of the port', () => {
    machine.plug(uno).write('etc/group', `root:x:0:\ndialout:x:${machine.group('ttyACM0') || 20}:\n`);
    const [finding] = boards(machine.surroundings);
    expect(finding).toMatchObject({ mark: 'warn', found: 'Arduino Uno R3, but vera may not open it' });
    expect(finding.remedy).toBe('sudo usermod -aG dialout vera, then log out and in again.');
  });

  it('is content when the user is in the group', () => {
    machine.plug(uno);
    machine.user.groups.push(machine.group('ttyACM0'));
    expect(boards(machine.surroundings)[0]).toMatchObject({ mark: 'ok', found: expect.stringContaining('resets it') });
  });

  it('names who has it open: a loom', () => {
    machine.plug(uno);
    const held = lock(portLockPath(machine.dev('ttyACM0')), 'the port');
    expect(boards(machine.surroundings)[0]).toMatchObject({
      mark: 'warn',
      found: expect.stringContaining(`Arduino Uno R3, in use by process ${process.pid} (`),
      remedy: expect.stringContaining('End that program first'),
    });
    held.release();
  });

  it('names who has it open: any other program', async () => {
    machine.plug(uno);
    const other = spawn('tail', ['-f', machine.dev('ttyACM0')], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(other, 'spawn');
    const us = openSync(machine.dev('ttyACM0'), 'r');
    try {
      while (!boards(machine.surroundings)[0].found.includes('in use'))
        await new Promise((resolve) => setImmediate(resolve));
      expect(boards(machine.surroundings)[0].found).toBe(`Arduino Uno R3, in use by process ${other.pid} (tail)`);
    } finally {
      closeSync(us);
      other.kill();
      await once(other, 'exit');
    }
  });

  it('says what is known of a loom, when it is old, and what its link suffered', () => {
    machine.plug(uno);
    machine.user.uid = 0;
    const found = () => boards(machine.surroundings)[0];
    machine.remembered = [{ ...known, path: machine.dev('ttyACM0') }];
    expect(found()).toMatchObject({ mark: 'ok', found: expect.stringContaining('40 heddles, firmware') });
    machine.remembered = [{ ...known, path: machine.dev('ttyACM0'), firmware: '0.0' }];
    expect(found()).toMatchObject({ mark: 'warn', remedy: expect.stringContaining('loom flash') });
    machine.remembered = [{ ...known, path: machine.dev('ttyACM0'), link: 'The board lost its power twice.' }];
    expect(found()).toMatchObject({ mark: 'warn', found: expect.stringContaining('lost its power twice') });
  });

  it('says which chip is none for a loom', () => {
    machine.plug({ ...uno, id: '2e8a:0005' });
    machine.user.uid = 0;
    expect(boards(machine.surroundings)[0].found).toContain('Raspberry Pi Pico: not a chip');
  });
});

describe('the doctor, of a board without a port', () => {
  it('blames brltty where it takes a CH340', () => {
    machine.plug(clone).program('brltty');
    expect(portless(machine.surroundings)).toEqual([
      {
        mark: 'warn',
        what: 'brltty',
        found:
          'CH340 adapter (Nano and Uno clones) (USB 1a86:7523) is plugged in and has no serial port: brltty takes it for a braille display',
        remedy: expect.stringContaining('sudo apt remove brltty'),
      },
    ]);
  });

  it('names the driver that is missing', () => {
    expect(portless(machine.plug(clone).surroundings)[0].remedy).toContain('(ch341)');
  });

  it('says nothing of boards that have one, of other devices, nor of brltty alone', () => {
    machine
      .plug({ ...clone, tty: 'ttyUSB0' })
      .plug({ at: '1-3', id: '046d:c52b' })
      .program('brltty', 77);
    expect(portless(machine.surroundings)).toEqual([]);
  });
});

describe('the doctor, of programs', () => {
  const of = (what: string) => programs(machine.surroundings).find((finding) => finding.what === what);

  it('warns of ModemManager, installed or running', () => {
    expect(of('ModemManager')).toMatchObject({ mark: 'ok', found: 'not installed' });
    machine.program('ModemManager');
    expect(of('ModemManager')).toMatchObject({ mark: 'warn', found: expect.stringMatching(/^is installed/) });
    machine.program('ModemManager', 412);
    expect(of('ModemManager')).toMatchObject({
      found: expect.stringMatching(/^runs/),
      remedy: expect.stringContaining('mask'),
    });
  });

  it('says how ports are listed without udevadm', () => {
    expect(of('udevadm')?.found).toContain('missing; ports are read from /dev and /sys');
    expect(machine.program('udevadm') && of('udevadm')?.found).toContain('with their USB ids');
  });
});

it('versions are compared as numbers', () => {
  expect(['0.9', '1.2', '1.9'].map((version) => olderThanShipped(version, '1.10'))).toEqual([true, true, true]);
  expect(['1.10', '1.11', '2.0'].map((version) => olderThanShipped(version, '1.10'))).toEqual([false, false, false]);
  expect(olderThanShipped('0.1', null)).toBe(false);
});

it('everything together is looked at without opening a port', async () => {
  process.env.LOOM_HOME = mkdtempSync(join(tmpdir(), 'loom-home-'));
  const findings = await examine(undefined, machine.plug(uno).surroundings);
  expect(findings.map(({ what }) => what)).toEqual([
    ...['Node.js', 'firmware', 'journals', 'serial driver', machine.dev('ttyACM0')],
    ...['udevadm', 'ModemManager', 'Chromium'],
  ]);
});
