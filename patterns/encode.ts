/** A table becomes a cloth: frame, legend band, ruler, records, ruler, frame; or a refusal that says what to try. */
import { type Choice, columnIndex, type EncodingName, type Refusal, refuse } from './choice';
import type { Cloth, ClothRecord } from './cloth';
import { planBands } from './encodings/bands';
import { planBars } from './encodings/bars';
import { acrossFault, groundOf } from './encodings/ground';
import { areasOf, dividerFace } from './encodings/image';
import { type Group, groupPicks, groupStarts, groupsOf } from './encodings/layout';
import { planMirror } from './encodings/mirror';
import type { KeyCommon, Plan, Task } from './encodings/plan';
import { planPunchcard } from './encodings/punchcard';
import type { Said } from './encodings/said';
import { planSequence } from './encodings/sequence';
import { planShade } from './encodings/shade';
import { gridOf } from './encodings/shade-table';
import { Sheet } from './encodings/sheet';
import { planSpan } from './encodings/span';
import { groupRows } from './group-rows';
import { timeOf } from './plan';
import { type LoomProfile, weavableCm } from './profile';
import { edgeNotes } from './selvedge';
import type { Cell, Table } from './table';
import { cellWords, fill } from './words';
import { areaYarns, lookAlikes, warpYarns } from './yarns';

export type Encoded = { readonly ok: true; readonly cloth: Cloth } | Refusal;

const framePicks = 6;
const legendLimit = { picks: 24, share: 0.15 };
const leastSwatch = 2;

const planners = {
  bars: planBars,
  mirror: planMirror,
  bands: planBands,
  sequence: planSequence,
  shade: planShade,
  span: planSpan,
  punchcard: planPunchcard,
} as const;
/** Encodings that carry a second value. */
const pairs: readonly EncodingName[] = ['bars', 'mirror', 'span'];
/** The warp that an encoding takes where the loom has none of its own name. */
const warpLike: Partial<Record<EncodingName, EncodingName>> = { shade: 'bands', span: 'bars', punchcard: 'bands' };

