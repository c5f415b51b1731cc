/** Runs `loom` as a process of its own: as compiled where that is fresh, else from its sources, which takes longer. */
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../host/paths';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const compiled = join(packageRoot, 'dist', 'host', 'cli', 'loom.js');
const sources = ['-r', 'ts-node/register/transpile-only', join(packageRoot, 'host', 'cli', 'loom.ts')];
const program = isFresh() ? [compiled] : sources;

/** Has everything been compiled since it was last changed? */
function isFresh(): boolean {
  const build = statSync(join(packageRoot, 'dist', '.tsbuildinfo'), { throwIfNoEntry: false });
  if (!build || !statSync(compiled, { throwIfNoEntry: false })) return false;
  return ['host', 'patterns', 'protocol'].every((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .every((file) => statSync(join(packageRoot, folder, file)).mtimeMs < build.mtimeMs),
  );
}

export interface Reader {
  /** lines after which nobody reads its output any more, as `head` does; 0 = from the start */
  readonly lines?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export function loom(args: readonly string[], { lines = Number.POSITIVE_INFINITY, env }: Reader = {}): Promise<Ran> {
  const child = spawn(process.execPath, [...program, ...args], { cwd: packageRoot, env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  if (lines === 0) child.stdout.destroy();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (out.split('\n').length > lines) child.stdout.destroy();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
