/** Check 6: the cloth can be read from across the room: its picture, blurred by 1.5 threads, and its legend say what it says. */
import type { Cloth, ClothKey } from '../cloth';
import { type Area, type Face, type Texture, textures } from '../encodings/ground';
import { areasOf, dividerFace } from '../encodings/image';
import { recordPicks } from '../encodings/layout';
import { knownKey, readBack } from '../read-back';
import { type Crossings, crossingsOf } from './across-the-room/eye';
import { FarReader, type FarReading, type LegendWeft } from './across-the-room/reader';
import { type Strip, sightsOf } from './across-the-room/sight';
import { Swatches } from './across-the-room/swatches';
import { type Finding, mostFindings } from './finding';

/** Share of the bins that must be read. */
const leastBins = 0.95;
/** Encodings whose areas are bins in places that do not move; of all others every area's edges are values. */
const ofBins: readonly string[] = ['bands', 'sequence', 'shade', 'punchcard'];

/** What one strip of a record truly shows. */
interface Shown extends Strip {
  readonly record: number;
  readonly weft: number;
  /** face of each end between the selvedges; null = it carries nothing here */
  readonly faces: readonly (Face | null)[];
}

export interface FarReport {
  /** bins read and bins there are: colours that say something, and areas of a bin */
  readonly bins: { readonly read: number; readonly of: number };
  /** most ends that an area's edge was read away from its place */
  readonly offBy: number;
  readonly findings: readonly Finding[];
}

/** @param crossings what is looked at; default the cloth as it is rendered */
export function readFromAcross(cloth: Cloth, crossings: Crossings = crossingsOf(cloth)): FarReport {
  const shown = shownBy(cloth, cloth.key);
  if (shown.length === 0) return { bins: { read: 0, of: 0 }, offBy: 0, findings: [] };
  const { ground, encoding } = knownKey(cloth.key);
  const legend = legendOf(cloth, shown);
  const reader = new FarReader(ground, new Swatches(cloth, ground), legend, dividerFace(encoding, ground.n));
  return judged(cloth, shown, reader.read(sightsOf(crossings, shown)), legend);
}

export function checkReadsFar(cloth: Cloth): Finding[] {
  return [...readFromAcross(cloth).findings];
}

/** What the threads show, to compare with what is seen. A record that cannot be read at all is left to check 4. */
function shownBy(cloth: Cloth, anyKey: ClothKey): Shown[] {
  const key = knownKey(anyKey);
  const { ground, layout } = key;
  const starts = recordPicks(layout, key.labels.length);
  return readBack(cloth, key).flatMap((reading, record): Shown[] => {
    if ('altered' in reading) return [];
    const from = starts[record];
    const areas = areasOf(key, reading);
    const cuts = [...new Set([0, layout.picks, ...areas.flatMap(({ rows }) => (rows ? [rows.from, rows.to] : []))])];
    cuts.sort((a, b) => a - b);
    return cuts.slice(1).map((to, i): Shown => {
      const until = to === layout.picks ? Math.min(cloth.lifts.picks, from + to + layout.dividers) : from + to;
      const faces = facesAt(areas, cuts[i], ground.selvedge, ground.ends - ground.selvedge);
      return { record, from: from + cuts[i], to: from + to, until, weft: cloth.weft[from], faces };
    });
  });
}

function facesAt(areas: readonly Area[], row: number, from: number, to: number): (Face | null)[] {
  const faces = new Array<Face | null>(to - from).fill(null);
  for (const area of areas)
    if (!area.rows || (area.rows.from <= row && row < area.rows.to))
      for (let end = Math.max(from, area.from); end < Math.min(to, area.to); end++) faces[end - from] = area.face;
  return faces;
}

/**
 * The legend: textures belong to their colour; the plain faces may be in any. A face that is never seen beside another
 * fills a record from edge to edge: what is missing.
 */
function legendOf(cloth: Cloth, shown: readonly Shown[]): LegendWeft[] {
  const textured = new Map<number, Set<Face>>();
  for (const { colour, texture } of cloth.legend) {
    const weft = cloth.weft.find((yarn) => cloth.yarns[yarn].colour === colour);
    if (weft !== undefined && texture && isTexture(texture as Face)) textured.set(weft, new Set([texture as Texture]));
  }
  const beside = new Set<Face>();
  const all = new Set<Face>();
  for (const { weft, faces } of shown) {
    const own = textured.get(weft) ?? new Set();
    textured.set(weft, own);
    const some = [...new Set(faces)].filter((face) => face !== null);
    for (const face of some) {
      (isTexture(face) ? own : all).add(face);
      if (some.length > 1 || !isMissing(face)) beside.add(face);
    }
  }
  const anywhere = [...all].filter((face) => beside.has(face));
  const whole = [...all].filter((face) => !beside.has(face));
  // Where everything is missing, nothing else is to be known.
  return [...textured].map(([weft, own]) => {
    const faces = [...anywhere, ...own];
    return faces.length > 0 ? { weft, faces, whole } : { weft, faces: whole, whole: [] };
  });
}

