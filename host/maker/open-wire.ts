/** The bare wire to a board, for what speaks no loom messages: the port, the rates to try, and how long a banner takes. */
import { portHabits } from '../board/open';
import type { Transport } from '../board/transport';
import { readProfile } from '../profiles/read';
import { defaultProfile, type MakerOptions, makerPort } from './open-maker';

export interface OpenWire {
  readonly transport: Transport;
  /** baud, the likeliest first */
  readonly rates: readonly number[];
  readonly bannerMs: number;
  /** emulated time goes by as on the wall from now on; it starts as fast as it can */
  readonly pace: () => void;
}

/** @throws LoomError hardware or usage; nothing is opened yet */
export async function openWire(options: MakerOptions): Promise<OpenWire> {
  const path = await makerPort(options);
  if (path === 'emulated') return emulatedWire(options.profile ?? defaultProfile);
  const { rates, bannerMs } = await portHabits(path);
  const { SerialTransport } = await import('../board/serial-transport');
  return { transport: new SerialTransport({ path, rate: rates[0] }), rates, bannerMs, pace: () => {} };
}

async function emulatedWire(profile: string): Promise<OpenWire> {
  const { EmulatedTransport } = await import('../emulator/emulated-transport');
  const { outputs, heddles, leds } = readProfile(profile).board;
  const transport = new EmulatedTransport({ wiring: { outputs, heddles, leds }, pace: 'full' });
  return { transport, rates: [57600], bannerMs: 2500, pace: () => transport.setPace('real') };
}
