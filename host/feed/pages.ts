/** The pages' files, by fixed names: no path from a URL ever reaches the file system. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { packageRoot } from '../paths';

export const builtPages = join(packageRoot, 'dist', 'host', 'web');

const files = {
  '/display': { file: 'display.html', type: 'text/html; charset=utf-8' },
  '/display.js': { file: 'display.js', type: 'text/javascript; charset=utf-8' },
  '/display.css': { file: 'display.css', type: 'text/css; charset=utf-8' },
  '/icon.svg': { file: 'icon.svg', type: 'image/svg+xml' },
} as const;

interface Page {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

export class Pages {
  private readonly pages = new Map<string, Page | null>();

  constructor(private readonly folder: string) {}

  /** Reads every file once; one that is not built is answered with how to build it. */
  async start(): Promise<void> {
    for (const [path, { file, type }] of Object.entries(files)) {
      const body = await readFile(join(this.folder, file)).catch(() => null);
      const tag = body && `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache', ETag: tag ?? '' };
      this.pages.set(path, body && { body, headers });
    }
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').split('?', 1)[0];
    const page = this.pages.get(path);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      say(response, 405, 'Only reading.', { Allow: 'GET, HEAD' });
    else if (path === '/') say(response, 302, 'See /display', { Location: '/display' });
    else if (page === undefined) say(response, 404, 'There is no such page; see /display');
    else if (page === null) say(response, 503, 'The pages are not built yet: run npm run build');
    else if (request.headers['if-none-match'] === page.headers.ETag) response.writeHead(304, page.headers).end();
    else {
      response.writeHead(200, { ...page.headers, 'Content-Length': page.body.length });
      response.end(request.method === 'HEAD' ? undefined : page.body);
    }
  }
}

export function say(
  response: ServerResponse,
  status: number,
  words: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers }).end(`${words}\n`);
}
