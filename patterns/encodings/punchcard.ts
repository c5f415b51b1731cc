/** `punchcard`: the exact value in binary, a hole for each digit in one row or several, and a hole that makes their number even. */
import { type Refusal, refuse } from '../choice';
import { compare, decimal, divideRounded, readDecimal, times } from '../decimal';
import { areaYarns, standingOut } from '../yarns';
import { warpFacedIn } from './faces';
import { type Area, areaWords, cellEnds, type Face, type Ground, lanesAcross, type Painter, type Run } from './ground';
import type { HoleKey, PunchcardKey } from './key';
import { absenceNotes, absent, counted, isFlagged, lie, numberIn, type Plan, type Task } from './plan';
import type { Said, Statement } from './said';

/** More digits are more than a number of ours can hold. */
const mostDigits = 48;
/** More rows of holes than this are no longer seen as one record. */
const mostRows = 4;

interface Card {
  readonly lanes: readonly Run[];
  /** rows of holes */
  readonly rows: number;
  /** the upper row first, each from the left, n picks high */
  readonly holes: readonly HoleKey[];
}

/** So many holes in the fewest rows, all of them in use but for the last ones of the lowest row; null when there is no room. */
function cardOf(ground: Ground, count: number): Card | null {
  const { n } = ground;
  for (let rows = 1; rows <= mostRows; rows++) {
    const lanes = lanesAcross(ground, Math.ceil(count / rows));
    if (!lanes) continue;
    const holes = Array.from({ length: count }, (_, i): HoleKey => {
      const below = rows - 1 - Math.floor(i / lanes.length);
      return { ...lanes[i % lanes.length], rows: { from: below * n, to: (below + 1) * n } };
    });
    return { lanes, rows, holes };
  }
  return null;
}

export function planPunchcard({ table, profile, choice, ground, ends, value }: Task): Plan | Refusal {
  const { column } = value;
  const { n, selvedge } = ground;
  if (column.type === 'string' || column.kind === 'category')
    return refuse(`${column.title} is not a number.`, 'Weave a category as a sequence of lanes.');
  const step = choice.step ?? (column.type === 'integer' ? '1' : undefined);
  const max = column.scale?.max;
  const [one, most] = [readDecimal(step ?? ''), readDecimal(max ?? '')];
  if (step === undefined || !one || one.units <= 0n)
    return refuse(
      `The smallest difference that ${column.title} tells is ${step === undefined ? 'not said' : `"${step}"`}.`,
      'Say it in the encoding as "step": "0.1" for one decimal.',
    );
  if (max === undefined || !most || most.units <= 0n)
    return refuse(`${column.title} declares no scale.`, 'Declare the highest value that may come, as scale.max.');
  const steps = divideRounded(most, one);
  const count = Math.floor(Math.log2(steps)) + 1;
  // Behind the digits, a hole for their parity and one for what is estimated.
  const card = count <= mostDigits ? cardOf(ground, count + 2) : null;
  if (!card)
    return refuse(
      `${max} in steps of ${step} are ${count} binary digits, and with parity and mark ${count + 2} holes of ${cellEnds(ground)} ends or more in at most ${mostRows} rows; this loom has ${ground.across ? `${areaWords(ground)} across` : `${ground.ends - 2 * selvedge} ends between the selvedges`}.`,
      'Weave larger steps, or bands.',
    );
  const { lanes, rows, holes } = card;
  const [digits, parity, edge] = [holes.slice(0, count), holes[count], holes[count + 1]];

  const said: Said[] = [];
  for (const [row, cells] of table.rows.entries()) {
    const cell = cells[value.index];
    if ('absent' in cell) {
      said.push(absent(cell) as Said);
      continue;
    }
    const number = numberIn(cell, column, row);
    if ('ok' in number) return number;
    if (number.units < 0n)
      return refuse(`${column.title} of row ${row + 1} is ${cell.value}, below zero.`, 'Weave it as bands.');
    const whole = divideRounded(number, one);
    if (compare(decimal(times(one, whole)), number) !== 0)
      return refuse(
        `${column.title} of row ${row + 1} is ${cell.value}, no whole number of steps of ${step}, and a punchcard is exact.`,
        'Say the smallest difference that the figures tell as "step".',
      );
    const statement: Statement =
      compare(number, most) > 0 ? { is: 'off the scale', side: 'high' } : { is: 'steps', steps: whole };
    said.push({ statement, flagged: isFlagged(cell) });
  }

  const weft = standingOut(profile, areaYarns(ends));
  const unit = column.unit ? ` ${column.unit}` : '';
  return {
    ok: true,
    said,
    picks: rows * n,
    dividers: 2,
    weftOf: () => weft,
    frame: weft,
    bins: [],
    wefts: [weft],
    swatches: [],
    swatchPicks: 0,
    ruler: lanes.map((lane, i) => ({ ...lane, face: i % 2 === 0 ? 1 : n - 1 })),
    legend: [
      {
        colour: weft.colour,
        title: `${column.title} in binary: a hole that shows the weft counts ${digits.map((_, i) => times(one, 2 ** (count - 1 - i))).join(', ')}${unit}, ${rows > 1 ? 'from the left, the upper row first' : 'from the left'}`,
      },
      {
        colour: weft.colour,
        title: 'The last hole but one makes the number of holes even; the last one marks an estimate',
      },
    ],
    notes: [
      ...absenceNotes(said, 'the last hole is woven'),
      ...counted(
        said,
        ({ statement: s }) => s.is === 'off the scale',
        lie,
        `beyond the scale of ${max}: all holes but the last half woven.`,
      ),
    ],
    key: (common): PunchcardKey => ({ ...common, encoding: 'punchcard', step, max, digits, parity, edge }),
  };
}

