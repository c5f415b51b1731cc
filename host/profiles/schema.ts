/** What a loom profile may say: every field with its kind and range; docs/profile.md explains them. */
import { z } from 'zod';
import { selvedgeWeaves } from '../../patterns/profile';
import { stockTable } from '../board/stock/table';
import { reportFaults } from './faults';

const count = z.number().int().positive();
const size = z.number().positive();
const yarn = z.strictObject({
  name: z.string().min(1),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like "#8e1f45"'),
  metres: size.optional(),
  tex: size.optional(),
});
const stripe = z.strictObject({ from: count, to: count, yarn, lane: z.string().min(1).optional() });
const warp = z.strictObject({
  name: z.string().min(1),
  stripes: z.array(stripe).min(1),
  guides: z.array(count).default([]),
  guideYarn: yarn.optional(),
});

const shafts = z.array(count).min(1);
const threading = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('straight'), shafts }),
  z.strictObject({ kind: z.literal('point'), shafts: z.array(count).min(3) }),
  z.strictObject({ kind: z.literal('repeat'), order: shafts }),
  z.strictObject({ kind: z.literal('blocks'), blocks: z.array(z.strictObject({ shafts, ends: count })).min(1) }),
  z.strictObject({ kind: z.literal('custom'), ends: z.array(z.number().int().nonnegative()).min(1) }),
]);
const lifting = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('heddles'), endsPerHeddle: count.optional() }),
  z.strictObject({
    by: z.literal('shafts'),
    threading,
    leftSelvedge: z.array(count).optional(),
    rightSelvedge: z.array(count).optional(),
  }),
]);

const fields = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, ".", "_" and "-"'),
  title: z.string().min(1),
  ends: count.max(1024),
  sett: size,
  picksPerCm: size,
  floatLimit: count,
  selvedge: z.number().int().nonnegative(),
  selvedgeWeave: z.enum(selvedgeWeaves).optional(),
  lifting: lifting.optional(),
  shed: z.enum(['rising', 'sinking']).optional(),
  endOne: z.enum(['left', 'right']).optional(),
  shuttles: count,
  warpMetres: size,
  loomWaste: z.number().nonnegative().optional(),
  windOnEvery: count.optional(),
  palette: z.array(z.string()).min(1).optional(),
  board: z.strictObject({
    firmware: z.enum(['uno', 'mega']),
    outputs: z.enum(['pca9685', 'pins', 'shift']),
    heddles: count,
    leds: z.number().int().nonnegative(),
  }),
  stock: stockTable.optional(),
  wefts: z.array(yarn).min(1),
  warps: z.array(warp).min(1),
});
export type ProfileFields = z.infer<typeof fields>;

export const profileSchema = fields.superRefine((loom, context) =>
  reportFaults(loom, (path, message) => context.addIssue({ code: 'custom', path, message })),
);

/** Names of all fields, inner ones too, for whoever must explain them. The stock driver's are on its own page. */
export function profileFieldNames(): string[] {
  const parts = [fields, fields.shape.board, yarn, stripe, warp, ...lifting.options, ...threading.options];
  const blocks = Object.keys(threading.options[3].shape.blocks.element.shape);
  return [...new Set([...parts.flatMap(({ shape }) => Object.keys(shape)), ...blocks])];
}
