/** `mirror`: two measures back to back on one axis, half the warp in each colour, one pale weft. */
import { type Refusal, refuse } from '../choice';
import { areaYarns, standingOut } from '../yarns';
import { cellNotes, cellsOf, cellsSaid, guessCells } from './cells';
import { warpFacedIn } from './faces';
import type { Area, Painter } from './ground';
import { guessHalf, type Half, halfAreas, halfOf, halfRuler } from './half';
import type { MirrorKey, Span } from './key';
import type { Plan, Task } from './plan';
import type { CellSaid, Said } from './said';

export function planMirror({ table, profile, ground, ends, warp, value, by }: Task): Plan | Refusal {
  if (!by)
    return refuse(
      'A mirror has two measures back to back, and only one column is named.',
      'Name the second one with --by.',
    );
  const axis = Math.round(ground.ends / 2);
  const spans: readonly [Span, Span] = [
    { from: ground.selvedge, to: axis },
    { from: axis, to: ground.ends - ground.selvedge },
  ];
  const yarns = spans.map(({ from, to }) => [...new Set(ends.slice(from, to))]);
  if (yarns.some((half) => half.length > 1) || yarns[0][0] === yarns[1][0])
    return refuse(
      `The warp "${warp.name}" is not of two halves, each in a colour of its own, that meet between ends ${axis} and ${axis + 1}.`,
      'Put such a warp on, or weave the one as bars and its second value in their colour.',
    );
  const halves: Half[] = [];
  for (const [i, { column }] of [value, by].entries()) {
    const half = halfOf(column, i === 0 ? 'left' : 'right', spans[i], yarns[i][0].colour, ground);
    if ('ok' in half) return half;
    halves.push(half);
  }

  const said: Said[] = [];
  for (const [row, cells] of table.rows.entries()) {
    const own: CellSaid[] = [];
    for (const [i, { index }] of [value, by].entries()) {
      const one = halves[i].say(cells[index], row);
      if ('ok' in one) return one;
      own.push(one);
    }
    said.push(cellsSaid(own));
  }
  const weft = standingOut(profile, areaYarns(ends));
  return {
    ok: true,
    said,
    picks: ground.n,
    dividers: 2,
    weftOf: () => weft,
    frame: weft,
    bins: [],
    wefts: [weft],
    swatches: [],
    swatchPicks: 0,
    ruler: halves.flatMap(({ key }) => halfRuler(key, ground)),
    legend: halves.map(({ key, words }) => ({ colour: key.colour, title: words })),
    notes: cellNotes(said, {
      missing: 'its half is woven as basket',
      suppressed: 'its half is woven as broken basket',
      flagged: 'the lane at its edge is turned',
      off: 'beyond the scale: full length with a notch',
    }),
    key: (common): MirrorKey => ({
      ...common,
      encoding: 'mirror',
      value: { title: halves.map(({ key }) => key.title).join(' and '), unit: '' },
      halves: [halves[0].key, halves[1].key],
    }),
  };
}

/** The faces of a record that says this. */
export function mirrorAreas({ ground, halves }: MirrorKey, said: Said): Area[] {
  return cellsOf(said).flatMap((cell, i) => (halves[i] ? halfAreas(halves[i], ground, cell) : []));
}

/** What the record at these rows says, half by half. */
export function guessMirror(key: MirrorKey, words: Uint32Array, pick: number, painter: Painter): Said[] {
  const warpFaced = warpFacedIn(words, pick, key.layout.picks, painter);
  const every = key.halves.map((half) =>
    guessHalf(half, warpFaced).map((cell) => ({ cell, areas: halfAreas(half, key.ground, cell) })),
  );
  return guessCells(every, words, pick, key.layout.picks, painter);
}
