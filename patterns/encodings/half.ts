/** One half of a mirror: its ends counted from the axis outwards, and its scale, of lengths or of equal steps. */
import { type Refusal, refuse } from '../choice';
import { decimal, times } from '../decimal';
import { binOf, binsOf, binTitle, lengthOf, lengthsOf, lengthValue } from '../scale';
import type { Cell, Column } from '../table';
import type { Area, Face, Ground } from './ground';
import type { HalfKey, Span } from './key';
import { isFlagged, numberIn } from './plan';
import type { CellSaid } from './said';

/** Ends of a step: one end more or less is still the same step. */
const leastStep = 3;
/** Beside the longest bar: one end is the edge lane, and one parts it from the bar. */
const beside = 2;

export interface Half {
  readonly key: HalfKey;
  readonly say: (cell: Cell, row: number) => CellSaid | Refusal;
  /** what its ends stand for, for the legend */
  readonly words: string;
}

/** Ends counted from the axis outwards, as indices. */
function outwards({ side, half }: Pick<HalfKey, 'side' | 'half'>, from: number, to: number): Span {
  return side === 'left' ? { from: half.to - to, to: half.to - from } : { from: half.from + from, to: half.from + to };
}

/**
 * @param half the ends that it has, between the selvedge and the axis
 * @param colour of its warp
 */
export function halfOf(
  column: Column,
  side: HalfKey['side'],
  half: Span,
  colour: string,
  ground: Ground,
): Half | Refusal {
  const most = half.to - half.from - beside;
  const isLength = column.kind === 'count' || column.kind === 'amount' || column.kind === 'share';
  const measured = isLength ? lengths(column, most, ground) : steps(column, most);
  if ('ok' in measured) return measured;
  const { room, say, words, scale, step } = measured;
  const place = { side, half };
  const lane = Math.min(ground.n, Math.max(beside, half.to - half.from - room - 1));
  const cut = Math.max(0, room - 2 * ground.n);
  return {
    key: {
      ...{ title: column.title, unit: column.unit ?? '', colour, side, half, room, scale, step },
      notch: outwards(place, cut, cut + ground.n),
      edge: outwards(place, half.to - half.from - lane, half.to - half.from),
    },
    say,
    words: `${column.title}, from the middle to the ${side}: ${words}`,
  };
}

type Measured = Pick<HalfKey, 'room' | 'scale' | 'step'> & Pick<Half, 'say' | 'words'>;

/** One end for each unit of the column's scale, or for the fewest units with which the longest bar has room. */
function lengths(column: Column, most: number, { n }: Ground): Measured | Refusal {
  const whole = lengthsOf(column);
  if (typeof whole === 'string') return refuse(`${whole}.`, 'Declare what one end stands for, and the longest bar.');
  const perEnd = times(decimal(column.scale!.perEnd), Math.ceil(whole.room / most));
  const scale = { perEnd, max: column.scale!.max };
  const own = lengthsOf({ ...column, scale });
  if (typeof own === 'string' || own.room < 2 * n)
    return refuse(
      `Half of this loom has room for bars of ${most} ends, and ${column.title} up to ${scale.max} would be ${typeof own === 'string' ? 'none' : own.room}.`,
      'Weave it as bars, which have the whole width, or on a wider loom.',
    );
  const unit = column.unit ? ` ${column.unit}` : '';
  return {
    room: own.room,
    scale,
    step: null,
    words: `one end is ${perEnd}${unit}, a block of the ruler ${lengthValue(n, perEnd)}${unit}`,
    say: (cell, row) => {
      if ('absent' in cell) return absentHalf(cell.absent);
      const number = numberIn(cell, column, row);
      if ('ok' in number) return number;
      const { at, off } = lengthOf(number, own);
      if (off === 'low')
        return refuse(
          `${column.title} of row ${row + 1} is ${cell.value}, and a length begins at zero.`,
          'Weave it as bands.',
        );
      return {
        statement: off ? { is: 'off the scale', side: off } : { is: 'length', ends: at },
        flagged: isFlagged(cell),
      };
    },
  };
}

