/** The legend as a picture: what each colour, texture and lane means, as the cloth itself prints it. */
import type { Cloth } from '../../patterns/cloth';

const [line, swatch, wide] = [26, 40, 560];

/** SVG of one line for each entry. */
export function legendSvg({ legend }: Pick<Cloth, 'legend'>): string {
  const height = legend.length * line + 8;
  const entries = legend.map(({ colour, title, texture }, i) => {
    const top = 4 + i * line;
    const words = texture === undefined ? title : `${title} (${texture})`;
    return [
      `<rect x="4" y="${top + 3}" width="${swatch}" height="${line - 6}" fill="${colour}" stroke="#777"/>`,
      `<text x="${swatch + 16}" y="${top + line / 2 + 5}">${escaped(words)}</text>`,
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${height}" width="${wide}" height="${height}" font-family="sans-serif" font-size="14"><rect width="${wide}" height="${height}" fill="#fff"/>${entries.join('')}</svg>\n`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one);
