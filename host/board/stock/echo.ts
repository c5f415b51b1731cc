/**
 * StandardFirmata acknowledges nothing, but it answers a question about a pin, and it takes everything in order: an answer
 * says that all that was sent before the question has been read by the board. (Not that it arrived undamaged.)
 */
import type { Clock, Timer } from '../transport';
import type { FirmataClient } from './johnny-five';

/** Pin 0 is RX: nobody else asks for its state. */
const askedPin = 0;
const patienceMs = 2000;

interface Question {
  readonly timer: Timer;
  readonly askedAt: number;
  readonly resolve: (heard: boolean) => void;
}

export class Echo {
  /** ms, of the last answer; 0 before the first */
  roundTripMs = 0;
  asked = 0;
  private readonly waiting: Question[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly io: FirmataClient,
  ) {
    io.on(`pin-state-${askedPin}`, () => {
      const question = this.waiting.shift();
      if (!question) return;
      question.timer.cancel();
      this.roundTripMs = clock.now() - question.askedAt;
      question.resolve(true);
    });
  }

  /** Resolves true when the board has read all that was sent so far, false when it says nothing for 2 s. */
  ask(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.clock.after(patienceMs, () => {
        this.waiting.splice(this.waiting.indexOf(question), 1);
        resolve(false);
      });
      const question = { timer, askedAt: this.clock.now(), resolve };
      this.waiting.push(question);
      this.asked++;
      this.io.queryPinState(askedPin, () => {});
    });
  }

  /** Nobody answers any more. */
  end(): void {
    for (const { timer, resolve } of this.waiting.splice(0)) {
      timer.cancel();
      resolve(false);
    }
  }
}
