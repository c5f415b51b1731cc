/** What may keep a board that has a port from being woven on, seen without opening it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { AttachedPort } from '../board/find';
import type { Finding } from './finding';
import { olderThanShipped } from './shipped-version';
import { read, type Surroundings } from './surroundings';

export function boards(around: Surroundings): Finding[] {
  if (around.ports.length === 0)
    return [
      {
        mark: 'ok',
        what: 'boards',
        found:
          'no port of a board is there; loom weave runs on the emulated board. A cable that only charges shows none',
      },
    ];
  return around.ports.flatMap((port) => board(port, around));
}

function board(port: AttachedPort, around: Surroundings): Finding[] {
  const { path, title, usedBy, loom, remembered } = port;
  const warn = (found: string, remedy: string): Finding[] => [{ mark: 'warn', what: path, found, remedy }];
  if (usedBy)
    return warn(`${title}, in use by ${usedBy}`, 'End that program first: two at one port garble each other.');
  const barred = notAllowed(path, around);
  if (barred) return warn(`${title}, but ${around.user.name} may not open it`, barred);
  if (loom === 'no')
    return [{ mark: 'ok', what: path, found: `${title}: not a chip that the loom's firmware runs on` }];
  if (!remembered)
    return [
      { mark: 'ok', what: path, found: `${title}. loom doctor --port ${path} asks who is there, which resets it` },
    ];
  const { heddles, firmware, rate, link } = remembered;
  if (olderThanShipped(firmware))
    return warn(
      `${title}, a loom with firmware ${firmware}, older than ours`,
      'loom flash --board uno (or nano, mega) brings it up to date and keeps its settings.',
    );
  if (link) return warn(`${title}, a loom of ${heddles} heddles; when last woven on: ${link}`, 'Mend that first.');
  const at = `${rate.toLocaleString('en-GB')} baud`;
  return [{ mark: 'ok', what: path, found: `${title}, a loom of ${heddles} heddles, firmware ${firmware}, at ${at}` }];
}

/** What to do where the port's owner, group and mode keep the user out; '' where they do not. */
function notAllowed(path: string, { root, user }: Surroundings): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat || user.uid === 0) return '';
  const allows = (bits: number) => (stat.mode & bits) === bits;
  if (stat.uid === user.uid && allows(0o600)) return '';
  if (user.groups.includes(stat.gid) && allows(0o060)) return '';
  if (allows(0o006)) return '';
  const group = groupOf(stat.gid, root);
  // Being written into a group takes effect at the next login only.
  if (group?.members.includes(user.name))
    return `${user.name} is in the group ${group.name} since the last login: log out and in again.`;
  return `sudo usermod -aG ${group?.name ?? 'dialout'} ${user.name}, then log out and in again.`;
}

/** The group that owns a port: dialout on Debian, uucp on Arch. Membership in root would be too much. */
function groupOf(gid: number, root: string): { name: string; members: string[] } | null {
  const lines = read(join(root, 'etc', 'group')).split('\n');
  const [name, , , members = ''] =
    lines.map((line) => line.split(':')).find((fields) => fields[2] === String(gid)) ?? [];
  return name && gid !== 0 ? { name, members: members.split(',') } : null;
}
