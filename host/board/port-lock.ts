/** Where the lock of a serial port is: one place for all that this user runs, whatever LOOM_HOME says. */
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** @param realPath the port's path with all links resolved */
export function portLockPath(realPath: string): string {
  return join(tmpdir(), `loom-ports-${userInfo().username}`, `${realPath.replace(/[^a-zA-Z0-9]+/g, '_')}.lock`);
}
