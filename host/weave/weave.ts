/**
 * The weave: keeps the place, offers the next shed, and lets a hand take it.
 *
 * One pick forward goes: `told` to disk → row to the board → a press (or `next`) opens it → the board says opened →
 * `open` to disk → everybody hears of it → the row after it is told. Commands and board events take turns, one at a time.
 */
import { EventEmitter } from 'node:events';
import type { Cloth } from '../../patterns/cloth';
import type { FeedEvent, Phase, WeaveView } from '../../protocol/feed';
import type { StateName } from '../../protocol/wire';
import { faults } from '../../protocol/wire.table';
import type { BoardFacts, LoomDriver, PressOutcome } from '../board/driver';
import { Refused, SessionEnded } from '../board/refused';
import { LoomError } from '../errors';
import { Course } from './course';
import type { Direction, NewEntry } from './entries';
import { type ArmPlace, armAndRest, parkAndRest } from './harness';
import type { Journal } from './journal';
import { Pace } from './pace';
import { agree, type Shed } from './place';
import type { AskPlace } from './question';
import { pressWords, recordOfPick, weaveView } from './view';

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
}

export interface WeaveEvents {
  event: [event: FeedEvent];
  /** the weave cannot go on in this process; the place is kept */
  failed: [error: LoomError];
}

export class Weave extends EventEmitter<WeaveEvents> {
  private readonly course: Course;
  private readonly pace: Pace;
  private open: Shed | null = null;
  private waiting: Shed | null = null;
  private reopening: Shed | null = null;
  private direction: Direction = 'forward';
  private phase: Phase = 'starting';
  private words = '';
  private turn: Promise<void> = Promise.resolve();
  private shuttle = '';
  private facts: BoardFacts | null = null;
  private startedAt = 0;
  private ended = false;

  constructor(private readonly options: WeaveOptions) {
    super();
    this.course = new Course(options.cloth, options.last);
    this.pace = new Pace(options.plannedSeconds);
    options.driver
      .on('opening', (step) => this.inTurn(() => this.opening(step)))
      .on('opened', (step) => this.inTurn(() => this.opened(step)))
      .on('state', (state, fault) => this.inTurn(async () => this.stateChanged(state, fault)))
      .on('press', (way, outcome) => this.inTurn(() => this.pressed(way, outcome)))
      .on('reset', (why) => this.inTurn(() => this.wasReset(why)))
      .on('silent', () => this.inTurn(async () => this.silent()))
      .on('heard', () => this.inTurn(async () => this.settle()))
      .on('lost', (why) => this.fail(new LoomError('hardware', `${why} The place is kept; go on with --resume.`)));
  }

  /**
   * Takes up the weave at a place, or at its beginning.
   * @param open the last shed opened, null for a new weave
   * @param go true: arm (or resume) and open the shed now; false: wait for a press first
   */
  start(facts: BoardFacts, open: Shed | null, direction: Direction, go: boolean): Promise<void> {
    this.facts = facts;
    this.open = open;
    this.direction = direction;
    this.startedAt = this.options.driver.clock.now();
    this.say({ type: 'board', board: boardOf(facts) });
    return this.inTurn(async () => {
      if (go) return this.goOn();
      const at = open ? `Go on at pick ${open.pick}` : 'Start the weave';
      this.enter('stopped', `${at}: press space when your hands are out of the shed.`);
    });
  }

  /** A hand goes on: opens the next shed, or takes the weave up again after a stop. */
  next(): Promise<void> {
    return this.inTurn(() => this.goNext());
  }

  /** The hand turns round: b unweaves, b again weaves. Moves nothing. */
  turnRound(): Promise<void> {
    return this.inTurn(async () => {
      if (!this.open || this.phase === 'moving') return;
      const dropped = await this.takeBack();
      if (dropped === 'open') return; // a press was quicker: its shed opens first, then the hand may turn
      this.direction = this.direction === 'forward' ? 'back' : 'forward';
      await this.write({ what: 'turned', direction: this.direction });
      this.say({ type: 'turned', direction: this.direction });
      this.settle();
      if (this.phase === 'waiting') await this.tellNext();
    });
  }

