/** The key that a cloth is read with: bare, in a `.cloth.json`, or in a draft's section of ours; checked before it is believed. */
import { z } from 'zod';
import type { ClothKey } from '../../patterns/cloth';
import { textures } from '../../patterns/encodings/ground';
import { noData } from '../../patterns/formats/cloth-of-draft';
import { LoomError } from '../errors';

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const index = z.number().int().min(0).max(65535);
const span = z
  .looseObject({ from: index, to: index })
  .refine(({ from, to }) => from <= to, 'must not end before it begins');
const hole = span.and(z.looseObject({ rows: span }));
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be like #c4552d');
const bin = z.looseObject({ title: z.string(), colour, texture: z.enum(textures).optional() });
const amount = z.string().regex(/^\d{1,15}(\.\d{1,15})?$/, 'must be a decimal number');

const common = {
  version: z.literal(1),
  ground: z.looseObject({
    ends: z.number().int().min(1).max(4096),
    selvedge: index,
    n: z.number().int().min(3).max(64),
    step: index.min(1),
    columns: z.array(index).max(4096).optional(),
    across: z.array(span).max(4096).optional(),
  }),
  value: z.object({ title: z.string(), unit: z.string() }),
  layout: z.object({
    first: index,
    picks: index.min(1),
    dividers: index,
    groups: z
      .array(z.looseObject({ title: z.string(), records: index.min(1) }))
      .max(65535)
      .optional(),
  }),
  labels: z.array(z.string()).max(65535),
};
const scale = z.looseObject({ perEnd: amount, max: amount });
const half = z.looseObject({
  title: z.string(),
  unit: z.string(),
  colour,
  side: z.enum(['left', 'right']),
  half: span,
  room: index,
  scale: scale.nullable(),
  step: z.looseObject({ ends: index.min(1), titles: z.array(z.string()) }).nullable(),
  notch: span,
  edge: span,
});
const keySchema = z.discriminatedUnion('encoding', [
  z.looseObject({
    ...common,
    encoding: z.literal('bars'),
    scale,
    bar: span,
    edge: span,
    notch: span,
    by: z.looseObject({ title: z.string(), bins: z.array(bin), absentColour: colour }).nullable(),
  }),
  z.looseObject({
    ...common,
    encoding: z.literal('bands'),
    bins: z.array(bin).min(1),
    absentColour: colour,
    band: span,
  }),
  z.looseObject({
    ...common,
    encoding: z.literal('sequence'),
    lanes: z
      .array(z.looseObject({ lane: z.string(), colour, titles: z.array(z.string()), from: index, to: index }))
      .min(1),
  }),
  z.looseObject({ ...common, encoding: z.literal('mirror'), halves: z.tuple([half, half]) }),
  z.looseObject({
    ...common,
    encoding: z.literal('shade'),
    shades: z.array(z.looseObject({ title: z.string(), level: index.min(1) })).min(2),
    columns: z.array(z.looseObject({ title: z.string(), from: index, to: index })).min(1),
  }),
  z.looseObject({
    ...common,
    encoding: z.literal('span'),
    scale,
    titles: z.looseObject({ low: z.string(), high: z.string() }),
    bar: span,
    off: span,
    edge: span,
  }),
  z.looseObject({
    ...common,
    encoding: z.literal('punchcard'),
    step: amount,
    max: amount,
    digits: z.array(hole).min(1).max(48),
    parity: hole,
    edge: hole,
  }),
]);

/**
 * @param json a key, or anything that has one in its field `key`
 * @param name of the file, for the sentence
 * @throws LoomError dataset naming the field that is wrong
 */
export function readKey(json: string, name: string): ClothKey {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw new LoomError('dataset', `${name} is no key: it is not JSON. Give a .cloth.json or a key as JSON.`, {
      cause,
    });
  }
  const within = z.object({ key: z.unknown() }).safeParse(parsed);
  const bare = within.success && within.data.key !== undefined ? within.data.key : parsed;
  const encoding = z.object({ encoding: z.string() }).safeParse(bare);
  if (encoding.success && encoding.data.encoding === noData)
    throw new LoomError('dataset', `${name} tells no data: it was a draft. There is nothing to read from it.`);
  const read = keySchema.safeParse(bare);
  if (read.success) {
    const outside = beyond(read.data);
    if (!outside) return read.data;
    throw new LoomError('dataset', `The key in ${name} cannot be read: ${outside}`);
  }
  const [{ path, message }] = read.error.issues;
  throw new LoomError('dataset', `The key in ${name} cannot be read: ${path.join('.') || 'it'}: ${message}.`);
}

/** What lies beyond the cloth that the key itself describes. */
function beyond(key: z.infer<typeof keySchema>): string | null {
  const { ends, selvedge, columns } = key.ground;
  if (2 * selvedge >= ends) return `ground.selvedge: ${selvedge} ends on each edge leave none of ${ends}.`;
  if (columns && columns.length !== ends) return `ground.columns: there must be one for each of ${ends} ends.`;
  const named = spansOf(key);
  const far = named.find(([, { from, to }]) => to > ends || from > to);
  if (!far) return null;
  const [what, { from, to }] = far;
  return `${what} goes from ${from} to ${to}, and there are ${ends} ends.`;
}

/** The ends that the key names, and what they are for. */
function spansOf(key: z.infer<typeof keySchema>): [what: string, span: Stretch][] {
  switch (key.encoding) {
    case 'sequence':
      return key.lanes.map((lane) => [`lane ${lane.lane}`, lane]);
    case 'shade':
      return key.columns.map((column) => [`column ${column.title}`, column]);
    case 'mirror':
      return key.halves.flatMap(({ side, half, notch, edge, room }): [string, Stretch][] => [
        [`the ${side} half`, half],
        [`the ${side} notch`, notch],
        [`the ${side} edge`, edge],
        [`the ${side} bar`, { from: half.from, to: half.from + room }],
      ]);
    case 'span':
      return [
        ['bar', key.bar],
        ['off', key.off],
        ['edge', key.edge],
      ];
    case 'punchcard':
      return [...key.digits, key.parity, key.edge].map((lane, i) => [`hole ${i + 1}`, lane]);
    default:
      return [
        ['edge', key.edge as Stretch],
        ['notch', key.notch as Stretch],
        key.encoding === 'bars' ? ['bar', key.bar] : ['band', key.band],
      ];
  }
}
