/** The board that a maker's command works on: opened, in a session, with its settings. */
import type { BoardFacts, LoomDriver } from '../board/driver';
import { openBoard } from '../board/open';
import type { SettingsLink } from '../board/settings-link';
import { LoomError } from '../errors';
import { readProfile } from '../profiles/read';

export interface MakerOptions {
  /** "auto" (default) or a path */
  readonly port?: string;
  /** an emulated board, which forgets everything at the end */
  readonly emulated?: boolean;
  /** how the emulated board is built; exhibition-40 unless said */
  readonly profile?: string;
}

export interface MakerBoard {
  readonly driver: LoomDriver;
  readonly settings: SettingsLink;
  facts: BoardFacts;
  /** anew: after the settings were changed, or the board was reset */
  reconnect(): Promise<BoardFacts>;
}

export const defaultProfile = 'exhibition-40';

/** @throws LoomError hardware, busy, usage (two boards), or configuration for a board that has no settings */
export async function openMaker(options: MakerOptions): Promise<MakerBoard> {
  const port = await makerPort(options);
  const { driver, setPace } = await openBoard(port, readProfile(options.profile ?? defaultProfile));
  try {
    const facts = await driver.connect();
    const { settings } = driver;
    if (!settings)
      throw new LoomError(
        'configuration',
        `The board at ${facts.port} runs other firmware, which has no settings of a loom.`,
      );
    setPace?.('real');
    const board: MakerBoard = {
      driver,
      settings,
      facts,
      reconnect: async () => {
        board.facts = await driver.connect();
        return board.facts;
      },
    };
    return board;
  } catch (error) {
    await driver.stop();
    throw error;
  }
}

/**
 * The port that the options mean, `emulated` among them.
 * @throws LoomError usage when two boards are asked for at once or could be meant, hardware when there is none
 */
export async function makerPort({ port, emulated }: MakerOptions): Promise<string> {
  if (emulated && port !== undefined && port !== 'emulated')
    throw new LoomError('usage', 'Say --port or --emulated, not both.');
  if (emulated) return 'emulated';
  if (port !== undefined && port !== 'auto') return port;
  const { findPort } = await import('../board/find');
  return findPort('say --emulated to try it on an emulated board');
}
