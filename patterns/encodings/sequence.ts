/** `sequence`: a record is two picks in which its category's lane turns to the warp; an event turns the event lane, and one that is not known makes it basket. */
import { type Refusal, refuse } from '../choice';
import type { WarpDesign } from '../profile';
import { areaYarns, standingOut } from '../yarns';
import type { Area, Face, Ground } from './ground';
import type { LaneKey, SequenceKey, Span } from './key';
import { absenceNotes, absent, counted, have, isFlagged, type Plan, type Task } from './plan';
import type { Said } from './said';

const others = 'others';
const events = 'events';
/** Of an event: nobody wrote down whether it happened. */
const unknown = 'unknown';

/** A lane's ends, or null when the warp has none of that name. */
function laneSpan(warp: WarpDesign, lane: string): (Span & { colour: string; yarn: string }) | null {
  const stripe = warp.stripes.find((one) => one.lane === lane);
  return stripe ? { from: stripe.from - 1, to: stripe.to, colour: stripe.yarn.colour, yarn: stripe.yarn.name } : null;
}

export function planSequence({ table, profile, choice, ground, ends, warp, value, event }: Task): Plan | Refusal {
  const { column } = value;
  if (column.kind !== 'category' || !column.categories)
    return refuse(
      `${column.title} is ${column.kind ? `a ${column.kind}` : 'a column of no kind'}, and a sequence is of categories.`,
      column.kind === 'count' || column.kind === 'amount' || column.kind === 'share'
        ? 'Weave it as bars.'
        : 'Weave it as bands.',
    );
  const laneOf = new Map(column.categories.map(({ code, lane }) => [code, lane ?? others]));
  const lanes: LaneKey[] = [];
  for (const { lane } of warp.stripes) {
    if (!lane) continue;
    const titles = column.categories.filter(({ code }) => laneOf.get(code) === lane).map(({ title }) => title);
    const { from, to, colour } = laneSpan(warp, lane)!;
    if (titles.length > 0) lanes.push({ lane, from, to, colour, titles });
  }
  for (const { title, code } of column.categories)
    if (!lanes.some(({ lane }) => lane === laneOf.get(code)))
      return refuse(
        `${title} asks for the lane "${laneOf.get(code)}", which the warp "${warp.name}" does not have.`,
        `Use ${warp.stripes.flatMap(({ lane }) => (lane ? [lane] : [])).join(', ')}.`,
      );
  if (lanes.length < 2)
    return refuse(
      `All the categories of ${column.title} share the lane "${lanes[0].lane}", so the cloth would not tell them apart.`,
      'Give the most frequent ones lanes of their own.',
    );
  const eventLane = event ? laneSpan(warp, events) : null;
  if (event && !eventLane)
    return refuse(`The warp "${warp.name}" has no lane "${events}".`, 'Leave the event out, or put such a warp on.');
  for (const { lane, from, to } of [...lanes, ...(eventLane ? [{ lane: events, ...eventLane }] : [])])
    if (to - from < ground.n)
      return refuse(
        `The lane "${lane}" has ${to - from} ends and needs ${ground.n}.`,
        'Give it more ends in the loom profile.',
      );

  const said: Said[] = [];
  for (const [row, cells] of table.rows.entries()) {
    const cell = cells[value.index];
    const what = event ? cells[event.index] : null;
    const happened: Pick<Said, 'event'> | null = what && {
      event: 'absent' in what ? unknown : (choice.event?.is.includes(what.value) ?? false),
    };
    if ('absent' in cell) {
      said.push({ ...absent(cell)!, ...happened });
      continue;
    }
    const lane = laneOf.get(cell.value);
    if (lane === undefined)
      return refuse(
        `${column.title} of row ${row + 1} is "${cell.value}", which is none of its categories.`,
        'Declare it among the categories; without a lane of its own it shares "others".',
      );
    const flagged = isFlagged(cell) || (what !== null && isFlagged(what));
    said.push({ statement: { is: 'lane', lane }, flagged, ...happened });
  }
  const weft = standingOut(profile, areaYarns(ends));
  return {
    ok: true,
    said,
    picks: 2,
    dividers: 0,
    weftOf: () => weft,
    frame: weft,
    bins: [],
    wefts: [weft],
    swatches: [...lanes, ...(eventLane ? [eventLane] : [])]
      .sort((a, b) => a.from - b.from)
      .map((span) => ({ weft, areas: over(ground, 1, [{ ...span, face: ground.n - 1 }]) })),
    swatchPicks: 4,
    ruler: null,
    legend: [
      ...lanes.map(({ colour, titles }) => ({ colour, title: titles.join(', ') })),
      ...(eventLane ? [{ colour: eventLane.colour, title: choice.event!.title }] : []),
    ],
    notes: [
      ...absenceNotes(said, 'its lane is paler'),
      ...counted(said, ({ event: happened }) => happened === true, have, `the event “${choice.event?.title}”.`),
      ...counted(
        said,
        ({ event: happened }) => happened === unknown,
        have,
        `no word on whether it was “${choice.event?.title}”: that lane is woven as basket.`,
      ),
    ],
    key: (common): SequenceKey => ({
      encoding: 'sequence',
      ...common,
      lanes,
      event: eventLane && {
        from: eventLane.from,
        to: eventLane.to,
        title: choice.event!.title,
        colour: eventLane.colour,
      },
    }),
  };
}

/** One face from edge to edge, with others in some places. */
function over({ ends, selvedge }: Ground, face: Face, others: readonly Area[]): Area[] {
  const areas: Area[] = [];
  let at = selvedge;
  for (const other of [...others].sort((a, b) => a.from - b.from)) {
    areas.push({ from: at, to: other.from, face }, other);
    at = other.to;
  }
  return [...areas, { from: at, to: ends - selvedge, face }];
}

/** The faces of a record that says this. */
export function laneAreas({ ground, lanes, event }: SequenceKey, said: Said): Area[] {
  const { statement, flagged } = said;
  const { n } = ground;
  const marks: Area[] = [];
  if (event && said.event !== undefined) {
    const face = said.event === unknown ? 'basket' : said.event ? n - 1 : 1;
    marks.push({ from: event.from, to: event.to, face });
  }
  if (statement.is === 'absent') return over(ground, statement.suppressed ? 'broken basket' : 'basket', marks);
  for (const { lane, from, to } of lanes)
    if (statement.is === 'lane' && lane === statement.lane) marks.push({ from, to, face: flagged ? n - 2 : n - 1 });
  return over(ground, 1, marks);
}

/** Everything that a record can say; the caller finds the one that the threads show. */
export function everyLane({ lanes, event }: SequenceKey): Said[] {
  const statements: Said[] = [
    ...lanes.flatMap(({ lane }) =>
      [false, true].map((flagged): Said => ({ statement: { is: 'lane', lane }, flagged })),
    ),
    ...[false, true].map((suppressed): Said => ({ statement: { is: 'absent', suppressed }, flagged: false })),
  ];
  const marks = [false, true, unknown] as const;
  return event ? statements.flatMap((said) => marks.map((mark): Said => ({ ...said, event: mark }))) : statements;
}
