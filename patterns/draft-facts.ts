/** What can be asked of any draft: its longest floats, its layers, how strongly it holds together. */
import type { BitRows } from './bit-rows';
import { layersOf } from './checks/one-cloth';

/** Threads in the longest run of each sense. */
export interface LongestFloats {
  /** along a pick, ends that are down: the weft lies over them */
  readonly weftOver: number;
  /** along a pick, ends that are up */
  readonly weftUnder: number;
  /** along an end, picks that it lies over */
  readonly warpOver: number;
  readonly warpUnder: number;
}

export interface DraftFacts {
  readonly maxFloat: LongestFloats;
  /** 1 = one cloth; a loose thread is a layer of its own */
  readonly layers: number;
  /** fewest crossings to turn over until it falls apart; 0 = it does (Enns 1984) */
  readonly strength: number;
}

export function draftFacts(lifts: BitRows): DraftFacts {
  const { layers, strength } = layersOf(lifts);
  return { maxFloat: longestFloats(lifts), layers, strength };
}

/** Runs end at the edges of the cloth. */
export function longestFloats(lifts: BitRows): LongestFloats {
  const { ends, picks, stride, words } = lifts;
  const longest = { weftOver: 0, weftUnder: 0, warpOver: 0, warpUnder: 0 };
  /** picks since each end last changed */
  const since = new Uint32Array(ends);
  for (let pick = 0; pick < picks; pick++) {
    let run = 0;
    let was = -1;
    for (let end = 0; end < ends; end++) {
      const at = pick * stride + (end >>> 5);
      const up = (words[at] >>> (end & 31)) & 1;
      run = up === was ? run + 1 : 1;
      was = up;
      if (up === 1) {
        if (run > longest.weftUnder) longest.weftUnder = run;
      } else if (run > longest.weftOver) longest.weftOver = run;
      const same = pick > 0 && ((words[at - stride] >>> (end & 31)) & 1) === up;
      since[end] = same ? since[end] + 1 : 1;
      if (up === 1) {
        if (since[end] > longest.warpOver) longest.warpOver = since[end];
      } else if (since[end] > longest.warpUnder) longest.warpUnder = since[end];
    }
  }
  return longest;
}
