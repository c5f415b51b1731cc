/** A switch between a pin and ground: treadle, back treadle, e-stop. */
import type { Pins } from '../pins';

/** Runs something after so many cycles; it survives a reset of the board. */
export type Later = (cycles: number, then: () => void) => void;

const cyclesPerMs = 16_000;

export class Contact {
  /** ms for which the contact bounces when it closes or opens */
  bounceMs = 0;
  private closed = false;
  private turn = 0;

  constructor(
    private readonly pins: Pins,
    private readonly pin: number,
    private readonly later: Later,
    closed: boolean,
  ) {
    this.set(closed);
  }

  get isClosed(): boolean {
    return this.closed;
  }

  close(): void {
    this.change(true);
  }

  open(): void {
    this.change(false);
  }

  private change(closed: boolean): void {
    const turn = ++this.turn;
    this.closed = closed;
    const bounces = Math.floor(this.bounceMs / 0.25);
    for (let i = 0; i < bounces; i++) {
      const level = i % 2 === 0 ? closed : !closed;
      this.later(i * 0.25 * cyclesPerMs, () => {
        if (turn === this.turn) this.pins.drive(this.pin, !level);
      });
    }
    if (bounces === 0) this.set(closed);
    else
      this.later(this.bounceMs * cyclesPerMs, () => {
        if (turn === this.turn) this.set(closed);
      });
  }

  private set(closed: boolean): void {
    this.closed = closed;
    this.pins.drive(this.pin, !closed);
  }
}

export class Treadle extends Contact {
  constructor(
    pins: Pins,
    pin: number,
    private readonly delay: Later,
  ) {
    super(pins, pin, delay, false);
  }

  press(): void {
    this.close();
  }

  release(): void {
    this.open();
  }

  /** Pressed, and released after so many ms. */
  tap(ms = 60): void {
    this.press();
    this.delay(ms * cyclesPerMs, () => this.release());
  }
}
