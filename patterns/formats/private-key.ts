/** Our own section of a WIF file: the key of the cloth and who counted, so that the data can be read from the draft alone. */
import type { ClothKey, Provenance } from '../cloth';
import { DraftError, type PrivateSection } from './weaving-file';

const heading = 'PRIVATE LOOM KEY';
/** Some programs cut longer lines. */
const perLine = 200;

export interface KeyAndSource {
  readonly key: ClothKey;
  readonly provenance: Provenance;
}

/** `1=…` and so on: JSON in ASCII, cut into lines. Values are not in it: they are in the threads. */
export function keySection({ key, provenance }: KeyAndSource): PrivateSection {
  const json = JSON.stringify({ version: 1, key, provenance }).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const pieces = json.match(new RegExp(`.{1,${perLine}}`, 'g')) ?? [];
  // A blank at the end of a line would be lost: the piece stands between bars.
  return { heading, lines: pieces.map((piece, i) => `${i + 1}=|${piece}|`) };
}

/**
 * What our section says, as it stands there: parsed, not yet believed. Null when the file has none.
 * @throws DraftError when the section is damaged
 */
export function ownSection(sections: readonly PrivateSection[]): unknown {
  const own = sections.find((one) => one.heading.toUpperCase().replace(/\s+/g, ' ') === heading);
  if (!own) return null;
  const pieces = own.lines.flatMap((line) => /^(\d{1,6})=\|(.*)\|$/.exec(line) ?? []);
  let json = '';
  for (let at = 0; at < pieces.length; at += 3) json += pieces[at + 2];
  try {
    return JSON.parse(json);
  } catch {
    throw new DraftError(`The section [${own.heading}] is damaged; give the key with --key FILE.`);
  }
}
