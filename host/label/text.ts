/** The care label as plain text, for a terminal or a typewriter. */
import type { Label } from '../../patterns/label';

/** @param width most characters of a line. Ends with a line break. */
export function labelText({ title, story, legend, parts, link }: Label, width = 72): string {
  const lines = [
    ...folded(title, width),
    '='.repeat(Math.min(width, title.length)),
    '',
    ...folded(story, width),
    '',
    'LEGEND',
    ...legend.flatMap(({ title: words, texture }) =>
      folded(`- ${words}${texture ? ` (${texture})` : ''}`, width, '  '),
    ),
    ...parts.flatMap(({ heading, lines: own }) => [
      '',
      heading.toUpperCase(),
      ...own.flatMap((line) => folded(line, width)),
    ]),
    ...(link === null ? [] : ['', ...folded(`More: ${link}`, width)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Words in lines of so many characters; a word that is longer has a line to itself. */
function folded(text: string, width: number, hanging = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = hanging + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
