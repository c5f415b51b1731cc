/** `--port`: the board that a person asked for, with the driver that speaks to it. */
import { realpathSync } from 'node:fs';
import type { LoomProfile } from '../../patterns/profile';
import type { LoomDriver } from './driver';
import { FirmwareDriver } from './loom-driver';
import type { RememberedBoard } from './remembered';
import type { StockTable } from './stock/table';

export interface OpenBoard {
  readonly driver: LoomDriver;
  /** Only emulated time can be paced: 'full' as fast as it can, 'real' as on the wall. */
  readonly setPace?: (pace: 'full' | 'real') => void;
}

const allRates = [57600, 115200, 250000];
/** Which firmware is spoken to: our own, plain StandardFirmata, or our own with a hint where it is the other. */
export const driverNames = ['auto', 'loom', 'stock'] as const;
export interface OpenOptions {
  /** auto */
  readonly driver?: (typeof driverNames)[number];
  /** Intel HEX file that the emulated board runs; the shipped firmware */
  readonly firmware?: string;
}

/** A pseudo terminal has no reset line: its board sends a banner at once or never. */
const bannerMs = { port: 2500, pty: 300 };

/**
 * @param port `emulated`, `auto` or the path of a serial port; nothing is opened before `driver.connect()`
 * @throws LoomError hardware when `auto` finds no loom, usage when it finds two
 */
export async function openBoard(
  port: string,
  profile: LoomProfile & { readonly stock?: StockTable },
  { driver = 'auto', firmware }: OpenOptions = {},
): Promise<OpenBoard> {
  const path = port === 'auto' ? await (await import('./find')).findPort() : port;
  if (driver === 'stock') return (await import('./stock/open-stock')).openStock(path, profile, firmware);
  return path === 'emulated' ? openEmulated(profile, firmware) : openSerial(path);
}

async function openEmulated(profile: LoomProfile, hex?: string): Promise<OpenBoard> {
  const { EmulatedTransport } = await import('../emulator/emulated-transport');
  const { EmulatedDriver } = await import('./emulated-driver');
  const { firmware, outputs, heddles, leds } = profile.board;
  const chip = firmware === 'mega' ? 'atmega2560' : 'atmega328p';
  const transport = new EmulatedTransport({ wiring: { outputs, heddles, leds }, chip, pace: 'full', firmware: hex });
  return { driver: new EmulatedDriver(transport, profile.board), setPace: (pace) => transport.setPace(pace) };
}

async function openSerial(path: string): Promise<OpenBoard> {
  const { SerialTransport } = await import('./serial-transport');
  const { rememberBoard } = await import('./remembered');
  const { linkFindings, linkWords } = await import('./link-words');
  const { real, pty, rates, bannerMs } = await portHabits(path);
  let known: RememberedBoard | null = null;
  const driver = new FirmwareDriver(new SerialTransport({ path, rate: rates[0] }), {
    rates,
    bannerMs,
    remember: ({ boardId, firmware, heddles }, rate) => {
      known = { path: real, boardId, rate, firmware, heddles };
      if (!pty) rememberBoard(known);
    },
  });
  // The doctor tells it later.
  driver.on('link', (statistics) => {
    if (known && !pty && linkFindings(statistics).length > 0) rememberBoard({ ...known, link: linkWords(statistics) });
  });
  return { driver };
}

/** What is known of a serial port before it is opened: `rates` in baud, the remembered one first; ms to wait for a banner. */
export async function portHabits(path: string): Promise<{
  readonly real: string;
  readonly pty: boolean;
  readonly rates: readonly number[];
  readonly bannerMs: number;
}> {
  const { rememberedBoards } = await import('./remembered');
  const real = realPath(path);
  const known = rememberedBoards().find((board) => board.path === real);
  const pty = real.startsWith('/dev/pts/');
  return {
    ...{ real, pty },
    rates: [...new Set([known?.rate ?? allRates[0], ...allRates])],
    bannerMs: pty ? bannerMs.pty : bannerMs.port,
  };
}

/** A port that is not there keeps its name: opening it says what is wrong. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
