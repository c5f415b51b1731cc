/** The facts of a dataset as its CSV says them: read by a path of its own, beside the host's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Dataset } from '../../host/data/dataset';
import type { Suggestion } from '../../host/data/package';
import type { Fact, Facts, Measure } from './facts';

/** Names of the columns behind the measures, in their order. */
function columnsBehind({ value, by, event }: Suggestion): string[] {
  return [value, by, event?.column].filter((name) => name !== undefined);
}

/** @param measures what the cloth tells, in its legend's words */
export function countedIn({ folder, facts }: Dataset, choice: Suggestion, measures: readonly Measure[]): Facts[] {
  const [{ path, schema }] = facts.resources;
  const rows = parse<Record<string, string>>(readFileSync(join(folder, path)), { columns: true });
  return rows.map((row) => ({
    label: row[choice.label],
    of: columnsBehind(choice).map((name, i): Fact => {
      const isEvent = choice.event !== undefined && i === columnsBehind(choice).length - 1;
      if (isEvent) return { bin: choice.event?.is.includes(row[name]) ? 1 : 0 };
      const field = schema.fields.find((one) => one.name === name);
      return factOf(row[name], measures[i], field?.loom);
    }),
  }));
}

type LoomField = Dataset['facts']['resources'][0]['schema']['fields'][0]['loom'];

function factOf(text: string, { bins, step }: Measure, loom: LoomField): Fact {
  if (text === '') return { absent: true };
  if (loom?.categories) {
    const title = loom.categories.find(({ code }) => code === text)?.title ?? '';
    return { bin: bins.findIndex((titles) => titles.split(', ').includes(title)) };
  }
  const value = Number(text);
  if (step > 0) return value > Number(loom?.scale?.max) ? { off: true } : { amount: [value, value] };
  const edges = (loom?.edges ?? []).map(Number);
  const last = edges.length - 2;
  const bin = edges.findIndex(
    (edge, i) => edge <= value && (value < edges[i + 1] || (i === last && value === edges[i + 1])),
  );
  return bin < 0 || bin > last ? { off: true } : { bin };
}
