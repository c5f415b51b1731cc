/** `loom read`: the table that a cloth says, from its threads and its key alone. */
import { basename } from 'node:path';
import type { ClothKey } from '../../patterns/cloth';
import { ownSection } from '../../patterns/formats/private-key';
import { DraftError } from '../../patterns/formats/weaving-file';
import { readBack, type Woven } from '../../patterns/read-back';
import { type ReadRow, readingTable } from '../../patterns/reading-table';
import { readKey } from '../cloth/read-key';
import { openSource, readTextFile, type Source } from '../cloth/source';
import { LoomError } from '../errors';
import { readProfile } from '../profiles/read';
import type { Out } from './ports';
import { clean } from './terminal';

export interface ReadCommand {
  /** a .cloth.json, or the bare key as JSON */
  readonly key?: string;
  readonly json?: boolean;
}

/** Prints the table and resolves with the exit code. @throws LoomError dataset */
export async function read(file: string, command: ReadCommand, out: Out): Promise<number> {
  if (readTextFile(file) === '') throw new LoomError('dataset', `${basename(file)} is empty.`);
  const source = await openSource(file, readProfile('exhibition-40'));
  const key = keyFor(file, source, command.key);
  const rows = tableOf(source.cloth, key);
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

/** A key is believed only in its outlines; one that lies about them is refused here, not with a stack trace. */
function tableOf(woven: Woven, key: ClothKey): ReadRow[] {
  try {
    return readingTable(readBack(woven, key), key);
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
