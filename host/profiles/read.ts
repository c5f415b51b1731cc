/** Reads a loom profile: TOML shipped with loom, or the maker's own file. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import type { LoomProfile } from '../../patterns/profile';
import { type StockTable, stockTable } from '../board/stock/table';
import { nearest } from '../data/nearest';
import { LoomError } from '../errors';
import { shippedProfiles } from '../paths';

const count = z.number().int().positive();
const size = z.number().positive();
const yarn = z.strictObject({
  name: z.string().min(1),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like "#8e1f45"'),
  metres: size.optional(),
});
const stripe = z.strictObject({ from: count, to: count, yarn, lane: z.string().min(1).optional() });
const warp = z.strictObject({
  name: z.string().min(1),
  stripes: z.array(stripe).min(1),
  guides: z.array(count).default([]),
  guideYarn: yarn.optional(),
});

const profile = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, ".", "_" and "-"'),
    title: z.string().min(1),
    ends: count.max(1024),
    sett: size,
    picksPerCm: size,
    floatLimit: count,
    selvedge: z.number().int().nonnegative(),
    shuttles: count,
    warpMetres: size,
    palette: z.array(z.string()).min(1).optional(),
    board: z.strictObject({
      firmware: z.literal('uno'),
      outputs: z.enum(['pca9685', 'pins']),
      heddles: count,
      leds: z.number().int().nonnegative(),
    }),
    stock: stockTable.optional(),
    wefts: z.array(yarn).min(1),
    warps: z.array(warp).min(1),
  })
  .superRefine((loom, context) => {
    const report = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (loom.board.heddles !== loom.ends)
      report(['board', 'heddles'], `${loom.board.heddles} heddles cannot lift ${loom.ends} ends: one heddle lifts one`);
    if (2 * loom.selvedge >= loom.ends) report(['selvedge'], 'leaves no ends for data');
    for (const list of ['wefts', 'warps'] as const) {
      const names = loom[list].map(({ name }) => name);
      for (const [index, name] of names.entries())
        if (names.indexOf(name) !== index) report([list, index, 'name'], `"${name}" twice`);
    }
    for (const [index, name] of (loom.palette ?? []).entries())
      if (!loom.wefts.some((weft) => weft.name === name)) report(['palette', index], `there is no weft "${name}"`);
    for (const [index, { stripes, guides, guideYarn }] of loom.warps.entries()) {
      const path = ['warps', index];
      const fault = stripesFault(stripes, loom.ends);
      if (fault) report([...path, 'stripes'], fault);
      if (guides.length > 0 && !guideYarn) report([...path, 'guideYarn'], 'is lacking, and there are guides');
      const beyond = guides.find((end) => end > loom.ends);
      if (beyond !== undefined) report([...path, 'guides'], `there is no end ${beyond}`);
    }
  });

/** What is wrong with the stripes, or null when each end is in exactly one. */
function stripesFault(stripes: readonly { from: number; to: number }[], ends: number): string | null {
  let next = 1;
  for (const { from, to } of [...stripes].sort((a, b) => a.from - b.from)) {
    if (to < from) return `the stripe from ${from} to ${to} runs backwards`;
    if (from > next) return `end ${next} is in no stripe`;
    if (from < next) return `end ${from} is in two stripes`;
    next = to + 1;
  }
  if (next <= ends) return `end ${next} is in no stripe`;
  return next > ends + 1 ? `there is no end ${next - 1}` : null;
}

/**
 * @param nameOrFile name of a shipped profile ("exhibition-40"), or path of a TOML file
 * @throws LoomError configuration
 */
export function readProfile(nameOrFile: string): LoomProfile & { readonly stock?: StockTable } {
  const isFile = /[\\/]/.test(nameOrFile) || extname(nameOrFile) === '.toml';
  const file = isFile ? nameOrFile : join(shippedProfiles, `${nameOrFile}.toml`);
  const read = profile.safeParse(parseToml(readText(file, nameOrFile, isFile), file));
  if (read.success) return read.data;
  const [first, ...more] = read.error.issues;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  throw wrong(`${file}: ${place(first.path)}: ${first.message}${others}. Correct it there.`);
}

function readText(file: string, asked: string, isFile: boolean): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (isFile) throw wrong(`The profile ${file} cannot be read (${code}). Check the path.`, cause);
    const names = readdirSync(shippedProfiles)
      .filter((name) => name.endsWith('.toml'))
      .map((name) => name.slice(0, -'.toml'.length));
    const near = nearest(asked, names);
    const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There is ${names.join(', ')}.`;
    throw wrong(`There is no loom profile "${asked}". ${hint} A TOML file of your own works as well.`, cause);
  }
}

function parseToml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const why = cause.message.split('\n')[0].replace(/^Invalid TOML document: /, '');
    throw wrong(`${file}, line ${cause.line}: ${why}. Correct it there.`, cause);
  }
}

/** "warps 2, stripes": people count from 1. */
function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the whole file';
  return path
    .map((step, index) => (typeof step === 'number' ? ` ${step + 1}` : `${index > 0 ? ', ' : ''}${String(step)}`))
    .join('');
}

function wrong(message: string, cause?: unknown): LoomError {
  return new LoomError('configuration', message, { cause });
}
