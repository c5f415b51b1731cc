/** The sections of a WIF file (WIF 1.1): names and keys in any case and order, sparse, with whatever else stands between. */

import { linesOf, short } from './text';
import { DraftError, type PrivateSection } from './weaving-file';

export interface Entry {
  readonly value: string;
  readonly line: number;
}

/** Keys in small letters. */
export type Section = ReadonlyMap<string, Entry>;

export interface WifSections {
  /** by heading in small letters */
  readonly sections: ReadonlyMap<string, Section>;
  readonly privateSections: readonly PrivateSection[];
}

const mostEntries = 2_000_000;

/** @param notes gets a sentence for each kind of line that was left out */
export function wifSections(text: string, notes: string[]): WifSections {
  const sections = new Map<string, Map<string, Entry>>();
  const privateSections: { heading: string; lines: string[] }[] = [];
  let section: Map<string, Entry> | null = null;
  let kept: string[] | null = null;
  let entries = 0;
  const stray: number[] = [];
  for (const { number, text: line } of linesOf(text)) {
    const heading = /^\[\s*(.+?)\s*\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      const name = heading.toLowerCase().replace(/\s+/g, ' ');
      kept = null;
      section = null;
      if (name.startsWith('private')) {
        kept = [];
        privateSections.push({ heading, lines: kept });
      } else {
        section = sections.get(name) ?? new Map();
        sections.set(name, section);
      }
      continue;
    }
    if (kept) {
      kept.push(line);
      continue;
    }
    if (line === '' || line.startsWith(';')) continue;
    const equals = line.indexOf('=');
    if (!section || equals < 1) {
      stray.push(number);
      continue;
    }
    if (++entries > mostEntries) throw new DraftError(`There are more than ${mostEntries} entries.`, number);
    section.set(line.slice(0, equals).trim().toLowerCase(), { value: line.slice(equals + 1).trim(), line: number });
  }
  for (const one of privateSections) while (one.lines.at(-1) === '') one.lines.pop();
  if (stray.length > 0) {
    const which = stray.slice(0, 5).join(', ') + (stray.length > 5 ? ', …' : '');
    notes.push(`${stray.length === 1 ? 'A line' : `${stray.length} lines`} without “=” left out: line ${which}.`);
  }
  return { sections, privateSections };
}

/** A number key of a section. @returns null where the key is none */
export function numberKey(key: string): number | null {
  return /^\d{1,9}$/.test(key) && Number(key) > 0 ? Number(key) : null;
}

/** `true`, `yes`, `on`, `1`: programs write them all. */
export function truth({ value, line }: Entry): boolean {
  if (/^(true|yes|on|1|t|y)$/i.test(value)) return true;
  if (/^(false|no|off|0|f|n|)$/i.test(value)) return false;
  throw new DraftError(`This should be true or false, not “${short(value)}”.`, line);
}
