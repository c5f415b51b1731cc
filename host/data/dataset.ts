/** A dataset: a folder with `datapackage.json` and a CSV, built in or the user's own. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Provenance } from '../../patterns/cloth';
import type { Table } from '../../patterns/table';
import { LoomError } from '../errors';
import { builtInDatasets } from '../paths';
import { readCsv } from './csv';
import { nearest } from './nearest';
import { type DataPackage, dataPackage, type Suggestion } from './package';

export interface Dataset {
  readonly id: string;
  readonly title: string;
  readonly folder: string;
  readonly table: Table;
  /** what datapackage.json says, checked */
  readonly facts: DataPackage;
  /** ways to weave it; the first is the default */
  readonly choices: readonly Suggestion[];
  readonly licence: string;
  /** sha256 of the data file, hex */
  readonly sha256: string;
  readonly provenance: Provenance;
}

/** What `loom datasets` says of one. */
export interface DatasetLine {
  readonly id: string;
  readonly title: string;
  readonly rows: number;
  readonly source: string;
  readonly licence: string;
}

/** The built-in datasets, by id. */
export async function listDatasets(): Promise<DatasetLine[]> {
  const datasets = await Promise.all((await builtInIds()).map(openDataset));
  return datasets.map(({ id, title, table, provenance, licence }) => ({
    id,
    title,
    rows: table.rows.length,
    source: provenance.source,
    licence,
  }));
}

/** The id of a dataset, without reading its data. Takes and throws what `openDataset` does. */
export async function datasetId(idOrFolder: string): Promise<string> {
  return (await readPackage(await folderOf(idOrFolder))).name;
}

/**
 * @param idOrFolder id of a built-in dataset, or path of a folder with datapackage.json
 * @throws LoomError dataset, with file, line, column and what to do
 */
export async function openDataset(idOrFolder: string): Promise<Dataset> {
  const folder = await folderOf(idOrFolder);
  const facts = await readPackage(folder);
  const [resource] = facts.resources;
  const file = join(folder, resource.path);
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new LoomError(
      'dataset',
      `${file} cannot be read (${cause.code}). It is the data file that ${join(folder, 'datapackage.json')} names.`,
      { cause },
    );
  });
  const table = readCsv(bytes, file, resource);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const licence = licenceOf(facts);
  return {
    id: facts.name,
    title: facts.title,
    folder,
    table,
    facts,
    choices: facts.loom.encodings,
    licence,
    sha256,
    provenance: {
      dataset: facts.name,
      title: facts.title,
      story: facts.loom.story,
      counted: facts.loom.counted,
      source: facts.loom.attribution,
      licence,
      caveats: facts.loom.caveats,
      sha256,
    },
  };
}

async function folderOf(idOrFolder: string): Promise<string> {
  const ids = await builtInIds();
  const folder = ids.includes(idOrFolder) ? join(builtInDatasets, idOrFolder) : idOrFolder;
  if (!existsSync(folder)) throw unknown(idOrFolder, ids);
  return folder;
}

async function builtInIds(): Promise<string[]> {
  return (await readdir(builtInDatasets)).filter((name) => !name.startsWith('.')).sort();
}

function unknown(asked: string, ids: readonly string[]): LoomError {
  if (/[\\/]/.test(asked)) return new LoomError('dataset', `There is no folder ${asked}. Check the path.`);
  const near = nearest(asked, ids);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${ids.join(', ')}.`;
  return new LoomError(
    'dataset',
    `There is no dataset "${asked}". ${hint} \`loom datasets\` lists them all; a folder with datapackage.json works as well.`,
  );
}

async function readPackage(folder: string): Promise<DataPackage> {
  const file = join(folder, 'datapackage.json');
  if (!(await stat(folder)).isDirectory())
    throw new LoomError(
      'dataset',
      `${folder} is a file. Give the folder that holds it, with a datapackage.json beside it that declares its columns.`,
    );
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is missing' : 'cannot be read';
    throw new LoomError('dataset', `${file} ${why}. A dataset is a folder with datapackage.json and a CSV.`, { cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new LoomError('dataset', `${file} is not JSON: ${(cause as Error).message}. Correct it there.`, { cause });
  }
  const parsed = dataPackage.safeParse(json);
  if (parsed.success) return parsed.data;
  const [first, ...more] = parsed.error.issues;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  throw new LoomError(
    'dataset',
    `${file}: ${first.path.join('.') || 'the whole file'}: ${first.message}${others}. Correct it there; the built-in datasets show the form.`,
  );
}

function licenceOf({ licenses, loom }: DataPackage): string {
  const named = licenses.map(({ title, name }) => title ?? name).filter((text) => text !== undefined);
  return named.join(', ') || loom.licence || 'No licence stated.';
}
