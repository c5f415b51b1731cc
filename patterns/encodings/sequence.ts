/** `sequence`: a record is two picks in which its category's lane turns to the warp; an event turns the event lane. */
import { type Refusal, refuse } from '../choice';
import type { WarpDesign } from '../profile';
import { areaYarns, standingOut } from '../yarns';
import type { Area, Ground } from './ground';
import type { LaneKey, SequenceKey, Span } from './key';
import { absenceNotes, absent, counted, have, isFlagged, type Plan, type Task } from './plan';
import type { Said } from './said';

const others = 'others';
const events = 'events';

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
    if ('absent' in cell) {
      said.push({ ...absent(cell)!, ...(event ? { event: false } : {}) });
      continue;
    }
    const lane = laneOf.get(cell.value);
    if (lane === undefined)
      return refuse(
        `${column.title} of row ${row + 1} is "${cell.value}", which is none of its categories.`,
        'Declare it among the categories; without a lane of its own it shares "others".',
      );
    const what = event ? cells[event.index] : null;
    const happened = what !== null && 'value' in what && (choice.event?.is.includes(what.value) ?? false);
    said.push({ statement: { is: 'lane', lane }, flagged: false, ...(event ? { event: happened } : {}) });
  }
  const weft = standingOut(profile, areaYarns(ends));
  const unknownEvents = event ? table.rows.filter((cells) => 'absent' in cells[event.index]).length : 0;
  const marked = table.rows.filter((cells) => isFlagged(cells[value.index])).length;
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
      .map((span) => ({ weft, areas: turned(ground, [span]) })),
    swatchPicks: 4,
    ruler: null,
    legend: [
      ...lanes.map(({ colour, titles }) => ({ colour, title: titles.join(', ') })),
      ...(eventLane ? [{ colour: eventLane.colour, title: choice.event!.title }] : []),
    ],
    notes: [
      ...absenceNotes(said),
      ...counted(said, ({ event: happened }) => happened === true, have, `the event “${choice.event?.title}”.`),
      ...(unknownEvents > 0
        ? [`For ${unknownEvents} of ${said.length} it is not known whether it was “${choice.event!.title}”.`]
        : []),
      ...(marked > 0 ? [`${marked} of ${said.length} are provisional; a sequence does not show which.`] : []),
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

/** The weft face from edge to edge, with some lanes turned to the warp face. */
function turned({ ends, selvedge, n }: Ground, lanes: readonly Span[]): Area[] {
  const areas: Area[] = [];
  let at = selvedge;
  for (const { from, to } of [...lanes].sort((a, b) => a.from - b.from)) {
    areas.push({ from: at, to: from, face: 1 }, { from, to, face: n - 1 });
    at = to;
  }
  return [...areas, { from: at, to: ends - selvedge, face: 1 }];
}

/** The faces of a record that says this. */
export function laneAreas({ ground, lanes, event }: SequenceKey, said: Said): Area[] {
  const { statement } = said;
  if (statement.is === 'absent')
    return [
      {
        from: ground.selvedge,
        to: ground.ends - ground.selvedge,
        face: statement.suppressed ? 'broken basket' : 'basket',
      },
    ];
  const own = lanes.filter(({ lane }) => statement.is === 'lane' && lane === statement.lane);
  return turned(ground, said.event && event ? [...own, event] : own);
}

/** Everything that a record can say; the caller finds the one that the threads show. */
export function everyLane({ lanes, event }: SequenceKey): Said[] {
  const marks = event ? [false, true] : [undefined];
  const with_ = (said: Said, mark: boolean | undefined): Said => (mark === undefined ? said : { ...said, event: mark });
  return [
    ...lanes.flatMap(({ lane }) =>
      marks.map((mark) => with_({ statement: { is: 'lane', lane }, flagged: false }, mark)),
    ),
    ...[false, true].map((suppressed) =>
      with_({ statement: { is: 'absent', suppressed }, flagged: false }, event ? false : undefined),
    ),
  ];
}
