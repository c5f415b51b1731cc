/**
 * A reader who sees a picture and its legend and nothing else: looks at every crossing for the thread on top, and says
 * what each record says. Shares no code with what weaves or checks a cloth.
 */
import type { Cloth } from '../../patterns/cloth';
import type { BandsKey, BarsKey, HalfKey, MirrorKey, SequenceKey, Span } from '../../patterns/encodings/key';
import { bytesOf } from '../../patterns/render/colour';
import type { Picture } from '../../patterns/render/look';
import type { Fact, Facts, Measure } from './facts';
import { colourAt, columnsOf, type SheetLayout } from './sheet';

/** What is printed beside the picture: how it is read, never what it says. */
export interface Printed {
  readonly key: BarsKey | BandsKey | MirrorKey | SequenceKey;
  readonly ends: number;
  readonly picks: number;
  /** colour of each end */
  readonly warp: readonly string[];
  /** colours that a pick may have */
  readonly wefts: readonly string[];
}

export function printedOf({ key, lifts, yarns, warp, weft }: Cloth): Printed {
  return {
    key: key as Printed['key'],
    ends: lifts.ends,
    picks: lifts.picks,
    warp: Array.from(warp, (yarn) => yarns[yarn].colour),
    wefts: [...new Set(weft)].map((yarn) => yarns[yarn].colour),
  };
}

type Colour = readonly number[];

/** A round thread is seen darker than its yarn, more so at its sides: by how much, least and most. */
const shade = { from: 0.55, to: 0.98 };

/** How far what is seen is from a thread of that colour, however it is shaded; sRGB bytes. */
function apart(seen: Colour, thread: Colour): number {
  const [along, length] = [dot(seen, thread), dot(thread, thread)];
  const shaded = Math.min(shade.to, Math.max(shade.from, along / length));
  return Math.hypot(...seen.map((byte, i) => byte - shaded * thread[i]));
}

const dot = (a: Colour, b: Colour): number => a.reduce((sum, one, i) => sum + one * b[i], 0);

/** One record as it looks. */
interface Look {
  readonly weft: string;
  /** share of its picks in which the weft is on top, for each end */
  readonly shown: readonly number[];
}

export function measuresIn({ key }: Printed): Measure[] {
  switch (key.encoding) {
    case 'bars':
      return [
        { title: key.value.title, bins: [], step: Number(key.scale.perEnd) },
        ...(key.by ? [{ title: key.by.title, bins: key.by.bins.map(({ title }) => title), step: 0 }] : []),
      ];
    case 'mirror':
      return key.halves.map(({ title, scale, step }) => ({
        title,
        bins: step?.titles ?? [],
        step: Number(scale?.perEnd ?? 0),
      }));
    case 'bands':
      return [{ title: key.value.title, bins: key.bins.map(({ title }) => title), step: 0 }];
    case 'sequence':
      return [
        { title: key.value.title, bins: key.lanes.map(({ titles }) => titles.join(', ')), step: 0 },
        ...(key.event ? [{ title: key.event.title, bins: ['no', 'yes'], step: 0 }] : []),
      ];
  }
}

export function readPicture(sheet: Picture, printed: Printed): Facts[] {
  const { key, ends, picks } = printed;
  const layout = { ends, picks, columns: columnsOf(picks) };
  const { first, picks: high, dividers } = key.layout;
  return key.labels.map((label, record) => {
    const from = first + record * (high + dividers);
    return { label, of: factsOf(key, lookAt(sheet, layout, printed, from, from + high)) };
  });
}

/** The weft whose colour explains most of what is seen, and where it is on top. */
function lookAt(sheet: Picture, layout: SheetLayout, { warp, wefts }: Printed, from: number, to: number): Look {
  const ends = warp.map(bytesOf);
  const seen = Array.from({ length: to - from }, (_, i) =>
    ends.map((_, end) => colourAt(sheet, layout, from + i, end)),
  );
  const tries = wefts.map((colour) => {
    const thread = bytesOf(colour);
    let away = 0;
    for (const pick of seen)
      pick.forEach((crossing, end) => {
        away += Math.min(apart(crossing, thread), apart(crossing, ends[end]));
      });
    return { colour, thread, away };
  });
  const { colour, thread } = tries.reduce((least, one) => (one.away < least.away ? one : least));
  const shown = ends.map((end, i) => {
    const over = seen.filter((pick) => apart(pick[i], thread) < apart(pick[i], end));
    return over.length / seen.length;
  });
  return { weft: colour, shown };
}

function factsOf(key: Printed['key'], look: Look): Fact[] {
  switch (key.encoding) {
    case 'bars':
      return [lengthIn(look, key.bar, Number(key.scale.perEnd)), ...(key.by ? [colourIn(look, key.by.bins)] : [])];
    case 'mirror':
      return key.halves.map((half) => halfIn(look, half));
    case 'bands':
      return [colourIn(look, key.bins)];
    case 'sequence': {
      const shares = key.lanes.map((lane) => 1 - mean(look, lane));
      const most = shares.indexOf(Math.max(...shares));
      const lane: Fact = shares[most] > 0.6 ? { bin: most } : { absent: true };
      return [lane, ...(key.event ? [{ bin: mean(look, key.event) < 0.5 ? 1 : 0 }] : [])];
    }
  }
}

/** Ends of the warp's face counted from the axis; equal steps where there is no zero. */
function halfIn({ shown }: Look, { side, half, scale, step }: HalfKey): Fact {
  const own = shown.slice(half.from, half.to);
  if (isBasket({ shown, weft: '' }, half)) return { absent: true };
  const outwards = (side === 'left' ? own.reverse() : own).map((share) => share < 0.5);
  const length = outwards.includes(false) ? outwards.indexOf(false) : outwards.length;
  if (step) return { bin: Math.round(length / step.ends) - 1 };
  return within(length, Number(scale?.perEnd));
}

/** Halves are rounded, so the value is within half an end of what is counted. */
const within = (length: number, perEnd: number): Fact => ({
  amount: [Math.max(0, (length - 0.5) * perEnd), (length + 0.5) * perEnd],
});

/** Ends of the weft's face counted from zero. */
function lengthIn(look: Look, { from, to }: Span, perEnd: number): Fact {
  if (isBasket(look, { from, to })) return { absent: true };
  const faces = look.shown.slice(from, to).map((share) => share > 0.5);
  const length = faces.includes(false) ? faces.indexOf(false) : faces.length;
  if (faces.slice(length).includes(true)) return { off: true };
  return within(length, perEnd);
}

const colourIn = ({ weft }: Look, bins: readonly { colour: string }[]): Fact => {
  const bin = bins.findIndex(({ colour }) => colour === weft);
  return bin < 0 ? { absent: true } : { bin };
};

const mean = ({ shown }: Look, { from, to }: Span): number =>
  shown.slice(from, to).reduce((sum, share) => sum + share, 0) / (to - from);

/** Over two, under two: every end is up about half of the time, as in no bar and no bare ground. */
const isBasket = ({ shown }: Look, { from, to }: Span): boolean =>
  shown.slice(from, to).every((share) => share > 0.3 && share < 0.7);
