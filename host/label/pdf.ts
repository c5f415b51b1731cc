/** The label's page as PDF, printed by whatever Chromium there is on this machine. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LoomError } from '../errors';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
  'chrome',
];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const mostSeconds = 60;

/** Path of a browser that can print, or null. */
export function findBrowser({ PATH = '' }: NodeJS.ProcessEnv = process.env): string | null {
  const found = PATH.split(delimiter).flatMap((folder) =>
    folder === '' ? [] : names.flatMap((name) => [join(folder, name), join(folder, `${name}.exe`)]),
  );
  return [...found, ...elsewhere].find((path) => existsSync(path)) ?? null;
}

/**
 * @param browser path of a Chromium, Chrome or Edge
 * @throws LoomError failed when there is none, or it prints nothing
 */
export async function labelPdf(html: string, browser = findBrowser()): Promise<Uint8Array> {
  if (browser === null)
    throw new LoomError(
      'failed',
      'A PDF is printed by Chromium, Chrome or Edge, and none is on this machine. Export the label to .html and print that page from any browser.',
    );
  const folder = await mkdtemp(join(tmpdir(), 'loom-label-'));
  try {
    const [page, pdf] = [join(folder, 'label.html'), join(folder, 'label.pdf')];
    await writeFile(page, html);
    // Chromium refuses its sandbox to root; the page is our own and has no script.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const said = await run(browser, [
      ...['--headless', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', ...sandbox],
      ...[`--user-data-dir=${join(folder, 'profile')}`, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`],
      pathToFileURL(page).href,
    ]);
    return await readFile(pdf).catch(() => {
      throw new LoomError(
        'failed',
        `${browser} printed nothing: ${said.trim().split('\n').at(-1) || 'it said nothing'}. Export the label to .html and print that page.`,
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: mostSeconds * 1000 });
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => {
      said = (said + bytes.toString()).slice(-4000);
    });
    child.on('error', ({ message }) => resolve(message));
    child.on('close', () => resolve(said));
  });
}
