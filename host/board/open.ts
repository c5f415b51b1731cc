/** `--port`: the board that a person asked for, with the driver that speaks to it. */
import type { LoomProfile } from '../../patterns/profile';
import type { LoomDriver } from './driver';
import { FirmwareDriver } from './loom-driver';

export interface OpenBoard {
  readonly driver: LoomDriver;
  /** Only emulated time can be paced: 'full' as fast as it can, 'real' as on the wall. */
  readonly setPace?: (pace: 'full' | 'real') => void;
}

/**
 * @param port `emulated`, `auto` or the path of a serial port; nothing is opened before `driver.connect()`
 * @throws LoomError hardware when `auto` finds no loom, usage when it finds two
 */
export async function openBoard(port: string, profile: LoomProfile): Promise<OpenBoard> {
  if (port === 'emulated') {
    const { EmulatedTransport } = await import('../emulator/emulated-transport');
    const { outputs, heddles, leds } = profile.board;
    const transport = new EmulatedTransport({ wiring: { outputs, heddles, leds }, pace: 'full' });
    return { driver: new FirmwareDriver(transport), setPace: (pace) => transport.setPace(pace) };
  }
  const { SerialTransport } = await import('./serial-transport');
  const { findPort } = await import('./find');
  const path = port === 'auto' ? await findPort() : port;
  return { driver: new FirmwareDriver(new SerialTransport({ path })) };
}
