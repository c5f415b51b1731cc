/** Why a port does not open, and what a person can do about it. */
import { userInfo } from 'node:os';
import { LoomError } from '../errors';
import { foreignHolders } from './port-holders';

/**
 * @param port as the person named it
 * @param path its real path, to see who has it open
 */
export function portError(port: string, path: string, error: Error): LoomError {
  const { message } = error;
  if (/ENOENT|No such file|File not found|cannot find/i.test(message))
    return new LoomError(
      'hardware',
      `There is no port ${port}. Is the board plugged in? loom ports lists what there is.`,
    );
  if (/EACCES|EPERM|permission|access denied/i.test(message))
    return new LoomError(
      'hardware',
      `${port} may not be opened by ${userInfo().username}. Put yourself into the group that owns serial ports ` +
        '(sudo usermod -aG dialout $USER), then log in again.',
    );
  if (/EBUSY|busy|cannot lock|temporarily unavailable/i.test(message)) {
    const [holder] = foreignHolders(path);
    const whom = holder ?? 'another program, such as a serial monitor';
    return new LoomError('busy', `${port} is in use by ${whom}. Close that one first.`);
  }
  if (/ENOTTY|EINVAL|ENODEV|inappropriate|not a tty/i.test(message))
    return new LoomError('hardware', `${port} is not a serial port. loom ports lists what there is.`);
  return new LoomError('hardware', `${port} cannot be opened: ${message}`, { cause: error });
}
