/** `datapackage.json` as we read it: Frictionless Data Package names, and our own keys under `loom`. */
import { z } from 'zod';
import { encodingNames } from '../../patterns/choice';
import { readDecimal } from '../../patterns/decimal';

const decimalText = z.string().refine((text) => readDecimal(text) !== null, 'must be a decimal in quotes, like "2.5"');

const absentReason = z.enum(['not recorded', 'suppressed', 'not applicable', 'unknown']);
export const flag = z.enum(['estimated', 'provisional', 'partial']);

/** A text that stands for an absent value; the label is the reason, "not recorded" when none is given. */
const missingValue = z.union([
  z.string().transform((value) => ({ value, label: 'not recorded' as const })),
  z.object({ value: z.string(), label: absentReason.default('not recorded') }),
]);
export type MissingValue = z.infer<typeof missingValue>;

const category = z.strictObject({ code: z.string(), title: z.string(), lane: z.string().optional() });

/** What a column is to the cloth. */
const loomField = z.strictObject({
  kind: z.enum(['count', 'amount', 'share', 'score', 'rank', 'temperature', 'category']).optional(),
  /** for a share: the columns that it is worked out from */
  share: z.strictObject({ of: z.string(), count: z.string() }).optional(),
  edges: z.array(decimalText).min(2).optional(),
  scale: z.strictObject({ perEnd: decimalText, max: decimalText }).optional(),
  categories: z.array(category).min(1).optional(),
  /** marks that may follow a number, and what they say: { "*": "estimated" } */
  flags: z.record(z.string().min(1), flag).optional(),
});

const field = z.object({
  name: z.string().min(1),
  title: z.string().optional(),
  description: z.string().optional(),
  type: z.enum(['number', 'integer', 'string', 'datetime']),
  unit: z.string().optional(),
  missingValues: z.array(missingValue).optional(),
  loom: loomField.optional(),
});
export type Field = z.infer<typeof field>;

/** Frictionless: a path is relative and stays inside the package. */
const insidePath = z
  .string()
  .min(1)
  .refine((path) => !/^[/\\]|^[a-z]+:|(^|[/\\])\.\.([/\\]|$)/i.test(path), 'must be a path inside the folder');

const resource = z.object({
  name: z.string().optional(),
  path: insidePath,
  dialect: z.object({ delimiter: z.string().length(1).optional() }).optional(),
  schema: z.object({
    fields: z.array(field).min(1),
    missingValues: z.array(missingValue).default([{ value: '', label: 'not recorded' }]),
  }),
});
export type Resource = z.infer<typeof resource>;

/** A way to weave this dataset that makes sense; the first is the default. See patterns/choice.ts. */
const suggestion = z.strictObject({
  encoding: z.enum(encodingNames),
  label: z.string(),
  value: z.string(),
  by: z.string().optional(),
  group: z.string().optional(),
  series: z.string().optional(),
  across: z.string().optional(),
  columns: z.array(z.string()).min(2).optional(),
  edges: z.array(decimalText).min(3).optional(),
  step: decimalText.optional(),
  event: z
    .strictObject({
      column: z.string(),
      is: z.array(z.string()).min(1),
      title: z.string(),
      words: z.string().optional(),
    })
    .optional(),
  words: z.string(),
  absentWords: z.string().optional(),
  /** how this cloth is read, where the dataset's own story is of another one */
  story: z.string().optional(),
  warp: z.string().optional(),
});
export type Suggestion = z.infer<typeof suggestion>;

/** A change that was made to the figures before they came into the data file. */
const mending = z.strictObject({
  column: z.string(),
  rows: z.number().int().positive(),
  was: z.string(),
  became: z.string(),
  why: z.string(),
});
export type Mending = z.infer<typeof mending>;

const loomKeys = z.strictObject({
  /** the dataset in plain words */
  story: z.string(),
  /** who counted */
  counted: z.string(),
  /** the line to print wherever the cloth is shown */
  attribution: z.string(),
  caveats: z.array(z.string()).default([]),
  /** what the cloth's page must say */
  notes: z.array(z.string()).default([]),
  /** what the values are parts of, where that is not to be seen from the columns */
  denominator: z.string().optional(),
  /** in words, where `licenses` has nothing to name */
  licence: z.string().optional(),
  mended: z.array(mending).default([]),
  encodings: z.array(suggestion).min(1),
});

export const dataPackage = z
  .object({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, ".", "_" and "-", like "my-figures-2024"'),
    title: z.string().min(1),
    description: z.string().default(''),
    version: z.string().optional(),
    created: z.string().optional(),
    licenses: z
      .array(z.object({ name: z.string().optional(), title: z.string().optional(), path: z.string().optional() }))
      .default([]),
    sources: z.array(z.object({ title: z.string(), path: z.string().optional() })).default([]),
    contributors: z
      .array(z.object({ title: z.string(), path: z.string().optional(), roles: z.array(z.string()).default([]) }))
      .default([]),
    resources: z.array(resource).min(1),
    loom: loomKeys,
  })
  .superRefine(({ resources: [{ schema }], loom }, context) => {
    const report = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const names = schema.fields.map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) !== index) report(['resources', 0, 'schema', 'fields', index, 'name'], `"${name}" twice`);
    for (const [index, { label, value, by, group, series, across, columns = [], event }] of loom.encodings.entries())
      for (const name of [label, value, by, group, series, across, event?.column, ...columns])
        if (name !== undefined && !names.includes(name))
          report(['loom', 'encodings', index], `there is no field "${name}"`);
  });
export type DataPackage = z.infer<typeof dataPackage>;
