/**
 * The weave: keeps the place, offers the next shed, and lets a hand take it.
 *
 * One pick forward goes: `told` to disk → row to the board → a press (or `next`) opens it → the board says opened →
 * `open` to disk → everybody hears of it → the row after it is told. Commands and board events take turns, one at a time.
 */
import { EventEmitter } from 'node:events';
import type { Cloth } from '../../patterns/cloth';
import type { Harness } from '../../patterns/harness';
import type { FeedEvent, Phase, WeaveView } from '../../protocol/feed';
import type { StateName } from '../../protocol/wire';
import type { BoardFacts, LoomDriver, PressOutcome } from '../board/driver';
import { faultWords } from '../board/fault-words';
import { Refused, SessionEnded } from '../board/refused';
import { LoomError } from '../errors';
import { findPlace } from './begin';
import type { Direction } from './entries';
import { type ArmPlace, makeReady, NotAtRest, parkAndRest } from './harness';
import type { Journal } from './journal';
import type { Shed } from './place';
import type { AskPlace } from './question';
import { Sheds } from './sheds';
import { Standing } from './standing';
import { pressWords } from './view';

export interface WeaveOptions {
  readonly cloth: Cloth;
  readonly driver: LoomDriver;
  readonly journal: Journal;
  /** tag of the weave, 1–65535 */
  readonly tag: number;
  /** number of the last pick to weave */
  readonly last: number;
  /** ms from an open shed to the next by itself; null = only a hand goes on */
  readonly auto: number | null;
  /** seconds a pick that the plan reckons with */
  readonly plannedSeconds: number;
  readonly ask: AskPlace;
  /** threads, for the checks of a cloth with a dead heddle */
  readonly floatLimit: number;
  /** numbers of the heddles that a hand lifts, from the journal */
  readonly masked: readonly number[];
  /** which heddle or shaft moves each end; one heddle an end unless said */
  readonly harness?: Harness;
  /** picks after which the weaver is told to wind the cloth on; never unless said */
  readonly windOnEvery?: number;
}

const handsWords = 'Hands in the shed. Nothing moves until h.';
const heldWords = 'Held. Nothing moves until p or space.';

export interface WeaveEvents {
  event: [event: FeedEvent];
  /** the weave cannot go on in this process; the place is kept */
  failed: [error: LoomError];
}

export class Weave extends EventEmitter<WeaveEvents> {
  private readonly sheds: Sheds;
  private readonly standing: Standing;
  private turn: Promise<void> = Promise.resolve();
  private startedAt = 0;
  private ended = false;
  /** the phase in which hands went into the shed; null = no hands in it */
  private handsFrom: Phase | null = null;
  /** the hand turned round while a shed was on its way */
  private turnsWhenOpen = false;

  constructor(private readonly options: WeaveOptions) {
    super();
    const { cloth, driver, journal, last, plannedSeconds, harness } = options;
    const seconds = () => driver.clock.now() / 1000;
    this.sheds = new Sheds(cloth, driver, journal, last, harness);
    this.sheds.masked = options.masked;
    this.standing = new Standing(cloth, this.sheds, plannedSeconds, seconds, (event) => this.emit('event', event));
    this.standing.windOnEvery = options.windOnEvery ?? null;
    driver
      .on('opening', (step) => this.inTurn(() => this.opening(step)))
      .on('opened', (step) => this.inTurn(() => this.opened(step)))
      .on('state', (state, fault, detail) => this.inTurn(() => this.stateChanged(state, fault, detail)))
      .on('estop', (open) => this.inTurn(async () => this.estop(open)))
      .on('press', (way, outcome) => this.inTurn(() => this.pressed(way, outcome)))
      .on('reset', (why) => this.inTurn(() => this.wasReset(why)))
      // Out of turn: whatever waits for the board waits now.
      .on('silent', () => !this.ended && this.standing.silent())
      .on('heard', () => !this.ended && this.standing.heard())
      .on('link', (statistics) => this.standing.linkIs(statistics))
      .on('away', (why) => this.isAway(why))
      .on('lost', (why) => this.fail(new LoomError('hardware', `${why} The place is kept; go on with --resume.`)));
  }

  /** Which heddle or shaft moves each end. */
  get harness(): Harness {
    return this.sheds.harness;
  }

  /**
   * Takes up the weave at a place, or at its beginning.
   * @param open the last shed opened, null for a new weave
   * @param go true: arm (or resume) and open the shed now; false: wait for a hand first
   */
  start(facts: BoardFacts, open: Shed | null, direction: Direction, go: boolean): Promise<void> {
    this.startedAt = this.options.driver.clock.now();
    this.sheds.place(open);
    this.sheds.direction = direction;
    this.standing.boardIs(facts);
    return this.inTurn(async () => {
      if (go) return this.goOn();
      this.standing.enter('stopped', `When no hand is in the shed, ${this.spaceWords()}`);
    });
  }

