/** `loom doctor --port`: opens one port, which resets the board, and says who answers and how it has been. */
import { FirmwareDriver } from '../board/loom-driver';
import { portHabits } from '../board/open';
import { rememberedBoards } from '../board/remembered';
import { SerialTransport } from '../board/serial-transport';
import { LoomError } from '../errors';
import type { Finding } from './finding';
import { olderThanShipped, shippedVersion } from './shipped-version';

export async function probe(path: string): Promise<Finding[]> {
  const { real, rates, bannerMs } = await portHabits(path);
  const known = rememberedBoards().find((board) => board.path === real);
  const driver = new FirmwareDriver(new SerialTransport({ path, rate: rates[0] }), { rates, bannerMs });
  try {
    const { mcu, firmware, heddles, rate } = await driver.connect();
    const at = `${rate?.toLocaleString('en-GB')} baud`;
    const findings: Finding[] = [
      { mark: 'ok', what: path, found: `a loom of ${heddles} heddles on an ${mcu}, firmware ${firmware}, at ${at}` },
    ];
    if (known && known.rate !== rate)
      findings.push({
        mark: 'ok',
        what: 'rate',
        found: `it was ${known.rate.toLocaleString('en-GB')} baud when last seen`,
      });
    if (olderThanShipped(firmware)) findings.push(oldFirmware(firmware));
    return findings;
  } catch (error) {
    if (!(error instanceof LoomError)) throw error;
    // Its words say what to do as well.
    return [{ mark: 'fail', what: path, found: error.message }];
  } finally {
    await driver.stop();
  }
}

function oldFirmware(firmware: string): Finding {
  return {
    mark: 'warn',
    what: 'firmware of the board',
    found: `${firmware} is older than ours, ${shippedVersion()}`,
    remedy: 'loom flash --board uno (or nano, mega) brings it up to date and keeps its settings.',
  };
}
