/** A PCA9685 servo board: register file, its own oscillator, and the pulse that each channel's servo really receives. */
import type { I2cDevice } from '../i2c-bus';

const MODE1 = 0x00;
const MODE2 = 0x01;
const SUBADR1 = 0x02;
const ALLCALLADR = 0x05;
const LED0_ON_L = 0x06;
const LED15_OFF_H = 0x45;
const ALL_LED_ON_L = 0xfa;
const ALL_LED_OFF_H = 0xfd;
const PRE_SCALE = 0xfe;

const RESTART = 0x80;
const AI = 0x20;
const SLEEP = 0x10;
const ALLCALL = 0x01;
/** bit 4 of LEDn_ON_H and LEDn_OFF_H: full on, full off; "full OFF takes precedence" (table 7) */
const FULL = 0x10;

const channels = 16;
const counts = 4096;
/** "internal 25 MHz oscillator": what the datasheet promises; real ones are several per cent off */
const nominalMhz = 25;
const cpuMhz = 16;
/** The oscillator needs "500 µs max." after SLEEP is cleared. */
const wakeUp = 8000;

interface Channel {
  /** counts at which the output rises and falls; `width` 0 = off, 4096 = always on */
  on: number;
  width: number;
  nextOn: number;
  nextWidth: number;
  /** cycle at which the next values take effect; Infinity = none wait */
  changesAt: number;
  /** pulses before this cycle have been looked at */
  seenTo: number;
  pulse: number;
  pulseEnd: number;
}

export class Pca9685 implements I2cDevice {
  private readonly registers = new Uint8Array(256);
  private readonly channels: Channel[] = [];
  private pointer = 0;
  private expectPointer = false;
  private touched = 0;
  /** cycle of a beginning of the oscillator's period, or Infinity while it sleeps */
  private phase = Number.POSITIVE_INFINITY;
  private enabledAt = Number.POSITIVE_INFINITY;

  constructor(
    /** set by its solder bridges, 0x40–0x7F */
    readonly ownAddress: number,
    private readonly now: () => number,
    /** 0–1, where its oscillator happens to stand when it wakes */
    private readonly chance: () => number,
    /** of its own oscillator */
    private readonly oscillatorMhz = nominalMhz,
  ) {
    this.reset();
  }

  /** Power-on or software reset: table 4's defaults, outputs off. */
  reset(): void {
    const { registers } = this;
    registers.fill(0);
    registers[MODE1] = SLEEP | ALLCALL;
    registers[MODE2] = 0x04;
    registers.set([0xe2, 0xe4, 0xe8, 0xe0], SUBADR1);
    registers[PRE_SCALE] = 0x1e;
    for (let i = 0; i < channels; i++) registers[LED0_ON_L + 4 * i + 3] = FULL;
    this.phase = Number.POSITIVE_INFINITY;
    this.touched = 0;
    for (let i = 0; i < channels; i++) {
      const before = this.channels[i];
      this.channels[i] = {
        ...{ on: 0, width: 0, nextOn: 0, nextWidth: 0, changesAt: Number.POSITIVE_INFINITY, seenTo: 0 },
        ...{ pulse: before?.pulse ?? 0, pulseEnd: before?.pulseEnd ?? 0 },
      };
    }
  }

  /** The whole board loses its supply: its servos have received nothing since. */
  powerCut(): void {
    this.reset();
    for (const channel of this.channels) channel.pulse = channel.pulseEnd = 0;
  }

  /** Level of the OE pin: low enables the outputs. */
  setOutputEnable(low: boolean): void {
    if (low === (this.enabledAt !== Number.POSITIVE_INFINITY)) return;
    for (let i = 0; i < channels; i++) this.look(i);
    this.enabledAt = low ? this.now() : Number.POSITIVE_INFINITY;
  }

  /** µs of the last whole pulse that channel 0–15 gave; 0 = never one. */
  pulse(index: number): number {
    this.look(index);
    return this.channels[index].pulse;
  }

  /** Cycle at which that pulse ended. */
  pulseEnd(index: number): number {
    this.look(index);
    return this.channels[index].pulseEnd;
  }

  /** Channel 0–15 is giving pulses: awake, enabled and not off. */
  pulsing(index: number): boolean {
    this.look(index);
    const { width } = this.channels[index];
    return width > 0 && this.enabledAt < Number.POSITIVE_INFINITY && this.phase < Number.POSITIVE_INFINITY;
  }

  register(address: number): number {
    return this.registers[address];
  }

  /** Length of a period in cycles: "prescale value = round(25 MHz / (4096 × update rate)) − 1" */
  get period(): number {
    return counts * (this.registers[PRE_SCALE] + 1) * (cpuMhz / this.oscillatorMhz);
  }

  answers(address: number): boolean {
    const { registers } = this;
    if (address === this.ownAddress) return true;
    if (registers[MODE1] & ALLCALL && address === registers[ALLCALLADR] >> 1) return true;
    return [8, 4, 2].some((bit, i) => registers[MODE1] & bit && address === registers[SUBADR1 + i] >> 1);
  }

  begin(reading: boolean): void {
    this.expectPointer = !reading;
  }

  write(byte: number): boolean {
    if (this.expectPointer) {
      this.pointer = byte;
      this.expectPointer = false;
      return true;
    }
    this.store(this.pointer, byte);
    this.step();
    return true;
  }