  /** A hand goes on: opens the next shed, ends the cloth after its last pick, or takes the weave up again after a stop. */
  next(): Promise<void> {
    return this.inTurn(async () => {
      const { phase } = this.standing;
      if (this.handsFrom) return this.standing.remark('Press h first.');
      if (phase === 'held' || phase === 'stopped' || phase === 'released') {
        await this.sheds.write({ what: 'hand', act: 'go on' });
        return this.goOn();
      }
      if (phase === 'waiting') return this.takeNext();
    });
  }

  /** The hand turns round: the next press goes the other way. Moves nothing. */
  turnRound(): Promise<void> {
    return this.inTurn(async () => {
      if (!this.sheds.open) return;
      if (!['waiting', 'moving', 'held'].includes(this.standing.phase))
        return this.standing.remark('Turn round when the weave goes on.');
      // A shed on its way opens first, also one that a press has just asked for.
      if (this.sheds.moving || !(await this.sheds.takeBack())) {
        this.turnsWhenOpen = !this.turnsWhenOpen;
        return this.standing.remark(this.turnsWhenOpen ? 'Turning round at the next pick.' : '');
      }
      await this.turn180();
      if (this.standing.phase === 'held') return;
      this.standing.atPlace();
      await this.sheds.tellNext();
    });
  }

  /** Holds, or goes on after a hold. Moves nothing. */
  hold(): Promise<void> {
    return this.inTurn(async () => {
      const { phase } = this.standing;
      if (this.handsFrom) return this.standing.remark('');
      if (phase === 'held') {
        await this.sheds.write({ what: 'hand', act: 'resume' });
        return this.goOn();
      }
      if (!['waiting', 'moving', 'ready'].includes(phase)) return;
      await this.sheds.write({ what: 'hand', act: 'hold' });
      this.standing.enter('held', heldWords);
      await this.options.driver.hold(false);
    });
  }

  /** Hands in the shed: a latched hold that outlasts stops and resets; the second call releases it and goes on where it was. */
  hands(): Promise<void> {
    return this.inTurn(async () => {
      const { phase } = this.standing;
      if (this.handsFrom) return this.handsOut(this.handsFrom);
      if (!['waiting', 'moving', 'ready', 'held', 'stopped', 'released'].includes(phase)) return;
      await this.sheds.write({ what: 'hand', act: 'hands in' });
      this.handsFrom = phase;
      this.standing.enter('hands', handsWords);
      // Stopped or released, the board has nothing to hold; going on is refused here.
      if (phase !== 'stopped' && phase !== 'released') await this.options.driver.hold(true);
    });
  }

  /**
   * A dead heddle: nothing drives it from the next row on, and a hand lifts its end; or it is driven again. Moves nothing.
   * @param heddle number
   */
  mask(heddle: number): Promise<void> {
    return this.inTurn(async () => {
      const { floatLimit } = this.options;
      const { by, count } = this.sheds.harness;
      if (heddle < 1 || heddle > count)
        return this.standing.remark(`There is no ${by.slice(0, -1)} ${heddle}: this loom has 1 to ${count}.`);
      const { masked } = this.sheds;
      const others = masked.filter((one) => one !== heddle);
      const tellsAgain = this.sheds.waiting !== null && !this.sheds.moving;
      await this.sheds.mask(others.length < masked.length ? others : [...masked, heddle].sort((a, b) => a - b));
      if (this.standing.phase === 'waiting') this.standing.atPlace();
      this.standing.masked(floatLimit);
      if (tellsAgain) await this.sheds.tellNext();
    });
  }

  /** At once, out of turn. */
  stop(): void {
    this.options.driver.stopNow();
    void this.inTurn(() => this.sheds.write({ what: 'hand', act: 'stop' }));
  }

  /** Parks the loom and ends the weave here; the place is kept. With hands in the shed nothing moves, and it goes on. */
  park(): Promise<void> {
    return this.inTurn(async () => {
      if (this.handsFrom) return this.standing.remark('Press h first: parking moves the heddles.');
      const pick = this.sheds.open?.pick ?? 0;
      if (this.standing.phase === 'lost') {
        this.ended = true;
        return this.standing.enter('parked', 'The board is not there; the place is kept. Go on with --resume.');
      }
      await this.rest();
      await this.sheds.write({ what: 'parked', pick });
      this.ended = true;
      this.standing.enter('parked', pick ? `Parked at pick ${pick}. Go on with --resume.` : 'Parked.');
    });
  }

