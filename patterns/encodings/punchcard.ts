/** `punchcard`: the exact value in binary, a lane for each digit, and a lane that makes their number even. */
import { type Refusal, refuse } from '../choice';
import { compare, decimal, divideRounded, readDecimal, times } from '../decimal';
import { areaYarns, standingOut } from '../yarns';
import { warpFacedIn } from './faces';
import { type Area, areaWords, cellEnds, type Face, lanesAcross, type Painter } from './ground';
import type { PunchcardKey, Span } from './key';
import { absenceNotes, absent, counted, isFlagged, lie, numberIn, type Plan, type Task } from './plan';
import type { Said, Statement } from './said';

/** More digits are more than a number of ours can hold. */
const mostDigits = 48;

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
  // Behind the digits, a lane for their parity and one for what is estimated.
  const lanes = count <= mostDigits ? lanesAcross(ground, count + 2) : null;
  if (!lanes)
    return refuse(
      `${max} in steps of ${step} are ${count} binary digits, and with parity and mark ${count + 2} lanes of ${cellEnds(ground)} ends or more; this loom has ${ground.across ? `${areaWords(ground)} across` : `${ground.ends - 2 * selvedge} ends between the selvedges`}.`,
      'Weave larger steps, or bands.',
    );
  const [digits, parity, edge] = [lanes.slice(0, count), lanes[count], lanes[count + 1]];

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
    picks: n,
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
        title: `${column.title} in binary: ${digits.map((_, i) => times(one, 2 ** (count - 1 - i))).join(', ')}${unit} from the left, summed where the weft shows; then a lane that makes the number of turned lanes even, and one for what is estimated`,
      },
    ],
    notes: [
      ...absenceNotes(said, 'the last lane is turned'),
      ...counted(
        said,
        ({ statement: s }) => s.is === 'off the scale',
        lie,
        `beyond the scale of ${max}: all the lanes of digits half turned.`,
      ),
    ],
    key: (common): PunchcardKey => ({ ...common, encoding: 'punchcard', step, max, digits, parity, edge }),
  };
}

/** The digit of a number at a lane, the highest first. */
const digitOf = (steps: number, lane: number, count: number): number => Math.floor(steps / 2 ** (count - 1 - lane)) % 2;

/** The faces of a record that says this. */
export function punchcardAreas({ ground, digits, parity, edge }: PunchcardKey, { statement, flagged }: Said): Area[] {
  if (statement.is === 'absent')
    return [{ from: digits[0].from, to: edge.to, face: statement.suppressed ? 'broken basket' : 'basket' }];
  const lane = (span: Span, face: Face): Area => ({ from: span.from, to: span.to, face });
  const turned = (span: Span, isTurned: boolean): Area => lane(span, isTurned ? 1 : ground.n - 1);
  const mark = turned(edge, flagged);
  if (statement.is !== 'steps') return [...[...digits, parity].map((span) => lane(span, 2)), mark];
  const ones = digits.map((_, i) => digitOf(statement.steps, i, digits.length) === 1);
  const odd = ones.filter(Boolean).length % 2 === 1;
  return [...digits.map((span, i) => turned(span, ones[i])), turned(parity, odd), mark];
}

/** What the record at these rows seems to say; parity and threads are confirmed by the caller. */
export function guessPunchcard(key: PunchcardKey, words: Uint32Array, pick: number, painter: Painter): Said[] {
  const warpFaced = warpFacedIn(words, pick, key.layout.picks, painter);
  const steps = key.digits.reduce((sum, { from }) => 2 * sum + (warpFaced(from) ? 0 : 1), 0);
  const flagged = !warpFaced(key.edge.from);
  return [
    { statement: { is: 'steps', steps }, flagged },
    { statement: { is: 'off the scale', side: 'high' }, flagged },
    ...[false, true].map((suppressed): Said => ({ statement: { is: 'absent', suppressed }, flagged: false })),
  ];
}
