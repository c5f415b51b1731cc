/** Readings of a cloth as people would write them: bin titles, lengths with their unit, absences, what was altered. */
import type { ClothKey } from './cloth';
import { decimal, times } from './decimal';
import type { AnyKey, BandsKey, BarsKey, PunchcardKey, SequenceKey, ShadeKey } from './encodings/key';
import type { CellSaid, Reading, Said, Statement } from './encodings/said';
import { knownKey } from './read-back';
import { lengthValue } from './scale';

export interface ReadRow {
  /** counts from 1, in the order of weaving */
  readonly number: number;
  readonly label: string;
  readonly is: Statement['is'] | 'altered';
  /** the length's value, the bin's title or the lane's categories; null when it is absent, altered or off the scale */
  readonly value: string | null;
  /** of a length; '' where there is none */
  readonly unit: string;
  /** all of it, as a person would say it */
  readonly words: string;
  /** estimated, provisional or partial */
  readonly flagged: boolean;
  /** title of the second value's bin, null when that one is absent; only where the cloth carries a second value */
  readonly by?: string | null;
  /** `mirror`, `shade`: what stands side by side, from the left */
  readonly cells?: readonly ReadCell[];
  /** `sequence`: the event happened, null when that is not known; only where the cloth has a lane of events */
  readonly event?: boolean | null;
}

/** One of several values of a record. */
export interface ReadCell extends Pick<ReadRow, 'is' | 'value' | 'unit' | 'words' | 'flagged'> {
  /** of its column */
  readonly title: string;
}

/** @throws RangeError when the key is of an encoding or version that we do not know */
export function readingTable(readings: readonly Reading[], anyKey: ClothKey): ReadRow[] {
  const key = knownKey(anyKey);
  return readings.map((reading) => {
    const { number, label } = reading;
    if ('altered' in reading) {
      const words = `altered: ${reading.altered}`;
      return { number, label, is: 'altered', value: null, unit: '', words, flagged: false };
    }
    const { statement } = reading;
    if (statement.is === 'cells') {
      const cells = statement.cells.map((cell, i) => readCell(key, cell, i));
      const said = cells.map(({ title, words, flagged }) => `${title} ${words}${flagged ? ` (${marked})` : ''}`);
      if (reading.flagged) said.push(marked);
      return {
        number,
        label,
        is: 'cells',
        value: null,
        unit: '',
        words: said.join('; '),
        flagged: reading.flagged,
        cells,
      };
    }
    const { value, unit, words } = valueSaid(key, statement);
    const by = secondOf(key, reading);
    const event =
      key.encoding === 'sequence' && key.event
        ? { event: reading.event === 'unknown' ? null : (reading.event ?? false) }
        : {};
    const more = [
      reading.flagged ? marked : '',
      by === undefined ? '' : `${(key as BarsKey).by?.title}: ${by ?? 'absent'}`,
      key.encoding === 'sequence' && key.event && reading.event
        ? `${key.event.title}${reading.event === 'unknown' ? ': not known' : ''}`
        : '',
    ].filter(Boolean);
    return {
      ...{ number, label, is: reading.statement.is, value, unit },
      words: [words, ...more].join('; '),
      flagged: reading.flagged,
      ...(by === undefined ? {} : { by }),
      ...event,
    };
  });
}

const marked = 'estimated, provisional or partial';

function readCell(key: AnyKey, { statement, flagged }: CellSaid, i: number): ReadCell {
  if (key.encoding === 'mirror') {
    const { title, unit, scale, step } = key.halves[i];
    const own = scale ? ({ ...key, encoding: 'bars', value: { title, unit }, scale } as unknown as BarsKey) : key;
    const value = statement.is === 'bin' ? plain(step?.titles[statement.bin] ?? '') : valueSaid(own, statement);
    return { title, is: statement.is, ...value, flagged };
  }
  if (key.encoding === 'span') {
    const title = i === 0 ? key.titles.low : key.titles.high;
    return { title, is: statement.is, ...valueSaid(key, statement), flagged };
  }
  const { columns, shades } = key as ShadeKey;
  const value = statement.is === 'bin' ? plain(shades[statement.bin].title) : valueSaid(key, statement);
  return { title: columns[i].title, is: statement.is, ...value, flagged };
}

const plain = (value: string): Value => ({ value, unit: '', words: value });

type Value = Pick<ReadRow, 'value' | 'unit' | 'words'>;

function valueSaid(key: AnyKey, statement: Exclude<Statement, { is: 'cells' }>): Value {
  switch (statement.is) {
    case 'absent':
      return { value: null, unit: '', words: statement.suppressed ? 'absent: suppressed' : 'absent: missing' };
    case 'off the scale':
      return { value: null, unit: '', words: offScale(key, statement.side) };
    case 'length': {
      const { scale, value } = key as BarsKey;
      const length = lengthValue(statement.ends, scale.perEnd);
      return { value: length, unit: value.unit, words: `${length}${value.unit ? ` ${value.unit}` : ''}` };
    }
    case 'steps': {
      const { step, value } = key as PunchcardKey;
      const exact = times(decimal(step), statement.steps);
      return { value: exact, unit: value.unit, words: `${exact}${value.unit ? ` ${value.unit}` : ''}` };
    }
    case 'bin':
      return plain((key as BandsKey).bins[statement.bin].title);
    case 'lane': {
      const lane = (key as SequenceKey).lanes.find((one) => one.lane === statement.lane);
      return plain(lane ? lane.titles.join(' or ') : statement.lane);
    }
  }
}

function offScale(key: AnyKey, side: 'low' | 'high'): string {
  if (key.encoding === 'punchcard') return `off the scale: beyond ${key.max}${key.value.unit && ` ${key.value.unit}`}`;
  if (key.encoding === 'bars' || key.encoding === 'span')
    return `off the scale: beyond ${key.scale.max}${key.value.unit && ` ${key.value.unit}`}`;
  return `off the scale: ${side === 'low' ? 'below' : 'above'} it`;
}

function secondOf(key: AnyKey, { by }: Said): string | null | undefined {
  if (key.encoding !== 'bars' || !key.by || by === undefined) return undefined;
  return by === 'absent' ? null : key.by.bins[by].title;
}
