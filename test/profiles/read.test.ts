/** A loom profile is read whole, or refused with its file, place and what is wrong. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LoomError } from '../../host/errors';
import { packageRoot, shippedProfiles } from '../../host/paths';
import { profileNames, readProfile } from '../../host/profiles/read';
import { profileFieldNames } from '../../host/profiles/schema';
import { harnessOf } from '../../patterns/harness';

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

describe('a profile of shafts', () => {
  const table = readFileSync(join(shippedProfiles, 'table-16.toml'), 'utf8');
  const shafts = readFileSync(join(shippedProfiles, 'shaft-8.toml'), 'utf8');

  it.each([
    [
      'names a shaft that the board has not',
      shafts,
      '[1, 2, 3, 4, 5]',
      '[1, 2, 3, 4, 9]',
      /lifting, threading: there is no shaft 9: board.heddles is 8/,
    ],
    [
      'has blocks that do not fill the loom',
      table,
      'ends = 60',
      'ends = 56',
      /threading, blocks: are 112 ends wide, and there are 116/,
    ],
    [
      'lifts selvedges with the cloth',
      shafts,
      'leftSelvedge = [7, 8]',
      'leftSelvedge = [7, 5]',
      /has shaft 5, which moves selvedge ends: give the selvedges shafts of their own, or let them float/,
    ],
    [
      'names too few selvedge shafts',
      shafts,
      'leftSelvedge = [7, 8]',
      'leftSelvedge = [7]',
      /leftSelvedge: names 1 shafts, and 2 selvedge ends hang on shafts/,
    ],
    [
      'shares shafts for half-basket',
      shafts,
      'selvedgeWeave = "plain"',
      'selvedgeWeave = "half-basket"',
      /half-basket needs other shafts at the left edge/,
    ],
    [
      'lifts neighbours of the selvedge together',
      shafts,
      'leftSelvedge = [7, 8]',
      'leftSelvedge = [7, 7]',
      /shaft 7 lifts neighbours of the selvedge together/,
    ],
    [
      'has a threading of no kind',
      shafts,
      'kind = "straight"',
      'kind = "crooked"',
      /mine\.toml: lifting, threading, kind: /,
    ],
    ['is longer than its warp', shafts, 'loomWaste = 0.8', 'loomWaste = 5', /loomWaste: leaves no warp to weave on/],
  ])('is refused when it %s', (_, text, was, becomes, sentence) => {
    expect(text).toContain(was);
    expect(refusal(profileFile(text.replace(was, becomes)))).toMatch(sentence);
  });

  it('is refused when the board cannot move so many', () => {
    const pins = readFileSync(join(shippedProfiles, 'uno-12.toml'), 'utf8');
    const more = pins.replace('heddles = 12', 'heddles = 13').replace('ends = 12\n', 'ends = 13\n');
    expect(refusal(profileFile(more))).toMatch(/board, heddles: is 13, and an Uno on pins moves 12 at most/);
    const wide = shipped.replace('leds = 40', 'leds = 200');
    expect(refusal(profileFile(wide))).toMatch(/board, leds: is 200, and the board lights 128 at most/);
  });

  it('may float its selvedges, which then need no shafts', () => {
    const text = shafts
      .replace('selvedgeWeave = "plain"', 'selvedgeWeave = "floating"')
      .replace('selvedge = 2', 'selvedge = 1')
      .replace(/(left|right)Selvedge = .*\n/g, '')
      .replaceAll('204', '202');
    expect(harnessOf(readProfile(profileFile(text))).of.slice(0, 3)).toEqual([-1, 0, 1]);
  });
});

it('every shipped profile is read, and has the warp that each of its encodings wants', () => {
  for (const name of profileNames()) {
    const loom = readProfile(name);
    expect(loom.name).toBe(name);
    expect(loom.warps.map((warp) => warp.name)).toContain('bands');
  }
});

it('docs/profile.md explains every field', () => {
  const page = readFileSync(join(packageRoot, 'docs', 'profile.md'), 'utf8');
  for (const field of profileFieldNames()) expect(page, field).toContain(`\`${field}\``);
});
