/** Where shuttles turn: which pass came before, from which side, and outer ends computed so that each turn is caught. */
import type { BitRows } from './bit-rows';
import { harnessOf } from './harness';
import type { LoomProfile, SelvedgeWeave } from './profile';

export interface Passes {
  /** side that each pick's shuttle enters from: 0 end 1's (left, unless the profile says otherwise), 1 the other */
  readonly side: Uint8Array;
  /** pick index of the same shuttle's pass before, −1 for its first */
  readonly before: Int32Array;
}

/** One shuttle for each weft yarn; it goes from end 1 to the last end first, then to and fro. */
export function passesOf(weft: Uint8Array): Passes {
  const side = new Uint8Array(weft.length);
  const before = new Int32Array(weft.length);
  const last = new Int32Array(256).fill(-1);
  for (let pick = 0; pick < weft.length; pick++) {
    before[pick] = last[weft[pick]];
    side[pick] = before[pick] < 0 ? 0 : 1 - side[before[pick]];
    last[weft[pick]] = pick;
  }
  return { side, before };
}

/** How a loom weaves its selvedges. */
export interface Edges {
  readonly weave: SelvedgeWeave;
  /** both edges hang on the same shafts, their outermost ends on the same one or on opposite ones; absent = on their own */
  readonly shared?: 'same' | 'opposite';
  /** neighbours that move together; 1 unless said */
  readonly together?: number;
}

/** Undefined for plain edges on heddles of their own, one end each. */
export function edgesOf(profile: LoomProfile): Edges | undefined {
  const { selvedge, selvedgeWeave: weave = 'half-basket', lifting } = profile;
  const { of } = harnessOf(profile);
  const right = [...of].reverse();
  let shared: Edges['shared'];
  for (let i = 0; i < selvedge && !shared; i++)
    for (let j = 0; j < selvedge && !shared; j++)
      if (of[i] >= 0 && of[i] === right[j]) shared = (i + j) % 2 === 0 ? 'same' : 'opposite';
  const together = lifting?.by === 'heddles' ? (lifting.endsPerHeddle ?? 1) : 1;
  if (weave === 'plain' && !shared && together === 1) return undefined;
  return { weave, ...(shared ? { shared } : {}), ...(together > 1 ? { together } : {}) };
}

/** What the hand must do at the edges, for the cloth's page. */
export function edgeNotes(edges?: Edges): string[] {
  return edges?.weave === 'floating'
    ? ['The outermost threads hang free: the shuttle goes over the first one and under the last one, at every pick.']
    : [];
}

/** Half-basket: a shed lasts two picks, so the edge takes up as much as a satin does. */
const picksInShed = 2;

/**
 * Weaves the selvedges in place. The outermost end is free but where a shuttle comes back in at it: it finds it changed
 * since it left. Each pick is bound to one other at each edge, so there is always an answer. The next ends alternate.
 */
export function weaveSelvedges(
  lifts: BitRows,
  weft: Uint8Array,
  width: number,
  edges: Edges = { weave: 'plain' },
): void {
  const { side, before } = passesOf(weft);
  const last = lifts.ends - 1;
  const { weave, shared, together = 1 } = edges;
  const loose = weave === 'floating' ? 1 : 0;
  const run = [0, 0];
  for (let pick = 0; pick < lifts.picks; pick++)
    for (const edge of [0, 1]) {
      const at = (i: number): number => (edge === 0 ? i : last - i);
      const outer = at(loose);
      const bound = before[pick] >= 0 && (shared !== undefined || side[pick] === edge);
      let up = ((pick + outer) & 1) === 1;
      if (loose === 1) lifts.set(pick, at(0), side[pick] !== edge);
      else if (bound) up = !lifts.get(before[pick], outer);
      else if (weave === 'half-basket' && pick > 0) up = lifts.get(pick - 1, outer) === run[edge] < picksInShed;
      if (shared !== undefined && edge === 1) up = lifts.get(pick, loose) === (shared === 'same');
      run[edge] = pick > 0 && lifts.get(pick - 1, outer) === up ? run[edge] + 1 : 1;
      for (let i = loose; i < width; i++)
        lifts.set(pick, at(i), ((Math.floor((i - loose) / together) & 1) === 0) === up);
    }
}
