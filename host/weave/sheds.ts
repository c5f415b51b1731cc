/** The sheds of a weave: the open one, the one that waits on the board, and never more than one row ahead. */
import type { Cloth } from '../../patterns/cloth';
import { type Harness, straightHarness } from '../../patterns/harness';
import { rowCrc } from '../../protocol/wire';
import type { LoomDriver } from '../board/driver';
import { Refused } from '../board/refused';
import type { Direction, NewEntry } from './entries';
import type { Journal } from './journal';
import type { Shed } from './place';
import { wireRow } from './wire-row';

/** A shed takes well under a second to open; while it moves the board takes no OPEN. */
const patience = { tries: 60, ms: 50 };

export class Sheds {
  /** last shed opened, null before the first */
  open: Shed | null = null;
  /** told to the board, not open yet */
  waiting: Shed | null = null;
  /** the waiting shed is on its way */
  moving = false;
  direction: Direction = 'forward';
  /** numbers of the heddles that nothing drives */
  masked: readonly number[] = [];
  /** the waiting shed is the open one once more, after a break */
  private reopening = false;
  private shuttle = '';

  /** @param last number of the pick after which the weave ends */
  constructor(
    private readonly cloth: Cloth,
    private readonly driver: LoomDriver,
    private readonly journal: Journal,
    readonly last: number,
    readonly harness: Harness = straightHarness(cloth.lifts.ends),
  ) {}

  /** The last pick is open and the hand goes forward: there is no shed after it. */
  get atEnd(): boolean {
    return this.direction === 'forward' && this.open?.pick === this.last;
  }

  /** All picks before the first are out: going back there is no shed after it. */
  get atBeginning(): boolean {
    return this.direction === 'back' && this.open?.pick === 1;
  }

  /** What is open where the weave starts or was taken up again; nothing waits. */
  place(open: Shed | null): void {
    this.open = open;
    this.forget();
    this.shuttle = '';
  }

  private forget(): void {
    this.waiting = null;
    this.moving = false;
    this.reopening = false;
  }

  /** The row after the open one goes to the board, unless one waits or the cloth ends here. */
  async tellNext(): Promise<void> {
    if (this.waiting) return;
    const pick = (this.open?.pick ?? 0) + (this.direction === 'forward' ? 1 : -1);
    if (pick >= 1 && pick <= this.last) await this.tell((this.open?.step ?? 0) + 1, pick);
  }

  /** Opens the shed of the place: the open one again, or the first. Heddles are at rest. */
  async openPlace(): Promise<void> {
    this.forget();
    this.reopening = this.open !== null;
    if (this.open) await this.tell(this.open.step, this.open.pick);
    else await this.tellNext();
    await this.openWaiting();
  }

  async openWaiting(): Promise<void> {
    const { waiting, driver } = this;
    if (!waiting) return;
    for (let tries = patience.tries; ; tries--) {
      const refused = await driver.open(waiting.step).then(() => null, refusal);
      if (refused?.refusal === 'moving' && tries > 0) {
        // An earlier shed is not settled yet.
        await new Promise<void>((resolve) => driver.clock.after(patience.ms, resolve));
        continue;
      }
      // No row waits: the treadle was quicker, and its shed is on its way.
      if (refused && refused.refusal !== 'nothing') throw refused;
      this.moving = true;
      return;
    }
  }

  /** Takes the waiting row back. False when a press was quicker and its shed opens. */
  async takeBack(): Promise<boolean> {
    if (!this.waiting) return true;
    if ((await this.driver.drop()) === 'open') return false;
    await this.write({ what: 'dropped', step: this.waiting.step });
    this.forget();
    return true;
  }

  /** A row that waits was made without the mask: it is taken back, unless a press was quicker. */
  async mask(heddles: readonly number[]): Promise<void> {
    if (!this.moving) await this.takeBack();
    await this.write({ what: 'masked', heddles: [...heddles] });
    this.masked = heddles;
  }

  /** What stands for a step of this pick when it is opened again: its row may have changed since, by a mask. */
  crcOf({ step, pick }: Shed): number {
    return rowCrc(step, wireRow(this.cloth, pick, this.masked, this.harness));
  }

  async turnRound(): Promise<void> {
    this.direction = this.direction === 'forward' ? 'back' : 'forward';
    await this.write({ what: 'turned', direction: this.direction });
  }

  /** The waiting shed is on its way. Resolves to the shed that was passed by it; null for the first and for a re-open. */
  async opening(): Promise<Shed | null> {
    this.moving = true;
    const passed = this.reopening ? null : await this.pass();
    const { waiting } = this;
    if (!waiting) return passed;
    const { colour } = this.cloth.yarns[this.cloth.weft[waiting.pick - 1]];
    if (colour !== this.shuttle) await this.driver.weft(colour);
    this.shuttle = colour;
    return passed;
  }

  /** Somebody went on: the thread of the open pick is in, or out when unweaving. */
  async pass(): Promise<Shed | null> {
    const { open, direction } = this;
    if (open) await this.write({ what: 'passed', step: open.step, pick: open.pick, direction });
    return open;
  }

  /** The waiting shed is open and settled. */
  async opened(): Promise<void> {
    const { waiting, reopening } = this;
    if (!waiting) return;
    await this.write({ what: 'open', ...waiting, by: 'board', ...(reopening && { reopened: true }) });
    this.open = waiting;
    this.forget();
  }

  /**
   * The board keeps no row any more: a stop, a release, parking. A shed that was on its way is the place all the same,
   * because the one before it was passed.
   */
  async settle(): Promise<void> {
    const { waiting, open } = this;
    const { step, rowCrc } = this.driver.place();
    const begun = waiting && waiting.step !== open?.step && waiting.step === step && waiting.crc === rowCrc;
    if (begun) await this.write({ what: 'open', ...waiting, by: 'asked' });
    this.place(begun ? waiting : open);
  }

  /** On disk when it resolves; emulated time waits for the disk. */
  write(...entries: NewEntry[]): Promise<void> {
    return this.driver.clock.during(this.journal.append(...entries));
  }

  private async tell(step: number, pick: number): Promise<void> {
    const row = wireRow(this.cloth, pick, this.masked, this.harness);
    const shed = { step, pick, crc: rowCrc(step, row) };
    // On disk before it is on the wire: whatever the board may open, the journal has named.
    await this.write({ what: 'told', ...shed });
    this.waiting = shed;
    await this.driver.tell(step, row);
  }
}

function refusal(error: unknown): Refused {
  if (error instanceof Refused) return error;
  throw error;
}
