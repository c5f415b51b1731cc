/** Check 6: the cloth can be read from across the room: its picture, blurred by 1.5 threads, and its legend say what it says. */
import type { Cloth, ClothKey } from '../cloth';
import { type Area, type Face, type Texture, textures } from '../encodings/ground';
import { areasOf } from '../encodings/image';
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
  const { ground } = knownKey(cloth.key);
  const legend = legendOf(shown);
  const reader = new FarReader(ground, new Swatches(cloth, ground), legend, ground.n - 1);
  return judged(cloth, shown, reader.read(sightsOf(crossings, shown)), legend);
}

export function checkReadsFar(cloth: Cloth): Finding[] {
  return [...readFromAcross(cloth).findings];
}

/** What the threads show, to compare with what is seen. A record that cannot be read at all is left to check 4. */
function shownBy(cloth: Cloth, anyKey: ClothKey): Shown[] {
  const key = knownKey(anyKey);
  const { ground, layout } = key;
  return readBack(cloth, key).flatMap((reading, record): Shown[] => {
    if ('altered' in reading) return [];
    const from = layout.first + record * (layout.picks + layout.dividers);
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

/** The legend: textures belong to their colour; the plain faces, and those of what is missing, may be in any. */
function legendOf(shown: readonly Shown[]): LegendWeft[] {
  const anywhere = new Set<Face>();
  const own = new Map<number, Set<Face>>();
  for (const { weft, faces } of shown) {
    const ownTextures = own.get(weft) ?? new Set();
    own.set(weft, ownTextures);
    for (const face of new Set(faces)) if (face !== null) (isTexture(face) ? ownTextures : anywhere).add(face);
  }
  return [...own].map(([weft, ownTextures]) => ({ weft, faces: [...anywhere, ...ownTextures] }));
}

const isTexture = (face: Face | null): face is Texture => (textures as readonly (Face | null)[]).includes(face);

function judged(
  { key, yarns, records }: Cloth,
  shown: readonly Shown[],
  readings: readonly FarReading[],
  legend: readonly LegendWeft[],
): FarReport {
  const coloured = new Set(shown.map(({ weft }) => weft)).size > 1;
  const bins = ofBins.includes(key.encoding);
  const { selvedge } = knownKey(key).ground;
  /** The only texture in a weft says again what its colour says, for those who stand near. */
  const saidByColour = (weft: number, face: Face | null): boolean =>
    coloured && isTexture(face) && legend.find((one) => one.weft === weft)?.faces.filter(isTexture).length === 1;
  let [read, of, offBy] = [0, 0, 0];
  const findings: Finding[] = [];
  const misread: Finding[] = [];
  shown.forEach(({ record, from, weft, faces }, i) => {
    const reading = readings[i];
    const who = `Record ${record + 1}, ${records[record]?.label ?? ''},`;
    if (coloured) {
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
        if (isRead(area, faces, reading.faces)) read++;
        else misread.push(wrong(area.from, area.to - area.from));
      }
      return;
    }
    const worst = widest(faces, reading.faces);
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

/** Is most of the area read as what it is? */
function isRead({ from, to }: { from: number; to: number }, shown: readonly (Face | null)[], read: readonly Face[]) {
  let right = 0;
  for (let end = from; end < to; end++) if (shown[end] === read[end]) right++;
  return 2 * right > to - from;
}

/** The longest run of ends whose face was read as another. */
function widest(shown: readonly (Face | null)[], read: readonly Face[]): { from: number; ends: number } {
  let worst = { from: 0, ends: 0 };
  for (let end = 0, run = 0; end < shown.length; end++) {
    run = shown[end] === null || shown[end] === read[end] ? 0 : run + 1;
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
