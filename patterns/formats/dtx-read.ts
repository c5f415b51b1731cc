/** DTX files (Fiberworks): sections begin with @@, options with %%; threads stand one after the other. */
import { BitRows } from '../bit-rows';
import { draftLimits, numbered } from '../draft';
import { colourOf, type Line, linesOf, short, textOf, wholes } from './text';
import { DraftError, liftsOf, mustFit, type PrivateSection, tellIdle, type WeavingFile } from './weaving-file';

interface Section {
  readonly line: number;
  readonly lines: readonly Line[];
  readonly options: ReadonlyMap<string, { readonly value: string; readonly line: number }>;
}

/** @throws DraftError with the line and the reason */
export function readDtx(bytes: Uint8Array): WeavingFile {
  const notes: string[] = [];
  const sections = dtxSections(textOf(bytes));
  const info = sections.get('info')?.options;
  const said = (key: string): number => {
    const option = info?.get(key);
    return option ? (wholes(option.value, key, option.line)[0] ?? 0) : 0;
  };
  const threading = groups(sections.get('threading'), 'A shaft', draftLimits.shafts);
  if (threading.length === 0) throw new DraftError('There is no threading: nothing says which shaft lifts which end.');
  const tieUp = grid(sections.get('tieup'));
  const treadling = groups(sections.get('treadling'), 'A treadle', draftLimits.treadles);
  const plan = grid(sections.get('liftplan'));

  const most = (rows: readonly (readonly number[])[]) => rows.reduce((all, row) => Math.max(all, ...row), 0);
  const width = (rows: readonly string[]) => rows.reduce((all, row) => Math.max(all, row.length), 0);
  const ends = Math.max(said('ends'), threading.length);
  const picks = Math.max(said('picks'), treadling.length, plan.length);
  mustFit(ends, picks);
  const shafts = Math.max(said('shafts'), most(threading), tieUp.length, width(plan));
  const treadles = Math.max(said('treadles'), width(tieUp));
  if (shafts > draftLimits.shafts || treadles > draftLimits.treadles)
    throw new DraftError(
      `${shafts} shafts and ${treadles} treadles are more than is read here (${draftLimits.shafts}).`,
    );
  if (treadling.length > 0 && tieUp.length === 0 && plan.length === 0)
    throw new DraftError('There is a treadling but no tie-up: nothing says which shafts a treadle moves.');
  if (most(treadling) > treadles)
    throw new DraftError(
      `A pick presses treadle ${most(treadling)}; there are ${treadles}.`,
      sections.get('treadling')?.line,
    );

  const filled = (rows: readonly (readonly number[])[], count: number) =>
    Array.from({ length: count }, (_, i) => rows[i] ?? []);
  const sheds = {
    threading: numbered(shafts, filled(threading, ends)),
    treadling:
      treadling.length > 0 && tieUp.length > 0
        ? { tieUp: tieUpOf(tieUp, shafts, treadles), pressed: numbered(treadles, filled(treadling, picks)) }
        : null,
    liftPlan: plan.length > 0 ? numbered(shafts, filled(plan.map(marked), picks)) : null,
    shed: 'rising' as const,
  };
  notes.push(
    'A DTX file does not say whether the shed rises: rising was assumed.',
    'End 1 was taken to be at the left.',
  );
  const lifts = liftsOf(sheds, notes);
  tellIdle(sheds.threading, lifts, notes);
  return {
    format: 'DTX',
    title: sections.get('description')?.lines[0]?.text ?? '',
    ...sheds,
    lifts,
    ...colours(sections, ends, picks, notes),
    sett: null,
    picksPerCm: null,
    privateSections: privates(sections.get('private')),
    notes,
  };
}

