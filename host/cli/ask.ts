/** Questions in a terminal that only a person can answer. */
import { createInterface } from 'node:readline/promises';
import { LoomError } from '../errors';
import type { JournalPlace } from '../weave/place';
import type { AskPlace, PlaceQuestion } from '../weave/question';
import { recordOfPick } from '../weave/view';
import { colours as pc } from './colours';
import { clean } from './terminal';

export async function askFor<T extends string>(prompt: string, answers: readonly T[]): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C and the end of the input answer nothing.
  const left = new Promise<never>((_, reject) => {
    lines.on('close', () => reject(new LoomError('interrupted', 'Not answered; nothing was changed.')));
  });
  left.catch(() => {});
  try {
    for (;;) {
      // Input that ended while the last answer was looked at makes the next question fail in words of its own.
      const asked = lines.question(`${prompt} [${answers.join('/')}] `).catch(() => left);
      const line = await Promise.race([asked, left]);
      const answer = line.trim().toLowerCase();
      const chosen = answers.find((a) => a === answer) ?? answers.find((a) => answer !== '' && a.startsWith(answer));
      if (chosen) return chosen;
    }
  } finally {
    lines.close();
  }
}

/** Go on with the unfinished weave, or start anew? */
export function askUnfinished(place: JournalPlace): Promise<'resume' | 'fresh'> {
  console.log(unfinishedWords(place));
  return askFor('Go on with it, or archive it and start anew?', ['resume', 'fresh']);
}

/**
 * What this board cannot promise: a person takes it on before anything moves.
 * @throws LoomError interrupted when the answer is no
 */
export async function askLimits(firmware: string, limits: readonly string[]): Promise<void> {
  console.log(
    [`This board runs ${clean(firmware)}, not the loom firmware:`, ...limits.map((limit) => `  · ${limit}`)].join('\n'),
  );
  if ((await askFor('Weave on it all the same?', ['yes', 'no'])) === 'no')
    throw new LoomError('interrupted', 'Not woven; nothing was moved.');
}

export function unfinishedWords(place: JournalPlace): string {
  return `An unfinished weave is at pick ${(place.open ?? place.told)?.pick} of ${place.picks}.`;
}

/** Shows the candidate rows and asks which is in the shed, and whether its thread is in. */
export const askPlaceInTerminal: AskPlace = async (question) => {
  console.log(`\n${placeQuestionText(question)}`);
  const { candidates } = question;
  const picks = candidates.map(({ pick }) => String(pick));
  const pick = candidates.length > 1 ? await askFor('Which pick is in the shed?', picks) : picks[0];
  const shed = candidates[picks.indexOf(pick)];
  const thread = await askFor(`Is the thread of pick ${pick} in?`, ['yes', 'no']);
  return { shed, threadIn: thread === 'yes' };
};

/** Answers from `--at PICK`, or says what is asked and which flag answers it. */
export function askPlaceByFlag(at: number | undefined): AskPlace {
  return async (question) => {
    const shed = question.candidates.find(({ pick }) => pick === at);
    if (shed) return { shed, threadIn: false };
    const flags = question.candidates.map(({ pick }) => `--at ${pick}`).join(' or ');
    throw new LoomError('configuration', `${placeQuestionText(question)}\nLook at the shed and answer with ${flags}.`);
  };
}

export function placeQuestionText({ why, candidates, cloth }: PlaceQuestion): string {
  const rows = candidates.map(({ pick }) => {
    const words = clean(recordOfPick(cloth, pick - 1)?.words ?? 'frame');
    return `  pick ${pick}: ${pc.bold(
      cloth.lifts
        .text(pick - 1)
        .replace(/0/g, '·')
        .replace(/1/g, '█'),
    )}  ${words}`;
  });
  return [
    `${why} ${rows.length > 1 ? 'It is one of these' : 'The journal says this'} (█ = lifted, end 1 at the left):`,
    ...rows,
  ].join('\n');
}
