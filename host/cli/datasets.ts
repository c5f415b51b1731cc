/** `loom datasets`: what can be woven, from how many rows, by whose figures. */

import { listDatasets } from '../data/dataset';
import { colours as pc } from './colours';
import type { Out } from './ports';
import { tableLines, terminalWidth } from './terminal';

export interface DatasetsCommand {
  readonly json?: boolean;
}

/** Prints the list and resolves with the exit code. @throws LoomError */
export async function datasets({ json }: DatasetsCommand, out: Out): Promise<number> {
  const list = await listDatasets();
  if (json) {
    out.write(`${JSON.stringify(list, null, 2)}\n`);
    return 0;
  }
  const [titles, ...lines] = tableLines(
    [
      { title: 'id', whole: true },
      { title: 'title' },
      { title: 'rows', whole: true, right: true },
      { title: 'source' },
      { title: 'licence' },
    ],
    list.map(({ id, title, rows, source, licence }) => [id, title, String(rows), source, licence]),
    terminalWidth(),
  );
  out.write(`${[pc.bold(titles), ...lines].join('\n')}\n`);
  return 0;
}
