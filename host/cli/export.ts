/** `loom export`: a cloth or a draft as a file for other programs. */
import { extname } from 'node:path';
import type { Cloth } from '../../patterns/cloth';
import type { LoomProfile } from '../../patterns/profile';
import { draftFrom } from '../cloth/draft-from';
import { openSource, type Source } from '../cloth/source';
import { mustDiffer, writeWhole } from '../cloth/write-file';
import { LoomError } from '../errors';
import type { LabelWish } from '../label/facts';
import { profileNames, readProfile } from '../profiles/read';
import type { ClothView, ExportFormat } from './export-names';
import { drawPng, drawSvg } from './pictures';
import type { Out } from './ports';

export interface ExportCommand extends LabelWish {
  /** id or folder of a dataset, or a file: .cloth.json, WIF, DTX, WPO, PBM, PNG */
  readonly dataset: string;
  readonly to: ExportFormat;
  readonly out: string;
  readonly encode?: string;
  readonly value?: string;
  readonly by?: string;
  readonly profile?: string;
  readonly view?: ClothView;
  readonly px?: number;
}

/** Most that a `.cloth.json` is read back with. */
const mostEnds = 4096;
const mostPicks = 65535;

/** Writes the file, says what it carries, and resolves with the exit code. @throws LoomError */
export async function exportCloth(command: ExportCommand, print: Out): Promise<number> {
  const { dataset, to, out, profile, encode, value, by } = command;
  if (command.view !== undefined && to !== 'png' && to !== 'svg')
    throw new LoomError('usage', `--view is for pictures; ${to} has none. Leave it out, or export --to png or svg.`);
  const loom = readProfile(profile ?? 'exhibition-40');
  const source = await openSource(dataset, loom, { encode, value, by });
  const forLabels = (['woven', 'report', 'link'] as const).find((name) => command[name] !== undefined);
  if (forLabels && to !== 'label')
    throw new LoomError('usage', `--${forLabels} is for labels; ${to} has none. Leave it out, or export --to label.`);
  if (source.file !== null) mustDiffer(out, source.file);
  // A cloth that was made for a shipped loom is threaded as that one is.
  const made = profileNames().includes(source.cloth.profile) ? readProfile(source.cloth.profile) : loom;
  await writeWhole(out, await content(source, command, profile === undefined ? made : loom));
  const { ends, picks } = source.cloth.lifts;
  print.write(`${source.cloth.provenance.title}\n${ends} ends × ${picks} picks, written in ${out} (${loses[to]})\n`);
  return 0;
}

/** What a person should know of each format before relying on it. */
const loses: Readonly<Record<ExportFormat, string>> = {
  wif: 'lifts, colours, sett and the key, from which loom read gets the data back',
  dtx: 'lifts and colours; no key: the data is read with --key FILE.cloth.json',
  png: 'a picture',
  svg: 'a picture',
  pbm: 'where the warp is up, and nothing else',
  cloth: 'complete',
  label: 'the care label',
};

async function content(source: Source, command: ExportCommand, loom: LoomProfile): Promise<Uint8Array | string> {
  const { to, view = 'cloth', px } = command;
  switch (to) {
    case 'wif':
      return (await import('../../patterns/formats/wif-write')).writeWif(draftFrom(source, loom));
    case 'dtx':
      return (await import('../../patterns/formats/dtx-write')).writeDtx(draftFrom(source, loom));
    case 'pbm':
      return (await import('../../patterns/formats/pbm')).writePbm(source.cloth.lifts);
    case 'png':
      return drawPng(view, source, loom, px);
    case 'svg':
      return drawSvg(view, source, loom, px);
    case 'cloth':
      return clothText(source.cloth);
    case 'label':
      return label(source, command);
  }
}

async function clothText(cloth: Cloth): Promise<string> {
  const { ends, picks } = cloth.lifts;
  if (ends > mostEnds || picks > mostPicks)
    throw new LoomError(
      'dataset',
      `${ends} ends × ${picks} picks are more than a .cloth.json holds (${mostEnds} × ${mostPicks}). Export it --to wif or pbm.`,
    );
  return (await import('../../patterns/cloth-json')).clothToJson(cloth);
}

/** The ending of the file says how the label is written. */
async function label(source: Source, command: ExportCommand): Promise<Uint8Array | string> {
  const { dataset, out } = command;
  const ending = extname(out).toLowerCase();
  if (ending !== '.html' && ending !== '.pdf' && ending !== '.txt')
    throw new LoomError('usage', `"${out}" ends in neither .html, .pdf nor .txt. Name the label like label.html.`);
  const [{ labelOf }, { labelFacts }] = await Promise.all([import('../../patterns/label'), import('../label/facts')]);
  const opened = source.file === null ? await (await import('../data/dataset')).openDataset(dataset) : null;
  const label = labelOf(source.cloth, labelFacts(source.cloth, opened, command));
  if (ending === '.txt') return (await import('../label/text')).labelText(label);
  const [{ labelHtml }, { swatches }] = await Promise.all([import('../label/html'), import('../label/swatches')]);
  const html = labelHtml(label, swatches(source.cloth));
  return ending === '.html' ? html : (await import('../label/pdf')).labelPdf(html);
}
