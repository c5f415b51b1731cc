/** Every encoding on every loom: it weaves, or it refuses because …, try …; found out by weaving a trial table of each kind. */
import { checkCloth, isFault } from './checks';
import { type Choice, type EncodingName, encodingNames } from './choice';
import { binned, encode } from './encode';
import { groundOf } from './encodings/ground';
import type { LoomProfile } from './profile';
import type { Cell, Column, Table } from './table';

export interface Verdict {
  readonly encoding: EncodingName;
  /** name of the loom profile */
  readonly profile: string;
  readonly weaves: boolean;
  /** "weaves", or "refuses because …, try …" */
  readonly words: string;
}

/** A small table that suits the encoding, on this loom if anything does. */
export interface Trial {
  readonly table: Table;
  readonly choice: Choice;
}

const credit = {
  dataset: 'trial',
  title: 'Trial',
  story: '',
  counted: '',
  source: '',
  licence: '',
  caveats: [],
  sha256: '',
};
const bins = ['0', '20', '40', '60', '80', '100'];

/** Six places: two shares of one whole, a score, a claim from low to high, a kind. Scales are those that the loom has room for. */
export function trialTable(profile: LoomProfile): Table {
  const lanes = lanesOf(profile);
  // As many ends as n, two and a half times: the least bar, so that two of them fit on one axis where there is room.
  const ground = groundOf(profile);
  const n = 'ok' in ground ? 5 : ground.n;
  const room = Math.max(3 * n, Math.floor((profile.ends - 2 * profile.selvedge - 4 * n) / 2));
  const perEnd = String(Math.max(1, Math.ceil(100 / room)));
  const max = String(Number(perEnd) * Math.min(room, Math.ceil(100 / Number(perEnd))));
  const scale = { perEnd, max };
  const columns: Column[] = [
    { name: 'place', title: 'Place', type: 'string' },
    { name: 'share', title: 'Share', type: 'number', kind: 'share', unit: '%', scale, edges: bins },
    { name: 'rest', title: 'The rest', type: 'number', kind: 'share', unit: '%', scale, edges: bins },
    { name: 'score', title: 'Score', type: 'number', kind: 'score', edges: bins },
    { name: 'low', title: 'Low', type: 'number', kind: 'amount', scale, edges: bins },
    { name: 'high', title: 'High', type: 'number', kind: 'amount', scale, edges: bins },
    {
      name: 'kind',
      title: 'Kind',
      type: 'string',
      kind: 'category',
      categories: lanes.map((lane) => ({ code: lane, title: lane, lane })),
    },
  ];
  const rows = [12, 28, 45, 52, 71, 96].map((share, i): Cell[] => [
    { value: `Place ${i + 1}` },
    { value: String(share) },
    { value: String(100 - share) },
    { value: String(share) },
    // Far enough apart that the narrowest span is wider than a repeat of the satin.
    { value: String(7 * i) },
    { value: String(45 + 10 * i) },
    { value: lanes[i % lanes.length] },
  ]);
  return { columns, rows };
}

/** Two lanes of the loom's striped warp; names of our own where it has none. */
function lanesOf({ warps }: LoomProfile): string[] {
  const striped = warps.find(({ name }) => name === 'sequence')?.stripes.flatMap(({ lane }) => lane ?? []) ?? [];
  return striped.length > 1 ? striped.slice(0, 2) : ['blue', 'red'];
}

/** What each encoding is tried with; the others weave the share. */
const tried: Partial<Record<EncodingName, Partial<Choice>>> = {
  mirror: { by: 'rest' },
  bands: { value: 'score' },
  sequence: { value: 'kind' },
  span: { value: 'low', by: 'high' },
  punchcard: { step: '0.1' },
  shade: { columns: ['share', 'rest'], edges: ['0', '33', '66', '100'] },
};

export function trialOf(encoding: EncodingName, profile: LoomProfile): Trial {
  const choice: Choice = {
    encoding,
    label: 'place',
    value: 'share',
    words: '{label}.',
    provenance: credit,
    ...tried[encoding],
  };
  return { table: trialTable(profile), choice };
}

export function verdictOf(encoding: EncodingName, profile: LoomProfile): Verdict {
  const { table, choice } = trialOf(encoding, profile);
  const no = (reason: string, tryInstead: string): Verdict => ({
    ...{ encoding, profile: profile.name, weaves: false },
    words: `refuses because ${lower(reason)}; try: ${lower(tryInstead)}`,
  });
  const woven = encode(table, profile, choice);
  if (!woven.ok) return no(woven.reason, woven.tryInstead);
  const meant = binned(table, profile, choice);
  const [finding] = checkCloth(woven.cloth, profile, meant.ok ? meant.said : undefined).filter(isFault);
  if (finding) return no(finding.sentence, 'Weave it on a loom with more ends.');
  return { encoding, profile: profile.name, weaves: true, words: 'weaves' };
}

/** A sentence as part of another: its first letter small, its stop left out. */
function lower(sentence: string): string {
  return `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`.replace(/\.$/, '');
}

/** One verdict for every pair: encodings in their order, and for each the looms in theirs. */
export function verdicts(profiles: readonly LoomProfile[]): Verdict[] {
  return encodingNames.flatMap((encoding) => profiles.map((profile) => verdictOf(encoding, profile)));
}
