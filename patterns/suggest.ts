/** Which encodings suit a table, best first with a sentence why; and those that do not, with what to try. */
import type { Choice, EncodingName, Refusal } from './choice';
import { encodingNames } from './choice';
import { encode } from './encode';
import type { LoomProfile } from './profile';
import type { Column, MeasureKind, Table } from './table';

export interface Suggestion {
  readonly encoding: EncodingName;
  /** name of the column that would be woven */
  readonly value: string;
  readonly why: string;
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

/** How well an encoding says a kind of measure: 2 made for it, 1 loses something, 0 only when nothing else is. */
function rank(encoding: EncodingName, kind: MeasureKind): number {
  const length = kind === 'count' || kind === 'amount' || kind === 'share';
  if (encoding === 'bars') return length ? 2 : 0;
  if (encoding === 'sequence') return kind === 'category' ? 2 : 0;
  return kind === 'category' ? 0 : length ? 1 : 2;
}

function why(encoding: EncodingName, { title, kind }: Column): string {
  if (encoding === 'bars') return `${title} is a ${kind} with a true zero, so its length can be counted in ends.`;
  if (encoding === 'sequence') return `${title} is a category: each has a lane of its own, in the order of the rows.`;
  if (rank('bars', kind!) > 0) return `${title} can be told in bins, by colour and texture; less exact than bars.`;
  return `${title} is a ${kind}: it has no true zero, so it is told in bins by colour and texture.`;
}

/** @param label name of the column that names a record; default the first column of text */
export function suggestEncodings(table: Table, profile: LoomProfile, label?: string): Suggestions {
  const name = label ?? table.columns.find(({ type }) => type === 'string')?.name ?? table.columns[0]?.name ?? '';
  const suited: (Suggestion & { rank: number })[] = [];
  const unsuited: Unsuited[] = [];
  for (const column of table.columns) {
    if (!column.kind || column.name === name) continue;
    for (const encoding of encodingNames) {
      const choice: Choice = { encoding, label: name, value: column.name, words: '{label}', provenance: noCredit };
      const tried = encode(table, profile, choice);
      if (tried.ok)
        suited.push({ encoding, value: column.name, why: why(encoding, column), rank: rank(encoding, column.kind) });
      else unsuited.push({ encoding, value: column.name, reason: tried.reason, tryInstead: tried.tryInstead });
    }
  }
  suited.sort((a, b) => b.rank - a.rank);
  return { suited: suited.map(({ encoding, value, why: reason }) => ({ encoding, value, why: reason })), unsuited };
}
