/** A drawing on squared paper, as SVG: boxes with terminals, wires, resistors, fuses, contacts. Lengths are in pixels. */

const ink = '#24313a';
const paper = '#fdfcf8';
/** Colours of wires, also told apart by their labels. */
export const wire = {
  signal: '#2f6f8f',
  power: '#b3261e',
  ground: '#24313a',
  clock: '#7a5c00',
  safety: '#8a3ffc',
} as const;
export type Wire = keyof typeof wire;
export type Point = readonly [x: number, y: number];

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export class Drawing {
  private readonly parts: string[] = [];

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly title: string,
    private readonly description: string,
  ) {}

  text(x: number, y: number, text: string, { anchor = 'start', size = 14, bold = false, colour = ink } = {}): this {
    const weight = bold ? ' font-weight="600"' : '';
    return this.add(
      `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" fill="${colour}"${weight}>${escaped(text)}</text>`,
    );
  }

  /** Lines of text, `step` apart. */
  lines(x: number, y: number, lines: readonly string[], step = 20): this {
    for (const [i, line] of lines.entries()) this.text(x, y + i * step, line);
    return this;
  }

  box(x: number, y: number, w: number, h: number, title: string, subtitle = ''): this {
    this.add(
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="8" fill="#fff" stroke="${ink}" stroke-width="2"/>`,
    );
    this.text(x + w / 2, y + 24, title, { anchor: 'middle', size: 16, bold: true });
    return subtitle ? this.text(x + w / 2, y + 43, subtitle, { anchor: 'middle', size: 12 }) : this;
  }

  wire(kind: Wire, ...points: readonly Point[]): this {
    const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
    return this.add(
      `<path d="${path}" fill="none" stroke="${wire[kind]}" stroke-width="2.5" stroke-linejoin="round"/>`,
    );
  }

  /** Where wires meet. */
  joint(kind: Wire, ...points: readonly Point[]): this {
    for (const [x, y] of points) this.add(`<circle cx="${x}" cy="${y}" r="4.5" fill="${wire[kind]}"/>`);
    return this;
  }

  terminal(x: number, y: number, label: string, side: 'left' | 'right'): this {
    this.add(
      `<rect x="${x - 5}" y="${y - 5}" width="10" height="10" fill="${paper}" stroke="${ink}" stroke-width="1.5"/>`,
    );
    return this.text(side === 'right' ? x - 14 : x + 14, y + 5, label, { anchor: side === 'right' ? 'end' : 'start' });
  }

  /** A resistor or a fuse lying on a horizontal wire, 50 wide, its middle at (x, y). */
  inline(x: number, y: number, label: string): this {
    this.add(
      `<rect x="${x - 25}" y="${y - 8}" width="50" height="16" fill="${paper}" stroke="${ink}" stroke-width="2"/>`,
    );
    return this.text(x, y - 13, label, { anchor: 'middle', size: 12 });
  }

  /** A resistor standing on a vertical wire, 50 high. */
  upright(x: number, y: number, label: string): this {
    this.add(
      `<rect x="${x - 8}" y="${y - 25}" width="16" height="50" fill="${paper}" stroke="${ink}" stroke-width="2"/>`,
    );
    return this.text(x + 14, y + 5, label, { size: 12 });
  }

  /** A capacitor between two horizontal wires. */
  capacitor(x: number, top: number, bottom: number, label: string): this {
    const middle = (top + bottom) / 2;
    this.add(
      `<path d="M${x} ${top}V${middle - 4}M${x - 13} ${middle - 4}h26M${x - 13} ${middle + 4}h26M${x} ${middle + 4}V${bottom}" stroke="${ink}" stroke-width="2.5" fill="none"/>`,
    );
    return this.text(x + 18, middle + 5, label, { size: 12 });
  }

  /** A contact in a horizontal wire, 50 wide: closed at rest or open at rest. */
  contact(x: number, y: number, rest: 'closed' | 'open', label: string): this {
    const blade =
      rest === 'closed'
        ? `M${x - 25} ${y}L${x + 27} ${y - 5}M${x + 25} ${y}l0 -9`
        : `M${x - 25} ${y}L${x + 22} ${y - 18}`;
    this.add(`<rect x="${x - 25}" y="${y - 4}" width="50" height="8" fill="${paper}"/>`);
    this.add(`<path d="${blade}" fill="none" stroke="${ink}" stroke-width="2.5"/>`);
    this.add(
      `<circle cx="${x - 25}" cy="${y}" r="3.5" fill="${ink}"/><circle cx="${x + 25}" cy="${y}" r="3.5" fill="${ink}"/>`,
    );
    return this.text(x + 36, y - 7, label, { size: 12 });
  }

  /** What moves together. */
  link(from: Point, to: Point): this {
    return this.add(
      `<path d="M${from[0]} ${from[1]}L${to[0]} ${to[1]}" stroke="${ink}" stroke-width="1.5" stroke-dasharray="5 4"/>`,
    );
  }

  ground(x: number, y: number): this {
    return this.add(
      `<path d="M${x} ${y}v10M${x - 12} ${y + 10}h24M${x - 8} ${y + 15}h16M${x - 4} ${y + 20}h8" stroke="${ink}" stroke-width="2" fill="none"/>`,
    );
  }

  svg(): string {
    const box = `0 0 ${this.width} ${this.height}`;
    return `<!-- Generated from protocol/wire.table.ts by \`npm run generate\`: do not edit. -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${this.width}" height="${this.height}" role="img" aria-labelledby="title description" font-family="Helvetica, Arial, sans-serif">
<title id="title">${escaped(this.title)}</title>
<desc id="description">${escaped(this.description)}</desc>
<rect width="${this.width}" height="${this.height}" fill="${paper}"/>
${this.parts.join('\n')}
</svg>
`;
  }

  private add(part: string): this {
    this.parts.push(part);
    return this;
  }
}
