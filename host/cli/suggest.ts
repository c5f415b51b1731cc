/** `loom suggest ID`: how a dataset can be woven on a loom, best first with a sentence why; and what does not fit, with what to try. */
import { suggestEncodings } from '../../patterns/suggest';
import { openDataset } from '../data/dataset';
import { readProfile } from '../profiles/read';
import { colours as pc } from './colours';
import type { Out } from './ports';
import { clean, terminalWidth, wrap } from './terminal';
import { duration } from './words';

export interface SuggestCommand {
  readonly profile?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Prints and resolves with the exit code: 0, or 4 when nothing fits. @throws LoomError dataset, configuration */
export async function suggest(id: string, { profile: name, all, json }: SuggestCommand, out: Out): Promise<number> {
  const profile = readProfile(name ?? 'exhibition-40');
  const dataset = await openDataset(id);
  const { table, choices, provenance } = dataset;
  const declared = choices.map((choice) => ({ ...choice, provenance }));
  const found = suggestEncodings(table, profile, choices[0]?.label, declared);
  if (json) {
    out.write(`${JSON.stringify({ dataset: dataset.id, profile: profile.name, ...found }, null, 2)}\n`);
    return found.suited.length > 0 ? 0 : 4;
  }
  const lines = [pc.bold(`${clean(dataset.title)}, on ${profile.title}`)];
  const room = terminalWidth() - 6;
  const say = (words: string): void => {
    for (const line of wrap(words, room)) lines.push(`      ${line}`);
  };
  found.suited.forEach(({ encoding, value, by, why, picks, minutes, shuttles }, i) => {
    const columns = by === undefined ? value : `${value}, ${by}`;
    lines.push('', `  ${i + 1}.  ${pc.bold(encoding)} of ${columns}`);
    say(why);
    say(
      `${picks} picks, about ${duration(minutes * 60)} by hand, ${shuttles} ${shuttles === 1 ? 'shuttle' : 'shuttles'}`,
    );
    const second = by === undefined ? '' : ` --by ${by}`;
    const loom = name === undefined ? '' : ` --profile ${name}`;
    lines.push(pc.dim(`      loom weave --dataset ${id} --encode ${encoding} --value ${value}${second}${loom}`));
  });
  if (found.suited.length === 0) lines.push('', '  Nothing fits this loom.');
  if (all || found.suited.length === 0)
    for (const { encoding, value, reason, tryInstead } of found.unsuited) {
      lines.push('', `  not ${encoding} of ${value}`);
      say(`${reason} Try: ${tryInstead}`);
    }
  else if (found.unsuited.length > 0)
    lines.push('', pc.dim(`  ${found.unsuited.length} more do not fit; --all says why.`));
  out.write(`${lines.join('\n')}\n`);
  return found.suited.length > 0 ? 0 : 4;
}
