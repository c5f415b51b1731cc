/** `loom weave --driver stock` as a process: on the emulated board, and on a serial port with StandardFirmata behind it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PtyBoard, startPtyBoard } from '../../host/emulator/start-pty-board';
import { packageRoot } from '../../host/paths';
import { standardFirmata } from './stock-rig';

const loom = join(packageRoot, 'dist', 'host', 'cli', 'loom.js');
const firmware = standardFirmata['2.4'];
/** µs of a lowered and of a lifted heddle: whole counts of 4 µs */
const widths = { '0': 1300, '1': 1700 } as Readonly<Record<string, number>>;

interface Line {
  readonly type: string;
  readonly number: number;
  readonly lifts: string;
  readonly pulses?: readonly number[];
  readonly message: string;
  readonly board: { readonly firmware: string; readonly limits?: readonly string[] };
}

let home: string;
let board: PtyBoard | null = null;
beforeEach(async () => {
  expect(existsSync(loom), 'npm run build makes it').toBe(true);
  home = await mkdtemp(join(tmpdir(), 'loom-stock-'));
});
afterEach(async () => {
  await board?.quit();
  board = null;
  await rm(home, { recursive: true, force: true });
});

/** @param heard for each line as it is printed */
async function weave(args: readonly string[], heard: (line: Line) => void = () => {}) {
  const asked = ['weave', '--dataset', 'trafford-turnout-2024', '--json-lines', '--no-display', ...args];
  const child = spawn(process.execPath, [loom, ...asked], {
    env: { ...process.env, LOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines: Line[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    heard(line);
  }
  const code = await closed;
  const { message = '' } = lines.find(({ type }) => type === 'error') ?? {};
  return { code, said: said + message, lines, picks: lines.filter(({ type }) => type === 'pick') };
}

describe('loom weave --driver stock', () => {
  it('says first what this board cannot promise, then weaves, each servo where the cloth wants it', async () => {
    const { code, said, lines, picks } = await weave([
      '--driver',
      'stock',
      '--firmware',
      firmware,
      '--picks',
      '8',
      '--auto',
      '0',
    ]);
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect(lines[0].board.firmware).toBe('StandardFirmata.ino 2.4');
    expect(lines[0].board.limits?.length).toBeGreaterThan(4);
    expect(picks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { lifts, pulses } of picks) expect(pulses).toEqual([...lifts].map((lift) => widths[lift]));
  });

  it('goes on at the kept place', async () => {
    const stock = ['--driver', 'stock', '--firmware', firmware, '--auto', '0'];
    await weave([...stock, '--picks', '3']);
    const { code, picks } = await weave([...stock, '--resume', '--picks', '5']);
    expect(code).toBe(0);
    expect(picks.map(({ number }) => number)).toEqual([3, 4, 5]);
  });

  it('is named where StandardFirmata answers and nobody asked for it, and nothing is woven', async () => {
    const { code, said } = await weave(['--firmware', firmware, '--auto', '0']);
    expect(code).toBe(5);
    expect(said).toContain('StandardFirmata.ino 2.4');
    expect(said).toContain('--driver stock');
  });

  it('needs a firmware for the emulated board', async () => {
    const { code, said } = await weave(['--driver', 'stock', '--auto', '0']);
    expect(code).toBe(2);
    expect(said).toContain('--firmware FILE.hex');
  });

  it('refuses our own firmware, which promises more', async () => {
    board = await startPtyBoard({ wiring: { outputs: 'pca9685', heddles: 40, leds: 40 }, resetOnOpen: true });
    const { code, said } = await weave(['--driver', 'stock', '--port', board.path, '--auto', '0']);
    expect(code).toBe(3);
    expect(said).toContain('Leave --driver stock out.');
  });

  it('weaves over a serial port, stops by the e-stop there, and keeps the place', async () => {
    const wiring = { outputs: 'pca9685', heddles: 40, leds: 0 } as const;
    const stock = await startPtyBoard({ wiring, firmware, resetOnOpen: true, speed: 3 });
    board = stock;
    const args = ['--driver', 'stock', '--port', stock.path, '--auto', '300'];
    const stopped = await weave(args, ({ type, number }) => {
      if (type === 'pick' && number === 3) stock.estop(true);
    });
    expect(stopped.code).toBe(1);
    expect(stopped.said).toContain('the e-stop is open');
    stock.estop(false);
    const asked = await weave([...args, '--resume']);
    expect(asked.code).toBe(3);
    expect(asked.said).toContain('answer with --at');
    const at = stopped.picks.length;
    const resumed = await weave([...args, '--resume', '--at', String(at), '--picks', String(at + 1)]);
    expect(resumed.code).toBe(0);
    expect(resumed.picks.map(({ number }) => number)).toEqual([at, at + 1]);
  });
});
