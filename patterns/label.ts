/** The care label of a cloth: what must be said of it wherever it hangs, in the order in which it is read. */
import type { Cloth } from './cloth';
import { timeOf } from './plan';
import { readBack } from './read-back';
import { type ReadRow, readingTable } from './reading-table';

/** What the cloth itself does not know. */
export interface LabelFacts {
  /** of the data file, where the dataset names one: "1.0.0, 2026-11-20" */
  readonly version?: string;
  /** what the values are parts of: "People on the voting register" */
  readonly denominator?: string;
  /** changes that were made to the figures before they were woven */
  readonly mended?: readonly string[];
  /** days on which it was begun and finished, as people write them; null = it has not been woven */
  readonly woven: { readonly begun: string; readonly finished?: string } | null;
  /** where an error is reported: a person, an address */
  readonly report?: string;
  /** web address that the QR code holds */
  readonly link?: string;
}

/** A part of the label with its heading. */
export interface LabelPart {
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface Label {
  readonly title: string;
  readonly story: string;
  /** one for each entry of the cloth's legend, in its order */
  readonly legend: readonly { readonly title: string; readonly texture?: string }[];
  readonly parts: readonly LabelPart[];
  /** what the QR code holds; null when there is no address to give */
  readonly link: string | null;
}

/** Most absences that are told one by one. */
const mostAbsent = 12;

export function labelOf(cloth: Cloth, facts: LabelFacts): Label {
  const { title, story, counted, source, licence, caveats, sha256, dataset } = cloth.provenance;
  const part = (heading: string, lines: readonly string[]): LabelPart[] =>
    lines.some((line) => line !== '') ? [{ heading, lines: lines.filter((line) => line !== '') }] : [];
  const rows = rowsOf(cloth);
  const assumed = [...(facts.mended ?? []), ...cloth.notes.filter((note) => !(facts.mended ?? []).includes(note))];
  return {
    title,
    story,
    legend: cloth.legend.map(({ title: words, texture }) => (texture ? { title: words, texture } : { title: words })),
    parts: [
      ...part('How to read it', howTo(cloth)),
      ...part('Unit', [unitOf(cloth)]),
      ...part('Of how many', [facts.denominator ?? 'Not said by the dataset.']),
      ...part('What is missing, and why', absences(rows, cloth)),
      ...part(
        'What was assumed',
        assumed.length > 0 ? assumed : ['Nothing: the figures are woven as they were published.'],
      ),
      ...part('What it does not say', caveats),
      ...part('Who counted', [counted]),
      ...part('Source and licence', [source, licence]),
      ...part('Version of the data', [
        facts.version ? `${dataset}, version ${facts.version}` : dataset,
        sha256 ? `SHA-256 of the file: ${sha256}` : '',
      ]),
      ...part('The cloth', [made(cloth), ...wovenWords(facts)]),
      ...part('If you find an error', [
        facts.report ?? 'Tell those who showed you this cloth; the source is named above.',
      ]),
    ],
    link: facts.link ?? null,
  };
}

/** What is read from the threads; nothing when it is a weaver's draft, which tells no data. */
function rowsOf(cloth: Cloth): readonly ReadRow[] {
  return cloth.records.length === 0 ? [] : readingTable(readBack(cloth, cloth.key), cloth.key);
}

function howTo({ records, key }: Cloth): string[] {
  if (records.length === 0) return ['It is a weaver’s draft and tells no data.'];
  const order = `From the foot to the head: ${records[0].label} first, ${records[records.length - 1].label} last.`;
  return [`${records.length} records, one above the other. ${order}`, howToRead[key.encoding] ?? ''];
}

/** For each encoding, what a stranger does with eyes and fingers. */
const howToRead: Readonly<Record<string, string>> = {
  bars: 'Each bar begins at the left edge, at zero. Count its ends against the blocks of the ruler at foot and head.',
  mirror: 'Each bar begins at the middle. Count its ends outwards against the blocks of the ruler at foot and head.',
  sequence: 'Each record is a line; the lane that comes forward says what it was.',
  bands: 'Each record is a band; its colour and its texture say the same bin.',
  shade: 'Each record is a row of cells; the more of the weft a cell shows, the higher its bin.',
  span: 'Each record reaches from its low value to its high one, and a patch of plain weave is one number alone; a frayed end is one that nobody knows.',
  punchcard: 'Each record is a number in binary: add up the lanes in which the weft comes forward.',
};

function unitOf({ key, records }: Cloth): string {
  if (records.length === 0) return '';
  const halves = key.halves as readonly { title: string; unit: string }[] | undefined;
  const named = halves ?? [key.value as { title: string; unit: string }];
  return named.map(({ title, unit }) => `${title}: ${unit === '' ? 'no unit' : unit}`).join('; ');
}

function absences(rows: readonly ReadRow[], { records }: Cloth): string[] {
  const told = rows.flatMap((row): string[] => {
    if (row.is === 'absent') return [records[row.number - 1]?.words ?? `${row.label}: ${row.words}`];
    const own = row.cells?.filter((cell) => cell.is === 'absent') ?? [];
    return own.map(({ title, words }) => `${row.label}, ${title}: ${words.replace(/^absent: /, '')}.`);
  });
  if (rows.length > 0 && told.length === 0) return ['Nothing: each record of the table has its value.'];
  const more = told.length - mostAbsent;
  return more > 0 ? [...told.slice(0, mostAbsent), `And ${more} more.`] : told;
}

function made(cloth: Cloth): string {
  const { picks, cm, minutes, wefts } = timeOf(cloth);
  const { ends } = cloth.lifts;
  const hours = minutes < 60 ? `${Math.round(minutes)} minutes` : `${(minutes / 60).toFixed(1)} hours`;
  return `${ends} ends, ${picks} picks, ${Math.round(cm)} cm, ${wefts} ${wefts === 1 ? 'weft' : 'wefts'}; about ${hours} by hand. Loom: ${cloth.profile}.`;
}

function wovenWords({ woven }: LabelFacts): string[] {
  if (!woven) return ['Not woven yet.'];
  const { begun, finished } = woven;
  if (finished === undefined) return [`Begun ${begun}, not finished yet.`];
  return [begun === finished ? `Woven ${begun}.` : `Woven from ${begun} to ${finished}.`];
}
