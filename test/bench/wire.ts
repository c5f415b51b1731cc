/** Bytes of a row on the wire in which every heddle moves, beside what other clients send for the same work. */
import { encodeHost } from '../../protocol/wire';
import type { Row } from './row';
import { firmataBytes } from './stock-firmata';

const looms = [8, 16, 40, 64, 128, 440] as const;
/** design.md §6 */
const reach: Partial<Record<(typeof looms)[number], string>> = { 40: '≤ 16 bytes' };

export async function wireRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const heddles of looms) {
    const row = new Uint8Array(Math.ceil(heddles / 8)).fill(0x55);
    const ours = encodeHost('ROW', 1, { step: 1, row }, 1).length;
    const { servo, pca9685 } = await firmataBytes(heddles);
    rows.push({
      what: `host→board bytes of a row, ${heddles} heddles all moving`,
      measured: `${ours} bytes`,
      reach: reach[heddles] ?? '–',
      beside: `firmata-io servo messages ${servo}, johnny-five on PCA9685 ${pca9685}`,
    });
  }
  return rows;
}
