/** WPO files (WeavePoint, to version 7): bytes, numbers of threads from 1, masks of shafts and treadles. Spacing is not read. */
import type { BitRows } from '../bit-rows';
import { numbered } from '../draft';
import { colourOf } from './text';
import { DraftError, liftsOf, mustFit, tellIdle, type WeavingFile } from './weaving-file';

export const wpoMark = 123;
const kinds = { 100: 'lift plan', 101: 'one treadle a pick', 102: 'several treadles a pick' } as const;
/** Grids that say how WeavePoint showed the draft. */
const gridBytes = 66;

/** Reads on, and says where the file ends too soon. */
class Bytes {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  u8(): number {
    if (this.at >= this.bytes.length)
      throw new DraftError(`The file ends after ${this.bytes.length} bytes, in mid-draft.`);
    return this.bytes[this.at++];
  }

  u16(): number {
    return (this.u8() << 8) | this.u8();
  }

  skip(count: number): void {
    for (let i = 0; i < count; i++) this.u8();
  }

  /** A count and so many bytes. */
  list(): number[] {
    return Array.from({ length: this.u16() }, () => this.u8());
  }

  /** Masks of so many bits, the lowest byte first. */
  masks(width: number, count: number): number[][] {
    return Array.from({ length: count }, () => {
      const numbers: number[] = [];
      for (let byte = 0; byte < Math.ceil(width / 8); byte++) {
        const mask = this.u8();
        for (let bit = 0; bit < 8; bit++) if ((mask >> bit) & 1) numbers.push(8 * byte + bit + 1);
      }
      return numbers;
    });
  }
}

/** @throws DraftError with the reason */
export function readWpo(file: Uint8Array): WeavingFile {
  const bytes = new Bytes(file);
  if (bytes.u8() !== wpoMark) throw new DraftError(`This is no WPO file: its first byte is not ${wpoMark}.`);
  const notes: string[] = [];
  const version = bytes.u8();
  if (version > 7) notes.push(`The file is of version ${version}; only up to 7 is known, so it may be read wrongly.`);
  const kind = bytes.u8();
  if (!(kind in kinds)) throw new DraftError(`This kind of WeavePoint file (${kind}) is not known.`);
  bytes.skip(1); // zoom
  const shafts = bytes.u8();
  const treadles = bytes.u8();
  bytes.skip(1);
  const shed = bytes.u8() === 0 ? ('rising' as const) : ('sinking' as const);
  bytes.skip(1);
  const [endsPerInch, picksPerInch] = [bytes.u8(), bytes.u8()];
  bytes.skip(2);
  const [ends, picks] = [bytes.u16(), bytes.u16()];
  mustFit(ends, picks);
  if (shafts < 1) throw new DraftError('The file says that there are no shafts.');
  bytes.skip(7);
  const threading = bytes.list();
  const warpColours = bytes.list();
  const weftColours = bytes.list();
  let plan: number[][] | null = null;
  let tieUp: number[][] = [];
  let pressed: number[][] = [];
  if (kind === 100) plan = bytes.masks(shafts, bytes.u16());
  else {
    if (treadles < 1) throw new DraftError('The file says that there are no treadles, and treadles them.');
    tieUp = bytes.masks(shafts, treadles);
    pressed = kind === 102 ? bytes.masks(treadles, bytes.u16()) : bytes.list().map((treadle) => [treadle]);
  }
  bytes.skip(gridBytes);
  const palette = Array.from({ length: bytes.u8() }, () =>
    colourOf([bytes.u8(), bytes.u8(), bytes.u8()], [0, version >= 4 ? 255 : 63]),
  );
  const rows = (width: number, list: readonly (readonly number[])[], count: number, what: string): BitRows => {
    const most = list.slice(0, count).reduce((all, numbers) => Math.max(all, ...numbers), 0);
    if (most > width) throw new DraftError(`The file uses ${what} ${most}; there are ${width}.`);
    return numbered(
      width,
      Array.from({ length: count }, (_, i) => list[i] ?? []),
    );
  };
  const colours = (list: readonly number[], count: number): Uint16Array =>
    Uint16Array.from({ length: count }, (_, i) => {
      const colour = list[i] ?? list.at(-1) ?? 0;
      if (colour >= palette.length)
        throw new DraftError(`There is no colour ${colour}: the palette has 0 to ${palette.length - 1}.`);
      return colour;
    });
  const sheds = {
    threading: rows(
      shafts,
      threading.map((shaft) => [shaft]),
      ends,
      'shaft',
    ),
    treadling: plan
      ? null
      : { tieUp: rows(shafts, tieUp, treadles, 'shaft'), pressed: rows(treadles, pressed, picks, 'treadle') },
    liftPlan: plan && rows(shafts, plan, picks, 'shaft'),
    shed,
  };
  notes.push('End 1 was taken to be at the left.');
  const lifts = liftsOf(sheds, notes);
  tellIdle(sheds.threading, lifts, notes);
  return {
    format: 'WPO',
    title: '',
    ...sheds,
    lifts,
    palette,
    warp: colours(warpColours, ends),
    weft: colours(weftColours, picks),
    sett: endsPerInch > 0 ? endsPerInch / 2.54 : null,
    picksPerCm: picksPerInch > 0 ? picksPerInch / 2.54 : null,
    privateSections: [],
    notes,
  };
}
