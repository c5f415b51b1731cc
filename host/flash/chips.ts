/** Chips by their signature, so that one that cannot be flashed is named (data sheets, "Signature Bytes"). */
import type { FlashTarget } from './targets';

const chips: Readonly<Record<string, string>> = {
  '1e9307': 'ATmega8',
  '1e9406': 'ATmega168',
  '1e940b': 'ATmega168P',
  '1e9514': 'ATmega328 (without P)',
  '1e950f': 'ATmega328P',
  '1e9516': 'ATmega328PB',
  '1e9587': 'ATmega32U4 (Leonardo, Micro)',
  '1e9651': 'ATmega4809 (Nano Every, Uno WiFi Rev2)',
  '1e9703': 'ATmega1280',
  '1e9705': 'ATmega1284P',
  '1e9801': 'ATmega2560',
  '1e9802': 'ATmega2561',
};

/** Six hexadecimal digits to the chip's name. */
export function chipOf(signature: string): string {
  if (/^(0{6}|f{6})$/.test(signature)) return 'nothing that can be read: check the wiring and the power of the board';
  return chips[signature] ?? 'a chip that is not known here';
}

/** Why this chip is not flashed, in a sentence; null when it is the right one. */
export function wrongChip(signature: string, { title, chip, signature: wanted }: FlashTarget): string | null {
  if (signature === wanted) return null;
  return `The signature ${signature} is ${chipOf(signature)}; ${title} has ${chip} (${wanted}). Nothing was written.`;
}
