/** `--driver stock`: the board that a person asked for, with StandardFirmata on it. */
import type { LoomProfile } from '../../../patterns/profile';
import { LoomError } from '../../errors';
import type { OpenBoard } from '../open';
import { StockDriver } from './stock-driver';
import type { StockTable } from './table';
import { stockWiring } from './wiring';

/**
 * @param path of a serial port, or `emulated`; nothing is opened before `driver.connect()`
 * @param firmware Intel HEX file that the emulated board runs
 * @throws LoomError configuration when the profile cannot be wired so, usage when the emulated board has nothing to run
 */
export async function openStock(
  path: string,
  profile: LoomProfile & { readonly stock?: StockTable },
  firmware?: string,
): Promise<OpenBoard> {
  const wiring = stockWiring(profile);
  if (path !== 'emulated') {
    const { SerialTransport } = await import('../serial-transport');
    return { driver: new StockDriver(new SerialTransport({ path }), wiring) };
  }
  if (!firmware)
    throw new LoomError(
      'usage',
      'The emulated board has no StandardFirmata of its own. Name one with --firmware FILE.hex, or a real board with --port.',
    );
  const { EmulatedTransport } = await import('../../emulator/emulated-transport');
  const { outputs, heddles } = wiring;
  const transport = new EmulatedTransport({ wiring: { outputs, heddles, leds: 0 }, pace: 'full', firmware });
  return { driver: new StockDriver(transport, wiring), setPace: (pace) => transport.setPace(pace) };
}
