/** `loom structures`: what can be woven, how far its threads float and which face they show, with a swatch of each. */
import { type KnownStructure, structureCatalogue } from '../../patterns/structures';
import { colours as pc } from './colours';
import type { Out } from './ports';

export interface StructuresCommand {
  readonly json?: boolean;
}

/** Threads of a swatch each way: two repeats, and no more than a terminal has room for. */
const most = { ends: 20, picks: 10 };

/** Prints the list and resolves with the exit code. */
export async function structures({ json }: StructuresCommand, out: Out): Promise<number> {
  const list = structureCatalogue();
  out.write(json ? `${JSON.stringify(list.map(factsOf), null, 2)}\n` : `${list.map(words).join('\n')}${legend}`);
  return 0;
}

function factsOf(structure: KnownStructure) {
  const { name, picks, ends, floats, share, source } = structure;
  return { name, ends, picks, floats, warpShare: share, source, swatch: swatch(structure) };
}

/** Rows of one repeat from the last pick to the first, as it lies on the loom; `1` = warp up. */
function swatch({ picks, ends, up }: KnownStructure): string[] {
  return Array.from({ length: picks }, (_, row) =>
    Array.from({ length: ends }, (_, end) => (up(picks - 1 - row, end) ? '1' : '0')).join(''),
  );
}

function words(structure: KnownStructure): string {
  const { name, ends, picks, floats, share, source } = structure;
  const facts = [
    pc.bold(name),
    `repeats after ${ends} ends and ${picks} picks`,
    `weft floats ${floats.weftOver} over, ${floats.weftUnder} under`,
    `warp floats ${floats.warpOver} over, ${floats.warpUnder} under`,
    `${Math.round(100 * share)} % warp on the face`,
    pc.dim(source),
  ];
  const picture = drawn(structure);
  const width = 2 * most.ends;
  return `${Array.from({ length: Math.max(facts.length, picture.length) }, (_, i) => {
    const row = picture[i] ?? '';
    return `  ${row}${' '.repeat(width - row.length)}  ${facts[i] ?? ''}`.trimEnd();
  }).join('\n')}\n`;
}

/** Whole repeats, two at least where there is room; two characters a crossing, which is about square. */
function drawn({ picks, ends, up }: KnownStructure): string[] {
  const wide = Math.max(ends, Math.floor(Math.min(most.ends, 4 * ends) / ends) * ends);
  const high = Math.max(picks, Math.floor(Math.min(most.picks, 2 * picks) / picks) * picks);
  return Array.from({ length: high }, (_, row) =>
    Array.from({ length: wide }, (_, end) => (up(high - 1 - row, end) ? '██' : '··')).join(''),
  );
}

const legend = `
  ██ warp on the face, ·· weft on the face; the lowest row is pick 1, end 1 is at the left.
`;
