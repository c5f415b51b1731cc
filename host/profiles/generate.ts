/** Writes docs/encodings.md; with --check only says whether it is stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../paths';
import { encodingsPage } from './page';

const path = join(packageRoot, 'docs', 'encodings.md');
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== encodingsPage()) {
    console.error('docs/encodings.md is stale: run npm run generate');
    process.exitCode = 1;
  }
} else writeFileSync(path, encodingsPage());
