/** The I²C bus between the microcontroller and its boards, with the faults that a real bus can have. */

export interface I2cDevice {
  /** answers to this 7-bit address now */
  answers(address: number): boolean;
  /** addressed after a START; a master write begins when `reading` is false */
  begin(reading: boolean): void;
  /** @returns acknowledged */
  write(byte: number): boolean;
  read(): number;
  /** STOP or repeated START after it was addressed */
  end(): void;
}

const generalCall = 0x00;
const softwareReset = 0x06;

export class I2cBus {
  /** bytes after addresses */
  bytes = 0;
  /** addresses that nobody answered, and data bytes refused */
  refusals = 0;
  /** told when a fault begins and ends to hold a line low */
  onHeld: ((line: 'sda' | 'scl', held: boolean) => void) | null = null;
  private readonly missing = new Set<I2cDevice>();
  private addressed: I2cDevice[] = [];
  private calling = false;
  private refuseIn = 0;
  private refuseOn = false;
  private sdaClocks = 0;
  private sclHeld = false;

  constructor(
    private devices: readonly I2cDevice[],
    /** PCA9685 and friends: what "SWRST" does (NXP PCA9685, §7.6) */
    private readonly resetAll: () => void,
  ) {}

  /** SDA is held low: no START and no STOP is possible, and every bit reads as 0. */
  get held(): boolean {
    return this.sdaClocks > 0;
  }

  /** SCL is held low: nothing goes on. */
  get clockHeld(): boolean {
    return this.sclHeld;
  }

  /** Hangs a further device on the bus: a visitor's, that the loom knows nothing of. */
  connect(device: I2cDevice): void {
    this.devices = [...this.devices, device];
  }

  /** Takes a device off the bus, or puts it back. */
  unplug(device: I2cDevice, gone = true): void {
    if (gone) this.missing.add(device);
    else this.missing.delete(device);
  }

  /** The nth data byte from now (1 = the next) is not acknowledged. */
  refuse(nth: number): void {
    this.refuseIn = nth;
    this.refuseOn = false;
  }

  /** Nor is any after it, until `restore`. */
  refuseFrom(nth: number): void {
    this.refuseIn = nth;
    this.refuseOn = true;
  }

  /** A device holds SDA low, as after a reset in the middle of a read, until it has seen so many clocks; Infinity = a short circuit, 0 = let go. */
  holdSda(clocks: number): void {
    this.sdaClocks = clocks;
    this.onHeld?.('sda', this.held);
  }

  holdScl(held: boolean): void {
    this.sclHeld = held;
    this.onHeld?.('scl', held);
  }

  /** Every fault is over: boards are back, lines free, bytes acknowledged. */
  restore(): void {
    this.missing.clear();
    this.refuseIn = 0;
    this.refuseOn = false;
    this.holdSda(0);
    this.holdScl(false);
  }

  /** SCL was pulsed, by hand or in a transfer. */
  clockPulse(count = 1): void {
    if (!this.held) return;
    this.sdaClocks = Math.max(0, this.sdaClocks - count);
    if (!this.held) this.onHeld?.('sda', false);
  }

  start(): void {
    for (const device of this.addressed) device.end();
    this.addressed = [];
    this.calling = false;
  }

  address(address: number, reading: boolean): boolean {
    this.calling = address === generalCall && !reading && this.missing.size < this.devices.length;
    this.addressed = this.devices.filter((device) => !this.missing.has(device) && device.answers(address));
    for (const device of this.addressed) device.begin(reading);
    if (this.addressed.length > 0 || this.calling) return true;
    this.refusals++;
    return false;
  }

  write(byte: number): boolean {
    this.bytes++;
    if (this.refuseIn > 0 && --this.refuseIn === 0) {
      if (this.refuseOn) this.refuseIn = 1;
      this.refusals++;
      return false;
    }
    if (this.calling && byte === softwareReset) {
      this.resetAll();
      return true;
    }
    let acknowledged = this.calling;
    for (const device of this.addressed) acknowledged = device.write(byte) || acknowledged;
    if (!acknowledged) this.refusals++;
    return acknowledged;
  }

  /** Open drain: a 0 of any device wins. */
  read(_acknowledged: boolean): number {
    this.bytes++;
    return this.addressed.reduce((value, device) => value & device.read(), this.held ? 0 : 0xff);
  }

  stop(): void {
    this.start();
  }
}
