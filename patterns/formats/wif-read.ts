/** WIF files (Weaving Information File, version 1.1) as weavers' programs really write them. */
import { BitRows } from '../bit-rows';
import { draftLimits } from '../draft';
import { short, textOf, whole, wholes } from './text';
import { DraftError, liftsOf, mustFit, tellIdle, type WeavingFile } from './weaving-file';
import { wifColours } from './wif-colours';
import { type Entry, numberKey, type Section, truth, wifSections } from './wif-sections';

const none: Section = new Map();

/** @throws DraftError with the line and the reason */
export function readWif(bytes: Uint8Array): WeavingFile {
  const notes: string[] = [];
  const { sections, privateSections } = wifSections(textOf(bytes), notes);
  const section = (name: string) => sections.get(name) ?? none;
  if (!sections.has('threading') && !sections.has('weaving'))
    throw new DraftError('This is no WIF file: it has neither a [WEAVING] nor a [THREADING] section.');
  const weaving = section('weaving');
  const said = (from: Section, key: string): number => {
    const entry = from.get(key);
    return entry?.value ? whole(entry.value, key, entry.line) : 0;
  };
  const shed = weaving.get('rising shed');
  if (!shed) notes.push('The file does not say whether the shed rises: rising was assumed.');

  const threading = rows(section('threading'), 'A shaft', draftLimits.shafts);
  const tieUp = rows(section('tieup'), 'A shaft', draftLimits.shafts);
  const treadles = rows(section('treadling'), 'A treadle', draftLimits.treadles);
  const plan = rows(section('liftplan'), 'A shaft', draftLimits.shafts);
  if (threading.last === 0) throw new DraftError('There is no threading: nothing says which shaft lifts which end.');

  const ends = larger(
    'ends',
    said(section('warp'), 'threads'),
    Math.max(threading.last, lastKey(section('warp colors'))),
    notes,
  );
  const picks = larger(
    'picks',
    said(section('weft'), 'threads'),
    Math.max(treadles.last, plan.last, lastKey(section('weft colors'))),
    notes,
  );
  mustFit(ends, picks);
  const most = Math.max(threading.most, tieUp.most, plan.most);
  const shafts = larger('shafts', said(weaving, 'shafts'), most, notes);
  const pedals = Math.max(said(weaving, 'treadles'), tieUp.last);
  if (shafts > draftLimits.shafts || pedals > draftLimits.treadles)
    throw new DraftError(`${shafts} shafts and ${pedals} treadles are more than is read here (${draftLimits.shafts}).`);

  if (treadles.last > 0 && tieUp.last === 0 && plan.last === 0)
    throw new DraftError('There is a treadling but no tie-up: nothing says which shafts a treadle moves.');
  const wrong = treadles.entries.find(({ numbers }) => numbers.some((number) => number > pedals));
  if (wrong && tieUp.last > 0)
    throw new DraftError(
      `Pick ${wrong.key} presses treadle ${Math.max(...wrong.numbers)}; there are ${pedals}.`,
      wrong.line,
    );

  const sheds = {
    threading: bits(threading, shafts, ends),
    treadling:
      treadles.last > 0 && tieUp.last > 0
        ? { tieUp: bits(tieUp, shafts, pedals), pressed: bits(treadles, pedals, picks) }
        : null,
    liftPlan: plan.last > 0 ? bits(plan, shafts, picks) : null,
    shed: !shed || truth(shed) ? ('rising' as const) : ('sinking' as const),
  };
  notes.push('End 1 was taken to be at the left.');
  const lifts = liftsOf(sheds, notes);
  tellIdle(sheds.threading, lifts, notes);
  return {
    format: 'WIF',
    title: section('text').get('title')?.value ?? '',
    ...sheds,
    lifts,
    ...wifColours(sections, ends, picks, notes),
    sett: perCm(section('warp')),
    picksPerCm: perCm(section('weft')),
    privateSections,
    notes,
  };
}

interface Rows {
  readonly entries: readonly { readonly key: number; readonly numbers: readonly number[]; readonly line: number }[];
  /** largest key: the last thread or treadle that is listed */
  readonly last: number;
  /** largest number listed */
  readonly most: number;
}

/** A section of `thread = numbers`. */
function rows(section: Section, what: string, limit: number): Rows {
  const entries = [];
  let last = 0;
  let most = 0;
  for (const [name, entry] of section) {
    const key = numberKey(name);
    if (key === null)
      throw new DraftError(`“${short(name)}” should be the number of a thread or a treadle.`, entry.line);
    const numbers = wholes(entry.value, what, entry.line).filter((number) => number > 0);
    const large = numbers.find((number) => number > limit);
    if (large !== undefined) throw new DraftError(`${what} has the number ${large}; ${limit} is the most.`, entry.line);
    entries.push({ key, numbers, line: entry.line });
    last = Math.max(last, key);
    for (const number of numbers) most = Math.max(most, number);
  }
  return { entries, last, most };
}

function bits({ entries }: Rows, width: number, count: number): BitRows {
  const all = new BitRows(width, count);
  for (const { key, numbers } of entries) for (const number of numbers) all.set(key - 1, number - 1, true);
  return all;
}

function lastKey(section: Section): number {
  let last = 0;
  for (const name of section.keys()) last = Math.max(last, numberKey(name) ?? 0);
  return last;
}

/** What the file says there is, or what it lists, whichever is more. */
function larger(what: string, said: number, listed: number, notes: string[]): number {
  if (said > 0 && listed > said) notes.push(`The file says ${said} ${what} and lists ${listed}: ${listed} were taken.`);
  return Math.max(said, listed);
}

const cmOf: Record<string, number> = { centimeters: 1, inches: 2.54, decipoints: 2.54 / 720 };

/** Threads per cm from Spacing and Units. */
function perCm(section: Section): number | null {
  const spacing = Number(section.get('spacing')?.value);
  const unit: Entry | undefined = section.get('units');
  const cm = cmOf[(unit?.value ?? 'centimeters').toLowerCase()];
  return spacing > 0 && cm ? Math.round(1000 / (spacing * cm)) / 1000 : null;
}
