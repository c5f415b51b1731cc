import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../host/paths';
import { generated } from '../../protocol/generate';

const scratch = mkdtempSync(join(tmpdir(), 'loom-firmware-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('what is made from the one table', () => {
  it.each(Object.keys(generated))('%s is what npm run generate writes', (path) => {
    expect(readFileSync(join(packageRoot, path), 'utf8')).toBe(generated[path]());
  });
});

describe('the shipped firmware', () => {
  const version = execFileSync('avr-gcc', ['-dumpversion'], { encoding: 'utf8' }).trim();
  const made = version === '5.4.0' ? 'byte for byte' : 'builds';
  const folder = join(packageRoot, 'firmware');
  let said = '';
  beforeAll(() => {
    said = execFileSync('make', ['-C', folder, `BUILT=${scratch}`, `BUILD=${scratch}`], { encoding: 'utf8' });
  }, 60_000);

  it.each(['uno', 'mega'])(`for the %s is what these sources become (avr-gcc ${version}: ${made})`, (board) => {
    const hex = readFileSync(join(scratch, `loom-${board}.hex`), 'utf8');
    const left = new RegExp(`^${board}: .* (\\d+) left for the stack`, 'm').exec(said)?.[1];
    expect(Number(left)).toBeGreaterThanOrEqual(300);
    if (version === '5.4.0') expect(hex).toBe(readFileSync(join(folder, 'built', `loom-${board}.hex`), 'utf8'));
    else expect(hex).toMatch(/:00000001FF\s*$/);
  });
});

describe('the core of the firmware', () => {
  const core = join(packageRoot, 'firmware', 'src', 'core');
  it.each(readdirSync(core))('%s names no chip', (file) => {
    const text = readFileSync(join(core, file), 'utf8');
    const headers = [...text.matchAll(/#include [<"]([^>"]+)/g)].map(([, header]) => header);
    expect(headers.filter((header) => /avr|util\/|outputs\//.test(header))).toEqual(
      file === 'flash.h' ? ['avr/pgmspace.h'] : [],
    );
    expect(text).toMatch(/^\/\/ /);
    expect(text.split('\n').length).toBeLessThanOrEqual(file === 'wire.gen.h' ? 500 : 320);
  });
});
