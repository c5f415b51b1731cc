/** Rows of bits: the lifts of a cloth. Row = pick index (0 is woven first), bit = end index, 1 = warp up. */
export class BitRows {
  /** 32-bit words a row */
  readonly stride: number;
  readonly words: Uint32Array;

  /** @throws RangeError when either side is not a positive whole number below 2^20 */
  constructor(
    readonly ends: number,
    readonly picks: number,
    words?: Uint32Array,
  ) {
    for (const side of [ends, picks])
      if (!Number.isInteger(side) || side < 0 || side >= 1 << 20) throw new RangeError(`${ends} ends × ${picks} picks`);
    this.stride = (ends + 31) >>> 5;
    this.words = words ?? new Uint32Array(this.stride * picks);
    if (this.words.length !== this.stride * picks) throw new RangeError('words do not fit the cloth');
  }

  get(pick: number, end: number): boolean {
    return ((this.words[pick * this.stride + (end >>> 5)] >>> (end & 31)) & 1) === 1;
  }

  set(pick: number, end: number, up: boolean): void {
    const at = pick * this.stride + (end >>> 5);
    const bit = 1 << (end & 31);
    this.words[at] = up ? this.words[at] | bit : this.words[at] & ~bit;
  }

  /** The row as the wire wants it: ceil(ends / 8) bytes, bit 0 of byte 0 is end 1, spare bits 0. */
  bytes(pick: number): Uint8Array {
    const row = new Uint8Array((this.ends + 7) >>> 3);
    for (let i = 0; i < row.length; i++) row[i] = this.words[pick * this.stride + (i >>> 2)] >>> (8 * (i & 3));
    return row;
  }

  /** The row as '0' and '1' from end 1, `1` = warp up. */
  text(pick: number): string {
    let row = '';
    for (let end = 0; end < this.ends; end++) row += this.get(pick, end) ? '1' : '0';
    return row;
  }

  /** Rows of '0' and '1', first pick first. */
  static from(rows: readonly string[]): BitRows {
    const bits = new BitRows(rows[0]?.length ?? 0, rows.length);
    rows.forEach((row, pick) => {
      if (row.length !== bits.ends) throw new RangeError(`pick ${pick + 1} has ${row.length} ends, not ${bits.ends}`);
      for (let end = 0; end < bits.ends; end++) bits.set(pick, end, row[end] === '1');
    });
    return bits;
  }
}
