/** Which port is flashed: known by USB ids alone, because opening a port resets whatever is behind it. */
import { realpathSync } from 'node:fs';
import { type AttachedPort, choosePort } from '../board/find';
import { LoomError } from '../errors';
import { boardOfTitle, type FlashBoard, flashTargets } from './targets';

/** What cannot be flashed, and why, by the beginning of its title in usb-ids.ts. */
const others: readonly (readonly [title: string, why: string])[] = [
  ['Arduino Uno R4', 'its chip is a Renesas RA4M1, not an AVR'],
  ['Arduino Nano Every', 'its chip is an ATmega4809, which is programmed in another way'],
  ['Arduino Leonardo', 'its chip is an ATmega32U4, which speaks USB by itself'],
  ['Arduino Micro', 'its chip is an ATmega32U4, which speaks USB by itself'],
  ['Raspberry Pi Pico', 'its chip is an RP2040, not an AVR'],
  ['ESP32', 'its chip is an ESP32, not an AVR'],
];
const flashable = 'An Uno (R3 and before), a Nano or a Mega 2560 can be a loom.';

/**
 * The port that is meant.
 * @param port path, or `auto`: the one port behind which such a board may be
 * @throws LoomError hardware, naming what cannot be flashed; usage when two ports could be meant
 */
export function portToFlash(board: FlashBoard, port: string, attached: readonly AttachedPort[]): string {
  if (port === 'emulated')
    throw new LoomError('usage', 'The emulated board is never flashed: it runs the firmware of this program.');
  if (port !== 'auto') {
    const known = attached.find(({ path }) => realPath(path) === realPath(port));
    if (known) refuseOther(board, known);
    return port;
  }
  if (attached.length > 0 && attached.every(({ usbId, loom }) => usbId && loom === 'no'))
    refuseOther(board, attached[0]);
  // An Uno is not meant when a Mega is asked for; an adapter may hide either.
  const able = attached.filter(
    ({ title, loom }) => loom !== 'no' && (boardOfTitle(title) ?? family(board)) === family(board),
  );
  if (able.length > 0) return choosePort(able);
  const seen = attached.map(({ path, title }) => `${path} (${title})`).join(', ');
  throw new LoomError(
    'hardware',
    `No ${flashTargets[board].title} was found${seen ? `; seen: ${seen}` : ': no board is plugged in'}. Plug it in, or say --port PATH.`,
  );
}

function refuseOther(board: FlashBoard, { path, title, loom, usbId }: AttachedPort): void {
  if (loom === 'no' && usbId) {
    const why = others.find(([start]) => title.startsWith(start))?.[1] ?? 'it is no board that runs this firmware';
    throw new LoomError('hardware', `${path} (${title}) cannot be flashed: ${why}. ${flashable} Nothing was opened.`);
  }
  const is = boardOfTitle(title);
  if (is && is !== family(board))
    throw new LoomError(
      'hardware',
      `${path} (${title}) is not an ${flashTargets[board].title}: say --board ${is}. Nothing was opened.`,
    );
}

/** Boards that USB ids cannot tell apart: a Nano hides behind an adapter, and some carry the Uno's. */
function family(board: FlashBoard): 'uno' | 'mega' {
  return board === 'mega' ? 'mega' : 'uno';
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
