/**
 * Reads a cloth from across the room: compares what the eye sees with what the legend's faces and wefts would look like
 * there, beside their neighbours, and takes what comes nearest. Knows colours, layout and legend; neither lifts nor values.
 */
import type { Face, Ground } from '../../encodings/ground';
import { blurAcross, reach } from './eye';
import { blurredDistance, distance, seenApart, weightOf } from './nearness';
import { add, type Sight } from './sight';
import type { Swatches } from './swatches';

/** What a weft may show. */
export interface LegendWeft {
  /** index into the cloth's yarns */
  readonly weft: number;
  readonly faces: readonly Face[];
  /** faces that fill a record from edge to edge, beside no other */
  readonly whole: readonly Face[];
}

export interface FarReading {
  /** index into the cloth's yarns; null when it looks like another one */
  readonly weft: number | null;
  /** index into `faces` of each end, between the selvedges */
  readonly faces: readonly Face[];
}

/** OKLab distance that is just noticed (Ottosson 2020: about 0.02). */
export const leastSeen = 0.02;
/** What another area must explain to be believed, in squared distance over its ends. */
const areaCost = 0.004;
const mostSweeps = 8;

interface Try {
  readonly weft: LegendWeft;
  /** index of each end into the weft's faces, those that are whole after the others */
  readonly at: Uint8Array;
  readonly cost: number;
  /** the same in other wefts, which come nearly as near */
  rivals?: readonly Try[];
  /** how it looks from afar, once that was asked */
  blurred?: Float32Array;
}

export class FarReader {
  private readonly first: number;
  private readonly last: number;

  constructor(
    private readonly ground: Ground,
    private readonly swatches: Swatches,
    private readonly legend: readonly LegendWeft[],
    /** face of the dividers */
    private readonly divider: Face,
  ) {
    this.first = ground.selvedge;
    this.last = ground.ends - ground.selvedge;
  }

  /** Reads from the first to the last, and again, knowing better what lies beside, until nothing changes. */
  read(sights: readonly Sight[]): FarReading[] {
    const tries: (Try | null)[] = sights.map(() => null);
    const settled = sights.map(() => false);
    for (let sweep = 0, changed = true; changed && sweep < mostSweeps; sweep++) {
      changed = false;
      sights.forEach((sight, i) => {
        if (settled[i]) return;
        settled[i] = sight.strips.every(({ strip }) => strip === i || settled[strip]);
        const found = this.nearest(i, sight, tries);
        const before = tries[i];
        if (before && before.weft === found.weft && before.at.every((face, end) => face === found.at[end])) return;
        changed = true;
        tries[i] = found;
      });
    }
    return tries.map((found, i) => this.told(found as Try, sights[i], i));
  }

  /** How a record would look, averaged over its picks. */
  private look({ weft, at }: Pick<Try, 'weft' | 'at'>): Float32Array {
    const look = this.swatches.of(weft.weft, 'plain').plain.slice();
    const plain = facesOf(weft).map((face) => this.swatches.of(weft.weft, face).plain);
    for (let begin = this.first, end = begin + 1; end <= this.last; end++) {
      if (end < this.last && at[end] === at[begin]) continue;
      look.set(plain[at[begin]].subarray(3 * begin, 3 * end), 3 * begin);
      begin = end;
    }
    return look;
  }

  private blurred(found: Try): Float32Array {
    found.blurred ??= blurAcross(this.look(found));
    return found.blurred;
  }

