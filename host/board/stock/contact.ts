/** A contact under a foot: counts once when it has been closed for a moment, and is ready again after it was open for one. */
import { times } from '../../../protocol/wire.table';
import type { Clock, Timer } from '../transport';

export class PressedContact {
  private closed = false;
  private ready = true;
  private timer: Timer | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly pressed: () => void,
  ) {}

  /** The level as the board reports it, bounces and all. */
  is(closed: boolean): void {
    if (closed === this.closed) return;
    this.closed = closed;
    this.timer?.cancel();
    const ms = closed ? times.debounceDown.code : times.debounceUp.code;
    this.timer = this.clock.after(ms, () => this.lasted());
  }

  /** At arming: a contact that is down already counts after it was let go. */
  arm(): void {
    if (this.closed) this.ready = false;
  }

  end(): void {
    this.timer?.cancel();
  }

  private lasted(): void {
    if (!this.closed) this.ready = true;
    else if (this.ready) {
      this.ready = false;
      this.pressed();
    }
  }
}
