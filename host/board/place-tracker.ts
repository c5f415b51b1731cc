/**
 * What the board told of itself, frame by frame, as events; and what it must have told when a frame was lost: the counter in
 * every frame shows the gap, and the place in the next STATUS what was in it.
 */
import { EventEmitter } from 'node:events';
import { type BoardFields, type BoardFrame, nameOf, type StateName } from '../../protocol/wire';
import { events, faults, presses, states, statusFlags } from '../../protocol/wire.table';
import type { DriverEvents, Place, PressOutcome } from './driver';

type Told = Pick<DriverEvents, 'opening' | 'opened' | 'rest' | 'state' | 'press' | 'estop' | 'hands'>;
type PlaceFields = Pick<BoardFields<'ACK'>, 'state' | 'openStep' | 'rowCrc' | 'events'>;

export class PlaceTracker extends EventEmitter<Told> {
  gaps = 0;
  private now: Place = { state: 'boot', weave: 0, step: 0, rowCrc: 0 };
  /** the state that was last emitted */
  private toldState: StateName = 'boot';
  private counter = 0;
  /** a frame was lost: the next STATUS tells what was in it */
  private doubt = false;
  /** step whose row is being sent */
  private sending: number | null = null;
  /** step that waits on the board, as far as we know */
  private waiting: number | null = null;
  /** step whose shed is on its way */
  private moving: number | null = null;
  /** step whose `opened` was derived: the real one may still come */
  private derived: number | null = null;
  /** the state in which the heddles will be at rest after ARM or PARK; null when none was sent since */
  private toRest: 'armed' | 'idle' | null = null;
  private estop: boolean | null = null;
  private hands: boolean | null = null;

  /** A session begins; nothing is emitted. */
  begin(hello: BoardFields<'HELLO'>): void {
    this.now = placeOf(hello, hello.weave);
    this.toldState = this.now.state;
    this.counter = hello.events;
    this.doubt = false;
    this.sending = this.waiting = this.moving = this.derived = this.estop = this.hands = null;
    this.toRest = null;
  }

  get place(): Place {
    return this.now;
  }

  /** Heddles are up, or on their way. */
  get weaving(): boolean {
    return ['armed', 'weaving', 'held'].includes(this.now.state);
  }

  /** Something was missed: ask STATUS. */
  get doubtful(): boolean {
    return this.doubt;
  }

  /** A row is about to be sent. */
  tells(step: number): void {
    this.sending = step;
  }

  /** The row was acknowledged. It waits, unless a press was quicker than the acknowledgement. */
  told(): void {
    this.waiting = this.sending;
    this.sending = null;
  }

  /** No row waits any more. */
  dropped(): void {
    this.waiting = this.sending = null;
  }

  /** ARM or PARK is on its way: `rest` is to follow. */
  rests(weave?: number): void {
    this.toRest = weave === undefined ? 'idle' : 'armed';
    if (weave !== undefined) this.now = { ...this.now, weave };
  }

  /** Takes any frame of the session. */
  take(frame: BoardFrame): void {
    const { fields } = frame;
    const ahead = (fields.events - this.counter - (frame.name === 'EVENT' ? 1 : 0)) & 0xff;
    if (ahead >= 0x80) return; // an answer from before the last event, sent again
    if (ahead > 0) {
      this.gaps++;
      this.doubt = true;
    }
    this.counter = fields.events;
    this.now = placeOf(fields, 'weave' in fields ? fields.weave : this.now.weave);
    if (frame.name === 'EVENT') this.event(frame.fields);
    else if (frame.name === 'STATUS') this.status(frame.fields);
    else this.state(fields.state, null);
  }

  private event({ event, arg, state }: BoardFields<'EVENT'>): void {
    switch (nameOf(events, event)) {
      case 'opening':
        this.opens(arg);
        break;
      case 'opened':
        this.isOpen(arg);
        break;
      case 'state':
        this.state(state, arg & 0xff, arg >> 8);
        break;
      case 'estop':
        this.estopIs(arg !== 0);
        break;
      case 'rest':
        this.isAtRest();
        break;
      case 'hands':
        this.handsAre(arg !== 0);
        break;
      case 'press':
        this.state(state, null);
        this.emit('press', (arg & 0xff) === 2 ? 'back' : 'forward', nameOf(presses, arg >> 8) as PressOutcome);
        break;
    }
  }

  private status(status: BoardFields<'STATUS'>): void {
    const flag = (name: keyof typeof statusFlags) => ((status.flags >> statusFlags[name].code) & 1) === 1;
    const settled = flag('settled');
    if (this.doubt) {
      this.doubt = false;
      const { state, step } = this.now;
      const alive = state === 'armed' || state === 'weaving' || state === 'held';
      // A told row that waits no longer was opened: only a stop, a DROP or a new session would drop it.
      if (alive && this.waiting !== null && status.waiting !== this.waiting) this.opens(this.waiting);
      if (alive && settled && this.moving === step) {
        this.isOpen(step);
        this.derived = step;
      }
      if (settled && state === this.toRest) this.isAtRest();
    }
    this.state(status.state, status.fault, status.faultDetail);
    this.estopIs(flag('estop'));
    this.handsAre(flag('handsSwitch'));
  }

  private opens(step: number): void {
    if (this.moving === step) return;
    this.moving = step;
    this.sending = this.waiting = null;
    this.derived = null;
    this.emit('opening', step);
  }

  private isOpen(step: number): void {
    if (this.moving === null && this.derived === step) {
      this.derived = null;
      return;
    }
    this.opens(step);
    this.moving = null;
    this.emit('opened', step);
  }

  private isAtRest(): void {
    this.toRest = null;
    this.emit('rest');
  }

  /**
   * @param fault code of its reason, or null when this frame does not say it
   * @param detail I2C address for the faults output and bus
   */
  private state(code: number, fault: number | null, detail = 0): void {
    const state = nameOf(states, code);
    if (state === this.toldState) return;
    if (state === 'fault' && fault === null) {
      this.doubt = true;
      return;
    }
    this.toldState = state;
    if (state === 'fault' || state === 'idle') this.waiting = this.moving = null;
    const reason = state === 'fault' ? (fault ?? 0) : 0;
    this.emit('state', state, nameOf(faults, reason), reason === 0 ? 0 : detail);
  }

  private handsAre(inShed: boolean): void {
    const before = this.hands;
    this.hands = inShed;
    if (before !== inShed && (before !== null || inShed)) this.emit('hands', inShed);
  }

  private estopIs(open: boolean): void {
    const before = this.estop;
    this.estop = open;
    if (before !== open && (before !== null || open)) this.emit('estop', open);
  }
}

function placeOf({ state, openStep, rowCrc }: PlaceFields, weave: number): Place {
  return { state: nameOf(states, state), weave, step: openStep, rowCrc };
}
