/** A loom profile is read whole, or refused with its file, place and what is wrong. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LoomError } from '../../host/errors';
import { shippedProfiles } from '../../host/paths';
import { readProfile } from '../../host/profiles/read';

const shipped = readFileSync(join(shippedProfiles, 'exhibition-40.toml'), 'utf8');

function profileFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'loom-profile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'mine.toml');
  writeFileSync(file, text);
  return file;
}

function refusal(nameOrFile: string): string {
  try {
    readProfile(nameOrFile);
  } catch (error) {
    if (error instanceof LoomError && error.exitCode === 3) return error.message;
    throw error;
  }
  throw new Error('it was read');
}

describe('a loom profile', () => {
  it('comes by its name, or from a file of one’s own', () => {
    const loom = readProfile('exhibition-40');
    expect(loom).toMatchObject({ ends: 40, board: { heddles: 40, leds: 40, outputs: 'pca9685' } });
    expect(loom.warps.map(({ name }) => name)).toEqual(expect.arrayContaining(['bars', 'bands', 'sequence']));
    expect(readProfile(profileFile(shipped))).toEqual(loom);
  });

  it('is refused by a name that is not there, with the nearest', () => {
    expect(refusal('exhibition-4')).toContain('Did you mean exhibition-40?');
    expect(refusal('./none.toml')).toContain('./none.toml cannot be read (ENOENT)');
  });

  it.each([
    ['is not TOML', 'ends = 40', 'ends = = 40', /mine\.toml, line \d+: /],
    ['lacks a field', 'sett = 5\n', '', /mine\.toml: sett: /],
    ['has a field that nobody knows', 'sett = 5', 'sett = 5\nset = 5', /"set"/],
    ['has fewer heddles than ends', 'heddles = 40', 'heddles = 39', /board, heddles: 39 heddles cannot lift 40 ends/],
    [
      'names a weft that is not there',
      'palette = ["green"',
      'palette = ["grass"',
      /palette 1: there is no weft "grass"/,
    ],
    ['leaves an end out of the stripes', 'from = 3\n', 'from = 4\n', /warps 3, stripes: end 3 is in no stripe/],
    ['puts an end into two stripes', 'from = 39\n', 'from = 38\n', /end 38 is in two stripes/],
    ['has an end too many', 'to = 40\n', 'to = 41\n', /there is no end 41/],
    ['has a colour that is none', 'colour = "#3a1636"', 'colour = "plum"', /wefts 1, colour: must be a colour/],
  ])('is refused when it %s', (_, was, becomes, sentence) => {
    // The colours may be tuned; the place in the file is what counts.
    const text =
      becomes === 'colour = "plum"' ? shipped.replace(/colour = "#\w{6}"/, becomes) : shipped.replace(was, becomes);
    expect(text).not.toBe(shipped);
    expect(refusal(profileFile(text))).toMatch(sentence);
  });
});
