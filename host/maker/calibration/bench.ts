/** The board while it is calibrated: armed, one heddle moved at a time, saved and armed again. */
import { type ArmPlace, armAndRest, parkAndRest } from '../../weave/harness';
import { writeValues } from '../board-image';
import { makeIdle } from '../idle';
import type { SettingValue } from '../image';
import { keepSettings } from '../keep-settings';
import type { MakerBoard } from '../open-maker';

export class CalibrationBench {
  /** pulse that each heddle was given last, µs; 0 = at rest */
  private readonly given: number[];
  private moves: Promise<void> = Promise.resolve();
  /** what the board remembers of a weave, given back with every arming */
  private place: ArmPlace = { weave: 0, step: 0, rowCrc: 0 };

  constructor(private readonly board: MakerBoard) {
    this.given = new Array<number>(board.facts.heddles).fill(0);
  }

  /** Heddles go to rest. The place of a weave that was parked stays as it is. */
  async arm(): Promise<void> {
    const { driver } = this.board;
    await makeIdle(driver);
    this.place = await driver.askPlace();
    await armAndRest(driver, this.place);
    this.given.fill(0);
  }

  /** Gives a heddle a pulse, after those before it; nothing is sent when it has it already. */
  give(index: number, us: number): Promise<void> {
    if (this.given[index] === us) return this.moves;
    this.given[index] = us;
    this.moves = this.moves.then(() => this.board.settings.test(index, us));
    return this.moves;
  }

  /** Parks, writes, saves, compares, keeps a copy, and arms again. @throws LoomError, Refused */
  async save(values: readonly SettingValue[]): Promise<void> {
    await this.park();
    await writeValues(this.board.settings, values);
    await keepSettings(this.board.driver, await this.board.reconnect());
    await this.arm();
  }

  async park(): Promise<void> {
    await this.moves;
    await parkAndRest(this.board.driver, this.place);
  }
}
