/** An APA102 strip: finds start frames and LED frames in the bits that come down its data and clock wires. */

/** 32 zero bits begin an update; then each LED takes one word: 111, 5 bits of brightness, blue, green, red. */
const startBits = 32;

export class Apa102Strip {
  /** 3 bytes an LED: red, green, blue */
  readonly colours: Uint8Array;
  /** 0–31 by LED */
  readonly brightness: Uint8Array;
  /** start frames seen */
  updates = 0;
  private zeros = 0;
  private word = 0;
  private bits = 0;
  private next = -1;

  constructor(readonly length: number) {
    this.colours = new Uint8Array(3 * length);
    this.brightness = new Uint8Array(length);
  }

  powerCut(): void {
    this.colours.fill(0);
    this.brightness.fill(0);
    this.next = -1;
    this.zeros = this.bits = 0;
  }

  /** Eight clock pulses, most significant bit first. */
  byte(value: number): void {
    if (this.next < 0 && value === 0) this.zeros += 8;
    else if (this.next >= 0 && (this.bits & 7) === 0 && this.zeros + Math.clz32(value) - 24 < startBits) {
      this.zeros = value === 0 ? this.zeros + 8 : 31 - Math.clz32(value & -value);
      this.word = ((this.word << 8) | value) >>> 0;
      this.bits += 8;
      if (this.bits === 32) this.take();
    } else for (let bit = 7; bit >= 0; bit--) this.bit((value >> bit) & 1);
  }

  /** One rising edge of the clock. */
  bit(value: number): void {
    const zerosBefore = this.zeros;
    this.zeros = value === 0 ? zerosBefore + 1 : 0;
    if (this.zeros >= startBits) {
      // So many zeros are in no LED frame, wherever one was expected.
      this.next = -1;
    } else if (this.next < 0 && value === 1 && zerosBefore >= startBits) {
      this.next = 0;
      this.word = 1;
      this.bits = 1;
      this.updates++;
    } else if (this.next >= 0) {
      this.word = ((this.word << 1) | value) >>> 0;
      if (++this.bits === 32) this.take();
    }
  }

  private take(): void {
    const { word, next } = this;
    this.bits = 0;
    this.word = 0;
    if (word >>> 29 !== 7 || next >= this.length) return;
    this.brightness[next] = (word >>> 24) & 31;
    this.colours[3 * next] = word & 0xff;
    this.colours[3 * next + 1] = (word >>> 8) & 0xff;
    this.colours[3 * next + 2] = (word >>> 16) & 0xff;
    this.next = next + 1;
  }
}
