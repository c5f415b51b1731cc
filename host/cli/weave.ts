/** `loom weave`: wires dataset or draft, cloth, board, journal, display and the hand, and tells how it went by its exit code. */
import { harnessOf } from '../../patterns/harness';
import { timeOf, type WeavingTime } from '../../patterns/plan';
import type { FeedEvent } from '../../protocol/feed';
import type { BoardFacts, LoomDriver } from '../board/driver';
import type { OpenOptions } from '../board/open';
import { exitCodes, LoomError } from '../errors';
import { beginAgain, beginFresh, checkFits, findPlace, unfinished } from '../weave/begin';
import type { JournalPlace } from '../weave/place';
import type { AskPlace } from '../weave/question';
import { WeaveStore } from '../weave/store';
import { Weave } from '../weave/weave';
import { askLimits, askPlaceByFlag, askPlaceInTerminal, askUnfinished, unfinishedWords } from './ask';
import { Interruption } from './interruption';
import { listenForKeys } from './keys';
import { JsonLines } from './weave-json';
import { PlainLines } from './weave-lines';
import type { WeaveReader } from './weave-reader';
import { WeaveScreen } from './weave-screen';
import { duration } from './words';

export interface WeaveCommand {
  /** this, or a draft */
  readonly dataset?: string;
  /** a weaver's file: WIF, DTX, WPO, PBM, PNG */
  readonly draft?: string;
  /** with a draft: floats that are too long are tied down */
  readonly mend?: boolean;
  readonly encode?: string;
  readonly value?: string;
  readonly by?: string;
  /** "emulated" (default), "auto", or a path */
  readonly port?: string;
  readonly profile?: string;
  readonly driver?: OpenOptions['driver'];
  /** the hex that the emulated board runs */
  readonly firmware?: string;
  /** stop after this pick */
  readonly picks?: number;
  /** ms from an open shed to the next */
  readonly auto?: number;
  readonly resume?: boolean;
  readonly fresh?: boolean;
  /** answers which pick was in the shed when the board cannot say */
  readonly at?: number;
  /** numbers of dead heddles */
  readonly mask?: readonly number[];
  /** HOST:PORT of the display */
  readonly listen?: string;
  readonly display?: boolean;
  readonly jsonLines?: boolean;
}

/** How long the emulated board rests on a pick where nobody watches a terminal. */
const unattendedMs = 400;
type Ending = { readonly code: number; readonly error?: LoomError };
type Undo = (() => Promise<void> | void)[];

/** Runs a weave and resolves with the exit code. */
export async function weave(command: WeaveCommand): Promise<number> {
  const terminal = Boolean(process.stdin.isTTY && process.stdout.isTTY) && !command.jsonLines;
  const screen = terminal ? new WeaveScreen(process.stdout) : null;
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const reader: WeaveReader = screen ?? (command.jsonLines ? new JsonLines(print) : new PlainLines(print));
  const interruption = new Interruption();
  const undo: Undo = [];
  interruption.start();
  const ran = run(command, reader, screen, interruption, undo).catch((error) => failure(asLoomError(error)));
  const { code, error } = await Promise.race([ran, interruption.over.then((code): Ending => ({ code }))]);
  interruption.stop();
  reader.end();
  for (const step of undo.reverse()) await step();
  if (error) {
    reader.error(error);
    if (!command.jsonLines) process.stderr.write(`loom: ${error.message}\n`);
  }
  return code;
}

async function run(
  command: WeaveCommand,
  reader: WeaveReader,
  screen: WeaveScreen | null,
  interruption: Interruption,
  undo: Undo,
): Promise<Ending> {
  const emulated = (command.port ?? 'emulated') === 'emulated';
  const auto = command.auto ?? (emulated && !screen ? unattendedMs : null);
  if (auto === null && !screen)
    throw new LoomError(
      'usage',
      'A real loom goes on only when a hand says so, and there is no terminal here. Say --auto MS to let it go on by itself.',
    );
  if (command.resume && command.fresh) throw new LoomError('usage', 'Say --resume or --fresh, not both.');
  if (command.listen !== undefined) (await import('../feed/address')).parseListen(command.listen);

  const { readProfile } = await import('../profiles/read');
  const profile = readProfile(command.profile ?? 'exhibition-40');
  const { prepare } = await import('./weave-source');
  const { name, make } = await prepare(command, profile);
  const store = new WeaveStore(`${name}--${profile.name}`);
  // The locks come before the port is opened: opening resets whatever is there.
  undo.push(() => store.stop());
  const found = await store.start(command.fresh);
  const again = await goesOn(command, found, screen !== null);
  const made = again ? null : await make();

  const { openBoard } = await import('../board/open');
  const { driver, setPace } = await openBoard(command.port ?? 'emulated', profile, command);
  undo.push(() => driver.stop());
  // The board boots while the cloth is made.
  const connecting = driver.connect();
  connecting.catch(() => {});
  const taken = again ? await beginAgain(store, again) : null;
  const cloth = taken?.cloth ?? made!();
  const facts = await connecting;
  checkFits(facts, profile, cloth);
  if (screen && facts.limits) await askLimits(facts.firmware, facts.limits);
  // Only now is an earlier weave archived: the loom is there, and it is the right one.
  const { tag, direction, masked, journalled } = taken ?? (await beginFresh(store, cloth));
  const ask = asker(command.at, screen, emulated);
  const { journal } = store;
  const open = await findPlace(journalled ?? { weave: tag, open: null, told: null }, facts, {
    cloth,
    driver,
    journal,
    ask,
  });
  const last = Math.min(command.picks ?? cloth.lifts.picks, cloth.lifts.picks);
  if (open && open.pick > last)
    throw new LoomError('usage', `The weave is at pick ${open.pick} already; --picks ${last} is before it.`);
  const plan = timeOf(cloth);
  const plannedSeconds = auto === null ? (plan.minutes * 60) / plan.picks : Math.max(auto, 300) / 1000;
  // --at is about the shed as it was found, not about a power cut later.
  const askAgain = asker(undefined, screen, emulated);
  const { floatLimit, windOnEvery } = profile;
  const weave = new Weave({
    ...{ cloth, driver, journal, tag, last, auto, plannedSeconds },
    ...{ ask: askAgain, floatLimit, masked, harness: harnessOf(profile), windOnEvery },
  });

  const display = await openDisplay(command, weave, undo);
  interruption.parks(weave);
  reader.begin({ cloth, weave, driver, facts, display, last, plan: planWords(plan) });
  weave.on('event', (event) => reader.event(event));
  const paced = auto === 0 ? 'full' : 'real';
  weave.on('event', (event) => event.type === 'opened' && setPace?.(paced));
  keepWhenOpen(weave, driver, facts);
  const ended = endingOf(weave, screen === null);
  if (screen) undo.push(listenForKeys(weave, screen));
  for (const heddle of command.mask ?? []) if (!masked.includes(heddle)) void weave.mask(heddle);
  // A real loom's first shed waits for a hand unless the hand was lent with --auto.
  void weave.start(facts, open, direction, emulated || auto !== null);
  return ended;
}

