/**
 * The weave: keeps the place, offers the next shed, and lets a hand take it.
 *
 * One pick forward goes: `told` to disk → row to the board → a press (or `next`) opens it → the board says opened →
 * `open` to disk → everybody hears of it → the row after it is told. Commands and board events take turns, one at a time.
 */
import { EventEmitter } from 'node:events';
import type { Cloth } from '../../patterns/cloth';
import type { FeedEvent, WeaveView } from '../../protocol/feed';
import type { StateName } from '../../protocol/wire';
import { faults } from '../../protocol/wire.table';
import type { BoardFacts, LoomDriver, PressOutcome } from '../board/driver';
import { Refused, SessionEnded } from '../board/refused';
import { LoomError } from '../errors';
import type { Direction } from './entries';
import { type ArmPlace, armAndRest, NotAtRest, parkAndRest } from './harness';
import type { Journal } from './journal';
import { agree, type Shed } from './place';
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
}

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

  constructor(private readonly options: WeaveOptions) {
    super();
    const { cloth, driver, journal, last, plannedSeconds } = options;
    const seconds = () => driver.clock.now() / 1000;
    this.sheds = new Sheds(cloth, driver, journal, last);
    this.standing = new Standing(cloth, this.sheds, plannedSeconds, seconds, (event) => this.emit('event', event));
    driver
      .on('opening', (step) => this.inTurn(() => this.opening(step)))
      .on('opened', (step) => this.inTurn(() => this.opened(step)))
      .on('state', (state, fault) => this.inTurn(async () => this.stateChanged(state, fault)))
      .on('press', (way, outcome) => this.inTurn(() => this.pressed(way, outcome)))
      .on('reset', (why) => this.inTurn(() => this.wasReset(why)))
      .on('silent', () =>
        this.inTurn(async () => this.standing.enter('silent', 'The board does not answer; asking again.')),
      )
      .on('heard', () => this.inTurn(async () => this.heardAgain()))
      .on('lost', (why) => this.fail(new LoomError('hardware', `${why} The place is kept; go on with --resume.`)));
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
      const at = open ? `Go on at pick ${open.pick}` : 'Start the weave';
      this.standing.enter('stopped', `${at}: press space when no hand is in the shed.`);
    });
  }

  /** A hand goes on: opens the next shed, ends the cloth after its last pick, or takes the weave up again after a stop. */
  next(): Promise<void> {
    return this.inTurn(async () => {
      const { phase } = this.standing;
      if (phase === 'held' || phase === 'stopped' || phase === 'released') {
        await this.sheds.write({ what: 'hand', act: 'go on' });
        return this.goOn();
      }
      if (phase !== 'waiting' && phase !== 'ready') return;
      if (this.sheds.waiting) return this.sheds.openWaiting();
      if (this.sheds.atEnd) return this.finish();
    });
  }

  /** The hand turns round: the next press goes the other way. Moves nothing. */
  turnRound(): Promise<void> {
    return this.inTurn(async () => {
      if (!this.sheds.open || this.standing.phase !== 'waiting') return;
      // A press may have been quicker: then its shed opens first, and the hand may turn there.
      if (!(await this.sheds.takeBack())) return;
      await this.sheds.turnRound();
      this.standing.say({ type: 'turned', direction: this.sheds.direction });
      this.standing.atPlace();
      await this.sheds.tellNext();
    });
  }

  /** Holds, or goes on after a hold. Moves nothing. */
  hold(): Promise<void> {
    if (this.standing.phase === 'held') return this.next();
    return this.inTurn(async () => {
      if (!['waiting', 'moving'].includes(this.standing.phase)) return;
      await this.sheds.write({ what: 'hand', act: 'hold' });
      this.standing.enter('held', 'Held. Nothing moves until p or space.');
      await this.options.driver.hold(false);
    });
  }

  /** Hands in the shed: a latched hold; the second call releases it and goes on where it was. */
  hands(): Promise<void> {
    return this.inTurn(async () => {
      const { driver } = this.options;
      if (this.standing.phase === 'hands') {
        await this.sheds.write({ what: 'hand', act: 'hands out' });
        await driver.hold(false);
        return this.goOn();
      }
      if (!['waiting', 'moving', 'held'].includes(this.standing.phase)) return;
      await this.sheds.write({ what: 'hand', act: 'hands in' });
      this.standing.enter('hands', 'Hands in the shed. Nothing moves until h.');
      await driver.hold(true);
    });
  }

  /** At once, out of turn. */
  stop(): void {
    this.options.driver.stopNow();
    void this.inTurn(() => this.sheds.write({ what: 'hand', act: 'stop' }));
  }

  /** Parks the loom and ends the weave here; the place is kept. Safe to call in any phase. */
  park(): Promise<void> {
    return this.inTurn(async () => {
      const pick = this.sheds.open?.pick ?? 0;
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
    const { driver } = this.options;
    const { state } = await driver.askPlace();
    if (state === 'held' || state === 'weaving') {
      if (state === 'held') await driver.resume();
      this.standing.atPlace();
      return this.offerNext();
    }
    if (state === 'fault') await driver.clear();
    if (state !== 'armed') await armAndRest(driver, this.armPlace());
    this.standing.enter('ready', 'The heddles are at rest.');
    await this.sheds.openPlace();
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
    this.sheds.forget();
    await parkAndRest(this.options.driver, this.armPlace());
  }

  private armPlace(): ArmPlace {
    const { open } = this.sheds;
    return { weave: this.options.tag, step: open?.step ?? 0, rowCrc: open?.crc ?? 0 };
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
    // Held while it moved: the shed is open, and stays so until a hand goes on.
    if (this.standing.phase !== 'moving') return;
    this.standing.atPlace();
    await this.offerNext();
  }

  private async pressed(way: 'forward' | 'back', outcome: PressOutcome): Promise<void> {
    const { phase } = this.standing;
    this.standing.say({ type: 'press', outcome: way === 'back' ? 'back' : outcome });
    if (way === 'back') return void this.turnRound();
    if (outcome === 'nothing' && this.sheds.atEnd && phase === 'waiting') return this.finish();
    if (outcome === 'state' && phase === 'ready') return this.sheds.openWaiting();
    if (outcome !== 'opened') this.standing.enter(phase, pressWords(outcome, phase));
  }

  private stateChanged(state: StateName, fault: string): void {
    const { phase } = this.standing;
    if (state === 'fault') {
      this.sheds.forget();
      this.standing.enter('stopped', `Stopped: ${faults[fault as keyof typeof faults]?.doc ?? fault}.`);
    } else if (state === 'released') {
      this.sheds.forget();
      this.standing.enter('released', 'Lowered heddles were let go after a long silence. Press space to go on.');
    } else if (state === 'held' && phase !== 'held' && phase !== 'hands') {
      this.standing.enter('held', 'The board held the weave. Press space to go on; nothing moves by it.');
      // A hold is no fault, and --auto lent the hand's word.
      if (this.options.auto !== null) void this.next();
    }
  }

  private heardAgain(): void {
    if (this.standing.phase === 'silent') this.standing.atPlace();
  }

  /** After a break the board is asked first; nothing moves until a person says so. */
  private async wasReset(why: string): Promise<void> {
    const { driver, tag, ask, cloth } = this.options;
    const { open, waiting: told, direction } = this.sheds;
    this.standing.enter('silent', `${why} Asking the board where it is.`);
    const facts = await driver.connect();
    const agreement = agree({ weave: tag, open, told }, facts.place);
    let place = agreement.kind === 'known' ? agreement.open : null;
    if (agreement.kind === 'known') {
      if (agreement.learned && place) await this.sheds.write({ what: 'open', ...place, by: 'asked' });
    } else {
      this.standing.enter('asking', 'Which row is in the shed? The question is in the terminal.');
      place = (await ask({ why, candidates: agreement.candidates, cloth })).shed;
      await this.sheds.write({ what: 'open', ...place, by: 'answer' });
    }
    this.sheds.place(place);
    this.sheds.direction = direction;
    this.standing.enter('stopped', `${why} Press space to go on at pick ${place?.pick ?? 1}.`);
  }

  // --- taking turns -----------------------------------------------------------------------------------------------

  private inTurn(act: () => Promise<void>): Promise<void> {
    this.turn = this.turn
      .then(() => (this.ended ? undefined : act()))
      .catch((error) => {
        if (!this.overtaken(error)) this.fail(error);
      });
    return this.turn;
  }

  /** A message that came too late: the board was reset or stopped meanwhile, and an event of its own tells so. */
  private overtaken(error: unknown): boolean {
    if (error instanceof SessionEnded) return true;
    const { state } = this.options.driver.place();
    return (error instanceof Refused || error instanceof NotAtRest) && ['fault', 'released', 'held'].includes(state);
  }

  private fail(error: unknown): void {
    if (this.ended) return;
    this.ended = true;
    const known = error instanceof LoomError ? error : new LoomError('failed', String(error), { cause: error });
    this.standing.enter(known.kind === 'hardware' ? 'lost' : 'stopped', known.message);
    this.emit('failed', known);
  }
}
