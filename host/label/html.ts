/** The care label as a page to print: one file, black on white, an A5 sheet that also reads without colour. */
import { renderSVG } from 'uqr';
import type { Label } from '../../patterns/label';

const escaped = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[one] ?? one,
  );

/**
 * @param pictures of the legend's entries as data addresses, in their order
 * @returns a page that needs nothing else: no script, no other file
 */
export function labelHtml({ title, story, legend, parts, link }: Label, pictures: readonly string[]): string {
  const entries = legend.map(({ title: words, texture }, i) => {
    const picture = pictures[i] ? `<img src="${pictures[i]}" alt="${escaped(texture ?? 'the yarn')}">` : '';
    return `<li>${picture}<span>${escaped(words)}${texture ? ` <em>${escaped(texture)}</em>` : ''}</span></li>`;
  });
  const sections = parts.map(
    ({ heading, lines }) =>
      `<section><h2>${escaped(heading)}</h2>${lines.map((line) => `<p>${escaped(line)}</p>`).join('')}</section>`,
  );
  const code =
    link === null
      ? ''
      : `<figure>${renderSVG(link, { border: 2 }).replace('<svg ', '<svg role="img" aria-label="QR code of the address below" ')}<figcaption>${escaped(link)}</figcaption></figure>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}: care label</title>
<style>${style}</style>
</head>
<body>
<main>
<header><p>Care label</p><h1>${escaped(title)}</h1><p class="story">${escaped(story)}</p></header>
<section class="legend"><h2>Legend</h2><ul>${entries.join('')}</ul></section>
<div class="parts">${sections.join('\n')}
${code}</div>
</main>
</body>
</html>
`;
}

const style = `
@page { size: A5; margin: 8mm 9mm }
* { box-sizing: border-box }
body { margin: 0; color: #000; background: #fff; font: 7.2pt/1.28 "Gill Sans", "Gill Sans MT", Cabin, "Segoe UI", "DejaVu Sans Condensed", sans-serif }
main { max-width: 130mm; margin: 0 auto; padding: 3mm 0 0; border-top: 1.2mm solid #000 }
header p:first-child { margin: 0; font-size: 7pt; letter-spacing: .18em; text-transform: uppercase }
h1 { margin: 1mm 0 1.5mm; font-size: 17pt; line-height: 1.08; font-weight: 600; text-wrap: balance }
.story { margin: 0 0 2.4mm; font-size: 9pt; line-height: 1.35; max-width: 115mm }
h2 { margin: 0 0 .6mm; font-size: 7pt; letter-spacing: .06em; text-transform: uppercase; break-after: avoid }
p { margin: 0 0 .8mm; overflow-wrap: anywhere }
section { break-inside: avoid; margin-bottom: 1.9mm }
.legend { border-block: .25mm solid #000; padding: 1.8mm 0 1mm }
.legend ul { list-style: none; margin: 0; padding: 0; columns: 2; column-gap: 6mm }
.legend li { display: flex; gap: 2.5mm; align-items: center; margin-bottom: 1.2mm; break-inside: avoid }
.legend img { width: 16mm; height: 6.8mm; object-fit: cover; object-position: left bottom; border: .2mm solid #000; flex: none }
em { font-style: italic; white-space: nowrap }
.parts { columns: 2; column-gap: 6mm }
figure { margin: 0; break-inside: avoid; display: flex; gap: 3mm; align-items: flex-end }
figure svg { width: 24mm; height: 24mm; flex: none }
figcaption { overflow-wrap: anywhere; font-size: 6.4pt }
@media screen { body { padding: 8mm; background: #ddd } main { background: #fff; padding: 6mm 9mm 9mm; max-width: 148mm; box-shadow: 0 1mm 4mm #0004 } }
`;