/** The first shed is not kept waiting by the copy of the settings; without one the weave goes on all the same. */
function keepWhenOpen(weave: Weave, driver: LoomDriver, facts: BoardFacts): void {
  const hear = async ({ type }: FeedEvent) => {
    if (type !== 'opened') return;
    weave.off('event', hear);
    const { keepSettings } = await import('../maker/keep-settings');
    await keepSettings(driver, facts).catch(() => {});
  };
  weave.on('event', hear);
}

/** The unfinished weave that is taken up, or null. Flags say, else a person, else exit 3. */
async function goesOn(
  command: WeaveCommand,
  place: JournalPlace | null,
  terminal: boolean,
): Promise<JournalPlace | null> {
  if (command.fresh) return null;
  if (!unfinished(place)) {
    if (!command.resume) return null;
    throw new LoomError('configuration', 'There is no unfinished weave of this dataset to resume. Leave --resume out.');
  }
  if (command.resume) return place;
  if (terminal) return (await askUnfinished(place)) === 'resume' ? place : null;
  throw new LoomError(
    'configuration',
    `${unfinishedWords(place)} Say --resume to go on with it, or --fresh to archive it and start anew.`,
  );
}

/** An emulated board ends with its host, and so did its shed: the journal's last open row is the place. */
function asker(at: number | undefined, screen: WeaveScreen | null, emulated: boolean): AskPlace {
  if (emulated) return async ({ candidates }) => ({ shed: candidates[0], threadIn: false });
  if (!screen || at !== undefined) return askPlaceByFlag(at);
  return async (question) => {
    screen.pause(true);
    return askPlaceInTerminal(question).finally(() => screen.pause(false));
  };
}

async function openDisplay(command: WeaveCommand, weave: Weave, undo: Undo): Promise<string | null> {
  if (command.display === false) return null;
  const { Feed } = await import('../feed/feed');
  const feed = new Feed();
  const address = await feed.start(command.listen);
  undo.push(() => feed.stop());
  feed.setView(weave.view());
  weave.on('event', (event) => feed.publish(event));
  return `${address}/display`;
}

/** @param unattended nobody is here to go on after a stop */
function endingOf(weave: Weave, unattended: boolean): Promise<Ending> {
  return new Promise((resolve) => {
    weave.on('failed', (error) => resolve(failure(error)));
    weave.on('event', (event) => {
      if (event.type !== 'phase') return;
      const { phase, words } = event;
      // What follows in the same turn is heard too.
      if (phase === 'finished' || phase === 'parked') setImmediate(() => resolve({ code: exitCodes.done }));
      if (unattended && phase === 'lost') {
        const more = 'The place is kept; go on with --resume.';
        setImmediate(() => resolve(failure(new LoomError('hardware', `${words} ${more}`))));
      }
      if (unattended && ['stopped', 'released', 'hands'].includes(phase)) {
        const more = 'There is no terminal here to go on from; the place is kept, go on with --resume.';
        setImmediate(() => resolve(failure(new LoomError('failed', `${words} ${more}`))));
      }
    });
  });
}

function failure(error: LoomError): Ending {
  return { code: error.exitCode, error };
}

function planWords(plan: WeavingTime): string {
  const { shuttles, changes, picks, minutes, cm } = plan;
  const of = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;
  return `${of(shuttles, 'shuttle')}, ${of(changes, 'change')}, ${picks} picks, about ${duration(minutes * 60)} by hand, ${Math.round(cm)} cm of cloth`;
}

function asLoomError(error: unknown): LoomError {
  if (error instanceof LoomError) return error;
  const words = error instanceof Error ? error.message : String(error);
  return new LoomError('failed', words, { cause: error });
}
