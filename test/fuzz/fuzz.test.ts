/** The firmware's core on this computer under sanitizers: the corpus, then a short search that is the same each time. `npm run fuzz` searches longer. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

it('whatever arrives, the core never leaves its memory and never moves what is not armed', async () => {
  const build = mkdtempSync(join(tmpdir(), 'loom-fuzz-'));
  const env = { ...process.env, LOOM_FUZZ_BUILD: build };
  try {
    const { stderr } = await run('bash', [join(__dirname, 'run.sh'), 'runs', '20000'], { env, maxBuffer: 1 << 26 });
    expect(stderr).toMatch(/^Done \d+ runs/m);
    const runs = Number(/^Done (\d+) runs/m.exec(stderr)?.[1]);
    const covered = Math.max(...[...stderr.matchAll(/cov: (\d+)/g)].map((match) => Number(match[1])));
    console.log(`libFuzzer: ${runs} scripts, ${covered} edges of the core`);
    expect(covered).toBeGreaterThan(1000);
  } finally {
    rmSync(build, { recursive: true });
  }
}, 180_000);
