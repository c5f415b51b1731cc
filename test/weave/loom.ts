/** A weave on the shipped firmware, emulated in this process at full pace, with a journal on disk. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FirmwareDriver } from '../../host/board/loom-driver';
import type { Transport } from '../../host/board/transport';
import { clothOf } from '../../host/data/cloth-of';
import { openDataset } from '../../host/data/dataset';
import { EmulatedTransport } from '../../host/emulator/emulated-transport';
import type { LoomError } from '../../host/errors';
import { readProfile } from '../../host/profiles/read';
import type { JournalEntry } from '../../host/weave/entries';
import { Journal, readEntries } from '../../host/weave/journal';
import { placeOf } from '../../host/weave/place';
import type { PlaceQuestion } from '../../host/weave/question';
import { Weave } from '../../host/weave/weave';
import type { Cloth } from '../../patterns/cloth';
import type { FeedEvent, Phase } from '../../protocol/feed';
import { settings } from '../../protocol/wire.table';

const profile = readProfile('exhibition-40');
const initial = (name: string) => settings.find((setting) => setting.name === name)!.initial;
/** µs half-way between a lowered and a lifted heddle */
const between = (initial('servo.down') + initial('servo.up')) / 2;

let turnout: Promise<Cloth> | null = null;
/** The cloth of a real dataset. */
export function realCloth(): Promise<Cloth> {
  turnout ??= openDataset('trafford-turnout-2024').then((dataset) => clothOf(dataset, profile, {}));
  return turnout;
}

export interface Making {
  /** number of the last pick to weave */
  readonly last?: number;
  readonly auto?: number | null;
  /** index of the candidate that a person names */
  readonly answer?: number;
  /** what is between driver and board; nothing unless said */
  readonly wire?: (board: EmulatedTransport) => Transport;
}

const tag = 77;
const running: LoomOnATable[] = [];

/** Ends every loom that the test started. */
export async function clearTheTable(): Promise<void> {
  for (const loom of running.splice(0)) await loom.stop();
}

export class LoomOnATable {
  readonly events: FeedEvent[] = [];
  readonly failures: LoomError[] = [];
  private readonly waits = new Set<() => void>();

  private constructor(
    readonly board: EmulatedTransport,
    readonly driver: FirmwareDriver,
    readonly journal: Journal,
    readonly weave: Weave,
    readonly cloth: Cloth,
    /** what a person was asked */
    readonly questions: readonly PlaceQuestion[],
    private readonly folder: string,
  ) {
    weave.on('failed', (error) => this.failures.push(error));
    weave.on('event', (event) => {
      this.events.push(event);
      for (const wait of [...this.waits]) wait();
    });
  }

  /** Connected, not started. */
  static async make({ last, auto = null, answer = 0, wire = (board) => board }: Making = {}): Promise<LoomOnATable> {
    const cloth = await realCloth();
    const folder = await mkdtemp(join(tmpdir(), 'loom-weave-'));
    const { outputs, heddles, leds } = profile.board;
    const board = new EmulatedTransport({ wiring: { outputs, heddles, leds } });
    const driver = new FirmwareDriver(wire(board));
    const journal = new Journal(join(folder, 'journal.ndjson'));
    await journal.start();
    const { dataset, title } = cloth.provenance;
    const { picks } = cloth.lifts;
    await journal.append({ what: 'begin', weave: tag, dataset, title, profile: profile.name, picks, clothSha256: '' });
    const questions: PlaceQuestion[] = [];
    const ask = async (question: PlaceQuestion) => {
      questions.push(question);
      return { shed: question.candidates[answer], threadIn: false };
    };
    const weave = new Weave({
      cloth,
      driver,
      journal,
      tag,
      last: last ?? picks,
      auto,
      plannedSeconds: 8,
      ask,
      floatLimit: 6,
      masked: [],
    });
    const loom = new LoomOnATable(board, driver, journal, weave, cloth, questions, folder);
    running.push(loom);
    return loom;
  }

  /** A new weave whose first shed is open. */
  static async weaving(making?: Making): Promise<LoomOnATable> {
    const loom = await LoomOnATable.make(making);
    await loom.weave.start(await loom.driver.connect(), null, 'forward', true);
    await loom.phase('waiting');
    await loom.settled();
    return loom;
  }

  async stop(): Promise<void> {
    await this.driver.stop();
    await this.journal.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Resolves as soon as it holds, looking at every event. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => {
      const wait = () => {
        if (!holds()) return;
        this.waits.delete(wait);
        resolve();
      };
      this.waits.add(wait);
    });
  }

  phase(phase: Phase): Promise<void> {
    return this.until(() => this.weave.view().phase === phase);
  }

  /** The next events of a type, from now on. */
  async heard<T extends FeedEvent['type']>(type: T): Promise<Extract<FeedEvent, { type: T }>> {
    const from = this.events.length;
    const found = () => this.events.slice(from).find((event) => event.type === type);
    await this.until(() => found() !== undefined);
    return found() as Extract<FeedEvent, { type: T }>;
  }

  /** A hand goes on, and the shed that opens by it is settled and offered the one after it. */
  async next(): Promise<void> {
    const opened = this.heard('opened');
    await this.weave.next();
    await opened;
    await this.settled();
  }

  /** A foot on the treadle opens the waiting shed. */
  async press(): Promise<void> {
    // A press too soon after the last one is ignored.
    await this.later(initial('press.min') + 100);
    const opened = this.heard('opened');
    this.board.press();
    await opened;
    await this.settled();
  }

  /** The row after the open one is on the board; the loom's time stands still while the journal is written. */
  settled(): Promise<void> {
    return this.later(60);
  }

  /** ms of the loom's own time */
  later(ms: number): Promise<void> {
    return new Promise((resolve) => this.board.after(ms, resolve));
  }

  entries(): JournalEntry[] {
    return readEntries(readFileSync(this.journal.path), this.journal.path).entries;
  }

  /** The journal in short: "told 2", "open 2 pick 2", "passed 1 forward", "hand hold". */
  get journalled(): string[] {
    return this.entries().map((entry) => {
      switch (entry.what) {
        case 'told':
          return `told ${entry.step} pick ${entry.pick}`;
        case 'open':
          return `${entry.reopened ? 're-open' : 'open'} ${entry.step} pick ${entry.pick}${entry.by === 'board' ? '' : ` (${entry.by})`}`;
        case 'passed':
          return `passed ${entry.pick} ${entry.direction}`;
        case 'dropped':
          return `dropped ${entry.step}`;
        case 'turned':
          return `turned ${entry.direction}`;
        case 'hand':
          return entry.act;
        default:
          return entry.what;
      }
    });
  }

  get place() {
    return placeOf(this.entries());
  }

  get words(): string {
    return this.weave.view().words;
  }

  /** The lifts that the servos really have, as the cloth writes them; '-' for a heddle that gets no pulse. */
  get lifted(): string {
    return Array.from(this.driver.pulses()!, (us) => (us === 0 ? '-' : us > between ? '1' : '0')).join('');
  }
}