const isMissing = (face: Face): boolean => face === 'basket' || face === 'broken basket';

const isTexture = (face: Face | null): face is Texture => (textures as readonly (Face | null)[]).includes(face);

function judged(
  { key, yarns, records }: Cloth,
  shown: readonly Shown[],
  readings: readonly FarReading[],
  legend: readonly LegendWeft[],
): FarReport {
  const coloured = legend.length > 1;
  const bins = ofBins.includes(key.encoding);
  const { selvedge, n } = knownKey(key).ground;
  /** The only texture in a weft says again what its colour says, for those who stand near. */
  const saidByColour = (weft: number, face: Face | null): boolean =>
    coloured && isTexture(face) && legend.find((one) => one.weft === weft)?.faces.filter(isTexture).length === 1;
  let [read, of, offBy] = [0, 0, 0];
  const findings: Finding[] = [];
  const misread: Finding[] = [];
  shown.forEach(({ record, from, to, weft, faces }, i) => {
    const reading = readings[i];
    const who = `Record ${record + 1}, ${records[record]?.label ?? ''},`;
    const main = shown.every((other) => other.record !== record || other.to - other.from <= to - from);
    const first = shown.findIndex((other) => other.record === record && other.to - other.from === to - from) === i;
    if (coloured && main && first) {
      of++;
      if (reading.weft === weft) read++;
      else
        misread.push({
          check: 6,
          pick: from + 1,
          sentence: `${who} is ${yarns[weft].name} and looks ${reading.weft === null ? 'like another weft' : yarns[reading.weft].name} from across the room.`,
        });
    }
    const wrong = (end: number, ends: number): Finding => ({
      check: 6,
      pick: from + 1,
      end: selvedge + end + 1,
      sentence: `${who} is read wrongly from across the room over ${ends} ends from end ${selvedge + end + 1}.`,
    });
    if (bins) {
      const areas = runs(faces).filter((area) => !saidByColour(weft, faces[area.from]));
      of += areas.length;
      for (const area of areas) {
        if (isRead(area, faces, reading.faces, n)) read++;
        else misread.push(wrong(area.from, area.to - area.from));
      }
      return;
    }
    const worst = widest(faces, reading.faces, n);
    offBy = Math.max(offBy, worst.ends);
    if (worst.ends > 1) findings.push(wrong(worst.from, worst.ends));
  });
  if (read < leastBins * of)
    findings.push(
      {
        check: 6,
        sentence: `From across the room ${read} of ${of} bins are read; ${Math.ceil(leastBins * of)} should be.`,
      },
      ...misread,
    );
  return { bins: { read, of }, offBy, findings: findings.slice(0, mostFindings) };
}

/** Some textures are a face by another name. An end that carries nothing is read rightly whatever is seen. */
function alike(shown: Face | null, read: Face, n: number): boolean {
  const level = (face: Face): Face =>
    face === 'smooth' ? 1 : face === 'grain' ? 2 : face === 'melange' ? n - 2 : face === 'dusk' ? n - 1 : face;
  return shown === null || level(shown) === level(read);
}

/** Is most of the area read as what it is? */
function isRead(
  { from, to }: { from: number; to: number },
  shown: readonly (Face | null)[],
  read: readonly Face[],
  n: number,
) {
  let right = 0;
  for (let end = from; end < to; end++) if (alike(shown[end], read[end], n)) right++;
  return 2 * right > to - from;
}

/** The longest run of ends whose face was read as another. */
function widest(shown: readonly (Face | null)[], read: readonly Face[], n: number): { from: number; ends: number } {
  let worst = { from: 0, ends: 0 };
  for (let end = 0, run = 0; end < shown.length; end++) {
    run = alike(shown[end], read[end], n) ? 0 : run + 1;
    if (run > worst.ends) worst = { from: end - run + 1, ends: run };
  }
  return worst;
}

/** Areas of one face side by side. */
function runs(faces: readonly (Face | null)[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let from = 0, end = 1; end <= faces.length; end++) {
    if (end < faces.length && faces[end] === faces[from]) continue;
    if (faces[from] !== null) found.push({ from, to: end });
    from = end;
  }
  return found;
}
