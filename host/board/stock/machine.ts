/** The states of machine.md, kept by the host for a board that has none: what is refused, what opens, what stops. */
import { EventEmitter } from 'node:events';
import { rowCrc } from '../../../protocol/wire';
import type { faults } from '../../../protocol/wire.table';
import type { DriverEvents, DropResult, Place, PressOutcome } from '../driver';
import { type Refusal, Refused } from '../refused';
import type { Clock } from '../transport';
import type { Heddles } from './heddles';

type Told = Pick<DriverEvents, 'opening' | 'opened' | 'rest' | 'state' | 'press' | 'estop'>;
type Fault = keyof typeof faults;
interface Row {
  readonly step: number;
  readonly row: Uint8Array;
}
export interface MachineOptions {
  readonly clock: Clock;
  readonly heddles: Heddles;
  /** ms between presses */
  readonly minPick: number;
  /** hears of every row that begins to open; empty = all down */
  readonly shown: (row: Uint8Array) => void;
}

const nothing: Place = { state: 'idle', weave: 0, step: 0, rowCrc: 0 };
const allDown = new Uint8Array();

export class StockMachine extends EventEmitter<Told> {
  place: Place = nothing;
  private waiting: Row | null = null;
  private toldIsOpen = false;
  private move: 'none' | 'rest' | 'park' | 'shed' = 'none';
  private hands = false;
  private estopOpen = false;
  private lastPress = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: MachineOptions) {
    super();
  }

  arm({ weave, step, rowCrc }: { weave: number; step: number; rowCrc: number }): void {
    this.need('ARM', this.place.state !== 'idle' && 'state', this.estopOpen && 'estop', this.hands && 'hands');
    this.forgetRow();
    this.lastPress = Number.NEGATIVE_INFINITY;
    this.place = { state: 'idle', weave, step, rowCrc: step ? rowCrc : 0 };
    this.move = 'rest';
    this.enter('armed');
    this.options.shown(allDown);
    this.options.heddles.rest(() => this.settled());
  }

  park(): void {
    this.need('PARK', !this.live && 'state', this.hands && 'hands');
    if (this.move === 'park') return;
    this.forgetRow();
    this.move = 'park';
    this.enter('armed');
    this.options.shown(allDown);
    this.options.heddles.open(allDown, () => this.settled());
  }

  tell(step: number, row: Uint8Array): void {
    const { heddles } = this.options;
    const { place } = this;
    const follows = step === place.step ? !place.rowCrc || rowCrc(step, row) === place.rowCrc : step === place.step + 1;
    this.need(
      'ROW',
      row.length !== Math.ceil(heddles.count / 8) && 'length',
      !this.live && 'state',
      this.move === 'park' && 'moving',
      this.waiting !== null && 'waiting',
      (step === 0 || !follows) && 'step',
    );
    this.waiting = { step, row: Uint8Array.from(row) };
    this.toldIsOpen = false;
  }

  drop(): DropResult {
    const result = this.waiting ? 'dropped' : this.toldIsOpen ? 'open' : 'nothing';
    this.waiting = null;
    return result;
  }

  open(step: number): void {
    const { state } = this.place;
    this.need(
      'OPEN',
      state !== 'armed' && state !== 'weaving' && 'state',
      this.hands && 'hands',
      this.move !== 'none' && 'moving',
      this.waiting === null && 'nothing',
      this.waiting?.step !== step && 'step',
    );
    this.enter('weaving');
    this.openWaiting();
  }

  hold(hands: boolean): void {
    if (!hands && this.hands) {
      this.hands = false;
      if (this.place.state !== 'weaving') return;
    }
    this.need('HOLD', this.place.state !== 'weaving' && this.place.state !== 'held' && 'state');
    this.hands = hands;
    this.enter('held');
  }

  resume(): void {
    this.need('RESUME', this.place.state !== 'held' && 'state', this.hands && 'hands');
    this.enter('weaving');
  }

  clear(): void {
    this.need('CLEAR', this.place.state !== 'fault' && 'state', this.estopOpen && 'estop');
    this.enter('idle');
  }

  /** Pulses off at once; the first reason wins. */
  stop(reason: Fault): void {
    if (!this.live) return;
    this.options.heddles.off();
    this.options.shown(allDown);
    this.forgetRow();
    this.move = 'none';
    this.enter('fault', reason);
  }

  press(direction: 'forward' | 'back'): void {
    if (direction === 'back') this.emit('press', 'back', 'back');
    else {
      const outcome = this.pressed();
      this.emit('press', 'forward', outcome);
      if (outcome === 'opened') this.openWaiting();
    }
  }

  /** The contact of the e-stop, closed in good order. */
  estop(open: boolean): void {
    if (open === this.estopOpen) return;
    this.estopOpen = open;
    this.emit('estop', open);
    if (open) this.stop('estop');
  }

  private get live(): boolean {
    return ['armed', 'weaving', 'held'].includes(this.place.state);
  }

  private pressed(): PressOutcome {
    if (this.place.state !== 'weaving') return 'state';
    const now = this.options.clock.now();
    if (now - this.lastPress < this.options.minPick) return 'soon';
    this.lastPress = now;
    if (this.move !== 'none') return 'moving';
    return this.waiting ? 'opened' : 'nothing';
  }

  private openWaiting(): void {
    if (!this.waiting) return;
    const { step, row } = this.waiting;
    this.place = { ...this.place, step, rowCrc: rowCrc(step, row) };
    this.waiting = null;
    this.toldIsOpen = true;
    this.move = 'shed';
    this.emit('opening', step);
    this.options.shown(row);
    this.options.heddles.open(row, () => this.settled());
  }

  private settled(): void {
    const ended = this.move;
    this.move = 'none';
    if (ended === 'shed') this.emit('opened', this.place.step);
    if (ended === 'park') {
      this.options.heddles.off();
      this.enter('idle');
    }
    if (ended === 'rest' || ended === 'park') this.emit('rest');
  }

  private enter(state: Place['state'], fault: Fault = 'none'): void {
    if (state === this.place.state) return;
    this.place = { ...this.place, state };
    this.options.heddles.freeze(state === 'held');
    this.emit('state', state, fault, 0);
  }

  private forgetRow(): void {
    this.waiting = null;
    this.toldIsOpen = false;
  }

  /** @throws Refused with the first reason that there is */
  private need(asked: string, ...refusals: (Refusal | false)[]): void {
    for (const refusal of refusals) if (refusal) throw new Refused(asked, refusal);
  }
}
