/** A cloth in the making: picks are laid one on the other, part by part, then woven into rows with their selvedges. */
import { BitRows } from '../bit-rows';
import type { Part, PartKind } from '../cloth';
import type { Yarn } from '../profile';
import { weaveSelvedges } from '../selvedge';
import { type Area, areasInRow, type Face, type Ground, Painter } from './ground';

export class Sheet {
  readonly parts: Part[] = [];
  readonly yarns: Yarn[] = [];
  private readonly areas: (readonly Area[])[] = [];
  private readonly weft: number[] = [];

  constructor(readonly ground: Ground) {}

  /** The yarn's index, added when it is new. Warp and weft of one name and colour are one yarn. */
  yarn(yarn: Yarn): number {
    const known = this.yarns.findIndex(({ name, colour }) => name === yarn.name && colour === yarn.colour);
    return known >= 0 ? known : this.yarns.push(yarn) - 1;
  }

  get picks(): number {
    return this.weft.length;
  }

  /** A part of so many picks, all in one weft and the same areas. */
  part(kind: PartKind, picks: number, weft: Yarn, areas: readonly Area[], record?: number): void {
    if (picks < 1) return;
    const from = this.picks;
    const index = this.yarn(weft);
    for (let i = 0; i < picks; i++) {
      this.areas.push(areasInRow(areas, i));
      this.weft.push(index);
    }
    const before = this.parts[this.parts.length - 1];
    if (kind === 'legend' && before?.kind === 'legend')
      this.parts[this.parts.length - 1] = { ...before, to: this.picks };
    else this.parts.push({ kind, from, to: this.picks, ...(record === undefined ? {} : { record }) });
  }

  /** One face from selvedge to selvedge. */
  across(face: Face): Area[] {
    return [{ from: this.ground.selvedge, to: this.ground.ends - this.ground.selvedge, face }];
  }

  weave(painter = new Painter(this.ground)): { lifts: BitRows; weft: Uint8Array } {
    const lifts = new BitRows(this.ground.ends, this.picks);
    this.areas.forEach((areas, pick) => {
      painter.paint(lifts.words, pick * lifts.stride, pick, areas);
    });
    const weft = Uint8Array.from(this.weft);
    weaveSelvedges(lifts, weft, this.ground.selvedge, this.ground.edges);
    return { lifts, weft };
  }
}
