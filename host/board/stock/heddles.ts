/** The heddles of a stock board: a few start in each frame, only those that change, and a shed is open when all have settled. */
import { times } from '../../../protocol/wire.table';
import type { Clock, Timer } from '../transport';
import type { HeddleOutputs } from './outputs';
import type { StockNumbers } from './wiring';

export class Heddles {
  /** nothing more starts while true; what moves goes on to where it was sent */
  private frozen = false;
  /** µs by heddle index; 0 = no pulse */
  private readonly now: Uint16Array;
  private readonly wanted: Uint16Array;
  private timer: Timer | null = null;
  private settled: (() => void) | null = null;

  constructor(
    readonly count: number,
    private readonly clock: Clock,
    private readonly outputs: HeddleOutputs,
    private readonly numbers: StockNumbers,
    /** true when the board has read all that was sent */
    private readonly heard: () => Promise<boolean>,
  ) {
    this.now = new Uint16Array(count);
    this.wanted = new Uint16Array(count);
  }

  /** Outputs on, and all heddles down. */
  rest(settled: () => void): void {
    this.outputs.enable();
    this.move(() => false, settled);
  }

  /** @param row bit 0 of byte 0 is heddle 1, 1 = lifted; empty = all down */
  open(row: Uint8Array, settled: () => void): void {
    this.move((heddle) => ((row[heddle >> 3] >> (heddle & 7)) & 1) === 1, settled);
  }

  freeze(frozen: boolean): void {
    this.frozen = frozen;
    if (!frozen && this.settled && !this.timer) this.frame();
  }

  /** No pulses at once; what was on its way is forgotten. */
  off(): void {
    this.forget();
    this.outputs.off();
  }

  /** The board has gone, and the pulses with it or not: nobody knows. */
  forget(): void {
    this.timer?.cancel();
    this.timer = this.settled = null;
    this.frozen = false;
    this.now.fill(0);
  }

  private move(lifted: (heddle: number) => boolean, settled: () => void): void {
    const { down, up } = this.numbers;
    for (let heddle = 0; heddle < this.count; heddle++) this.wanted[heddle] = lifted(heddle) ? up : down;
    this.settled = settled;
    this.timer?.cancel();
    this.frame();
  }

  private frame(): void {
    this.timer = null;
    if (this.frozen) return;
    let starts = this.numbers.k;
    for (let heddle = 0; heddle < this.count && starts > 0; heddle++) {
      if (this.now[heddle] === this.wanted[heddle]) continue;
      this.now[heddle] = this.wanted[heddle];
      this.outputs.pulse(heddle, this.wanted[heddle]);
      starts--;
    }
    const more = this.now.some((width, heddle) => width !== this.wanted[heddle]);
    if (more) this.timer = this.clock.after(times.frame.code, () => this.frame());
    else void this.settle(this.settled);
  }

  /** The servos' time counts from when the board has read the last of it. A board that does not answer is asked until it does. */
  private async settle(settled: (() => void) | null): Promise<void> {
    while (this.settled === settled && !(await this.heard()));
    if (!settled || this.settled !== settled) return;
    this.timer = this.clock.after(this.numbers.settle, () => {
      if (this.settled !== settled) return;
      this.timer = this.settled = null;
      settled();
    });
  }
}
