/** Reads along on the board's side of the wire, and writes down every shed that the board says is open. */
import { type BoardFields, decodeBoard } from '../../protocol/wire';
import { events, helloSeed, loomSysex } from '../../protocol/wire.table';
import type { EmulatedBoard } from './board';

const startSysex = 0xf0;
const endSysex = 0xf7;
export interface Shed {
  /** emulated ms since the board was first switched on */
  readonly ms: number;
  readonly step: number;
  readonly rowCrc: number;
  /** '0' lowered, '1' lifted, from heddle 1, as the servos' pulses or the solenoids say */
  readonly row: string;
  /** µs by heddle index; of solenoids 1 or 0 */
  readonly pulses: readonly number[];
}

export interface ShedListener {
  opening(step: number): void;
  opened(shed: Shed): void;
}

export class ShedLog {
  private session: number = helloSeed;
  private body: number[] | null = null;

  constructor(
    private readonly board: EmulatedBoard,
    private readonly listener: ShedListener,
  ) {}

  /** A byte that the board has sent. */
  take(byte: number): void {
    if (byte === startSysex) this.body = [];
    else if (byte === endSysex) {
      if (this.body?.[0] === loomSysex) this.frame(Uint8Array.from(this.body.slice(1)));
      this.body = null;
    } else if (byte < 0x80) this.body?.push(byte);
  }

  private frame(packed: Uint8Array): void {
    const frame = decodeBoard(packed, this.session);
    if (typeof frame === 'string') return;
    if (frame.name === 'HELLO') this.session = frame.fields.session;
    if (frame.name !== 'EVENT') return;
    const { event, arg } = frame.fields;
    if (event === events.opening.code) this.listener.opening(arg);
    if (event === events.opened.code) this.opened(frame.fields);
  }

  private opened({ arg, rowCrc }: BoardFields<'EVENT'>): void {
    const pulses = [...this.board.pulses()];
    const row = pulses.map((_, heddle) => (this.board.parts.isLifted(heddle) ? '1' : '0')).join('');
    this.listener.opened({ ms: this.board.nowMs, step: arg, rowCrc, row, pulses });
  }
}