  private nearest(own: number, sight: Sight, known: readonly (Try | null)[]): Try {
    const left = sight.seen.slice();
    if (sight.rest) add(left, sight.rest, -1);
    let [mine, dividers, unknown] = [0, 0, 0];
    for (const { strip, body, dividers: between } of sight.strips) {
      const other = known[strip];
      if (strip === own) [mine, dividers] = [body, between];
      else if (other) {
        if (body > 0) add(left, this.blurred(other), -body);
        if (between > 0) add(left, this.swatches.of(other.weft.weft, this.divider).blurred, -between);
      } else unknown += body + between;
    }
    // What is not known yet is taken to be like what is read here.
    const scale = (mine + dividers) / (mine + dividers + unknown);
    const weights = new Float32Array(left.length);
    for (let i = 0; i < left.length; i++)
      weights[i] = mine * mine * weightOf[(sight.seen[i] * (weightOf.length - 1)) | 0];
    const bodies = this.legend.map((weft) => {
      const body = new Float32Array(left.length);
      const between = this.swatches.of(weft.weft, this.divider).blurred;
      for (let i = 0; i < body.length; i++) body[i] = (scale * left[i] - dividers * between[i]) / mine;
      const rough = this.areas(weft, body, weights);
      const whole = this.whole(weft, body, weights);
      return { weft, body, whole, at: rough.at, cost: Math.min(rough.cost, ...whole.map(({ cost }) => cost)) };
    });
    // A weft that is far from it at first sight comes no nearer by a closer look.
    const nearest = bodies.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);
    const tries = bodies
      .filter(({ cost }) => cost <= 3 * nearest + 5 * areaCost)
      .map(({ weft, body, at, whole }) =>
        [this.refine(weft, at, body, weights), ...whole].reduce((least, one) => (one.cost < least.cost ? one : least)),
      );
    const best = tries.reduce((least, one) => (one.cost < least.cost ? one : least));
    best.rivals = tries.filter((one) => one !== best);
    return best;
  }

  /** Faces from end to end that come nearest, each area counted (Viterbi), as if areas did not blur into one another. */
  private areas(weft: LegendWeft, body: Float32Array, weights: Float32Array): { at: Uint8Array; cost: number } {
    const looks = weft.faces.map((face) => this.swatches.of(weft.weft, face).blurred);
    const { first, last } = this;
    const cost = new Float64Array(looks.length);
    const from = new Uint8Array(looks.length * (last - first));
    for (let end = first; end < last; end++) {
      let least = 0;
      for (let face = 1; face < looks.length; face++) if (cost[face] < cost[least]) least = face;
      const turned = cost[least] + areaCost;
      for (let face = 0; face < looks.length; face++) {
        const stays = end === first || cost[face] <= turned;
        from[(end - first) * looks.length + face] = stays ? face : least;
        cost[face] = (stays ? cost[face] : turned) + distance(body, looks[face], weights, end);
      }
    }
    const at = new Uint8Array(this.ground.ends);
    let face = cost.indexOf(Math.min(...cost));
    const total = cost[face];
    for (let end = last - 1; end >= first; end--) {
      at[end] = face;
      face = from[(end - first) * looks.length + face];
    }
    return { at, cost: total };
  }

  /** The record in one face from edge to edge. */
  private whole(weft: LegendWeft, body: Float32Array, weights: Float32Array): Try[] {
    return weft.whole.map((face, i) => {
      const look = this.swatches.of(weft.weft, face).blurred;
      let cost = 0;
      for (let end = 0; end < this.ground.ends; end++) cost += distance(body, look, weights, end);
      return { weft, at: new Uint8Array(this.ground.ends).fill(weft.faces.length + i), cost };
    });
  }

  /** Moves the edges of areas, and tries narrow ones beside the selvedges, where these hide them: with the blur as it is. */
  private refine(weft: LegendWeft, at: Uint8Array, body: Float32Array, weights: Float32Array): Try {
    const plain = weft.faces.map((face) => this.swatches.of(weft.weft, face).plain);
    const look = this.look({ weft, at });
    const errorIn = (from: number, to: number): number => {
      let sum = 0;
      for (let end = Math.max(0, from); end < Math.min(this.ground.ends, to); end++)
        sum += blurredDistance(body, look, weights, end);
      return sum;
    };
    const put = (end: number, face: number): void => {
      at[end] = face;
      for (let part = 3 * end; part < 3 * end + 3; part++) look[part] = plain[face][part];
    };
    /** Fills some ends with a face and keeps it when that is nearer. */
    const tried = (from: number, to: number, face: number): boolean => {
      const was = at.slice(from, to);
      const [near, far] = [from - reach, to + reach];
      const before = errorIn(near, far) + areaCost * this.turns(at, from, to);
      for (let end = from; end < to; end++) put(end, face);
      if (errorIn(near, far) + areaCost * this.turns(at, from, to) < before - 1e-9) return true;
      was.forEach((old, i) => {
        put(from + i, old);
      });
      return false;
    };
    /** Gives the ends of an area to the areas beside it, parted where that is nearest. @returns whether it was kept so */
    const dissolved = (from: number, to: number, must: boolean): boolean => {
      const face = at[from];
      const left = from > this.first ? at[from - 1] : at[to];
      const right = to < this.last ? at[to] : left;
      const [near, far] = [from - reach, to + reach];
      const cost = (): number => errorIn(near, far) + areaCost * this.turns(at, from, to);
      const before = cost();
      let [best, cut] = [Number.POSITIVE_INFINITY, from];
      for (let end = from; end < to; end++) put(end, right);
      for (let end = from; ; put(end++, left)) {
        const now = cost();
        if (now < best) [best, cut] = [now, end];
        if (end === to) break;
      }
      const kept = must || best < before - 1e-9;
      for (let end = from; end < to; end++) put(end, kept ? (end < cut ? left : right) : face);
      return kept;
    };
    for (let again = true, rounds = 0; again && rounds < 6; rounds++) {
      again = false;
      for (let from = this.first, end = from + 1; end <= this.last; end++) {
        if (end < this.last && at[end] === at[from]) continue;
        const wide = end - from;
        // Only a bar may be narrower than a repeat of the satin: another face could not be told there.
        const must = wide < this.ground.n && !this.isBar(weft.faces[at[from]]);
        const whole = from === this.first && end === this.last;
        if (!whole && (must || wide <= 2 * reach)) again = dissolved(from, end, must) || again;
        from = end;
      }
      for (let end = this.first + 1; end < this.last; end++) {
        if (at[end] === at[end - 1]) continue;
        // What is nearly right already comes no nearer.
        if (errorIn(end - 2 - reach, end + 2 + reach) < areaCost / 10) continue;
        for (const wide of [1, 2]) {
          again = (end + wide <= this.last && tried(end, end + wide, at[end - 1])) || again;
          again = (end - wide >= this.first && at[end] !== at[end - 1] && tried(end - wide, end, at[end])) || again;
        }
      }
      const [left, right] = [errorIn(0, this.first + 4 + reach), errorIn(this.last - 4 - reach, at.length)];
      for (let face = 0; face < plain.length && Math.max(left, right) > areaCost; face++)
        for (
          let wide = this.isBar(weft.faces[face]) ? 1 : this.ground.n;
          wide <= 4 && wide < this.last - this.first;
          wide++
        ) {
          if (left > areaCost && at[this.first] !== face) again = tried(this.first, this.first + wide, face) || again;
          if (right > areaCost && at[this.last - 1] !== face) again = tried(this.last - wide, this.last, face) || again;
        }
    }
    // Only beside others is it asked how near it comes.
    const alone = this.legend.length === 1 && weft.whole.length === 0;
    const cost = alone ? 0 : errorIn(0, this.ground.ends) + areaCost * this.turns(at, 0, at.length);
    return { weft, at, cost };
  }

  private isBar(face: Face): boolean {
    return face === 1 || face === this.ground.n - 1;
  }

  /** How often the face turns within these ends and at their edges. */
  private turns(at: Uint8Array, from: number, to: number): number {
    let count = 0;
    for (let end = Math.max(from, this.first + 1); end <= Math.min(to, this.last - 1); end++)
      if (at[end] !== at[end - 1]) count++;
    return count;
  }

  /** What is too faint to be noticed is not told: a weft like another one, an area like the one beside it. */
  private told(found: Try, { seen, strips }: Sight, own: number): FarReading {
    const { weft, at } = found;
    const known = facesOf(weft);
    const mine = strips.find(({ strip }) => strip === own)?.body ?? 0;
    const faces: Face[] = [];
    for (let end = this.first, begin = end; end <= this.last; end++) {
      if (end < this.last && at[end] === at[begin]) continue;
      const face = known[at[begin]];
      const before = faces.at(-1);
      const shown = before === undefined || before === face || this.noticed(weft.weft, before, face, begin, seen, mine);
      for (let i = begin; i < end; i++) faces.push(shown ? face : before);
      begin = end;
    }
    const look = this.blurred(found);
    const like = found.rivals?.some((rival) => {
      const other = this.blurred(rival);
      for (let end = this.first; end < this.last; end++)
        if (seenApart(look, other, end, seen, mine) >= leastSeen) return false;
      return true;
    });
    return { weft: like ? null : weft.weft, faces };
  }

  private noticed(weft: number, one: Face, other: Face, end: number, seen: Float32Array, mine: number): boolean {
    const [a, b] = [this.swatches.of(weft, one).blurred, this.swatches.of(weft, other).blurred];
    const near = [end - 1, end].filter((at) => at >= this.first && at < this.last);
    return near.some((at) => seenApart(a, b, at, seen, mine) >= leastSeen);
  }
}

const facesOf = ({ faces, whole }: LegendWeft): Face[] => [...faces, ...whole];