/** What has no zero: a bin is as many steps as its number, all alike. */
function steps(column: Column, most: number): Measured | Refusal {
  const bins = binsOf(column);
  if (column.kind === 'category' || column.kind === undefined || typeof bins === 'string')
    return refuse(
      `${column.title} is ${column.kind ? `a ${column.kind}` : 'a column of no kind'}${typeof bins === 'string' ? ' and declares no bins' : ''}, so half of a mirror cannot say it.`,
      'Set two amounts or shares back to back; a score may stand as steps where its bins are declared.',
    );
  const ends = Math.floor(most / bins.count);
  if (ends < leastStep)
    return refuse(
      `${bins.count} steps of ${leastStep} ends are more than the ${most} ends that half of this loom has for bars.`,
      `Use at most ${Math.floor(most / leastStep)} bins.`,
    );
  const titles = Array.from({ length: bins.count }, (_, bin) => binTitle(column, bin));
  return {
    room: ends * bins.count,
    scale: null,
    step: { ends, titles },
    words: `a ${column.kind}, so steps of ${ends} ends and not amounts; ${titles.map((title, bin) => `${bin + 1} ${bin === 0 ? 'step' : 'steps'} ${title}`).join(', ')}`,
    say: (cell, row) => {
      if ('absent' in cell) return absentHalf(cell.absent);
      const number = numberIn(cell, column, row);
      if ('ok' in number) return number;
      const { at, off } = binOf(number, bins);
      if (off === 'low')
        return refuse(
          `${column.title} of row ${row + 1} is ${cell.value}, beyond its bins.`,
          'Widen the outermost bins.',
        );
      return { statement: off ? { is: 'off the scale', side: off } : { is: 'bin', bin: at }, flagged: isFlagged(cell) };
    },
  };
}

const absentHalf = (reason: string): CellSaid => ({
  statement: { is: 'absent', suppressed: reason === 'suppressed' },
  flagged: false,
});

/** Blocks of n ends from the axis outwards, by turns in the face of a bar and of what is beside it. */
export function halfRuler(key: HalfKey, { n }: Ground): Area[] {
  const areas: Area[] = [];
  for (let from = 0; from < key.room; from += n) {
    const to = Math.min(from + n, key.room);
    areas.push({ ...outwards(key, from, to), face: (from / n) % 2 === 0 ? n - 1 : 1 });
  }
  return [...areas, { ...outwards(key, key.room, key.half.to - key.half.from), face: 1 }];
}

/** The faces of a half that says this; nothing when it cannot say it. */
export function halfAreas(key: HalfKey, { n }: Ground, { statement, flagged }: CellSaid): Area[] {
  if (statement.is === 'absent') return [{ ...key.half, face: statement.suppressed ? 'broken basket' : 'basket' }];
  const off = statement.is === 'off the scale';
  const ends = off
    ? key.room
    : statement.is === 'length'
      ? statement.ends
      : (statement.bin + 1) * (key.step?.ends ?? 0);
  const lane = key.edge.to - key.edge.from;
  const wide = key.half.to - key.half.from;
  const bar = (from: number, to: number, face: Face): Area => ({ ...outwards(key, from, to), face });
  const cut = Math.max(0, key.room - 2 * n);
  return [
    ...(off ? [bar(0, cut, n - 1), bar(cut, cut + n, 1), bar(cut + n, ends, n - 1)] : [bar(0, ends, n - 1)]),
    bar(ends, wide - lane, 1),
    { ...key.edge, face: flagged ? n - 1 : 1 },
  ];
}

/** What a half may say whose ends show the warp here; the caller confirms it. */
export function guessHalf(key: HalfKey, warpFaced: (end: number) => boolean): CellSaid[] {
  let ends = 0;
  while (ends < key.room && warpFaced(outwards(key, ends, ends + 1).from)) ends++;
  const flagged = warpFaced(key.edge.from);
  const length: CellSaid['statement'] = key.step
    ? { is: 'bin', bin: Math.max(1, Math.round(ends / key.step.ends)) - 1 }
    : { is: 'length', ends };
  return [
    { statement: length, flagged },
    { statement: { is: 'off the scale', side: 'high' }, flagged },
    { statement: { is: 'absent', suppressed: false }, flagged: false },
    { statement: { is: 'absent', suppressed: true }, flagged: false },
  ];
}
