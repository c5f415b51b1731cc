/** What a label says beside the cloth: from the dataset's package, the journal of the weave, and whoever hangs it up. */
import { basename } from 'node:path';
import type { Cloth } from '../../patterns/cloth';
import type { LabelFacts } from '../../patterns/label';
import { readTextFile } from '../cloth/source';
import { mendingWords } from '../data/cloth-of';
import type { Dataset } from '../data/dataset';
import { LoomError } from '../errors';
import { readEntries } from '../weave/journal';

export interface LabelWish {
  /** the journal of its weave */
  readonly woven?: string;
  /** where an error is reported */
  readonly report?: string;
  /** web address for the QR code */
  readonly link?: string;
}

/** @param dataset null for a cloth that came as a file. @throws LoomError usage, dataset */
export function labelFacts(cloth: Cloth, dataset: Dataset | null, { woven, report, link }: LabelWish): LabelFacts {
  if (link !== undefined && !isAddress(link))
    throw new LoomError('usage', `--link: "${link}" is no web address. Give one like https://example.org/loom.`);
  const facts = dataset?.facts;
  const source = facts?.sources.find(({ path }) => path !== undefined && isAddress(path));
  return {
    version: [facts?.version, facts?.created && `of ${day(facts.created)}`].filter(Boolean).join(', ') || undefined,
    denominator: dataset ? denominatorOf(cloth, dataset) : undefined,
    mended: facts?.loom.mended.map(mendingWords),
    woven: woven === undefined ? null : daysIn(woven, cloth),
    report: report ?? (source ? `Tell the source: ${source.title}, ${source.path}` : undefined),
    link: link ?? source?.path,
  };
}

/** Only what a telephone opens as a page. */
function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The dataset's own words; for a share, the column that it is a share of. */
function denominatorOf(cloth: Cloth, { facts }: Dataset): string | undefined {
  if (facts.loom.denominator !== undefined) return facts.loom.denominator;
  const { fields } = facts.resources[0].schema;
  const titles = titlesIn(cloth);
  const woven = fields.filter(({ name, title }) => titles.includes(title ?? name));
  const words = woven.flatMap(({ name, title, loom }) => {
    const own = title ?? name;
    const whole = fields.find((field) => field.name === loom?.share?.of);
    if (whole) return `${own}: a share of “${whole.title ?? whole.name}”.`;
    if (loom?.kind === 'count' || loom?.kind === 'amount') return `${own}: a ${loom.kind}, no part of a whole.`;
    return loom?.kind ? `${own}: a ${loom.kind}, no part of a whole and no amount.` : [];
  });
  return words.join(' ') || undefined;
}

/** Titles of the columns that the cloth tells. */
function titlesIn({ key }: Cloth): string[] {
  const { value, by, halves, columns, titles } = key as {
    value?: { title: string };
    by?: { title: string } | null;
    halves?: { title: string }[];
    columns?: { title: string }[];
    titles?: Record<string, string>;
  };
  return [value, by, ...(halves ?? []), ...(columns ?? [])]
    .flatMap((one) => one?.title ?? [])
    .concat(Object.values(titles ?? {}));
}

/** Days of the first open shed and of the end. @throws LoomError dataset when the journal is of another cloth */
function daysIn(journal: string, { provenance, lifts }: Cloth): LabelFacts['woven'] {
  const { entries } = readEntries(Buffer.from(readTextFile(journal)), journal);
  const begun = entries.findLast((entry) => entry.what === 'begin');
  if (begun?.what !== 'begin' || begun.picks !== lifts.picks || begun.dataset !== provenance.dataset)
    throw new LoomError(
      'dataset',
      `${basename(journal)} is not the journal of this cloth. Name the cloth.json that lies beside it.`,
    );
  const since = entries.slice(entries.indexOf(begun));
  const finished = since.find(({ what }) => what === 'finished');
  return { begun: day(begun.at), ...(finished ? { finished: day(finished.at) } : {}) };
}

/** "24 November 2026", as the clock of the loom had it. */
function day(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime())
    ? at
    : time.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}
