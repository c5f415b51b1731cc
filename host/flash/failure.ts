/** What avrdude's complaints mean, and what a person can do about them. */
import { portError } from '../board/port-error';
import { LoomError } from '../errors';
import type { FlashTarget } from './targets';

/**
 * @param said all that avrdude wrote
 * @param port as the person named it
 * @param wrote bytes of flash may have been written
 */
export function avrdudeFailure(said: string, port: string, target: FlashTarget, wrote: boolean): LoomError {
  const unchanged = wrote ? 'The board may hold half a firmware: flash it again.' : 'Nothing was written.';
  const opening = /cannot open port [^:]+: (.+)|can't open device "[^"]+": (.+)/.exec(said);
  if (opening) return portError(port, port, new Error(opening[1] ?? opening[2]));
  if (/not in sync|programmer is not responding|timeout communicating|unable to open programmer/i.test(said))
    return new LoomError(
      'hardware',
      `The bootloader of the ${target.title} at ${port} does not answer at ${target.baud} baud. ${target.otherwise} ` +
        `Else press the board's reset button as the command begins, and unplug what hangs on pins 0 and 1. ${unchanged}`,
    );
  const mismatch = /verification error[^\n]*|content mismatch[^\n]*/i.exec(said);
  if (mismatch)
    return new LoomError(
      'hardware',
      `What was written does not read back as it was sent (${mismatch[0].trim()}). Check cable and power, and flash again.`,
    );
  const last = said
    .split('\n')
    .map((line) => line.replace(/^avrdude(\.exe)?:? ?/, '').trim())
    .filter((line) => line && !/TIOCMGET|done\. +Thank you/i.test(line))
    .at(-1);
  return new LoomError('hardware', `avrdude gave up at ${port}: ${last ?? 'it said nothing'}. ${unchanged}`);
}