  view(): WeaveView {
    return this.standing.view();
  }

  // --- going on ---------------------------------------------------------------------------------------------------

  /** “Go on at pick n”: RESUME, or CLEAR, ARM and re-open, as the board's state asks for. A hand's word stands behind every call. */
  private async goOn(): Promise<void> {
    const stopSeen = this.standing.phase === 'stopped' || this.standing.phase === 'starting';
    const { driver } = this.options;
    const ready = await makeReady(driver, this.armPlace(), stopSeen).catch((error) => this.handFirst(error));
    if (ready === 'armed') {
      this.standing.enter('ready', 'The heddles are at rest.');
      await this.sheds.openPlace();
    }
    if (ready !== 'going') return;
    if (this.sheds.moving) return this.standing.enter('moving', '');
    this.standing.atPlace();
    await this.offerNext();
  }

  /** The board refused to go on because a person has something to do first. */
  private handFirst(error: unknown): 'waits' {
    if (!(error instanceof Refused)) throw error;
    if (error.refusal === 'estop') {
      this.standing.enter('stopped', `The e-stop is open. Close it, then ${this.spaceWords()}`);
    } else if (error.refusal === 'hands') {
      this.handsFrom = 'stopped';
      this.standing.enter('hands', handsWords);
    } else throw error;
    return 'waits';
  }

  /** A hand took the open pick: the waiting shed opens, or there is none after it. */
  private async takeNext(): Promise<void> {
    if (this.sheds.moving) return;
    if (this.sheds.waiting) return this.sheds.openWaiting();
    if (this.sheds.atEnd) return this.finish();
    if (!this.sheds.atBeginning) return;
    const passed = await this.sheds.pass();
    if (passed) this.standing.say({ type: 'passed', pick: passed.pick, step: passed.step });
    await this.turn180();
    this.standing.enter('waiting', 'Every pick is out. Its shed is open: weave on from pick 1.');
    await this.offerNext();
  }

  /** The row after the open one goes to the board; with --auto the clock takes it. */
  private async offerNext(): Promise<void> {
    await this.sheds.tellNext();
    const { auto, driver } = this.options;
    if (auto === null || this.ended) return;
    const { open } = this.sheds;
    driver.clock.after(auto, () => {
      if (this.sheds.open === open && this.standing.phase === 'waiting') void this.next();
    });
  }

  private async turn180(): Promise<void> {
    this.turnsWhenOpen = false;
    await this.sheds.turnRound();
    this.standing.say({ type: 'turned', direction: this.sheds.direction });
  }

  private async handsOut(from: Phase): Promise<void> {
    await this.sheds.write({ what: 'hand', act: 'hands out' });
    await this.options.driver.hold(false).catch((error) => {
      // A board that was stopped or reset meanwhile holds nothing any more.
      if (!(error instanceof Refused)) throw error;
    });
    this.handsFrom = null;
    const { state } = this.options.driver.place();
    if (state !== 'held') return this.standing.enter('stopped', `No hands in the shed: ${this.spaceWords()}`);
    if (from === 'held') return this.standing.enter('held', heldWords);
    return this.goOn();
  }

  private async finish(): Promise<void> {
    const { cloth, driver, last } = this.options;
    const { picks } = cloth.lifts;
    await this.sheds.pass();
    await this.rest();
    await this.sheds.write(last === picks ? { what: 'finished', picks } : { what: 'parked', pick: last });
    this.ended = true;
    this.standing.say({ type: 'finished', picks: last, seconds: (driver.clock.now() - this.startedAt) / 1000 });
    if (last === picks) this.standing.enter('finished', 'The cloth is finished.');
    else this.standing.enter('parked', `Parked after pick ${last} of ${picks}.`);
  }

  private async rest(): Promise<void> {
    await this.sheds.settle();
    await parkAndRest(this.options.driver, this.armPlace());
  }

  /** What the board has as its place: a shed counts from when it begins to open. */
  private armPlace(): ArmPlace {
    const { open, waiting, moving } = this.sheds;
    const at = moving ? waiting : open;
    return { weave: this.options.tag, step: at?.step ?? 0, rowCrc: at ? this.sheds.crcOf(at) : 0 };
  }

  private spaceWords(): string {
    const { open } = this.sheds;
    return `press ${this.handsFrom ? 'h, then ' : ''}space to ${open ? `go on at pick ${open.pick}` : 'start the weave'}.`;
  }

  // --- what the board tells ---------------------------------------------------------------------------------------