function dtxSections(text: string): Map<string, Section> {
  const sections = new Map<string, Section>();
  let lines: Line[] | null = null;
  let options = new Map<string, { value: string; line: number }>();
  for (const line of linesOf(text)) {
    const name = /^@@\s*(.*)$/.exec(line.text)?.[1].toLowerCase().replace(/\s+/g, ' ');
    if (name !== undefined) {
      if (name === 'enddtx') break;
      lines = [];
      options = new Map();
      sections.set(name, { line: line.number, lines, options });
      continue;
    }
    const option = /^%%\s*(\S+)\s*(.*)$/.exec(line.text);
    if (option) options.set(option[1].toLowerCase(), { value: option[2], line: line.number });
    else if (lines && line.text !== '') lines.push(line);
  }
  if (sections.size === 0) throw new DraftError('This is no DTX file: no section begins with @@.');
  return sections;
}

/** A group of numbers for each thread, parted by blanks; in a group by commas. 0 means none. */
function groups(section: Section | undefined, what: string, limit: number): number[][] {
  const all: number[][] = [];
  for (const { text, number } of section?.lines ?? [])
    for (const group of text.split(/\s+/)) {
      const numbers = wholes(group, what, number).filter((one) => one > 0);
      const large = numbers.find((one) => one > limit);
      if (large !== undefined) throw new DraftError(`${what} has the number ${large}; ${limit} is the most.`, number);
      all.push(numbers);
    }
  return all;
}

/** Rows of 0 and 1. */
function grid(section: Section | undefined): string[] {
  return (section?.lines ?? []).map(({ text, number }) => {
    const row = text.replace(/\s+/g, '');
    if (!/^[01]*$/.test(row)) throw new DraftError(`Only 0 and 1 belong here, not “${short(text)}”.`, number);
    if (row.length > draftLimits.shafts)
      throw new DraftError(`${row.length} in a row; ${draftLimits.shafts} is the most.`, number);
    return row;
  });
}

/** Numbers of the 1s, from the left. */
const marked = (row: string): number[] => [...row].flatMap((mark, i) => (mark === '1' ? [i + 1] : []));

/** The tie-up is drawn: its last row is shaft 1, its columns are treadles. */
function tieUpOf(drawn: readonly string[], shafts: number, treadles: number): BitRows {
  const tieUp = new BitRows(shafts, treadles);
  drawn.forEach((row, i) => {
    for (const treadle of marked(row)) tieUp.set(treadle - 1, drawn.length - 1 - i, true);
  });
  return tieUp;
}

/** Colours of threads count from 0 here; a thread without one has the first (warp) or the second (weft). */
function colours(sections: ReadonlyMap<string, Section>, ends: number, picks: number, notes: string[]) {
  const table = sections.get('color palet') ?? sections.get('color palette');
  const palette = (table?.lines ?? []).map(({ text, number }) => {
    const parts = wholes(text, 'A part of a colour', number);
    if (parts.length !== 3 || parts.some((part) => part > 255))
      throw new DraftError('A colour is three numbers from 0 to 255.', number);
    return colourOf(parts, [0, 255]);
  });
  if (palette.length === 0) {
    notes.push('The file has no colours: a dark warp and a pale weft were assumed.');
    palette.push('#000000', '#ffffff');
  }
  const threads = (name: string, count: number, usual: number): Uint16Array => {
    const all = new Uint16Array(count).fill(Math.min(usual, palette.length - 1));
    let thread = 0;
    for (const { text, number } of sections.get(name)?.lines ?? [])
      for (const colour of wholes(text, 'A colour', number)) {
        if (colour >= palette.length)
          throw new DraftError(`There is no colour ${colour}: the palette has 0 to ${palette.length - 1}.`, number);
        if (thread < count) all[thread++] = colour;
      }
    return all;
  };
  return { palette, warp: threads('warp colors', ends, 0), weft: threads('weft colors', picks, 1) };
}

function privates(section: Section | undefined): PrivateSection[] {
  if (!section || section.lines.length === 0) return [];
  return [{ heading: 'Private', lines: section.lines.map(({ text }) => text) }];
}