/** Finds columns, ground and warp. */
function taskOf(given: Table, profile: LoomProfile, choice: Choice): Task | Refusal {
  if (given.rows.length === 0) return refuse('The table has no rows.', 'Give it at least one.');
  const grid = choice.encoding === 'shade' ? gridOf(given, choice) : { table: given, cells: [] };
  if ('ok' in grid) return grid;
  const { table, cells } = grid;
  const find = (name: string): Task['value'] | Refusal => {
    const index = columnIndex(table.columns, name);
    return typeof index === 'number' ? { column: table.columns[index], index } : index;
  };
  const label = find(choice.label);
  if ('ok' in label) return label;
  const value = cells.length > 0 ? cells[0] : find(choice.value);
  if ('ok' in value) return value;
  if (choice.by !== undefined && !pairs.includes(choice.encoding))
    return refuse(`${choice.encoding} carries no second value.`, 'Leave the second column out, or weave bars.');
  const by = choice.by === undefined ? null : find(choice.by);
  if (by && 'ok' in by) return by;
  const event = choice.event && choice.encoding === 'sequence' ? find(choice.event.column) : null;
  if (event && 'ok' in event) return event;
  const group = choice.group === undefined ? null : find(choice.group);
  if (group && 'ok' in group) return group;
  const ground = groundOf(profile);
  if ('ok' in ground) return ground;
  const fault = acrossFault(choice.encoding, ground);
  if (fault) return fault;
  const wanted = choice.warp ?? choice.encoding;
  const named = (name: string | undefined) => profile.warps.find((one) => one.name === name);
  const warp = named(wanted) ?? (choice.warp === undefined ? named(warpLike[choice.encoding]) : undefined);
  if (!warp)
    return refuse(
      `The loom has no warp "${wanted}".`,
      `It has ${profile.warps.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  return { table, profile, choice, ground, warp, ends: warpYarns(warp, profile.ends), value, by, event, group, cells };
}

/** The rows as they are, or one for each group where the warp is too short for them and a group is named. */
function planned(table: Table, profile: LoomProfile, choice: Choice): { task: Task; plan: Plan } | Refusal {
  const task = taskOf(table, profile, choice);
  if ('ok' in task) return task;
  const plan = planners[choice.encoding](task);
  if (choice.group === undefined || !(plan.ok && isTooLong(task, plan))) return plan.ok ? { task, plan } : plan;
  const grouped = groupRows(table, choice);
  return 'ok' in grouped ? grouped : planned(grouped.table, profile, grouped.choice);
}

/** Longer than the warp, with all that lies beside the records. */
function isTooLong({ table, profile, group }: Task, { said, picks, dividers }: Plan): boolean {
  const groups = group ? groupsOf(table.rows, group.column, group.index).length : 1;
  const beside = 2 * framePicks + legendLimit.picks + 10 + (groups - 1) * groupPicks;
  return (said.length * (picks + dividers) + beside) / profile.picksPerCm > weavableCm(profile);
}

/** What the cloth should say, record by record, worked out from the table alone: to compare with what is read back. */
export function binned(
  table: Table,
  profile: LoomProfile,
  choice: Choice,
): { ok: true; said: readonly Said[] } | Refusal {
  const found = planned(table, profile, choice);
  return 'ok' in found ? found : found.plan;
}

/**
 * Weaves a table.
 * @returns the cloth, or why this table cannot be woven on this loom in this way and what to try instead
 */
export function encode(table: Table, profile: LoomProfile, choice: Choice): Encoded {
  const found = planned(table, profile, choice);
  if ('ok' in found) return found;
  const { task, plan } = found;
  const alike = lookAlikes(plan.wefts, areaYarns(task.ends), plan.bins);
  if (alike.length > 0) return refuse(alike[0], 'Use fewer bins, or yarns that differ more.');
  const cloth = weave(task, plan);
  const { cm, shuttles } = timeOf(cloth);
  if (cm > weavableCm(profile))
    return refuse(
      `The cloth would be ${Math.ceil(cm)} cm long and the warp has ${weavableCm(profile)} cm left.`,
      'Weave fewer rows, or group them.',
    );
  if (shuttles > profile.shuttles)
    return refuse(
      `${shuttles} shuttles would be in use at once and this loom's budget is ${profile.shuttles}.`,
      'Sort the rows by the value that colours them, use fewer bins, or weave without the second value.',
    );
  return { ok: true, cloth };
}

function weave(task: Task, plan: Plan): Cloth {
  const { choice, ground, ends, profile } = task;
  const sheet = new Sheet(ground);
  const warp = Uint8Array.from(ends, (yarn) => sheet.yarn(yarn));
  const frame = (picks = framePicks): void => sheet.part('frame', picks, plan.frame, sheet.across('plain'));
  const ruler = (): void => {
    if (plan.ruler) sheet.part('ruler', ground.n, plan.frame, plan.ruler);
  };
  const divide = (weft = plan.frame): void =>
    sheet.part('divider', plan.dividers, weft, sheet.across(dividerFace(choice.encoding, ground.n)));

  const swatch = swatchPicks(plan);
  // A record of two picks that is missing must not lie on one pair of the basket: no end would be tied in it.
  const below = framePicks + swatch * plan.swatches.length;
  frame(plan.picks === 2 && below % 2 === 0 ? framePicks + 1 : framePicks);
  if (swatch > 0) for (const { weft, areas } of plan.swatches) sheet.part('legend', swatch, weft, areas);
  ruler();
  divide();
  const groups = task.group ? groupsOf(task.table.rows, task.group.column, task.group.index) : undefined;
  const common: KeyCommon = {
    version: 1,
    ground,
    value: { title: task.value.column.title, unit: task.value.column.unit ?? '' },
    missing: 'basket',
    suppressed: 'broken basket',
    layout: { first: sheet.picks, picks: plan.picks, dividers: plan.dividers, ...(groups ? { groups } : {}) },
    labels: labelsOf(task),
  };
  const key = plan.key(common);
  const starts = new Set(groupStarts(groups));
  plan.said.forEach((said, record) => {
    if (starts.has(record)) frame(groupPicks);
    const weft = plan.weftOf(said);
    sheet.part('record', plan.picks, weft, areasOf(key, said), record);
    divide(weft);
  });
  ruler();
  frame();
  const { lifts, weft } = sheet.weave();
  return {
    lifts,
    yarns: sheet.yarns,
    warp,
    weft,
    parts: sheet.parts,
    records: recordsOf(task, plan, common.labels),
    legend: plan.legend,
    key,
    provenance: choice.provenance,
    notes: [
      ...(choice.notes ?? []),
      ...plan.notes,
      ...groupNote(task, groups),
      ...edgeNotes(ground.edges),
      ...legendNote(plan, swatch),
    ],
    profile: profile.name,
    sett: profile.sett,
    picksPerCm: profile.picksPerCm,
  };
}

