/** A person at a loom on a bad cable: clears what stopped, goes on after a hold, and never opens a row before its turn. */
import type { FirmwareDriver } from '../../host/board/loom-driver';
import { Refused } from '../../host/board/refused';
import { LoomError } from '../../host/errors';
import { makeReady, NotAtRest } from '../../host/weave/harness';
import { rowCrc } from '../../protocol/wire';

const weave = 9;
/** ms after which a person looks again why nothing opens */
const patience = 3000;

export interface Acts {
  row(step: number): Uint8Array;
  /** heddles may move from now on: to rest (0), or to this step's row */
  mayMove(step: number): void;
  /** opens the row that waits on a loom that weaves: a message, or a foot */
  take(step: number): Promise<void>;
}

export class PatientHand {
  /** last step that is open, as far as the host knows */
  open = 0;
  readonly did = { cleared: 0, resumed: 0, armed: 0, sessions: 0 };

  constructor(
    private readonly driver: FirmwareDriver,
    private readonly acts: Acts,
  ) {}

  async weaveTo(last: number): Promise<void> {
    while (this.open < last) {
      try {
        await this.goOn();
      } catch (error) {
        if (!(error instanceof LoomError)) throw error;
        // Refused, or stopped meanwhile: it came too late. Else the session is over, and the board is asked where it is.
        if (!(error instanceof Refused || error instanceof NotAtRest)) await this.connect();
      }
    }
  }

  async connect(): Promise<void> {
    this.did.sessions++;
    const { place } = await this.driver.connect().catch(() => this.driver.connect());
    if (place.weave === weave) this.open = Math.max(this.open, place.step);
  }

  private async goOn(): Promise<void> {
    const { driver, did, acts } = this;
    const place = await driver.askPlace();
    const { state } = place;
    // A shed that began to open is open, whether it was heard of or not.
    if (place.weave === weave) this.open = Math.max(this.open, place.step);
    if (state === 'weaving') return this.openRow(this.open + 1, acts.take);
    if (state === 'fault') did.cleared++;
    if (state === 'held') did.resumed++;
    else {
      did.armed++;
      acts.mayMove(0);
    }
    const { open } = this;
    const at = { weave, step: open, rowCrc: open && rowCrc(open, acts.row(open)) };
    const ready = await makeReady(driver, at, state === 'fault');
    // The first shed after arming is opened by a message alone.
    if (ready === 'armed') await this.openRow(Math.max(open, 1), (step) => driver.open(step));
  }

  private async openRow(step: number, take: Acts['take']): Promise<void> {
    const { driver, acts } = this;
    await driver.tell(step, acts.row(step)).catch((error) => {
      // It was told before something came between, and waits still.
      if (!(error instanceof Refused && error.refusal === 'waiting')) throw error;
    });
    acts.mayMove(step);
    const opened = this.listen(step);
    await take(step).catch((error) => {
      opened.forget();
      throw error;
    });
    if (await opened.heard) this.open = step;
  }

  /** `heard` is true when the step has opened, false when something came between or nothing happens. */
  private listen(step: number): { heard: Promise<boolean>; forget: () => void } {
    const { driver } = this;
    let forget = () => {};
    const heard = new Promise<boolean>((resolve) => {
      const opened = (open: number) => open === step && resolve(true);
      const broken = () => resolve(false);
      const state = (now: string) => now !== 'weaving' && now !== 'armed' && broken();
      const timer = driver.clock.after(patience, broken);
      driver.on('opened', opened).on('state', state).on('reset', broken);
      forget = () => {
        timer.cancel();
        driver.off('opened', opened).off('state', state).off('reset', broken);
      };
    });
    return { heard: heard.finally(() => forget()), forget: () => forget() };
  }
}