  hold(): Promise<void> {
    return this.inTurn(async () => {
      if (this.phase === 'held') return this.goOn();
      if (this.phase !== 'waiting' && this.phase !== 'moving') return;
      await this.write({ what: 'hand', act: 'hold' });
      await this.options.driver.hold(false);
      this.enter('held', 'Held. Nothing moves until p or space.');
    });
  }

  /** Hands in the shed: a latched hold; the second call releases it and goes on where it was. */
  hands(): Promise<void> {
    return this.inTurn(async () => {
      const { driver } = this.options;
      if (this.phase === 'hands') {
        await this.write({ what: 'hand', act: 'hands out' });
        await driver.hold(false);
        this.enter('held', 'Hands are out.');
        return this.goOn();
      }
      if (!['waiting', 'moving', 'held'].includes(this.phase)) return;
      await this.write({ what: 'hand', act: 'hands in' });
      await driver.hold(true);
      this.enter('hands', 'Hands in the shed. Nothing moves until h.');
    });
  }

  /** At once, out of turn. */
  stop(): void {
    this.options.driver.stopNow();
    void this.inTurn(() => this.write({ what: 'hand', act: 'stop' }));
  }

  /** Parks the loom and ends the weave here; the place is kept. Safe to call in any phase. */
  park(): Promise<void> {
    return this.inTurn(async () => {
      if (this.ended) return;
      await this.rest();
      await this.write({ what: 'parked', pick: this.open?.pick ?? 0 });
      this.ended = true;
      this.enter('parked', this.open ? `Parked at pick ${this.open.pick}. Go on with --resume.` : 'Parked.');
    });
  }

  view(): WeaveView {
    return weaveView(this.options.cloth, {
      pick: this.open?.pick ?? 0,
      step: this.open?.step ?? 0,
      direction: this.direction,
      phase: this.phase,
      words: this.words,
      secondsLeft: this.secondsLeft(),
      board: this.facts && boardOf(this.facts),
    });
  }

  /** Emulated or wall seconds since the start. */
  seconds(): number {
    return (this.options.driver.clock.now() - this.startedAt) / 1000;
  }

  private secondsLeft(): number {
    return this.pace.left(Math.max(0, this.options.last - (this.open?.pick ?? 0)));
  }

  // --- going on ---------------------------------------------------------------------------------------------------

  private async goNext(): Promise<void> {
    if (this.ended) return;
    if (this.phase === 'held' || this.phase === 'stopped' || this.phase === 'released') return this.goOn();
    if (this.phase !== 'waiting' && this.phase !== 'ready') return;
    if (this.waiting) return this.openWaiting(this.waiting);
    if (this.atEnd()) return this.finish();
  }

  private atEnd(): boolean {
    return this.direction === 'forward' && this.open?.pick === this.options.last;
  }

  private async openWaiting(shed: Shed): Promise<void> {
    const { driver } = this.options;
    try {
      await driver.open(shed.step);
    } catch (error) {
      // The treadle may have been quicker: then the shed is open and there is nothing to say.
      if ((await driver.askPlace()).step !== shed.step) throw error;
    }
  }

  /** “Go on at pick n”: CLEAR, ARM and re-open as far as the board's state asks for it. A hand's word stands behind every call. */
  private async goOn(): Promise<void> {
    const { driver } = this.options;
    const { state } = await driver.askPlace();
    if (this.phase !== 'starting') await this.write({ what: 'hand', act: 'go on' });
    if (state === 'held') {
      await driver.resume();
      this.waiting = null;
      if ((await driver.drop()) === 'dropped') await this.write({ what: 'dropped', step: (this.open?.step ?? 0) + 1 });
      this.settle('weaving');
      return this.afterOpen();
    }
    if (state === 'weaving') {
      this.settle('weaving');
      return this.afterOpen();
    }
    if (state === 'fault') await driver.clear();
    if (state !== 'armed') {
      await armAndRest(driver, this.armPlace());
    }
    this.enter('ready', 'The heddles are at rest.');
    const shed = this.open ?? this.course.after(null, 'forward');
    if (!shed) return;
    this.reopening = this.open;
    await this.tell(shed);
    await this.openWaiting(shed);
  }

