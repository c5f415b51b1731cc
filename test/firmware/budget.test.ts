/** docs/firmware.md prints how EEPROM is used: the figures must be those of the table. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../host/paths';
import { exceptionCount, type SettingSpec, settings } from '../../protocol/wire.table';

const page = readFileSync(join(packageRoot, 'docs', 'firmware.md'), 'utf8');
const heddles: SettingSpec = settings[1];
const firstBank = 16;

describe('the EEPROM budget', () => {
  it.each([
    ['Uno', heddles.maxOnUno ?? 0, 8, 1024, 0],
    ['Mega', heddles.max, 28, 4096, 1],
  ] as const)('of the %s is as printed, and fits', (_, most, boards, room, column) => {
    const parts = [4, 2 * settings.length, Math.ceil((2 * most * 9) / 8), 6 * exceptionCount, boards, 2];
    const bank = parts.reduce((sum, part) => sum + part, 0);
    const all = firstBank + 2 * bank;
    expect(all).toBeLessThanOrEqual(room);
    const cells = (start: string) => {
      const line = page.split('\n').find((one) => one.startsWith(`| ${start}`)) ?? '';
      return line.split('|')[2 + column].replace(/\*\*/g, '').trim();
    };
    expect(cells('a bank: mark')).toBe(String(parts[0]));
    expect(cells(`… ${settings.length} settings`)).toBe(String(parts[1]));
    expect(cells('… up and down')).toBe(String(parts[2]));
    expect(cells(`… ${exceptionCount} exceptions`)).toBe(String(parts[3]));
    expect(cells('… oscillators')).toBe(String(parts[4]));
    expect(cells('two banks')).toBe(String(2 * bank));
    expect(cells('**all**')).toBe(`${all} of ${room}`);
  });
});

it('the memory that is printed is that of the built firmware', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'loom-memory-'));
  try {
    const made = execFileSync(
      'make',
      ['-C', join(packageRoot, 'firmware'), `BUILD=${join(scratch, 'build')}`, `BUILT=${join(scratch, 'built')}`],
      { encoding: 'utf8' },
    );
    for (const [board, row] of [
      ['uno', '| Uno, Nano |'],
      ['mega', '| Mega |'],
    ]) {
      const [flash, room, ram, , left] = (new RegExp(`^${board}: .*$`, 'm').exec(made)?.[0].match(/\d+/g) ?? []).map(
        Number,
      );
      const printed = page.split('\n').find((line) => line.startsWith(row) && line.includes('bytes')) ?? '';
      const figures = (printed.replace(/\([^)]*\)|,/g, '').match(/\d+/g) ?? []).map(Number);
      expect([figures[0], figures[1], figures[2], figures[4]]).toEqual([flash, room, ram, left]);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
