/** Which pick comes next, and its row as the wire wants it. Pure: the cloth, a place, a direction. */
import type { Cloth } from '../../patterns/cloth';
import { rowCrc } from '../../protocol/wire';
import type { Direction } from './entries';
import type { Shed } from './place';

export class Course {
  /** @param last number of the pick after which the weave ends */
  constructor(
    readonly cloth: Cloth,
    readonly last: number,
  ) {}

  /** Lifts of a pick by number, as BitRows.bytes gives them. */
  row(pick: number): Uint8Array {
    return this.cloth.lifts.bytes(pick - 1);
  }

  shed(step: number, pick: number): Shed {
    return { step, pick, crc: rowCrc(step, this.row(pick)) };
  }

  /** The shed after `open` in this direction; null at either end of the cloth. */
  after(open: Shed | null, direction: Direction): Shed | null {
    const pick = (open?.pick ?? 0) + (direction === 'forward' ? 1 : -1);
    if (pick < 1 || pick > this.last) return null;
    return this.shed((open?.step ?? 0) + 1, pick);
  }

  weftColour(pick: number): string {
    return this.cloth.yarns[this.cloth.weft[pick - 1]].colour;
  }
}
