/** A dataset on a loom becomes a cloth, with every check run; or an error that names why not and what to try. */
import { checkCloth, type Finding, isFault } from '../../patterns/checks';
import { type Choice, type EncodingName, encodingNames } from '../../patterns/choice';
import type { Cloth } from '../../patterns/cloth';
import { binned, encode } from '../../patterns/encode';
import type { LoomProfile } from '../../patterns/profile';
import { LoomError } from '../errors';
import type { Dataset } from './dataset';
import { nearest } from './nearest';
import type { Mending, Suggestion } from './package';

/** What a person asked for beside the dataset's own suggestions. */
export interface Wish {
  readonly encode?: string;
  /** name of the column that is woven */
  readonly value?: string;
  /** name of the column whose bins are the weft's colours */
  readonly by?: string;
}

/**
 * @throws LoomError usage when the wish names nothing that there is; dataset when it cannot be woven on this loom
 */
export function clothOf(dataset: Dataset, profile: LoomProfile, wish: Wish = {}): Cloth {
  const choice = choiceOf(dataset, wish);
  const woven = encode(dataset.table, profile, choice);
  if (!woven.ok) throw unwoven(dataset, profile, `${woven.reason} Try: ${woven.tryInstead}`);
  const meant = binned(dataset.table, profile, choice);
  const findings = checkCloth(woven.cloth, profile, meant.ok ? meant.said : undefined);
  const faults = findings.filter(isFault);
  if (faults.length > 0) throw unwoven(dataset, profile, findingWords(faults));
  const faint = findings.map(({ sentence }) => sentence);
  return faint.length > 0 ? { ...woven.cloth, notes: [...woven.cloth.notes, faint[0]] } : woven.cloth;
}

function unwoven({ id }: Dataset, { name }: LoomProfile, why: string): LoomError {
  return new LoomError('dataset', `${id} cannot be woven so on ${name}: ${why}`);
}

/** The first finding with its place, and how many more there are. */
function findingWords([first, ...more]: readonly Finding[]): string {
  const at = [first.pick && `pick ${first.pick}`, first.end && `end ${first.end}`].filter(Boolean).join(', ');
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  return `${first.sentence}${at && ` (${at})`}${others} Try: another encoding, fewer rows, or another loom profile.`;
}

/** The suggestion nearest to the wish, with the wish put in. */
export function choiceOf(dataset: Dataset, wish: Wish): Choice {
  const { choices, facts, provenance } = dataset;
  const encoding = wish.encode === undefined ? undefined : encodingNamed(wish.encode);
  for (const name of [wish.value, wish.by]) if (name !== undefined) checkColumn(dataset, name);
  const fits = ({ encoding: name, value }: Suggestion) =>
    (encoding === undefined || name === encoding) && (wish.value === undefined || value === wish.value);
  const suggested = choices.find(fits);
  const common = { provenance, notes: notesOf(dataset) };
  if (suggested) {
    const { story = provenance.story, ...choice } = suggested;
    const second = wish.by === undefined ? {} : { by: wish.by };
    return { ...choice, ...common, provenance: { ...provenance, story }, ...second };
  }
  const value = wish.value ?? choices[0].value;
  const column = facts.resources[0].schema.fields.find(({ name }) => name === value)!;
  const words = `{label}: ${column.title ?? value} {value}${column.unit ? ` ${column.unit}` : ''}.`;
  return { encoding: encoding ?? choices[0].encoding, label: choices[0].label, value, by: wish.by, words, ...common };
}

function notesOf({ facts: { loom } }: Dataset): string[] {
  return [...loom.notes, ...loom.mended.map(mendingWords)];
}

/** A change to the figures, as the cloth and its label tell it. */
export const mendingWords = ({ column, rows, was, became, why }: Mending): string =>
  `Mended before weaving, ${column}, ${rows} rows: “${was}” became “${became}”. ${why}`;

function encodingNamed(name: string): EncodingName {
  const found = encodingNames.find((encoding) => encoding === name);
  if (found) return found;
  const near = nearest(name, encodingNames);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${encodingNames.join(', ')}.`;
  throw new LoomError('usage', `There is no encoding "${name}". ${hint}`);
}

function checkColumn({ id, table }: Dataset, name: string): void {
  const names = table.columns.map((column) => column.name);
  if (names.includes(name)) return;
  const near = nearest(name, names);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It has ${names.join(', ')}.`;
  throw new LoomError('usage', `The dataset ${id} has no column "${name}". ${hint}`);
}
