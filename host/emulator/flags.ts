/** The status register after arithmetic and logic, as the instruction set manual gives its flags. */

/** SREG after a subtraction of one byte, without Z. */
export function subtracted(sreg: number, d: number, r: number, R: number): number {
  const borrow = (~d & r) | (r & R) | (R & ~d);
  const n = R >> 7;
  const v = ((d ^ r) & (d ^ R)) >> 7;
  return (
    (sreg & 0xc0) | ((borrow >> 7) & 1) | (n << 2) | ((v & 1) << 3) | ((n ^ (v & 1)) << 4) | (((borrow >> 3) & 1) << 5)
  );
}

/** SREG after an addition of one byte, with Z. */
export function added(sreg: number, d: number, r: number, R: number): number {
  const carry = (d & r) | (r & ~R) | (~R & d);
  const n = R >> 7;
  const v = (((d ^ R) & (r ^ R)) >> 7) & 1;
  return (
    (sreg & 0xc0) |
    ((carry >> 7) & 1) |
    (R === 0 ? 2 : 0) |
    (n << 2) |
    (v << 3) |
    ((n ^ v) << 4) |
    (((carry >> 3) & 1) << 5)
  );
}

/** SREG after a logical operation: V cleared, C and H kept. */
export function logical(sreg: number, R: number): number {
  return (sreg & 0xe1) | (R === 0 ? 2 : 0) | (R & 0x80 ? 0x14 : 0);
}

/** SREG after a shift to the right: V = N ^ C. */
export function shifted(sreg: number, R: number, carry: number): number {
  const n = R >> 7;
  return (sreg & 0xe0) | carry | (R === 0 ? 2 : 0) | (n << 2) | ((n ^ carry) << 3) | (carry << 4);
}
