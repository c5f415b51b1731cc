/** Bundles the pages into dist/host/web/, where the feed serves them from. `npm run build` runs it after the compiler. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../paths';

const pages = join(packageRoot, 'host', 'web', 'pages');

/** @param folder where the files go; made if it is not there */
export async function bundlePages(folder: string): Promise<void> {
  const { build } = await import('esbuild');
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: {
      display: join(pages, 'display', 'main.ts'),
    },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['chrome90', 'firefox90', 'safari15'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  await build({
    entryPoints: { display: join(pages, 'display', 'display.css') },
    outdir: folder,
    minify: true,
    logLevel: 'warning',
  });
  await copyFile(join(pages, 'display', 'display.html'), join(folder, 'display.html'));
  await copyFile(join(pages, 'icon.svg'), join(folder, 'icon.svg'));
}

if (require.main === module) void bundlePages(join(packageRoot, 'dist', 'host', 'web'));
