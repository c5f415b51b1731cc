/** Which loom answers at a port, and what its settings are. */
import type { BoardFacts } from '../board/driver';
import { FirmwareDriver } from '../board/loom-driver';
import { portHabits } from '../board/open';
import { rememberBoard } from '../board/remembered';
import { SerialTransport } from '../board/serial-transport';
import { LoomError } from '../errors';
import { readImage } from '../maker/board-image';
import type { SettingsImage } from '../maker/image';
import { keepSettings } from '../maker/keep-settings';

/** Opening the port resets the board, and its bootloader listens for a second or two before the firmware has its turn. */
const bannerMs = 2500;

export interface Answering {
  readonly facts: BoardFacts;
  /** every setting in effect */
  readonly image: SettingsImage;
}

/**
 * Opens the port, which resets the board, asks who is there and reads its settings.
 * @param keep a copy of them is kept, unless the newest copy is the same
 * @throws LoomError hardware when no loom answers, saying what was heard; configuration when it speaks another protocol; or
 * that the port does not open
 */
export async function askBoard(port: string, keep: boolean): Promise<Answering> {
  const driver = await driverAt(port);
  try {
    const facts = await driver.connect();
    const { settings } = driver;
    if (!settings) throw new LoomError('configuration', `The board at ${port} runs a firmware without settings.`);
    const image = await readImage(settings, facts);
    if (keep) await keepSettings(driver, facts, image);
    return { facts, image };
  } finally {
    await driver.stop();
  }
}

/** Who is there before, a copy of the settings kept. That no loom of ours answers is an answer too: the error that says what was heard instead. */
export async function askIfAny(port: string): Promise<Answering | LoomError> {
  try {
    return await askBoard(port, true);
  } catch (error) {
    if (error instanceof LoomError && error.kind !== 'busy') return error;
    throw error;
  }
}

/** What is asked before the bootloader has let go keeps it listening: so the banner is waited for, on a pseudo terminal too. */
async function driverAt(port: string): Promise<FirmwareDriver> {
  const { real, pty, rates } = await portHabits(port);
  return new FirmwareDriver(new SerialTransport({ path: port, rate: rates[0] }), {
    rates,
    bannerMs,
    remember: ({ boardId, firmware, heddles }, rate) => {
      if (!pty) rememberBoard({ path: real, boardId, rate, firmware, heddles });
    },
  });
}
