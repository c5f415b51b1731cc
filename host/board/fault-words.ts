/** The reason of a fault as a clause, with the board at its I2C address where one is to blame. Pure. */
import { faults } from '../../protocol/wire.table';

const firstAddress = 0x40;
const perBoard = 16;

/**
 * @param fault name in the wire table
 * @param detail I2C address (7 bit) for the faults output and bus, else 0
 */
export function faultWords(fault: string, detail = 0): string {
  const doc = faults[fault as keyof typeof faults]?.doc ?? fault;
  if (detail === 0) return doc;
  const address = `0x${detail.toString(16)}`;
  if (fault === 'bus') return `${doc} (last spoken to: ${address})`;
  if (fault !== 'output') return doc;
  const first = (detail - firstAddress) * perBoard + 1;
  return `the PCA9685 board at ${address} (outputs ${first}–${first + perBoard - 1}) does not answer; check its power, SDA and SCL`;
}
