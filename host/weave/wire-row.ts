/** The row of a pick as it goes to the board: what is masked stays down, whatever the cloth says. */
import type { Cloth } from '../../patterns/cloth';

/**
 * @param pick number
 * @param masked numbers of heddles that nothing drives
 * @returns ceil(ends / 8) bytes, bit 0 of byte 0 is heddle 1
 */
export function wireRow(cloth: Cloth, pick: number, masked: readonly number[]): Uint8Array {
  const row = cloth.lifts.bytes(pick - 1);
  for (const heddle of masked) row[(heddle - 1) >> 3] &= ~(1 << ((heddle - 1) & 7));
  return row;
}
