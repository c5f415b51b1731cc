/** Which of the ports that are there now may be the one that went away. Pure. */
import type { ListedPort } from './find';

/** What was known of a port while it was there. */
export interface PortBefore extends ListedPort {
  /** paths of the other ports that were there with it */
  readonly others: ReadonlySet<string>;
}

/**
 * A port is ours again when it has the USB serial number of ours, wherever it is; when it has our path and no other number; or,
 * for adapters that have no number (CH340), when one of the same kind has been plugged in since.
 * @param now all ports of this machine
 * @returns paths to try, the likeliest first
 */
export function waysBack({ path, serialNumber, others, ...kind }: PortBefore, now: readonly ListedPort[]): string[] {
  const alike = now.filter((port) => port.vendorId === kind.vendorId && port.productId === kind.productId);
  const numbered = alike.filter((port) => serialNumber && port.serialNumber === serialNumber);
  const inPlace = alike.filter((port) => port.path === path && !(serialNumber && port.serialNumber));
  const fresh = alike.filter((port) => !serialNumber && !port.serialNumber && port.vendorId && !others.has(port.path));
  return [...new Set([...numbered, ...inPlace, ...fresh].map((port) => port.path))];
}