  /** The row after the open one goes to the board: one row ahead, never more. */
  private async tellNext(): Promise<void> {
    if (this.waiting) return;
    const next = this.course.after(this.open, this.direction);
    if (next) await this.tell(next);
  }

  private async tell(shed: Shed): Promise<void> {
    // On disk before it is on the wire: whatever the board may open, the journal has named.
    await this.write({ what: 'told', ...shed });
    this.waiting = shed;
    await this.options.driver.tell(shed.step, this.course.row(shed.pick));
  }

  private async takeBack(): Promise<'nothing' | 'dropped' | 'open'> {
    if (!this.waiting) return 'nothing';
    const result = await this.options.driver.drop();
    if (result === 'open') return result;
    await this.write({ what: 'dropped', step: this.waiting.step });
    this.waiting = null;
    return 'dropped';
  }

  private async afterOpen(): Promise<void> {
    await this.tellNext();
    const { auto, driver } = this.options;
    if (auto === null || this.ended) return;
    const at = this.open?.step;
    driver.clock.after(auto, () => {
      if (this.open?.step === at) void this.next();
    });
  }

  private async finish(): Promise<void> {
    const { cloth, last } = this.options;
    const done = last === cloth.lifts.picks;
    await this.pass();
    await this.rest();
    await this.write(done ? { what: 'finished', picks: last } : { what: 'parked', pick: last });
    this.ended = true;
    if (done) this.enter('finished', 'The cloth is finished.');
    else this.enter('parked', `Parked after pick ${last} of ${cloth.lifts.picks}.`);
    this.say({ type: 'finished', picks: last, seconds: this.seconds() });
  }

  private async rest(): Promise<void> {
    this.waiting = null;
    await parkAndRest(this.options.driver, this.armPlace());
  }

  private armPlace(): ArmPlace {
    return { weave: this.options.tag, step: this.open?.step ?? 0, rowCrc: this.open?.crc ?? 0 };
  }

  // --- what the board tells ---------------------------------------------------------------------------------------

  private async opening(step: number): Promise<void> {
    if (this.waiting?.step !== step) return;
    if (this.open && !this.reopening) await this.pass();
    this.enter('moving', '');
    const { pick } = this.waiting;
    this.say({ type: 'opening', pick, step });
    const colour = this.course.weftColour(pick);
    if (colour !== this.shuttle) await this.options.driver.weft(colour);
    this.shuttle = colour;
  }

  private async opened(step: number): Promise<void> {
    const shed = this.waiting;
    if (shed?.step !== step) return;
    const reopened = this.reopening?.step === step;
    await this.write({ what: 'open', ...shed, by: 'board', ...(reopened && { reopened }) });
    this.open = shed;
    this.waiting = null;
    this.reopening = null;
    this.pace.opened(this.options.driver.clock.now() / 1000);
    this.say({ type: 'opened', pick: shed.pick, step, secondsLeft: this.secondsLeft() });
    this.settle();
    await this.afterOpen();
  }

  /** Somebody went on: the thread of the open pick is in, or out when unweaving. */
  private async pass(): Promise<void> {
    const { open, direction } = this;
    if (!open) return;
    await this.write({ what: 'passed', step: open.step, pick: open.pick, direction });
    this.say({ type: 'passed', pick: open.pick, step: open.step });
  }

  private async pressed(way: 'forward' | 'back', outcome: PressOutcome): Promise<void> {
    this.say({ type: 'press', outcome: way === 'back' ? 'back' : outcome });
    if (way === 'back') return void this.turnRound();
    if (outcome === 'nothing' && this.atEnd()) return this.finish();
    if (outcome === 'state' && this.phase === 'ready' && this.waiting) return this.openWaiting(this.waiting);
    if (outcome !== 'opened') this.enter(this.phase, pressWords(outcome, this.phase));
  }

