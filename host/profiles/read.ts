/** Reads a loom profile: TOML shipped with loom, or the maker's own file. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import type { LoomProfile } from '../../patterns/profile';
import type { StockTable } from '../board/stock/table';
import { nearest } from '../data/nearest';
import { LoomError } from '../errors';
import { shippedProfiles } from '../paths';
import { profileSchema } from './schema';

/** Names of the profiles that come with loom, in the order of the alphabet. */
export function profileNames(): string[] {
  return readdirSync(shippedProfiles)
    .filter((name) => name.endsWith('.toml'))
    .map((name) => name.slice(0, -'.toml'.length))
    .sort();
}

/**
 * @param nameOrFile name of a shipped profile ("exhibition-40"), or path of a TOML file
 * @throws LoomError configuration
 */
export function readProfile(nameOrFile: string): LoomProfile & { readonly stock?: StockTable } {
  const isFile = /[\\/]/.test(nameOrFile) || extname(nameOrFile) === '.toml';
  const file = isFile ? nameOrFile : join(shippedProfiles, `${nameOrFile}.toml`);
  const read = profileSchema.safeParse(parseToml(readText(file, nameOrFile, isFile), file));
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
    const names = profileNames();
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
