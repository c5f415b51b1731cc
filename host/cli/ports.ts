/** `loom ports`: the serial ports of this machine and what is behind each, without opening any. */
import type { AttachedPort } from '../board/find';

export interface Out {
  write(text: string): unknown;
}

/** @returns the exit code */
export async function ports({ json = false }: { json?: boolean }, out: Out): Promise<number> {
  const { attachedPorts } = await import('../board/find');
  const found = await attachedPorts();
  if (json) out.write(`${JSON.stringify(found, null, 2)}\n`);
  else out.write(portsInWords(found));
  return 0;
}

const verdicts = {
  yes: 'can be a loom',
  perhaps: 'may be a loom',
  no: 'cannot be a loom',
};

export function portsInWords(found: readonly AttachedPort[]): string {
  if (found.length === 0) return 'No board is plugged in. Without --port, loom weave runs on the emulated board.\n';
  const width = Math.max(...found.map(({ path }) => path.length));
  const lines = found.map(({ path, title, usbId, serialNumber, loom, remembered, usedBy }) => {
    const known =
      remembered &&
      `a loom of ${remembered.heddles} heddles answered here at ${remembered.rate.toLocaleString('en-GB')} baud, firmware ${remembered.firmware}`;
    const usb = usbId && `${title} (${[usbId, serialNumber].filter(Boolean).join(', ')})`;
    const used = usedBy && `in use by ${usedBy}`;
    return `${path.padEnd(width)}  ${[usb ?? title, known ?? verdicts[loom], used].filter(Boolean).join('; ')}\n`;
  });
  return lines.join('');
}
