/** What `loom weave` weaves: a dataset, or a weaver's draft. */
import { basename } from 'node:path';
import type { Cloth } from '../../patterns/cloth';
import type { LoomProfile } from '../../patterns/profile';
import { LoomError } from '../errors';
import type { WeaveCommand } from './weave';

export interface Prepared {
  /** one weave at a time has this name, on one loom */
  readonly name: string;
  /** reads it; what is returned makes the cloth, while the board boots */
  readonly make: () => Promise<() => Cloth>;
}

/** @throws LoomError usage when neither or both are named; dataset when there is none */
export async function prepare(command: WeaveCommand, loom: LoomProfile): Promise<Prepared> {
  const { dataset, draft, mend = false } = command;
  if (dataset !== undefined && draft !== undefined)
    throw new LoomError('usage', 'Say --dataset or --draft, not both: one cloth is on the loom.');
  if (draft !== undefined) {
    const named = (['encode', 'value', 'by'] as const).find((option) => command[option] !== undefined);
    if (named) throw new LoomError('usage', `--${named} is for datasets; a draft is a cloth already. Leave it out.`);
    return { name: `draft-${basename(draft)}`, make: () => makeDraft(draft, loom, mend) };
  }
  if (mend) throw new LoomError('usage', '--mend is for drafts: what is made of a dataset needs no mending.');
  if (dataset === undefined)
    throw new LoomError(
      'usage',
      'Say what is woven: --dataset ID (`loom datasets` lists them) or --draft FILE. `loom weave --help` lists the options.',
    );
  const { datasetId, openDataset } = await import('../data/dataset');
  return {
    name: await datasetId(dataset),
    make: async () => {
      const opened = await openDataset(dataset);
      const { clothOf } = await import('../data/cloth-of');
      return () => clothOf(opened, loom, command);
    },
  };
}

/** What a check found is told before the first pick, beside what the weave prints. */
async function makeDraft(file: string, loom: LoomProfile, mends: boolean): Promise<() => Cloth> {
  const { draftToWeave } = await import('../cloth/draft-to-weave');
  const { cloth, reported } = draftToWeave(file, loom, mends);
  for (const sentence of reported) process.stderr.write(`loom: ${sentence}\n`);
  return () => cloth;
}
