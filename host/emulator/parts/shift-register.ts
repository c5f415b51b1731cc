/** A chain of 74HC595: bits are shifted in, the latch shows them on the outputs, OE switches the outputs off. */

const bitsPerChip = 8;

export class ShiftRegisters {
  /** heard at every latch edge, if set; by output index */
  onLatch: ((outputs: Uint8Array) => void) | null = null;
  /** latch edges seen */
  latches = 0;
  private readonly shifted: Uint8Array;
  private readonly shown: Uint8Array;
  private enabled = false;

  /**
   * @param chips how many hang one behind the other
   * @param chance 0–1: "the state of the outputs at power-on is undefined"
   */
  constructor(
    readonly chips: number,
    private readonly chance: () => number,
  ) {
    this.shifted = new Uint8Array(chips * bitsPerChip);
    this.shown = new Uint8Array(chips * bitsPerChip);
    this.powerCut();
  }

  powerCut(): void {
    for (const bits of [this.shifted, this.shown]) {
      for (let i = 0; i < bits.length; i++) bits[i] = this.chance() < 0.5 ? 0 : 1;
    }
  }

  /** What is latched, by output: 0 is Q0 (QA) of the first chip, 8 is Q0 of the second. OE does not change it. */
  get outputs(): Uint8Array {
    return this.shown.slice();
  }

  /** An output drives its solenoid: latched and enabled. */
  isOn(output: number): boolean {
    return this.enabled && this.shown[output] === 1;
  }

  /** Level of the OE pin: low enables the outputs. */
  setOutputEnable(low: boolean): void {
    this.enabled = low;
  }

  /** A rising edge of the shift clock: every bit moves on, and the first bit of all ends up furthest. */
  bit(value: number): void {
    this.shifted.copyWithin(1, 0);
    this.shifted[0] = value;
  }

  /** Eight clock pulses, most significant bit first. */
  byte(value: number): void {
    this.shifted.copyWithin(bitsPerChip, 0);
    for (let bit = 0; bit < bitsPerChip; bit++) this.shifted[bit] = (value >> bit) & 1;
  }

  /** A rising edge of the storage clock. */
  latch(): void {
    this.shown.set(this.shifted);
    this.latches++;
    this.onLatch?.(this.outputs);
  }
}
