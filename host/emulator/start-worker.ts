/** Starts the emulator's thread, compiled or from sources. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerOptions } from './worker-messages';

export function startWorker(workerData: WorkerOptions): Worker {
  if (__filename.endsWith('.js')) return new Worker(join(__dirname, 'worker.js'), { workerData });
  return new Worker(bundled(join(__dirname, 'worker.ts')), { workerData, eval: true });
}

let bundle: string | null = null;

/** From sources (tests, development) a thread cannot load TypeScript; esbuild makes one script of it in a moment. */
function bundled(entry: string): string {
  if (bundle) return bundle;
  const { buildSync } = require('esbuild') as typeof import('esbuild');
  const { outputFiles } = buildSync({
    ...{ entryPoints: [entry], bundle: true, write: false, platform: 'node', target: 'node20', logLevel: 'error' },
    sourcemap: 'inline',
  });
  bundle = outputFiles[0].text;
  return bundle;
}
