/** `.cloth.json`: a complete cloth as text and back. What does not hold together is refused with the field's name. */
import { fromBase64, toBase64 } from './base64';
import { BitRows } from './bit-rows';
import type { Cloth, ClothKey, ClothRecord, LegendEntry, Part, PartKind, Provenance } from './cloth';
import type { Yarn } from './profile';

export const clothFormat = 'loom-cloth';
export const clothVersion = 1;

/** The file is no cloth; the message names the field and says what it should be. */
export class ClothFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ClothFileError';
  }
}

/**
 * The cloth as JSON: lifts are the rows' bytes one after another (ceil(ends / 8) a pick, bit 0 of byte 0 is end 1,
 * 1 = warp up), warp and weft one byte a thread, all in base64.
 */
export function clothToJson(cloth: Cloth): string {
  const { lifts, warp, weft, ...rest } = cloth;
  const bytesPerPick = (lifts.ends + 7) >>> 3;
  const rows = new Uint8Array(bytesPerPick * lifts.picks);
  for (let pick = 0; pick < lifts.picks; pick++) rows.set(lifts.bytes(pick), pick * bytesPerPick);
  const file = {
    format: clothFormat,
    version: clothVersion,
    ends: lifts.ends,
    picks: lifts.picks,
    lifts: toBase64(rows),
    warp: toBase64(warp),
    weft: toBase64(weft),
    ...rest,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

type Fields = Readonly<Record<string, unknown>>;

const wrong = (where: string, needed: string): ClothFileError => new ClothFileError(`${where} must be ${needed}`);

function fields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'an object');
  return value as Fields;
}
function text(value: unknown, where: string): string {
  if (typeof value !== 'string') throw wrong(where, 'text');
  return value;
}
function whole(value: unknown, where: string, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most)
    throw wrong(where, `a whole number from 0 to ${most}`);
  return value;
}
function positive(value: unknown, where: string): number {
  if (typeof value !== 'number' || !(value > 0 && value < Number.POSITIVE_INFINITY))
    throw wrong(where, 'a number above 0');
  return value;
}
function list<T>(value: unknown, where: string, each: (one: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) throw wrong(where, 'a list');
  return value.map((one, i) => each(one, `${where}[${i}]`));
}
function bytes(value: unknown, where: string, length: number): Uint8Array {
  const read = fromBase64(text(value, where));
  if (!read || read.length !== length) throw wrong(where, `base64 of ${length} bytes`);
  return read;
}

const partKinds: readonly string[] = ['frame', 'legend', 'ruler', 'record', 'divider'] satisfies PartKind[];

/** @throws ClothFileError when the text is no cloth of this version */
export function clothFromJson(json: string): Cloth {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new ClothFileError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const file = fields(parsed, 'the file');
  if (file.format !== clothFormat) throw wrong('format', `"${clothFormat}"`);
  if (file.version !== clothVersion) throw wrong('version', `${clothVersion}; this file is of another version`);
  const ends = whole(file.ends, 'ends', 4096);
  const picks = whole(file.picks, 'picks', 65535);
  const yarns = list(file.yarns, 'yarns', readYarn);
  const records = list(file.records, 'records', readRecord);
  const threads = (value: unknown, where: string, length: number): Uint8Array => {
    const read = bytes(value, where, length);
    const stranger = read.find((yarn) => yarn >= yarns.length);
    if (stranger !== undefined) throw wrong(where, `indices of the ${yarns.length} yarns, not ${stranger}`);
    return read;
  };
  const key = fields(file.key, 'key');
  text(key.encoding, 'key.encoding');
  return {
    lifts: readLifts(file.lifts, ends, picks),
    yarns,
    warp: threads(file.warp, 'warp', ends),
    weft: threads(file.weft, 'weft', picks),
    parts: readParts(file.parts, picks, records.length),
    records,
    legend: list(file.legend, 'legend', readLegend),
    key: key as ClothKey,
    provenance: readProvenance(file.provenance),
    notes: list(file.notes, 'notes', text),
    profile: text(file.profile, 'profile'),
    sett: positive(file.sett, 'sett'),
    picksPerCm: positive(file.picksPerCm, 'picksPerCm'),
  };
}

function readLifts(value: unknown, ends: number, picks: number): BitRows {
  const bytesPerPick = (ends + 7) >>> 3;
  const rows = bytes(value, 'lifts', bytesPerPick * picks);
  const lifts = new BitRows(ends, picks);
  const spare = ends % 8 === 0 ? 0 : 0xff << (ends % 8);
  for (let i = 0; i < rows.length; i++) {
    const inPick = i % bytesPerPick;
    const pick = (i - inPick) / bytesPerPick;
    if (inPick === bytesPerPick - 1 && (rows[i] & spare) !== 0)
      throw wrong(`lifts of pick ${pick + 1}`, 'spare bits 0');
    lifts.words[pick * lifts.stride + (inPick >>> 2)] |= rows[i] << (8 * (inPick & 3));
  }
  return lifts;
}

function readYarn(value: unknown, where: string): Yarn {
  const { name, colour, metres } = fields(value, where);
  if (!/^#[0-9a-f]{6}$/i.test(text(colour, `${where}.colour`))) throw wrong(`${where}.colour`, 'like #c4552d');
  const yarn = { name: text(name, `${where}.name`), colour: colour as string };
  return metres === undefined ? yarn : { ...yarn, metres: positive(metres, `${where}.metres`) };
}

/** Parts follow one another and cover every pick. */
function readParts(value: unknown, picks: number, records: number): Part[] {
  let at = 0;
  const parts = list(value, 'parts', (one, where): Part => {
    const { kind, from, to, record } = fields(one, where);
    if (!partKinds.includes(text(kind, `${where}.kind`)))
      throw wrong(`${where}.kind`, `one of ${partKinds.join(', ')}`);
    if (from !== at) throw wrong(`${where}.from`, `${at}, where the part before ends`);
    at = whole(to, `${where}.to`, picks);
    const part = { kind: kind as PartKind, from, to: at };
    return record === undefined ? part : { ...part, record: whole(record, `${where}.record`, records - 1) };
  });
  if (at !== picks) throw new ClothFileError(`parts must cover all ${picks} picks; they end at ${at}`);
  return parts;
}

function readRecord(value: unknown, where: string): ClothRecord {
  const { number, label, words } = fields(value, where);
  return {
    number: whole(number, `${where}.number`, 65535),
    label: text(label, `${where}.label`),
    words: text(words, `${where}.words`),
  };
}

function readLegend(value: unknown, where: string): LegendEntry {
  const { colour, title, texture } = fields(value, where);
  const entry = { colour: text(colour, `${where}.colour`), title: text(title, `${where}.title`) };
  return texture === undefined ? entry : { ...entry, texture: text(texture, `${where}.texture`) };
}

function readProvenance(value: unknown): Provenance {
  const from = fields(value, 'provenance');
  const one = (name: string): string => text(from[name], `provenance.${name}`);
  return {
    dataset: one('dataset'),
    title: one('title'),
    story: one('story'),
    counted: one('counted'),
    source: one('source'),
    licence: one('licence'),
    caveats: list(from.caveats, 'provenance.caveats', text),
    sha256: one('sha256'),
  };
}
