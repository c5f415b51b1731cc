/** The version of the firmware that comes with this program. */
import { join } from 'node:path';
import { packageRoot } from '../paths';
import { read } from './surroundings';

/** "major.minor"; null where the firmware's sources are not there */
export function shippedVersion(): string | null {
  const text = read(join(packageRoot, 'firmware', 'src', 'core', 'version.h'));
  const [major, minor] = ['major', 'minor'].map((part) => new RegExp(`\\b${part} = (\\d+)`).exec(text)?.[1]);
  return major && minor ? `${major}.${minor}` : null;
}

/** @param version "major.minor" */
export function olderThanShipped(version: string, shipped: string | null = shippedVersion()): boolean {
  if (!shipped) return false;
  const [[major, minor], [ours, oursMinor]] = [version, shipped].map((text) => text.split('.').map(Number));
  return major < ours || (major === ours && minor < oursMinor);
}
