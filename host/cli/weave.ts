/** `loom weave`: wires dataset, cloth, board, journal, display and the hand, and tells how it went by its exit code. */
import { timeOf, type WeavingTime } from '../../patterns/plan';
import { exitCodes, LoomError } from '../errors';
import { beginAgain, beginFresh, checkFits, findPlace, unfinished } from '../weave/begin';
import type { AskPlace } from '../weave/question';
import { WeaveStore } from '../weave/store';
import { Weave } from '../weave/weave';
import { askPlaceByFlag, askPlaceInTerminal, askUnfinished, unfinishedWords } from './ask';
import { listenForKeys } from './keys';
import { JsonLines } from './weave-json';
import { PlainLines } from './weave-lines';
import type { WeaveReader } from './weave-reader';
import { WeaveScreen } from './weave-screen';
import { duration } from './words';

export interface WeaveCommand {
  readonly dataset: string;
  readonly encode?: string;
  readonly value?: string;
  readonly by?: string;
  /** "emulated" (default), "auto", or a path */
  readonly port?: string;
  readonly profile?: string;
  /** stop after this pick */
  readonly picks?: number;
  /** ms from an open shed to the next */
  readonly auto?: number;
  readonly resume?: boolean;
  readonly fresh?: boolean;
  /** answers which pick was in the shed when the board cannot say */
  readonly at?: number;
  /** HOST:PORT of the display */
  readonly listen?: string;
  readonly display?: boolean;
  readonly jsonLines?: boolean;
}

/** How long the emulated board rests on a pick where nobody watches a terminal. */
const unattendedMs = 400;
/** Parking after an interrupt must not hang on a dead board. */
const parkPatienceMs = 5000;

type Ending = { readonly code: number; readonly error?: LoomError };

/** Runs a weave and resolves with the exit code. */
export async function weave(command: WeaveCommand): Promise<number> {
  const terminal = Boolean(process.stdin.isTTY && process.stdout.isTTY) && !command.jsonLines;
  const screen = terminal ? new WeaveScreen(process.stdout) : null;
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const reader: WeaveReader = screen ?? (command.jsonLines ? new JsonLines(print) : new PlainLines(print));
  const undo: (() => Promise<void> | void)[] = [];
  let ending: Ending;
  try {
    ending = await run(command, reader, screen, undo);
  } catch (error) {
    ending = { code: exitCodes.failed, error: asLoomError(error) };
  }
  reader.end();
  for (const step of undo.reverse()) await step();
  if (ending.error) {
    reader.error(ending.error);
    if (!command.jsonLines) process.stderr.write(`loom: ${ending.error.message}\n`);
    return ending.error.exitCode;
  }
  return ending.code;
}

async function run(
  command: WeaveCommand,
  reader: WeaveReader,
  screen: WeaveScreen | null,
  undo: (() => Promise<void> | void)[],
): Promise<Ending> {
  const emulated = (command.port ?? 'emulated') === 'emulated';
  const auto = command.auto ?? (emulated && !screen ? unattendedMs : null);
  if (auto === null && !screen)
    throw new LoomError(
      'usage',
      'A real loom goes on only when a hand says so, and there is no terminal here. Say --auto MS to let it go on by itself.',
    );

  const { readProfile } = await import('../profiles/read');
  const profile = readProfile(command.profile ?? 'exhibition-40');
  const { openBoard } = await import('../board/open');
  const board = await openBoard(command.port ?? 'emulated', profile);
  undo.push(() => board.driver.stop());
  // The board boots while the cloth is made.
  const connecting = board.driver.connect();
  connecting.catch(() => {});

  const { openDataset } = await import('../data/dataset');
  const { clothOf } = await import('../data/cloth-of');
  const dataset = await openDataset(command.dataset);
  const store = new WeaveStore(`${dataset.id}--${profile.name}`);
  const found = await store.start();
  undo.push(() => store.stop());
  const again = await goesOn(command, found.place, screen !== null);
  const beginning =
    again && found.place
      ? await beginAgain(store, found.place)
      : await beginFresh(store, clothOf(dataset, profile, command));
  const { cloth, tag, direction } = beginning;

  const facts = await connecting;
  checkFits(facts, profile, cloth);
  const ask = asker(command, screen, emulated);
  const { driver } = board;
  const { journal } = store;
  const known = beginning.journalled ?? { weave: tag, open: null, told: null };
  const open = await findPlace(known, facts, { cloth, driver, journal, ask });
  const last = Math.min(command.picks ?? cloth.lifts.picks, cloth.lifts.picks);
  if (open && open.pick > last)
    throw new LoomError('usage', `The weave is at pick ${open.pick} already; --picks ${last} is before it.`);
  const plan = timeOf(cloth);
  const plannedSeconds = auto === null ? (plan.minutes * 60) / plan.picks : Math.max(auto, 300) / 1000;
  const weave = new Weave({ cloth, driver, journal, tag, last, auto, plannedSeconds, ask });

  const display = await openDisplay(command, weave, undo);
  reader.begin({ cloth, weave, driver, facts, display, last, plan: planWords(plan) });
  weave.on('event', (event) => reader.event(event));
  const paced = auto === 0 ? 'full' : 'real';
  weave.on('event', (event) => event.type === 'opened' && board.setPace?.(paced));
  const ended = ending(weave);
  if (screen) undo.push(listenForKeys(weave, screen));
  const interrupted = interruption(weave);
  undo.push(interrupted.stop);
  // A real loom's first shed waits for a hand unless the hand was lent with --auto.
  const started = weave.start(facts, open, direction, emulated || auto !== null);
  // A board that never comes to rest must not outlast an interrupt.
  await Promise.race([started, interrupted.ending]);
  return Promise.race([ended, interrupted.ending]);
}

