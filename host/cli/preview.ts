/** `loom preview`: the whole cloth as a picture, and what weaving it would take. */
import { extname } from 'node:path';
import type { Cloth } from '../../patterns/cloth';
import { timeOf } from '../../patterns/plan';
import type { LoomProfile } from '../../patterns/profile';
import { clothGrams, yarnUse } from '../../patterns/yarn-use';
import { openSource } from '../cloth/source';
import { mustDiffer, writeWhole } from '../cloth/write-file';
import { LoomError } from '../errors';
import { readProfile } from '../profiles/read';
import type { ClothView } from './export-names';
import { drawPng, drawSvg } from './pictures';
import type { Out } from './ports';
import { duration } from './words';

export interface PreviewCommand {
  /** id or folder of a dataset, or a file */
  readonly dataset: string;
  /** without it the cloth is shown in the terminal */
  readonly out?: string;
  readonly view?: ClothView;
  readonly encode?: string;
  readonly value?: string;
  readonly by?: string;
  readonly profile?: string;
  /** pixels across one end */
  readonly px?: number;
}

const drawings = { '.png': drawPng, '.svg': drawSvg } as const;

/** Draws the picture, prints the plan, and resolves with the exit code. @throws LoomError */
export async function preview(command: PreviewCommand, print: Out): Promise<number> {
  const { dataset, out, profile, px, view = 'cloth', encode, value, by } = command;
  const draw = out === undefined ? null : drawings[extname(out).toLowerCase() as keyof typeof drawings];
  if (draw === undefined)
    throw new LoomError(
      'usage',
      `"${out}" ends in neither .png nor .svg. Name the picture like cloth.png or cloth.svg.`,
    );
  const loom = readProfile(profile ?? 'exhibition-40');
  const source = await openSource(dataset, loom, { encode, value, by });
  const lines = clothWords(source.cloth, loom);
  if (draw && out !== undefined) {
    if (source.file !== null) mustDiffer(out, source.file);
    await writeWhole(out, await draw(view, source, loom, px));
    lines.push(`Drawn in ${out}`);
  } else lines.unshift(...(await inTerminal(source.cloth)), '');
  print.write(`${lines.join('\n')}\n`);
  return 0;
}

/** The whole cloth in the terminal's characters, where there is a terminal and it is wide enough. */
async function inTerminal(cloth: Cloth): Promise<string[]> {
  const { ends, picks } = cloth.lifts;
  if (!process.stdout.isTTY) return ['No --out FILE.png or FILE.svg, and no terminal: nothing is drawn.'];
  if (ends > process.stdout.columns)
    return [`${ends} ends are wider than this terminal: say --out FILE.png or FILE.svg to see the cloth.`];
  const { clothLines } = await import('./terminal-cloth');
  return clothLines(cloth, picks, Math.ceil(picks / 2) + 1).lines;
}

/** What a person wants to know before the first pick. */
export function clothWords(cloth: Cloth, loom: LoomProfile): string[] {
  const { shuttles, wefts, changes, picks, minutes, cm } = timeOf(cloth);
  const of = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  const { title, counted, source, licence } = cloth.provenance;
  return [
    title,
    `Counted by: ${counted}`,
    `Source: ${source}`,
    `Licence: ${licence}`,
    `${cloth.records.length > 0 ? `${of(cloth.records.length, 'record')} on ` : ''}${cloth.lifts.ends} ends: ${of(shuttles, 'shuttle')} in use at once, ${of(wefts, 'weft')}, ${of(changes, 'change')}, ${picks} picks, about ${duration(minutes * 60)} by hand, ${Math.round(cm)} cm of cloth${weightWords(cloth, loom)}`,
    ...cloth.notes,
  ];
}

/** Grams a kilometre of a yarn for a sett of about 5 ends a cm: wool of Nm 5. Taken where the profile gives no tex. */
const usualTex = 200;

/** Grams from the loom's yarns; a yarn that it does not have is taken to be as heavy as the loom's first weft. */
function weightWords(cloth: Cloth, loom: LoomProfile): string {
  const grams = clothGrams(cloth, loom);
  if (grams !== null) return `, ${Math.round(grams)} g of yarn`;
  const tex = loom.wefts.find((yarn) => yarn.tex !== undefined)?.tex ?? usualTex;
  const metres = yarnUse(cloth, loom).reduce((sum, { weftMetres, warpMetres }) => sum + weftMetres + warpMetres, 0);
  return `, about ${Math.round((metres * tex) / 1000)} g of yarn if it is of ${tex} tex`;
}
