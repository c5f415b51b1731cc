/** `loom profiles`: the looms that there are, one of them in full, and what each of them can weave. */
import { verdicts } from '../../patterns/every-loom';
import { harnessOf } from '../../patterns/harness';
import type { LoomProfile } from '../../patterns/profile';
import { profileNames, readProfile } from '../profiles/read';
import { actuatorWords, boardWords, profileLines } from '../profiles/words';
import { colours as pc } from './colours';
import type { Out } from './ports';
import { tableLines, terminalWidth, wrap } from './terminal';

export interface ProfilesCommand {
  readonly table?: boolean;
  readonly profile?: string;
  readonly json?: boolean;
}

/** Prints and resolves with the exit code. @throws LoomError configuration for a profile that cannot be read */
export async function profiles(name: string | undefined, command: ProfilesCommand, out: Out): Promise<number> {
  const one = name ?? command.profile;
  const looms = one === undefined ? profileNames().map((each) => readProfile(each)) : [readProfile(one)];
  if (command.table) tableOf(looms, command, out);
  else if (command.json)
    out.write(`${JSON.stringify(one === undefined ? looms.map(summary) : full(looms[0]), null, 2)}\n`);
  else out.write(`${(one === undefined ? list(looms) : page(looms[0])).join('\n')}\n`);
  return 0;
}

function summary(profile: LoomProfile) {
  const { name, title, ends, lifting = { by: 'heddles' }, board } = profile;
  return { name, title, ends, lifting: lifting.by, actuators: board.heddles, board };
}

/** With the heddle or shaft of each end, counted from 1; 0 = it hangs free. */
function full(profile: LoomProfile) {
  return { ...profile, threading: harnessOf(profile).of.map((actuator) => actuator + 1) };
}

function list(looms: readonly LoomProfile[]): string[] {
  const [titles, ...lines] = tableLines(
    [
      { title: 'name', whole: true },
      { title: 'title' },
      { title: 'ends', whole: true, right: true },
      { title: 'lifts', whole: true },
      { title: 'board' },
    ],
    looms.map((loom) => [loom.name, loom.title, String(loom.ends), actuatorWords(loom), boardWords(loom)]),
    terminalWidth(),
  );
  return [pc.bold(titles), ...lines];
}

function page(loom: LoomProfile): string[] {
  const room = terminalWidth() - 16;
  const lines = profileLines(loom).flatMap(([name, words]) =>
    wrap(words, room).map((line, i) => `  ${(i === 0 ? name : '').padEnd(12)} ${line}`),
  );
  return [pc.bold(loom.title), ...lines];
}

function tableOf(looms: readonly LoomProfile[], { json }: ProfilesCommand, out: Out): void {
  const all = verdicts(looms);
  if (json) {
    out.write(`${JSON.stringify(all, null, 2)}\n`);
    return;
  }
  const [titles, ...lines] = tableLines(
    [{ title: 'encoding', whole: true }, { title: 'loom', whole: true }, { title: '' }],
    all.map(({ encoding, profile, words }) => [encoding, profile, words]),
    terminalWidth(),
  );
  out.write(`${[pc.bold(titles), ...lines].join('\n')}\n`);
}