/** Picks of a legend swatch: as many as it would like within 24 picks and 15 % of the cloth; 0 when that is too few to see. */
function swatchPicks({ said, picks, dividers, ruler, swatches, swatchPicks: wanted }: Plan): number {
  if (swatches.length === 0) return 0;
  const rest = said.length * (picks + dividers) + dividers + 2 * framePicks + (ruler ? 10 : 0);
  const room = Math.min(legendLimit.picks, Math.floor((rest * legendLimit.share) / (1 - legendLimit.share)));
  const each = Math.min(wanted, Math.floor(room / swatches.length));
  return each < leastSwatch ? 0 : each;
}

function legendNote({ swatches }: Plan, swatch: number): string[] {
  return swatches.length > 0 && swatch === 0
    ? ['The cloth is too short for a legend band: read the legend on the label.']
    : [];
}

function labelsOf({ table, choice }: Task): string[] {
  const index = table.columns.findIndex(({ name }) => name === choice.label);
  return table.rows.map((cells) => cellWords(cells[index], table.columns[index]));
}

/** What lies between two pairs of plain rows, first woven first. */
function groupNote({ group }: Task, groups: readonly Group[] = []): string[] {
  if (!group || groups.length === 0) return [];
  const named = groups.map(({ title, records }) => `${title} (${records})`).join(', ');
  return [`Groups by ${group.column.title}, parted by two plain rows, and how many records each has: ${named}.`];
}

/** Nothing of it is known. */
function isAllAbsent({ statement }: Said): boolean {
  return statement.is === 'cells'
    ? statement.cells.every((one) => one.statement.is === 'absent')
    : statement.is === 'absent';
}

function recordsOf({ table, choice, value, by }: Task, { said }: Plan, labels: readonly string[]): ClothRecord[] {
  const short = new Map([['value', value.index], ...(by ? [['by', by.index] as const] : [])]);
  const sentence = (template: string, row: readonly Cell[], label: string): string => {
    const cell = row[value.index];
    const reason = 'absent' in cell ? cell.absent : '';
    return fill(template, table.columns, row, short, { label, reason });
  };
  return table.rows.map((row, i) => {
    const isAbsent = isAllAbsent(said[i]);
    const words = sentence(isAbsent ? (choice.absentWords ?? '{label}: {reason}.') : choice.words, row, labels[i]);
    return {
      number: i + 1,
      label: labels[i],
      words: words + eventWords(said[i], choice, (t) => sentence(t, row, labels[i])),
    };
  });
}

/** What a record's sentence goes on to say of its event. */
function eventWords({ event }: Said, { event: asked }: Choice, sentence: (template: string) => string): string {
  if (!asked || !event) return '';
  if (event === 'unknown') return ` It is not known whether it was “${asked.title}”.`;
  return asked.words ? ` ${sentence(asked.words)}` : '';
}
