/** What a person waits for: `loom --help`, and the first shed. Whole processes, as compiled. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../host/paths';
import { median, ms, type Row } from './row';

const loom = join(packageRoot, 'dist', 'host', 'cli', 'loom.js');
const runs = 9;

export async function processRows(): Promise<Row[]> {
  const help: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < runs; run++) {
    bare.push(await wholeRun(['-e', '0']));
    help.push(await wholeRun([loom, '--help']));
  }
  const shed: number[] = [];
  for (let run = 0; run < runs; run++) shed.push(await firstShed());
  return [
    {
      what: '`loom --help` over bare node',
      measured: ms(median(help) - median(bare)),
      reach: '≤ 60 ms',
      beside: `bare node ${ms(median(bare))}, loom --help ${ms(median(help))}`,
    },
    {
      what: '`loom weave` to OPENED of the first shed, emulated board',
      measured: ms(median(shed)),
      reach: '≤ 1500 ms',
      beside: `min ${ms(Math.min(...shed))}, max ${ms(Math.max(...shed))}, ${runs} runs`,
    },
  ];
}

async function wholeRun(args: string[]): Promise<number> {
  const from = performance.now();
  await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'exit');
  return performance.now() - from;
}

/** ms from the start of the process to the JSON line of pick 1, which is printed when its shed is open. */
async function firstShed(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'loom-bench-'));
  const from = performance.now();
  const args = ['weave', '--dataset', 'trafford-turnout-2024', '--json-lines', '--picks', '1'];
  const child = spawn(process.execPath, [loom, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOOM_HOME: home },
  });
  const ended = once(child, 'exit');
  let took = Number.NaN;
  for await (const line of createInterface({ input: child.stdout })) {
    if (JSON.parse(line).type === 'pick' && Number.isNaN(took)) took = performance.now() - from;
  }
  await ended;
  rmSync(home, { recursive: true });
  return took;
}