  private async opening(step: number): Promise<void> {
    const { waiting } = this.sheds;
    if (waiting?.step !== step) return;
    // A hold may have been said meanwhile; then it stays said.
    if (this.standing.phase === 'waiting' || this.standing.phase === 'ready') this.standing.enter('moving', '');
    const passed = await this.sheds.opening();
    if (passed) this.standing.say({ type: 'passed', pick: passed.pick, step: passed.step });
    this.standing.say({ type: 'opening', pick: waiting.pick, step });
  }

  private async opened(step: number): Promise<void> {
    if (this.sheds.waiting?.step !== step) return;
    await this.sheds.opened();
    this.standing.opened();
    if (this.turnsWhenOpen) await this.turn180();
    // Held while it moved: the shed is open, and stays so until a hand goes on.
    if (!['moving', 'waiting', 'ready'].includes(this.standing.phase)) return;
    this.standing.atPlace();
    await this.offerNext();
  }

  private async pressed(way: 'forward' | 'back', outcome: PressOutcome): Promise<void> {
    this.standing.say({ type: 'press', outcome: way === 'back' ? 'back' : outcome });
    if (way === 'back') return void this.turnRound();
    if (outcome === 'opened') return;
    const ends = outcome === 'nothing' && this.standing.phase === 'waiting' && !this.sheds.waiting;
    if (ends) return this.takeNext();
    this.standing.remark(pressWords(outcome));
  }

  private async stateChanged(state: StateName, fault: string, detail: number): Promise<void> {
    // Overtaken: a hand has gone on since.
    if (this.options.driver.place().state !== state) return;
    const { phase } = this.standing;
    const going = ['ready', 'moving', 'waiting', 'held', 'hands', 'silent'].includes(phase);
    if (state === 'fault') {
      const words = faultWords(fault, detail);
      const closing = fault === 'estop' ? 'Close it, then' : 'When all is well,';
      await this.stopped(() => `Stopped: ${words}. ${closing} ${this.spaceWords()}`);
    } else if (state === 'idle' && going) {
      await this.stopped(() => `The loom was parked by another hand: ${this.spaceWords()}`);
    } else if (state === 'released') {
      await this.sheds.settle();
      this.standing.enter('released', `Lowered heddles were let go after a long silence: ${this.spaceWords()}`);
    } else if (state === 'held' && going && phase !== 'held' && phase !== 'hands') {
      this.standing.enter('held', 'The board held the weave. Press space to go on; nothing moves by it.');
      // A hold is no fault, and --auto lent the hand's word.
      if (this.options.auto !== null) void this.next();
    }
  }

  private estop(open: boolean): void {
    if (open || this.standing.phase !== 'stopped') return;
    this.standing.enter('stopped', `The e-stop is closed again: ${this.spaceWords()}`);
  }

  private async stopped(words: () => string): Promise<void> {
    await this.sheds.settle();
    this.turnsWhenOpen = false;
    this.standing.enter('stopped', words());
  }

  /** The port went away and is looked for. Out of turn: a turn may wait for it. */
  private isAway(why: string): void {
    if (this.ended) return;
    this.standing.enter('lost', why);
    void this.inTurn(() => this.sheds.settle());
  }

  /** After a break the board is asked first; nothing moves until a person says so. */
  private async wasReset(why: string): Promise<void> {
    const { driver, tag } = this.options;
    const { open, waiting: told } = this.sheds;
    this.standing.enter('silent', `${why} Asking the board where it is.`);
    const facts = await driver.connect();
    const ask: AskPlace = (question) => {
      this.standing.enter('asking', 'Which row is in the shed? The question is in the terminal.');
      return this.options.ask(question);
    };
    const place = await findPlace({ weave: tag, open, told }, facts, { ...this.options, ask });
    this.sheds.place(place);
    await this.stopped(() => `${why} When all is well, ${this.spaceWords()}`);
  }

  // --- taking turns -----------------------------------------------------------------------------------------------

  private inTurn(act: () => void | Promise<void>): Promise<void> {
    this.turn = this.turn
      .then(() => (this.ended ? undefined : act()))
      .catch((error) => {
        if (!this.overtaken(error)) this.fail(error);
      });
    return this.turn;
  }

  /** A message that came too late: the board was reset or stopped meanwhile, and an event of its own tells so. */
  private overtaken(error: unknown): boolean {
    if (error instanceof SessionEnded || error instanceof NotAtRest) return true;
    const { state } = this.options.driver.place();
    return error instanceof Refused && ['idle', 'fault', 'released', 'held'].includes(state);
  }

  private fail(error: unknown): void {
    if (this.ended) return;
    this.ended = true;
    const known = error instanceof LoomError ? error : new LoomError('failed', String(error), { cause: error });
    this.standing.enter(known.kind === 'hardware' ? 'lost' : 'stopped', known.message);
    this.emit('failed', known);
  }
}