  read(): number {
    const byte = this.registers[this.pointer];
    this.step();
    return byte;
  }

  /** "Outputs change on STOP command" (MODE2.OCH = 0, the default), and then with the next period. */
  end(): void {
    for (let i = 0; this.touched !== 0; i++, this.touched >>= 1) if (this.touched & 1) this.change(i);
  }

  /** Auto-increment rolls over after LED15_OFF_H, and after PRE_SCALE's neighbours. */
  private step(): void {
    if (!(this.registers[MODE1] & AI)) return;
    this.pointer = this.pointer === LED15_OFF_H ? 0 : (this.pointer + 1) & 0xff;
  }

  private store(address: number, byte: number): void {
    const { registers } = this;
    if (address === MODE1) this.setMode(byte);
    else if (address === PRE_SCALE) {
      // "Writes to PRE_SCALE register are blocked when SLEEP bit is logic 0"
      if (registers[MODE1] & SLEEP) registers[PRE_SCALE] = Math.max(3, byte);
    } else if (address >= ALL_LED_ON_L && address <= ALL_LED_OFF_H) {
      for (let i = 0; i < channels; i++) registers[LED0_ON_L + 4 * i + address - ALL_LED_ON_L] = byte;
      this.touched = 0xffff;
    } else if (address <= LED15_OFF_H) {
      registers[address] = byte;
      if (address >= LED0_ON_L) this.touched |= 1 << ((address - LED0_ON_L) >> 2);
    }
  }

  private setMode(byte: number): void {
    const { registers } = this;
    const wasAsleep = (registers[MODE1] & SLEEP) !== 0;
    const asleep = (byte & SLEEP) !== 0;
    let restart = registers[MODE1] & RESTART;
    if (!wasAsleep && asleep) {
      for (let i = 0; i < channels; i++) this.look(i);
      if (this.channels.some((channel) => channel.width > 0)) restart = RESTART;
      this.phase = Number.POSITIVE_INFINITY;
      // PWM channels stay off after SLEEP until RESTART is written, or their registers are (§7.3.1.1).
      for (const channel of this.channels) Object.assign(channel, { width: 0, changesAt: Number.POSITIVE_INFINITY });
    }
    if (wasAsleep && !asleep) this.phase = this.now() + wakeUp + Math.floor(this.chance() * this.period);
    registers[MODE1] = (byte & ~RESTART) | restart;
    if (byte & RESTART && restart && !asleep) {
      registers[MODE1] &= ~RESTART;
      for (let i = 0; i < channels; i++) this.change(i);
    }
  }

  /** Takes the registers of a channel over, from the next period on. */
  private change(index: number): void {
    this.look(index);
    const at = LED0_ON_L + 4 * index;
    const [onLow, onHigh, offLow, offHigh] = this.registers.subarray(at, at + 4);
    const on = ((onHigh & 0x0f) << 8) | onLow;
    const off = ((offHigh & 0x0f) << 8) | offLow;
    const channel = this.channels[index];
    channel.nextOn = on;
    channel.nextWidth = offHigh & FULL ? 0 : onHigh & FULL ? counts : (off - on + counts) % counts;
    if (this.phase === Number.POSITIVE_INFINITY) {
      // Nothing runs: whatever is there when it wakes counts.
      channel.on = channel.nextOn;
      channel.width = channel.nextWidth;
      channel.changesAt = Number.POSITIVE_INFINITY;
      return;
    }
    const { period, phase } = this;
    channel.changesAt = phase + Math.max(0, Math.floor((this.now() - phase) / period) + 1) * period;
  }

  /** Brings a channel's account of pulses up to now. */
  private look(index: number): void {
    const channel = this.channels[index];
    const now = this.now();
    if (channel.changesAt <= now) {
      this.count(channel, channel.changesAt);
      channel.on = channel.nextOn;
      channel.width = channel.nextWidth;
      channel.changesAt = Number.POSITIVE_INFINITY;
    }
    this.count(channel, now);
  }

  /** Finds the last pulse that lies wholly between what was looked at before and `to`, with the outputs enabled. */
  private count(channel: Channel, to: number): void {
    const { phase, period } = this;
    const { on, width } = channel;
    const from = Math.max(channel.seenTo, this.enabledAt, phase);
    if (width > 0 && width < counts && from < Number.POSITIVE_INFINITY) {
      const tick = period / counts;
      const first = phase + on * tick;
      const last = first + Math.floor((to - first - width * tick) / period) * period;
      if (last >= from && last + width * tick > channel.pulseEnd) {
        channel.pulse = (width * tick) / 16;
        channel.pulseEnd = last + width * tick;
      }
    }
    // A pulse that is still high at `to` began before it and is counted when it ends.
    channel.seenTo = Math.max(channel.seenTo, this.pulseBegunBefore(channel, to));
  }

  private pulseBegunBefore({ on, width }: Channel, to: number): number {
    const { phase, period } = this;
    if (width === 0 || width >= counts || phase === Number.POSITIVE_INFINITY || to < phase) return to;
    const tick = period / counts;
    const first = phase + on * tick;
    if (to < first) return Math.min(to, first);
    const begun = first + Math.floor((to - first) / period) * period;
    return begun + width * tick > to ? begun : to;
  }
}
