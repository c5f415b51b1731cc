/** Finds out whether StandardFirmata answers, and makes it begin anew. */
import { endSysex, reportFirmware, reportVersion, startSysex } from '../../../protocol/firmata';
import { stopByte } from '../../../protocol/wire.table';
import { LoomError } from '../../errors';
import type { Listener } from '../listener';
import { SessionEnded } from '../refused';
import type { Transport } from '../transport';

const question = Uint8Array.of(reportVersion, startSysex, reportFirmware, endSysex);
/** It blinks its version with the LED for two seconds before it reads a byte; its buffer holds 64. */
const againMs = 1000;
/** An open message of an earlier host is closed, or it would swallow what follows; then everything as after power-on. */
const beginAnew = Uint8Array.of(endSysex, stopByte);

/**
 * @returns name and version that the firmware gives itself, such as "StandardFirmata.ino 2.5"
 * @throws LoomError hardware when nothing that speaks Firmata answers within `ms`, or configuration when it is our own firmware
 */
export async function askFirmata(transport: Transport, listener: Listener, ms: number): Promise<string> {
  listener.forget();
  const until = transport.now() + ms;
  do {
    transport.write(question);
    if (!(await banner(transport, listener, againMs))) continue;
    const { firmware } = listener.heard;
    if (firmware?.startsWith('loom'))
      throw new LoomError(
        'configuration',
        `${transport.name} is a loom with firmware of its own (${firmware}), which promises more. Leave --driver stock out.`,
      );
    transport.write(beginAnew);
    return firmware ?? 'unknown';
  } while (transport.now() < until);
  const { bytes } = listener.heard;
  const heard = bytes === 0 ? 'does not answer' : `sends ${bytes} bytes that are not Firmata at 57,600 baud`;
  throw new LoomError(
    'hardware',
    `${transport.name} ${heard}. Is StandardFirmata on it (Arduino IDE: Examples, Firmata)? Flash it, or choose another port (loom ports lists them).`,
  );
}

/** False when `ms` pass without one. */
function banner(transport: Transport, listener: Listener, ms: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const done = (then: () => void) => {
      timer.cancel();
      transport.off('lost', onLost);
      listener.off('banner', onBanner);
      then();
    };
    const onBanner = () => done(() => resolve(true));
    const onLost = (why: string) => done(() => reject(new SessionEnded(why)));
    const timer = transport.after(ms, () => done(() => resolve(false)));
    transport.on('lost', onLost);
    listener.on('banner', onBanner);
  });
}
