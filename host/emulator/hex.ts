/** Reads an Intel HEX file into flash. */

/**
 * @param hex text of an Intel HEX file: data, end and (zero) extended address records
 * @param bytes size of the flash, 32 KiB on the ATmega328P
 * @returns 16-bit program words; what the file leaves out is erased (0xFFFF)
 * @throws Error naming the line whose checksum or address is wrong
 */
export function flashFromHex(hex: string, bytes = 0x8000): Uint16Array {
  const words = new Uint16Array(bytes / 2).fill(0xffff);
  const flash = new Uint8Array(words.buffer);
  let base = 0;
  for (const [index, line] of hex.split(/\r?\n/).entries()) {
    if (line === '') continue;
    const record = Buffer.from(line.slice(1), 'hex');
    const sum = record.reduce((total, byte) => (total + byte) & 0xff, 0);
    if (line[0] !== ':' || record.length < 5 || record.length !== record[0] + 5 || sum !== 0) {
      throw new Error(`Line ${index + 1} is not an Intel HEX record, or is damaged: ${line}`);
    }
    const [length, high, low, type] = record;
    const data = record.subarray(4, 4 + length);
    if (type === 1) break;
    if (type === 2) base = ((data[0] << 8) | data[1]) << 4;
    if (type === 4) base = ((data[0] << 8) | data[1]) << 16;
    if (type !== 0) continue;
    const address = base + ((high << 8) | low);
    if (address + length > bytes)
      throw new Error(`Line ${index + 1} lies outside the ${bytes} bytes of flash: ${line}`);
    flash.set(data, address);
  }
  return words;
}
