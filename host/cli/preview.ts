/** `loom preview`: the whole cloth as a picture, and what weaving it would take. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Cloth } from '../../patterns/cloth';
import { timeOf } from '../../patterns/plan';
import type { LoomProfile } from '../../patterns/profile';
import { clothGrams } from '../../patterns/yarn-use';
import { clothOf } from '../data/cloth-of';
import { openDataset } from '../data/dataset';
import { LoomError } from '../errors';
import { readProfile } from '../profiles/read';
import type { Out } from './ports';
import { duration } from './words';

export interface PreviewCommand {
  readonly dataset: string;
  readonly out: string;
  readonly encode?: string;
  readonly value?: string;
  readonly by?: string;
  readonly profile?: string;
  /** pixels across one end */
  readonly px?: number;
}

type Draw = (cloth: Cloth, px: number) => Promise<Uint8Array | string>;

const drawings: Readonly<Record<string, Draw>> = { '.png': drawPng, '.svg': drawSvg };
const defaultPx = 10;

/** Writes the picture, prints the plan, and resolves with the exit code. @throws LoomError */
export async function preview(command: PreviewCommand, print: Out): Promise<number> {
  const { dataset, out, profile, px = defaultPx, ...wish } = command;
  const draw = drawings[extname(out).toLowerCase()];
  if (!draw)
    throw new LoomError(
      'usage',
      `"${out}" ends in neither .png nor .svg. Name the picture like cloth.png or cloth.svg.`,
    );
  const loom = readProfile(profile ?? 'exhibition-40');
  const cloth = clothOf(await openDataset(dataset), loom, wish);
  await writeWhole(out, await draw(cloth, px));
  print.write(`${[...clothWords(cloth, loom), `Drawn in ${out}`].join('\n')}\n`);
  return 0;
}

/** What a person wants to know before the first pick. */
export function clothWords(cloth: Cloth, loom: LoomProfile): string[] {
  const { shuttles, wefts, changes, picks, minutes, cm } = timeOf(cloth);
  const of = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  const { title, counted, source, licence } = cloth.provenance;
  const grams = clothGrams(cloth, loom);
  const weight = grams === null ? '' : `, ${Math.round(grams)} g of yarn`;
  return [
    title,
    `Counted by: ${counted}`,
    `Source: ${source}`,
    `Licence: ${licence}`,
    `${of(cloth.records.length, 'record')} on ${cloth.lifts.ends} ends: ${of(shuttles, 'shuttle')} in use at once, ${of(wefts, 'weft')}, ${of(changes, 'change')}, ${picks} picks, about ${duration(minutes * 60)} by hand, ${Math.round(cm)} cm of cloth${weight}`,
    ...cloth.notes,
  ];
}

async function drawPng(cloth: Cloth, px: number): Promise<Uint8Array> {
  const [{ renderCloth }, { PNG }] = await Promise.all([import('../../patterns/render'), import('pngjs')]);
  const { width, height, rgba } = sized(() => renderCloth(cloth, { px }));
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  return PNG.sync.write(png, { colorType: 2 });
}

async function drawSvg(cloth: Cloth, px: number): Promise<string> {
  const { svg } = await import('../../patterns/render');
  return sized(() => svg(cloth, px));
}

/** A size that makes no picture is the asker's mistake. */
function sized<Drawn>(draw: () => Drawn): Drawn {
  try {
    return draw();
  } catch (error) {
    if (error instanceof RangeError) throw new LoomError('usage', `--px: ${error.message}.`, { cause: error });
    throw error;
  }
}

/** The whole file or none of it: a picture that is there already stays until the new one is complete. */
async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFile(beside, content);
    await rename(beside, file);
  } catch (cause) {
    await rm(beside, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    throw new LoomError('failed', `${file} cannot be written (${code}). Check the folder and its permissions.`, {
      cause,
    });
  }
}
