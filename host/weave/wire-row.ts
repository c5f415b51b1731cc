/** The row of a pick as it goes to the board: heddles or shafts, and what is masked stays at rest, whatever the cloth says. */
import type { Cloth } from '../../patterns/cloth';
import { actuatorRow, type Harness, straightHarness } from '../../patterns/harness';

/**
 * @param pick number
 * @param masked numbers of heddles (or shafts) that nothing drives
 * @param harness of the loom; one heddle an end unless said
 * @returns ceil(heddles / 8) bytes, bit 0 of byte 0 is heddle 1
 */
export function wireRow(
  { lifts }: Cloth,
  pick: number,
  masked: readonly number[],
  harness: Harness = straightHarness(lifts.ends),
): Uint8Array {
  return actuatorRow(harness, lifts, pick - 1, masked);
}
