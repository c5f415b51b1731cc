import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FirmwareDriver } from '../../host/board/loom-driver';
import { SerialTransport } from '../../host/board/serial-transport';
import type { LoomError } from '../../host/errors';
import { ModelBoard } from './model-board';

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: LoomError) => error,
  );

describe('a port that does not open says what to do', () => {
  it('when it is not there', async () => {
    const error = await refusal(new SerialTransport({ path: '/dev/ttyUSB77' }).start());
    expect(error.exitCode).toBe(5);
    expect(error.message).toContain('There is no port /dev/ttyUSB77');
  });

  it('when it is no serial port', async () => {
    const error = await refusal(new SerialTransport({ path: '/dev/null' }).start());
    expect(error.exitCode).toBe(5);
    expect(error.message).toContain('/dev/null is not a serial port');
  });
});

describe('over a pseudo terminal', () => {
  let folder: string;
  let cable: ChildProcess;
  const open: SerialTransport[] = [];
  const end = (name: string) => {
    const transport = new SerialTransport({ path: join(folder, name) });
    open.push(transport);
    return transport;
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loom-pty-'));
    const pty = (name: string) => `pty,raw,echo=0,link=${join(folder, name)}`;
    cable = spawn('socat', ['-d', '-d', pty('host'), pty('board')], { stdio: ['ignore', 'ignore', 'pipe'] });
    for (let said = ''; !said.includes('starting data transfer'); )
      said += String((await once(cable.stderr!, 'data'))[0]);
  });
  afterEach(async () => {
    for (const transport of open.splice(0)) await transport.stop();
    cable.kill();
  });

  it('a loom is woven on', async () => {
    const far = end('board');
    const board = new ModelBoard(far, (bytes) => far.write(bytes), 5);
    far.on('bytes', (bytes) => board.hear(bytes));
    await far.start();
    const driver = new FirmwareDriver(end('host'), { bannerMs: 1 });
    const facts = await driver.connect();
    expect(facts).toMatchObject({ kind: 'serial', heddles: 40 });
    const opened = once(driver, 'opened');
    await driver.arm({ weave: 1, step: 0, rowCrc: 0 });
    await driver.tell(1, Uint8Array.of(1, 2, 3, 4, 5));
    await driver.open(1);
    expect(await opened).toEqual([1]);
    await driver.stop();
  });

  it('another rate is set without closing', async () => {
    const host = end('host');
    await host.start();
    await host.setRate(115200);
    const far = end('board');
    await far.start();
    const heard = once(host, 'bytes');
    far.write(Uint8Array.of(7));
    expect([...(await heard)[0]]).toEqual([7]);
  });

  it('the port is locked by its real path, and the holder is named', async () => {
    await end('host').start();
    symlinkSync(realpathSync(join(folder, 'host')), join(folder, 'by-id'));
    const error = await refusal(end('by-id').start());
    expect(error.exitCode).toBe(6);
    expect(error.message).toContain(`by-id is in use by process ${process.pid}`);
  });

  it('it can be opened again after it was let go', async () => {
    const first = end('host');
    await first.start();
    await first.stop();
    await end('host').start();
  });

  it('a pulled cable is said', async () => {
    const host = end('host');
    await host.start();
    const lost = once(host, 'lost');
    cable.kill();
    expect((await lost)[0]).toContain('went away');
    await host.stop();
  });
});
