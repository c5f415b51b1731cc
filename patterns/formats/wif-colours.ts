/** The colours of a WIF file: palette, range, and the colour of each thread. */
import { colourOf, whole, wholes } from './text';
import { DraftError } from './weaving-file';
import { numberKey, type Section } from './wif-sections';

const none: Section = new Map();
/** Where the file has no colours: dark warp, pale weft, as weavers print drafts. */
const plain = ['#000000', '#ffffff'];
/** More entries than any program writes. */
const mostColours = 65_535;

export interface Colours {
  readonly palette: readonly string[];
  readonly warp: Uint16Array;
  readonly weft: Uint16Array;
}

export function wifColours(
  sections: ReadonlyMap<string, Section>,
  ends: number,
  picks: number,
  notes: string[],
): Colours {
  const section = (name: string) => sections.get(name) ?? none;
  const table = section('color table');
  if (table.size === 0) {
    for (const name of ['warp colors', 'weft colors'])
      for (const { line } of section(name).values())
        throw new DraftError(`[${name.toUpperCase()}] names colours, and there is no [COLOR TABLE].`, line);
    notes.push('The file has no colours: a dark warp and a pale weft were assumed.');
    return { palette: plain, warp: new Uint16Array(ends), weft: new Uint16Array(picks).fill(1) };
  }
  const palette = paletteOf(table, section('color palette'), notes);
  const threads = (kind: 'warp' | 'weft', count: number): Uint16Array => {
    const color = section(kind).get('color');
    // “Color=2” or “Color=2,255,0,0”: the first is the number in the palette.
    const usual = color?.value ? whole(color.value.split(',')[0], 'Color', color.line) : 0;
    const check = (number: number, line: number) => {
      if (number < 1 || number > palette.length)
        throw new DraftError(`There is no colour ${number}: the palette has 1 to ${palette.length}.`, line);
      return number - 1;
    };
    const first = kind === 'warp' ? 0 : Math.min(1, palette.length - 1);
    const all = new Uint16Array(count).fill(color?.value ? check(usual, color.line) : first);
    for (const [name, { value, line }] of section(`${kind} colors`)) {
      const key = numberKey(name);
      if (key === null) throw new DraftError(`“${name}” should be the number of a thread.`, line);
      if (value !== '') all[key - 1] = check(whole(value.split(',')[0], 'A colour', line), line);
    }
    return all;
  };
  return { palette, warp: threads('warp', ends), weft: threads('weft', picks) };
}

function paletteOf(table: Section, about: Section, notes: string[]): string[] {
  const entries: { number: number; parts: number[]; line: number }[] = [];
  let largest = 0;
  for (const [name, { value, line }] of table) {
    const number = numberKey(name);
    const parts = wholes(value, 'A part of a colour', line);
    if (number === null || number > mostColours || parts.length !== 3)
      throw new DraftError('A colour is a number and three parts, like 1=255,128,0.', line);
    entries.push({ number, parts, line });
    largest = Math.max(largest, ...parts);
  }
  const range = rangeOf(about, largest, notes);
  const last = Math.max(...entries.map(({ number }) => number));
  const palette = new Array<string>(last).fill('#000000');
  for (const { number, parts, line } of entries) {
    if (parts.some((part) => part < range[0] || part > range[1]))
      throw new DraftError(`A part of this colour is outside of the range ${range.join('–')}.`, line);
    palette[number - 1] = colourOf(parts, range);
  }
  return palette;
}

function rangeOf(about: Section, largest: number, notes: string[]): readonly [number, number] {
  const range = about.get('range');
  if (range?.value) {
    const [low, high, ...more] = wholes(range.value, 'The range of colours', range.line);
    if (high === undefined || more.length > 0 || high <= low)
      throw new DraftError('A range of colours is two numbers, like 0,255.', range.line);
    return [low, high];
  }
  const high = [255, 999, 65_535].find((one) => largest <= one) ?? largest;
  notes.push(`The file does not say how bright its brightest colour is: ${high} was assumed.`);
  return [0, high];
}
