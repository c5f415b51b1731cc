/** Programs of this machine that help a loom, or get in its way. */
import type { Finding } from './finding';
import { hasProgram, runs, type Surroundings } from './surroundings';

export function programs(around: Surroundings): Finding[] {
  return [udevadm(around), modemManager(around), chromium(around)];
}

function udevadm(around: Surroundings): Finding {
  const what = 'udevadm';
  if (process.platform !== 'linux' || hasProgram(around, what))
    return { mark: 'ok', what, found: 'ports are listed with their USB ids' };
  return { mark: 'ok', what, found: 'missing; ports are read from /dev and /sys instead' };
}

/** It talks to every new ACM port for half a minute, which a loom takes for garbage. */
function modemManager(around: Surroundings): Finding {
  const what = 'ModemManager';
  const running = runs(around, what);
  if (!running && !hasProgram(around, what)) return { mark: 'ok', what, found: 'not installed' };
  return {
    mark: 'warn',
    what,
    found: `${running ? 'runs' : 'is installed'}: it sends modem commands to boards that have just been plugged in`,
    remedy: 'sudo systemctl mask --now ModemManager, unless this computer needs a mobile modem.',
  };
}

function chromium(around: Surroundings): Finding {
  const what = 'Chromium';
  const name = ['chromium', 'chromium-browser', 'google-chrome'].find((one) => hasProgram(around, one));
  if (name) return { mark: 'ok', what, found: `${name} can show the display` };
  return { mark: 'ok', what, found: 'not installed; any browser on the network shows the display' };
}
