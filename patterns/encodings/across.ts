/** What a loom's heddles or threading make of the ground: which satin, and where across a pick the face may turn. */
import { type Refusal, refuse } from '../choice';
import { type Harness, harnessOf } from '../harness';
import type { LoomProfile } from '../profile';
import { edgesOf } from '../selvedge';
import type { Ground, Run } from './ground';

const satins = [5, 4] as const;

/**
 * The satin that a loom can float and its threading can weave: basket joins add two threads to its n − 1.
 * On shafts its n must divide the threading's repeat, so that the ties walk on from block to block.
 */
export function groundOf(profile: LoomProfile): Ground | Refusal {
  const { ends, selvedge, floatLimit } = profile;
  const harness = harnessOf(profile);
  const each = endsEach(harness, selvedge);
  const longest = Math.min(5, Math.floor(floatLimit / each) - 1);
  const data = ends - 2 * selvedge;
  if (longest < 4 || data < longest * each)
    return refuse(
      `The loom floats ${floatLimit} threads over ${ends} ends, too few for a satin and its selvedges.`,
      'A float limit of 6 and 10 ends are enough.',
    );
  if (selvedge < 1)
    return refuse(
      'The loom has no selvedge ends, so the weft would not be caught at the edges.',
      'Give it one or two in the loom profile.',
    );
  const common = { ends, selvedge, edges: edgesOf(profile) };
  if (harness.by === 'heddles' && harness.of.every((heddle, end) => heddle === end))
    return { ...common, n: longest, step: stepOf(longest) };
  for (const n of satins) {
    if (n > longest) continue;
    const columns =
      harness.by === 'shafts' ? columnsOnShafts(harness, selvedge, n) : columnsOnHeddles(harness, selvedge);
    if (!columns) continue;
    return { ...common, n, step: stepOf(n), columns, across: areasAcross(harness, selvedge, n) };
  }
  return refuse(
    `The threading has no blocks of ${longest === 5 ? '4 or 5' : longest} shafts, each straight and repeated whole, so no satin walks on across the cloth.`,
    'Thread it straight or in blocks of 5 shafts (a satin) or 4 (a twill), each block a multiple of them wide.',
  );
}

const stepOf = (n: number): number => (n === 5 ? 2 : 1);

/** Neighbours that a heddle lifts together; 1 on shafts, whose ends lie apart. */
function endsEach({ by, of }: Harness, selvedge: number): number {
  if (by === 'shafts') return 1;
  let end = selvedge;
  while (end < of.length - selvedge && of[end] === of[selvedge]) end++;
  return Math.max(1, end - selvedge);
}

function columnsOnHeddles({ of }: Harness, selvedge: number): number[] | null {
  const starts = of[selvedge] !== of[selvedge - 1] && of[of.length - selvedge] !== of[of.length - selvedge - 1];
  return starts ? of.map((heddle) => Math.max(0, heddle)) : null;
}

/** Each n ends together on n shafts, in an order that is the same wherever these shafts come again; null when they are not. */
function columnsOnShafts({ of }: Harness, selvedge: number, n: number): number[] | null {
  const columnOf = new Map<number, number>();
  const columns = new Array<number>(of.length).fill(0);
  for (let end = selvedge; end < of.length - selvedge; end++) {
    const column = (end - selvedge) % n;
    if (of[end] < 0 || (columnOf.get(of[end]) ?? column) !== column) return null;
    columnOf.set(of[end], column);
    columns[end] = column;
  }
  return columns;
}

/** Ends that have an actuator in common turn together, and with them all that lies between. */
function areasAcross({ by, of }: Harness, selvedge: number, n: number): Run[] {
  const last = new Map<number, number>();
  for (let end = selvedge; end < of.length - selvedge; end++) last.set(of[end], end);
  const areas: Run[] = [];
  let from = selvedge;
  let reach = selvedge;
  for (let end = selvedge; end < of.length - selvedge; end++) {
    reach = Math.max(reach, last.get(of[end])!);
    const whole = by === 'heddles' || (end + 1 - from) % n === 0;
    if (end < reach || !(whole || end + 1 === of.length - selvedge)) continue;
    areas.push({ from, to: end + 1 });
    from = end + 1;
  }
  if (from < of.length - selvedge) areas.push({ from, to: of.length - selvedge });
  return areas;
}

/** Areas that can turn face one without the other: the ends between the selvedges, or the blocks of the threading. */
export function areaCount({ ends, selvedge, across }: Ground): number {
  return across ? across.length : ends - 2 * selvedge;
}

/** "one area", "3 areas", for a refusal. */
export function areaWords(ground: Ground): string {
  const count = areaCount(ground);
  return count === 1 ? 'one area' : `${count} areas`;
}

/** What an encoding asks of a loom across: lanes of n ends or more, or ends that each turn by themselves. */
type Need = { readonly lanes: number } | { readonly ends: number };
const needs: Readonly<Record<string, Need>> = {
  bars: { ends: 24 },
  mirror: { ends: 24 },
  span: { ends: 24 },
  sequence: { lanes: 2 },
  shade: { lanes: 2 },
  punchcard: { lanes: 2 },
};

/** Why a loom cannot weave this encoding, whatever the data are; null when nothing stands against it. */
export function acrossFault(encoding: string, ground: Ground): Refusal | null {
  const need = needs[encoding];
  const instead = 'Weave bands, which need few ends and no areas.';
  if (!need) return null;
  const { ends, selvedge, across, n } = ground;
  const data = ends - 2 * selvedge;
  if ('ends' in need) {
    if (across)
      return refuse(
        `A length needs ends that each turn by themselves, and this loom has ${areaWords(ground)} across.`,
        instead,
      );
    if (data < need.ends)
      return refuse(`Lengths need ${need.ends} ends between the selvedges and this loom has ${data}.`, instead);
    return null;
  }
  if (lanesAcross(ground, need.lanes)) return null;
  const room = across ? `${areaWords(ground)} across` : `${data} ends between the selvedges`;
  return refuse(`${need.lanes} lanes of ${n} ends or more are needed and this loom has ${room}.`, instead);
}

/** Ends of the narrowest area that can be read: n of them, or of n heddles that each lift a few. */
export function cellEnds({ n, across }: Ground): number {
  const each = across ? Math.min(...across.map(({ from, to }) => to - from)) : 1;
  return each < n ? n * each : n;
}

/** May the face change between the end of that index and the one before it? */
export function mayTurn({ ends, selvedge, across }: Ground, end: number): boolean {
  if (end <= selvedge || end >= ends - selvedge) return true;
  return !across || across.some(({ from }) => from === end);
}

/**
 * So many lanes side by side from selvedge to selvedge, as even as the loom lets them be.
 * @returns null when a lane would be narrower than `least` ends, or the loom has fewer areas
 */
export function lanesAcross(ground: Ground, count: number, least = cellEnds(ground)): Run[] | null {
  const { ends, selvedge } = ground;
  const data = ends - 2 * selvedge;
  const lanes: Run[] = [];
  let from = selvedge;
  for (let lane = 1; lane <= count; lane++) {
    const even = selvedge + Math.round((data * lane) / count);
    let to = even;
    for (let away = 0; away < data; away++) {
      to = even - away > from && mayTurn(ground, even - away) ? even - away : even + away;
      if (to > from && to <= ends - selvedge && mayTurn(ground, to)) break;
    }
    if (lane === count) to = ends - selvedge;
    if (to - from < least || to > ends - selvedge) return null;
    lanes.push({ from, to });
    from = to;
  }
  return lanes;
}