/** The digit of a number at a hole, the highest first. */
const digitOf = (steps: number, hole: number, count: number): number => Math.floor(steps / 2 ** (count - 1 - hole)) % 2;

/** The faces of a record that says this. */
export function punchcardAreas(key: PunchcardKey, { statement, flagged }: Said): Area[] {
  const { ground, digits, parity, edge } = key;
  const { n, selvedge } = ground;
  const whole = { from: selvedge, to: ground.ends - selvedge };
  if (statement.is === 'absent') return [{ ...whole, face: statement.suppressed ? 'broken basket' : 'basket' }];
  const area = ({ from, to, rows }: HoleKey, face: Face): Area => ({ from, to, face, rows });
  const hole = (place: HoleKey, isWoven: boolean): Area => area(place, isWoven ? 1 : n - 1);
  const lowest = edge.rows;
  const bare: Area[] = edge.to < whole.to ? [{ from: edge.to, to: whole.to, face: n - 1, rows: lowest }] : [];
  const mark = [hole(edge, flagged), ...bare];
  if (statement.is !== 'steps') return [...[...digits, parity].map((place) => area(place, 2)), ...mark];
  const ones = digits.map((_, i) => digitOf(statement.steps, i, digits.length) === 1);
  const odd = ones.filter(Boolean).length % 2 === 1;
  return [...digits.map((place, i) => hole(place, ones[i])), hole(parity, odd), ...mark];
}

/** What the record at these rows seems to say; parity and threads are confirmed by the caller. */
export function guessPunchcard(key: PunchcardKey, words: Uint32Array, pick: number, painter: Painter): Said[] {
  const isWoven = ({ from, rows }: HoleKey): boolean =>
    !warpFacedIn(words, pick + rows.from, rows.to - rows.from, painter)(from);
  const steps = key.digits.reduce((sum, hole) => 2 * sum + (isWoven(hole) ? 1 : 0), 0);
  const flagged = isWoven(key.edge);
  const exact = divideRounded(decimal(key.max), decimal(key.step));
  return [
    // More than the scale holds was never woven.
    ...(steps <= exact ? [{ statement: { is: 'steps', steps }, flagged } as const] : []),
    { statement: { is: 'off the scale', side: 'high' }, flagged },
    ...[false, true].map((suppressed): Said => ({ statement: { is: 'absent', suppressed }, flagged: false })),
  ];
}
