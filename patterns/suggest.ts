/** Which encodings suit a table on a loom, best first with a sentence why; and those that do not, with what to try. */
import { checkCloth, isFault } from './checks';
import type { Choice, EncodingName, Refusal } from './choice';
import { encodingNames } from './choice';
import { binned, encode } from './encode';
import { timeOf } from './plan';
import type { LoomProfile } from './profile';
import type { Column, MeasureKind, Table } from './table';

export interface Suggestion {
  readonly encoding: EncodingName;
  /** name of the column that would be woven */
  readonly value: string;
  /** name of the second column, where one is woven with it */
  readonly by?: string;
  readonly why: string;
  /** of the cloth, by hand */
  readonly picks: number;
  readonly minutes: number;
  /** most shuttles in use at once */
  readonly shuttles: number;
}
export interface Unsuited extends Omit<Refusal, 'ok'> {
  readonly encoding: EncodingName;
  readonly value: string;
}
export interface Suggestions {
  readonly suited: readonly Suggestion[];
  readonly unsuited: readonly Unsuited[];
}

const noCredit = { dataset: '', title: '', story: '', counted: '', source: '', licence: '', caveats: [], sha256: '' };

type Family = 'length' | 'steps' | 'category';
const familyOf = (kind: MeasureKind): Family =>
  kind === 'category' ? 'category' : kind === 'count' || kind === 'amount' || kind === 'share' ? 'length' : 'steps';

/** How well an encoding says a kind of measure: 3 made for it, 2 well, 1 loses something, 0 only when nothing else is. */
const ranks: Readonly<Record<string, Readonly<Record<Family, number>>>> = {
  bars: { length: 3, steps: 0, category: 0 },
  mirror: { length: 3, steps: 0, category: 0 },
  span: { length: 3, steps: 0, category: 0 },
  bands: { length: 1, steps: 3, category: 0 },
  shade: { length: 2, steps: 2, category: 0 },
  sequence: { length: 0, steps: 0, category: 3 },
  punchcard: { length: 1, steps: 1, category: 0 },
};

function rank(encoding: EncodingName, kind: MeasureKind): number {
  return ranks[encoding]?.[familyOf(kind)] ?? 1;
}

function why(encoding: EncodingName, { title, kind }: Column, second?: Column): string {
  const family = familyOf(kind!);
  const also = second ? ` The weft’s colour says ${second.title} beside it.` : '';
  switch (encoding as string) {
    case 'bars':
      return `${title} is a ${kind} with a true zero, so its length can be counted in ends.${also}`;
    case 'mirror':
      return `${title} has a true zero, so two lengths can stand back to back on one axis.`;
    case 'span':
      return `${title} has a true zero, and a span shows from where to where it may be.`;
    case 'sequence':
      return `${title} is a category: each has a lane of its own, in the order of the rows.`;
    case 'shade':
      return `${title} can be told in shades, the darker the more: many cells are seen at a glance.`;
    case 'punchcard':
      return `${title} is told exactly, digit by digit; it is read with patience, not at a glance.`;
  }
  return family === 'length'
    ? `${title} can be told in bins, by colour and texture; less exact than bars.`
    : `${title} is a ${kind}: it has no true zero, so it is told in bins by colour and texture.`;
}

/**
 * @param label name of the column that names a record; default the first column of text
 * @param declared ways that the dataset itself suggests, best first: they come before our own of the same worth
 */
export function suggestEncodings(
  table: Table,
  profile: LoomProfile,
  label?: string,
  declared: readonly Choice[] = [],
): Suggestions {
  const name = label ?? table.columns.find(({ type }) => type === 'string')?.name ?? table.columns[0]?.name ?? '';
  const suited: (Suggestion & { rank: number })[] = [];
  const unsuited: Unsuited[] = [];
  const look = (choice: Choice, column: Column, own: number): void => {
    const { encoding, value, by } = choice;
    const cloth = woven(table, profile, choice);
    if ('reason' in cloth) {
      unsuited.push({ encoding, value, ...cloth });
      return;
    }
    const second = table.columns.find((one) => one.name === by);
    suited.push({
      ...{ encoding, value, ...(by === undefined ? {} : { by }), why: why(encoding, column, second), ...cloth },
      rank: rank(encoding, column.kind!) + own,
    });
  };
  // Half a rank more for what those who know the figures chose, and less the later they name it.
  declared.forEach((choice, i) => {
    const column = table.columns.find((one) => one.name === choice.value);
    if (column?.kind) look(choice, column, 0.5 / (i + 1));
  });
  const isDeclared = (encoding: EncodingName, value: string): boolean =>
    declared.some((choice) => choice.encoding === encoding && choice.value === value);
  for (const column of table.columns) {
    if (!column.kind || column.name === name) continue;
    for (const encoding of encodingNames)
      if (!isDeclared(encoding, column.name))
        look({ encoding, label: name, value: column.name, words: '{label}', provenance: noCredit }, column, 0);
  }
  suited.sort((a, b) => b.rank - a.rank);
  return { suited: suited.map(({ rank: _, ...suggestion }) => suggestion), unsuited };
}

/** What weaving it takes, or why it cannot be woven here. Every check is run. */
function woven(
  table: Table,
  profile: LoomProfile,
  choice: Choice,
): Pick<Suggestion, 'picks' | 'minutes' | 'shuttles'> | Omit<Refusal, 'ok'> {
  const made = encode(table, profile, choice);
  if (!made.ok) return { reason: made.reason, tryInstead: made.tryInstead };
  const meant = binned(table, profile, choice);
  const [finding] = checkCloth(made.cloth, profile, meant.ok ? meant.said : undefined).filter(isFault);
  if (finding) return { reason: finding.sentence, tryInstead: 'Use another encoding, fewer rows, or another loom.' };
  const { picks, minutes, shuttles } = timeOf(made.cloth);
  return { picks, minutes, shuttles };
}
