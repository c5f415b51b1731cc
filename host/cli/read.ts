/** `loom read`: the table that a cloth says, from its threads and its key alone. */
import { basename } from 'node:path';
import type { Cloth, ClothKey } from '../../patterns/cloth';
import { ownSection } from '../../patterns/formats/private-key';
import { DraftError } from '../../patterns/formats/weaving-file';
import { readBack } from '../../patterns/read-back';
import { type ReadRow, readingTable } from '../../patterns/reading-table';
import { type Faults, readAsWoven } from '../cloth/as-woven';
import { readKey } from '../cloth/read-key';
import { openSource, readTextFile, type Source } from '../cloth/source';
import { LoomError } from '../errors';
import { readProfile } from '../profiles/read';
import type { Out } from './ports';
import { clean } from './terminal';

export interface ReadCommand {
  /** a .cloth.json, or the bare key as JSON */
  readonly key?: string;
  /** the journal of a weave: what is on the loom, not what was planned */
  readonly woven?: string;
  readonly json?: boolean;
}

/** Prints the table and resolves with the exit code. @throws LoomError dataset */
export async function read(file: string, command: ReadCommand, out: Out): Promise<number> {
  if (readTextFile(file) === '') throw new LoomError('dataset', `${basename(file)} is empty.`);
  const source = await openSource(file, readProfile('exhibition-40'));
  const key = keyFor(file, source, command.key);
  const faults = command.woven === undefined ? null : await faultsIn(command.woven, source.cloth);
  const rows = tableOf(source.cloth, key, faults);
  const { title } = source.cloth.provenance;
  const value = key.value as { readonly title: string; readonly unit: string };
  if (command.json) out.write(`${JSON.stringify({ title, encoding: key.encoding, value, records: rows }, null, 2)}\n`);
  else out.write(`${lines(title, value, rows).join('\n')}\n`);
  return 0;
}

/** --key first, then what the file itself carries. */
function keyFor(file: string, { cloth, draft }: Source, named: string | undefined): ClothKey {
  if (named !== undefined) return readKey(readTextFile(named), basename(named));
  if (!draft) return readKey(JSON.stringify(cloth.key), basename(file));
  let own: unknown;
  try {
    own = ownSection(draft.privateSections);
  } catch (error) {
    if (!(error instanceof DraftError)) throw error;
    throw new LoomError('dataset', `${basename(file)}: ${error.message}`, { cause: error });
  }
  if (own === null)
    throw new LoomError(
      'dataset',
      `${basename(file)} carries no key: nothing says what its threads mean. Give one with --key FILE, a .cloth.json or a key as JSON.`,
    );
  return readKey(JSON.stringify(own), basename(file));
}

/** @throws LoomError dataset when the journal is not of this cloth */
async function faultsIn(journal: string, cloth: Cloth): Promise<Faults> {
  const [{ readEntries }, { faultsOf, picksIn }] = await Promise.all([
    import('../weave/journal'),
    import('../cloth/as-woven'),
  ]);
  const { entries } = readEntries(Buffer.from(readTextFile(journal)), journal);
  const begun = entries.findLast((entry) => entry.what === 'begin');
  const { picks } = cloth.lifts;
  const { dataset } = cloth.provenance;
  if (
    begun?.what !== 'begin' ||
    begun.picks !== picks ||
    begun.dataset !== dataset ||
    cloth.parts.every(({ record }) => record === undefined)
  )
    throw new LoomError(
      'dataset',
      `${journal} is not the journal of this cloth. Name the cloth.json that lies beside it.`,
    );
  return faultsOf(picks, picksIn(entries));
}

/** A key is believed only in its outlines; one that lies about them is refused here, not with a stack trace. */
function tableOf(cloth: Cloth, key: ClothKey, faults: Faults | null): ReadRow[] {
  try {
    const planned = readBack(cloth, key);
    return readingTable(faults ? readAsWoven(planned, cloth, faults) : planned, key);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LoomError('dataset', `The key does not fit this cloth: ${why}. Give the right one with --key FILE.`, {
      cause: error,
    });
  }
}

function lines(title: string, value: { title: string }, rows: readonly ReadRow[]): string[] {
  const wide = Math.min(48, Math.max(...rows.map(({ label }) => label.length), 0));
  const altered = rows.filter(({ is }) => is === 'altered').length;
  const tail = altered > 0 ? `, ${altered} altered` : '';
  return [
    clean(title),
    `${clean(value.title)}, read from the threads: ${rows.length} records${tail}`,
    ...rows.map(({ number, label, words }) =>
      `${String(number).padStart(4)}  ${clean(label).padEnd(wide)}  ${clean(words)}`.trimEnd(),
    ),
  ];
}
