/** What a USB id says of the board behind it. */

export interface UsbBoard {
  readonly title: string;
  /** yes: it can run the loom firmware; no: another chip; perhaps: a serial adapter, behind which any board may be */
  readonly loom: 'yes' | 'perhaps' | 'no';
}

const boards: Record<string, UsbBoard> = {
  '2341:0001': { title: 'Arduino Uno', loom: 'yes' },
  '2341:0043': { title: 'Arduino Uno R3', loom: 'yes' },
  '2341:0243': { title: 'Arduino Uno R3', loom: 'yes' },
  '2a03:0043': { title: 'Arduino Uno R3', loom: 'yes' },
  '2341:0010': { title: 'Arduino Mega 2560', loom: 'yes' },
  '2341:0042': { title: 'Arduino Mega 2560 R3', loom: 'yes' },
  '2341:0242': { title: 'Arduino Mega 2560 R3', loom: 'yes' },
  '2a03:0042': { title: 'Arduino Mega 2560 R3', loom: 'yes' },
  '0403:6001': { title: 'FTDI FT232R adapter (Nano, older boards)', loom: 'perhaps' },
  '0403:6015': { title: 'FTDI FT231X adapter', loom: 'perhaps' },
  '1a86:7523': { title: 'CH340 adapter (Nano and Uno clones)', loom: 'perhaps' },
  '1a86:5523': { title: 'CH341 adapter', loom: 'perhaps' },
  '1a86:55d4': { title: 'CH9102 adapter', loom: 'perhaps' },
  '10c4:ea60': { title: 'CP210x adapter', loom: 'perhaps' },
  '067b:2303': { title: 'PL2303 adapter', loom: 'perhaps' },
  '2341:0069': { title: 'Arduino Uno R4 Minima', loom: 'no' },
  '2341:1002': { title: 'Arduino Uno R4 WiFi', loom: 'no' },
  '2341:0058': { title: 'Arduino Nano Every', loom: 'no' },
  '2341:0036': { title: 'Arduino Leonardo (bootloader)', loom: 'no' },
  '2341:8036': { title: 'Arduino Leonardo', loom: 'no' },
  '2341:8037': { title: 'Arduino Micro', loom: 'no' },
  '2e8a:0005': { title: 'Raspberry Pi Pico', loom: 'no' },
  '303a:1001': { title: 'ESP32', loom: 'no' },
};

/** @param id four hexadecimal digits each; absent for a port that is not on USB */
export function usbBoard(vendorId?: string, productId?: string): UsbBoard {
  if (!vendorId || !productId) return { title: 'serial port that is not on USB', loom: 'no' };
  const id = `${vendorId}:${productId}`.toLowerCase();
  return boards[id] ?? { title: `unknown USB device ${id}`, loom: 'perhaps' };
}