/** Is the unfinished weave taken up? Flags, else a person, else exit 3. */
async function goesOn(
  command: WeaveCommand,
  place: Awaited<ReturnType<WeaveStore['start']>>['place'],
  terminal: boolean,
): Promise<boolean> {
  if (command.resume && command.fresh) throw new LoomError('usage', 'Say --resume or --fresh, not both.');
  if (!unfinished(place)) {
    if (command.resume)
      throw new LoomError(
        'configuration',
        'There is no unfinished weave of this dataset to resume. Leave --resume out.',
      );
    return false;
  }
  if (command.resume || command.fresh) return command.resume === true;
  if (terminal) return (await askUnfinished(place)) === 'resume';
  throw new LoomError(
    'configuration',
    `${unfinishedWords(place)} Say --resume to go on with it, or --fresh to archive it and start anew.`,
  );
}

/** An emulated board ends with its host, and so did its shed: the journal's last open row is the place. */
function asker(command: WeaveCommand, screen: WeaveScreen | null, emulated: boolean): AskPlace {
  if (emulated) return async ({ candidates }) => ({ shed: candidates[0], threadIn: false });
  if (!screen || command.at !== undefined) return askPlaceByFlag(command.at);
  return async (question) => {
    screen.pause(true);
    return askPlaceInTerminal(question).finally(() => screen.pause(false));
  };
}

async function openDisplay(
  command: WeaveCommand,
  weave: Weave,
  undo: (() => Promise<void> | void)[],
): Promise<string | null> {
  if (command.display === false) return null;
  const { Feed } = await import('../feed/feed');
  const feed = new Feed();
  const address = await feed.start(command.listen);
  undo.push(() => feed.stop());
  feed.setView(weave.view());
  weave.on('event', (event) => feed.publish(event));
  return `${address}/display`;
}

function ending(weave: Weave): Promise<Ending> {
  return new Promise((resolve) => {
    weave.on('failed', (error) => resolve({ code: error.exitCode, error }));
    weave.on('event', (event) => {
      if (event.type === 'finished' || (event.type === 'phase' && event.phase === 'parked')) {
        // `finished` follows `parked` in the same turn: let both be heard.
        setImmediate(() => resolve({ code: exitCodes.done }));
      }
    });
  });
}

/** SIGINT and SIGTERM park the loom first. */
function interruption(weave: Weave): { ending: Promise<Ending>; stop: () => void } {
  let stop = () => {};
  const ending = new Promise<Ending>((resolve) => {
    const interrupt = () => {
      const done = () => resolve({ code: exitCodes.interrupted });
      weave.park().then(done, done);
      setTimeout(done, parkPatienceMs).unref();
    };
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);
    stop = () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    };
  });
  return { ending, stop };
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
