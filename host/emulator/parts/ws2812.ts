/** A WS2812 strip: decodes the edges on its data wire as real LEDs do, and counts what some of them would read otherwise. */
import { cyclesPerMs } from '../clock';

const nanoseconds = (ns: number): number => (ns * cyclesPerMs) / 1e6;

/**
 * Limits in cycles. Datasheets of WS2812, WS2812B and its clones do not agree; these hold for all that were measured by others
 * ("NeoPixels Revealed", josh.com 2014; "WS2812 Timing", cpldcpu 2014).
 */
const limits = {
  /** a shorter pulse may not be seen at all */
  shortest: nanoseconds(200),
  /** up to here every strip reads 0 */
  zero: nanoseconds(500),
  /** from here on every strip reads 1 */
  one: nanoseconds(550),
  /** a longer pulse is no bit of any datasheet */
  longest: nanoseconds(5_500),
  /** the shortest low after which some strips have shown what they had */
  earlyReset: nanoseconds(9_000),
  /** the low after which old strips show what they have; newer ones want 280 µs */
  reset: nanoseconds(50_000),
};

const bitsPerPixel = 24;

export class Ws2812Strip {
  /** pixels in which a real strip could have read another bit, or that were cut short by a reset */
  doubtful = 0;
  /** lows between 9 and 50 µs inside an update: some strips take them for its end */
  longGaps = 0;
  /** updates shown */
  updates = 0;
  private readonly received: Uint8Array;
  private readonly shown: Uint8Array;
  private rise = -1;
  private fall = Number.NEGATIVE_INFINITY;
  private bits = 0;
  private word = 0;
  private unsure = false;
  private next = 0;

  constructor(
    readonly length: number,
    private readonly now: () => number,
  ) {
    this.received = new Uint8Array(3 * length);
    this.shown = new Uint8Array(3 * length);
  }

  /** 3 bytes an LED: red, green, blue; what the strip shows now. */
  get colours(): Uint8Array {
    if (this.rise < 0) this.endIfQuiet(this.now());
    return this.shown;
  }

  powerCut(): void {
    this.received.fill(0);
    this.shown.fill(0);
    this.bits = this.next = 0;
    this.rise = -1;
  }

  /** The data wire changes. */
  edge(high: boolean): void {
    const now = this.now();
    if (high) {
      if (!this.endIfQuiet(now) && this.begun && now - this.fall > limits.earlyReset) this.longGaps++;
      this.rise = now;
    } else if (this.rise >= 0) {
      this.take(now - this.rise);
      this.rise = -1;
      this.fall = now;
    }
  }

  private get begun(): boolean {
    return this.next > 0 || this.bits > 0;
  }

  private endIfQuiet(now: number): boolean {
    if (now - this.fall < limits.reset) return false;
    if (!this.begun) return true;
    if (this.bits > 0) this.doubtful++;
    this.shown.set(this.received);
    this.updates++;
    this.next = this.bits = 0;
    this.unsure = false;
    return true;
  }

  private take(width: number): void {
    if (width < limits.shortest || width > limits.longest || (width > limits.zero && width < limits.one)) {
      this.unsure = true;
    }
    this.word = ((this.word << 1) | (width >= limits.one ? 1 : 0)) & 0xffffff;
    if (++this.bits < bitsPerPixel) return;
    if (this.unsure) this.doubtful++;
    if (this.next < this.length) {
      // "GRB, most significant bit first"
      const [green, red, blue] = [this.word >> 16, (this.word >> 8) & 0xff, this.word & 0xff];
      this.received.set([red, green, blue], 3 * this.next);
    }
    this.next++;
    this.bits = 0;
    this.unsure = false;
  }
}
