import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../host/paths';
import { type Picture, picture } from '../../patterns/render/look';
import { gallery, type Piece, pictureOf } from './gallery';
import { legendSvg } from './legend';
import { answersTo, galleryPage } from './page';
import { questionsEach } from './questions';
import { columnsOf } from './sheet';

const folder = join(packageRoot, 'docs', 'gallery');

function hanging({ name }: Piece): Picture {
  const { width, height, data } = PNG.sync.read(readFileSync(join(folder, `${name}.png`)));
  return { width, height, rgba: new Uint8ClampedArray(data) };
}

const rightIn = (piece: Piece, sheet: Picture): number => answersTo(piece, sheet).filter(({ right }) => right).length;

describe('The gallery', async () => {
  const pieces = await gallery();

  it('is as npm run generate writes it', () => {
    const files = pieces.flatMap(({ name }) => [`${name}.png`, `${name}-legend.svg`]);
    expect(readdirSync(folder).sort()).toEqual(files.sort());
    for (const piece of pieces) {
      expect(Buffer.from(hanging(piece).rgba).equals(Buffer.from(pictureOf(piece).rgba)), piece.name).toBe(true);
      expect(readFileSync(join(folder, `${piece.name}-legend.svg`), 'utf8')).toBe(legendSvg(piece.cloth));
    }
    const shown = pieces.map((piece) => ({ ...piece, picture: hanging(piece) }));
    expect(readFileSync(join(packageRoot, 'docs', 'gallery.md'), 'utf8')).toBe(galleryPage(shown));
  });

  it.each(pieces)('lets $name be read: nine of ten questions at least', (piece) => {
    expect(piece.questions).toHaveLength(questionsEach);
    expect(rightIn(piece, hanging(piece))).toBeGreaterThanOrEqual(9);
  });

  it.each(pieces)('is not answered from a picture of $name that hangs upside down', (piece) => {
    const { width, height, rgba } = hanging(piece);
    const turned = picture(width, height);
    for (let y = 0; y < height; y++)
      turned.rgba.set(rgba.subarray(4 * width * y, 4 * width * (y + 1)), 4 * width * (height - 1 - y));
    expect(rightIn(piece, turned)).toBeLessThan(9);
  });

  it('shows a cloth that is too long for a page in columns', () => {
    const long = pieces.find(({ name }) => name.startsWith('election'));
    expect(columnsOf(long?.cloth.lifts.picks ?? 0)).toBeGreaterThan(1);
  });
});
