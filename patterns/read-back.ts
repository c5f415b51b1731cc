/** Reads a cloth: from lifts, thread colours and the key alone. What does not decode exactly is altered, never a guess. */
import { encodingNames } from './choice';
import type { Cloth, ClothKey } from './cloth';
import { type Area, Painter } from './encodings/ground';
import { areasOf, candidates } from './encodings/image';
import type { AnyKey, SequenceKey } from './encodings/key';
import { recordPicks } from './encodings/layout';
import type { Reading, Said } from './encodings/said';

/** All that a reader has besides the key. */
export type Woven = Pick<Cloth, 'lifts' | 'yarns' | 'warp' | 'weft'>;

/** @throws RangeError when the key is of an encoding or version that we do not know */
export function knownKey(key: ClothKey): AnyKey {
  if (!(encodingNames as readonly string[]).includes(key.encoding))
    throw new RangeError(`no reader for the encoding "${key.encoding}"`);
  if (key.version !== 1) throw new RangeError(`the key has version ${String(key.version)}; this reader knows 1`);
  return key as AnyKey;
}

/** One reading for each record that the key names, first woven first. */
export function readBack({ lifts, yarns, warp, weft }: Woven, anyKey: ClothKey): Reading[] {
  const key = knownKey(anyKey);
  const { picks } = key.layout;
  const starts = recordPicks(key.layout, key.labels.length);
  const painter = new Painter(key.ground);
  const colour = (yarn: number): string => yarns[yarn]?.colour ?? '';
  const faded = key.encoding === 'sequence' ? fadedLane(key, (end) => colour(warp[end])) : null;
  // What bands and lanes can say is the same for every record; of the others each record's threads propose it.
  const every =
    key.encoding === 'bands' || key.encoding === 'sequence'
      ? candidates(key, lifts.words, 0, painter).map((said) => ({ said, areas: areasOf(key, said) }))
      : null;

  const read = (pick: number): Said | string => {
    if (lifts.ends !== key.ground.ends) return `the cloth has ${lifts.ends} ends and the key ${key.ground.ends}`;
    if (pick + picks > lifts.picks) return 'the cloth ends before it';
    for (let i = 1; i < picks; i++)
      if (weft[pick + i] !== weft[pick]) return `its weft changes at pick ${pick + i + 1}`;
    if (faded) return faded;
    const some: readonly { said: Said; areas: Area[] }[] =
      every ?? candidates(key, lifts.words, pick, painter).map((said) => ({ said, areas: areasOf(key, said) }));
    const found = some.filter(({ areas }) => painter.shows(lifts.words, pick, picks, areas)).map(({ said }) => said);
    return found.length === 0
      ? 'its threads show nothing that the key knows'
      : withColour(key, found, colour(weft[pick]));
  };

  return key.labels.map((label, i) => {
    const said = read(starts[i]);
    const who = { number: i + 1, label };
    return typeof said === 'string' ? { ...who, altered: said } : { ...who, ...said };
  });
}

/** A bin carried twice is read twice; a second value is read from the weft's colour. */
function withColour(key: AnyKey, found: readonly Said[], colour: string): Said | string {
  if (key.encoding === 'bars') {
    if (!key.by) return found[0];
    const bin = key.by.bins.findIndex((one) => one.colour === colour);
    if (bin < 0 && colour !== key.by.absentColour) return `the key knows no weft ${colour}`;
    return { ...found[0], by: bin < 0 ? 'absent' : bin };
  }
  if (key.encoding !== 'bands') return found[0];
  const bin = key.bins.findIndex((one) => one.colour === colour);
  const agrees = found.find(({ statement }) => {
    if (statement.is === 'absent') return colour === key.absentColour;
    if (statement.is === 'bin') return statement.bin === bin;
    return statement.is === 'off the scale' && bin === (statement.side === 'low' ? 0 : key.bins.length - 1);
  });
  return agrees ?? 'its colour and its texture disagree';
}

/** A sentence when a lane's ends are not in the lane's colour. */
function fadedLane({ lanes, event }: SequenceKey, colourOf: (end: number) => string): string | null {
  const named = [...lanes, ...(event ? [{ ...event, lane: 'events' }] : [])];
  for (const { lane, from, to, colour } of named)
    for (let end = from; end < to; end++)
      if (colourOf(end) !== colour) return `end ${end + 1} of the lane "${lane}" is ${colourOf(end)}, not ${colour}`;
  return null;
}
