/** Writes docs/gallery.md and its pictures. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { packageRoot } from '../../host/paths';
import { gallery, pictureOf } from './gallery';
import { legendSvg } from './legend';
import { galleryPage } from './page';

async function main(): Promise<void> {
  const folder = join(packageRoot, 'docs', 'gallery');
  mkdirSync(folder, { recursive: true });
  const shown = (await gallery()).map((piece) => ({ ...piece, picture: pictureOf(piece) }));
  const names = shown.flatMap(({ name }) => [`${name}.png`, `${name}-legend.svg`]);
  for (const old of readdirSync(folder)) if (!names.includes(old)) rmSync(join(folder, old));
  for (const { name, picture, cloth } of shown) {
    const png = new PNG({ width: picture.width, height: picture.height });
    png.data = Buffer.from(picture.rgba.buffer);
    writeFileSync(join(folder, `${name}.png`), PNG.sync.write(png, { colorType: 2 }));
    writeFileSync(join(folder, `${name}-legend.svg`), legendSvg(cloth));
  }
  writeFileSync(join(packageRoot, 'docs', 'gallery.md'), galleryPage(shown));
}

void main();
