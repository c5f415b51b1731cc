/**
 * Who may speak to the host's port. A page of another site is told by its Origin; a name that another site has pointed
 * at us (DNS rebinding) is told by its Host: an attack of that kind always arrives under a *name* that is not ours.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

export class Guard {
  static readonly headers: Readonly<Record<string, string>> = headers;
  private readonly names: ReadonlySet<string>;

  /** @param names under which this host may be asked for, besides its IP addresses */
  constructor(names: readonly string[]) {
    const own = hostname();
    this.names = new Set(['localhost', own, `${own.split('.')[0]}.local`, ...names].map((name) => name.toLowerCase()));
  }

  /** The HTTP status that the request deserves instead of an answer, or null when it is welcome. */
  refuse(request: IncomingMessage): 421 | 403 | null {
    const { host, origin } = request.headers;
    if (!this.knows(host)) return 421;
    if (origin !== undefined && hostOf(origin) !== host) return 403;
    return null;
  }

  private knows(host: string | undefined): boolean {
    if (host === undefined || !/^[^/?#@\\\s]+$/.test(host)) return false;
    try {
      const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '').toLowerCase();
      return isIP(name) !== 0 || this.names.has(name);
    } catch {
      return false;
    }
  }
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