  private stateChanged(state: StateName, fault: string): void {
    if (this.ended) return;
    if (state === 'fault') {
      this.waiting = null;
      this.pace.paused();
      this.enter('stopped', `Stopped: ${faults[fault as keyof typeof faults]?.doc ?? fault}.`);
    } else if (state === 'released') {
      this.waiting = null;
      this.enter('released', 'Lowered heddles were let go after a long silence. Press space to go on.');
    } else if (state === 'held' && this.phase !== 'held' && this.phase !== 'hands') {
      this.enter('held', 'The board held the weave. Press space to go on; nothing moves by it.');
      if (this.options.auto !== null) void this.next();
    }
  }

  private silent(): void {
    if (!this.ended) this.enter('silent', 'The board does not answer; asking again.');
  }

  /** After a break the board is asked first; nothing moves until a person says so. */
  private async wasReset(why: string): Promise<void> {
    const { driver, tag, ask, cloth } = this.options;
    this.pace.paused();
    this.enter('silent', `${why} Asking the board where it is.`);
    this.facts = await driver.connect();
    const { facts } = this;
    const journal = { weave: tag, open: this.open, told: this.waiting, direction: this.direction };
    const agreement = agree({ ...journal, finished: false, profile: '', picks: 0, clothSha256: '' }, facts.place);
    this.waiting = null;
    this.reopening = null;
    this.shuttle = '';
    if (agreement.kind === 'known') {
      if (agreement.learned && agreement.open) await this.write({ what: 'open', ...agreement.open, by: 'asked' });
      this.open = agreement.open;
    } else {
      this.enter('asking', 'Which row is in the shed? Answer in the terminal.');
      const { shed } = await ask({ why, candidates: agreement.candidates, cloth });
      await this.write({ what: 'open', ...shed, by: 'answer' });
      this.open = shed;
    }
    this.enter('stopped', `${why} Press space to go on at pick ${this.open?.pick ?? 1}.`);
  }

  // --- telling ----------------------------------------------------------------------------------------------------

  /** The phase that follows from the place: a shed is open and a hand may go on. */
  private settle(as: 'weaving' | null = null): void {
    if (this.ended || (!as && !['moving', 'waiting', 'silent', 'starting', 'ready'].includes(this.phase))) return;
    const { open, direction } = this;
    const label = open ? recordOfPick(this.options.cloth, open.pick - 1)?.words : undefined;
    if (direction === 'back') this.enter('waiting', `Take the thread of pick ${open?.pick} out, then go on.`);
    else this.enter('waiting', label ?? '');
  }

  private enter(phase: Phase, words: string): void {
    if (phase === this.phase && words === this.words) return;
    this.phase = phase;
    this.words = words;
    this.say({ type: 'phase', phase, words });
  }

  private say(event: FeedEvent): void {
    this.emit('event', event);
  }

  private write(...entries: NewEntry[]): Promise<void> {
    return this.options.driver.clock.during(this.options.journal.append(...entries));
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(act);
    this.turn = mine.catch((error) => {
      if (!this.overtaken(error)) this.fail(error);
    });
    return this.turn;
  }

  /** A message that came too late: the board was reset or stopped meanwhile, and an event of its own tells so. */
  private overtaken(error: unknown): boolean {
    if (error instanceof SessionEnded) return true;
    const { state } = this.options.driver.place();
    return error instanceof Refused && ['fault', 'released', 'held'].includes(state);
  }

  private fail(error: unknown): void {
    if (this.ended) return;
    this.ended = true;
    const known = error instanceof LoomError ? error : new LoomError('failed', String(error), { cause: error });
    this.enter(known.kind === 'hardware' ? 'lost' : 'stopped', known.message);
    this.emit('failed', known);
  }
}

function boardOf({ kind, mcu, firmware, heddles }: BoardFacts) {
  return { kind, mcu, firmware, heddles };
}
