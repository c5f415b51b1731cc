/** Where the host listens: HOST:PORT as people write it, and as URLs have it. */
import { isIP } from 'node:net';
import { LoomError } from '../errors';

export interface Listen {
  readonly host: string;
  /** 0 = any free one */
  readonly port: number;
}

/** Only this computer can reach it, unless somebody says otherwise. */
export const defaultListen: Listen = { host: '127.0.0.1', port: 8018 };

/**
 * `127.0.0.1:8018`, `:8018`, `8018`, `[::1]:8018`, `loom.local:0`.
 * @throws LoomError usage
 */
export function parseListen(text: string): Listen {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]/\s]*))?:?(\d{1,5})$/i.exec(text.includes(':') ? text : `:${text}`);
  const port = Number(match?.[3]);
  if (!match || port > 65535)
    throw new LoomError('usage', `--listen ${text}: write HOST:PORT, such as 127.0.0.1:8018 or 0.0.0.0:80`);
  return { host: match[1] ?? (match[2] || defaultListen.host), port };
}

export function urlOf({ host, port }: Listen): string {
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
