/** The emulated Arduino with the loom's parts wired to it; synchronous, in the caller's own thread. */
import { AVRADC, AVRClock } from './avr8js';
import { Parts } from './board-parts';
import { Bootloader, type BootloaderName, type Cause, causeLeft, causes, listens } from './bootloader';
import { type ChipName, chips } from './chips/chips';
import { cyclesPerMs } from './clock';
import { Core } from './core';
import { Eeprom, type EepromCounts } from './eeprom';
import { flashFromHex } from './hex';
import { HostLine } from './host-line';
import { Pins } from './pins';
import { Prescalers } from './prescaler';
import { randomFrom } from './random';
import { SpiBus } from './spi-bus';
import { Timer } from './timer';
import { Twi } from './twi';
import { Usart, type UsartCounts } from './usart';
import { Watchdog } from './watchdog';
import { pinsOf, type Wiring } from './wiring';

const MCUSR = 0x54;
/** pin 13 is on port B of every board */
const ledPin = 13;
/** part of the SRAM's bytes that do not survive a brown-out */
const forgotten = 1 / 16;

export interface EmulatedBoardOptions {
  /** text of the firmware's Intel HEX file */
  readonly hex: string;
  readonly wiring: Wiring;
  /** atmega328p, an Uno or Nano, unless said */
  readonly chip?: ChipName;
  /** none unless said: the application starts at once, and reads in MCUSR why */
  readonly bootloader?: BootloaderName;
  /** rate of the host's end of the line; 57,600 */
  readonly baud?: number;
  /** what is in the EEPROM, from address 0; the rest is erased */
  readonly eeprom?: Uint8Array;
  /** what is in the SRAM, from its first byte; random as after power-on when left out */
  readonly sram?: Uint8Array;
  /** seed of all that is random: SRAM after a power cut, phases of the PCA9685s */
  readonly seed?: number;
  /** jump over sleep instead of ticking through it; true */
  readonly skipSleep?: boolean;
}

export interface Counts extends UsartCounts, EepromCounts {
  resets: number;
}

export class EmulatedBoard {
  readonly pins: Pins;
  readonly line: HostLine;
  readonly counts: Counts = {
    ...{ received: 0, overruns: 0, frameErrors: 0, sent: 0 },
    ...{ writes: 0, readsWhileWriting: 0, writesWhileWriting: 0, resets: 0 },
  };
  readonly eeprom: Uint8Array;
  readonly parts: Parts;
  /** Called for every byte that the host reads; while null, bytes collect for `takeOutput`. */
  onByte: ((byte: number) => void) | null = null;

  private readonly chip;
  private readonly flash: Uint16Array;
  private readonly random: () => number;
  private readonly spi: SpiBus;
  private output: number[] = [];
  private core!: Core;
  private usart!: Usart;
  private memory!: Eeprom;
  private adc!: AVRADC;
  private readonly volts: number[] = [];
  private bootloader: Bootloader | null = null;
  private readonly pending = new Set<{ at: number; run: () => void }>();
  private bootedAt = 0;
  private pausing = false;
  private resetAsked = false;

  constructor(private readonly options: EmulatedBoardOptions) {
    const { wiring } = options;
    this.chip = chips[options.chip ?? 'atmega328p'];
    const { flashBytes, eepromBytes, sramBytes, name } = this.chip;
    this.flash = flashFromHex(options.hex, flashBytes);
    this.random = randomFrom(options.seed ?? 1);
    this.eeprom = new Uint8Array(eepromBytes).fill(0xff);
    this.eeprom.set(options.eeprom ?? []);
    this.line = new HostLine(options.baud ?? 57_600, (byte) => {
      if (this.onByte) this.onByte(byte);
      else this.output.push(byte);
    });
    this.pins = new Pins(this.chip);
    this.spi = new SpiBus(this.chip, this.pins);
    const now = () => this.cycles;
    const later = (cycles: number, then: () => void) => this.later(cycles, then);
    const { chip, pins, spi, random } = this;
    this.parts = new Parts({ chip, pins, spi, now, later, random }, pinsOf(name, wiring.outputs), wiring);
    const sram = this.noise(sramBytes);
    sram.set(options.sram ?? []);
    this.boot(sram, 0, causes.power);
  }

  /** 16 MHz cycles since the start; goes on through resets and power cuts. */
  get cycles(): number {
    return this.core?.cycles ?? 0;
  }

  get nowMs(): number {
    return this.cycles / cyclesPerMs;
  }

  /** Part of the time that the application has slept since the last reset, 0–1. */
  get asleep(): number {
    return this.core.sleptCycles / Math.max(1, this.cycles - this.bootedAt);
  }

  /** The bootloader runs, and not yet the application. */
  get inBootloader(): boolean {
    return this.bootloader !== null;
  }

  /** Runs for so many ms of emulated time. */
  run(ms: number): void {
    this.runTo(this.cycles + ms * cyclesPerMs);
  }

  /** Runs until the clock shows so many cycles, or `pause` is called. */
  runTo(cycle: number): void {
    this.pausing = false;
    while (this.cycles < cycle && !this.pausing) {
      this.core.run(cycle);
      if (this.resetAsked) this.reset('watchdog');
    }
  }

  /**
   * Runs until `met` holds, looking every 0.1 ms and after every byte that the host reads.
   * @returns false when `limitMs` passed first
   */
  runUntil(met: () => boolean, limitMs = 10_000): boolean {
    const end = this.cycles + limitMs * cyclesPerMs;
    while (!met()) {
      if (this.cycles >= end) return false;
      this.runTo(Math.min(end, this.cycles + cyclesPerMs / 10));
    }
    return true;
  }

  /** Makes `run` return after the instruction being executed; for use inside `onByte`. */
  pause(): void {
    this.pausing = true;
    this.core.stop();
  }

  /** Puts bytes on the line to the board, at the host's rate. */
  send(bytes: Iterable<number>): void {
    this.line.send(bytes, this.cycles);
    this.usart.listen();
    this.bootloader?.listen();
  }

  /** The bytes that the host has read since the last call. */
  takeOutput(): Uint8Array {
    const bytes = Uint8Array.from(this.output);
    this.output = [];
    return bytes;
  }

  /** Puts so many volts on an analog input (0 = A0); 0 V are on those of which nothing was said. */
  analog(channel: number, volts: number): void {
    this.volts[channel] = this.adc.channelValues[channel] = volts;
  }

  /** A copy of the SRAM. */
  get sram(): Uint8Array {
    return this.core.data.slice(this.chip.sramStart);
  }

  /** µs of the pulse that each heddle's servo last received, by heddle index; see `Parts.pulse`. */
  pulses(into: Float64Array = new Float64Array(this.options.wiring.heddles)): Float64Array {
    for (let heddle = 0; heddle < into.length; heddle++) into[heddle] = this.parts.pulse(heddle);
    return into;
  }

  /** Cycle at which a heddle's servo last received a whole pulse. */
  pulseEnd(heddle: number): number {
    return this.parts.pulseEnd(heddle);
  }

  /**
   * Starts the processor again: a new one that keeps EEPROM, SRAM and every part. The reset line is pulled by DTR (a host
   * opens the port) or the button, which the chip cannot tell apart.
   */
  reset(how: 'dtr' | 'button' | 'watchdog' = 'button'): void {
    this.memory.finish();
    this.restart(how === 'watchdog' ? 'watchdog' : 'reset', this.sram);
  }

  /** The supply sags: some of the SRAM is forgotten, parts do not notice. @param torn what a byte of EEPROM is left with in mid-write */
  brownOut(torn = 0xff): void {
    this.memory.tear(torn);
    const noise = this.noise(this.chip.sramBytes);
    this.restart(
      'brownOut',
      this.sram.map((byte, index) => (this.random() < forgotten ? noise[index] : byte)),
    );
  }

  /**
   * Takes the supply away and gives it back: parts cleared, SRAM random, EEPROM kept.
   * @param torn what a byte of EEPROM is left with in mid-write: 0xFF erased, 0x00, anything
   */
  powerCut(torn = 0xff): void {
    this.memory.tear(torn);
    this.parts.powerCut();
    this.restart('power', this.noise(this.chip.sramBytes));
  }

  private restart(cause: Cause, sram: Uint8Array): void {
    // Only power-on clears what MCUSR shows of resets before.
    const before = cause === 'power' ? 0 : this.core.data[MCUSR];
    this.counts.resets++;
    this.core.stop();
    this.parts.bus.start();
    this.line.fromBoard.cut(this.cycles);
    this.boot(sram, this.cycles, before | causes[cause]);
    this.line.read(this.core);
  }

  private boot(sram: Uint8Array, cycle: number, mcusr: number): void {
    const { chip } = this;
    const { vectors } = chip;
    const { bootloader = 'none' } = this.options;
    const core = new Core(this.flash, chip, this.options.skipSleep ?? true);
    core.cycles = cycle;
    core.data.set(sram, chip.sramStart);
    core.data[MCUSR] = causeLeft(bootloader, mcusr);
    this.core = core;
    this.bootedAt = cycle;
    this.resetAsked = false;
    this.pins.attach(core);
    const prescalers = new Prescalers(core);
    for (const config of chip.timers) new Timer(core, config, this.pins, prescalers);
    new AVRClock(core, cyclesPerMs * 1000);
    new Watchdog(core, vectors.watchdog, () => {
      this.resetAsked = true;
      core.stop();
    });
    new Twi(core, vectors.twi, this.parts.bus);
    this.adc = new AVRADC(core, chip.adc);
    Object.assign(this.adc.channelValues, this.volts);
    this.memory = new Eeprom(core, vectors.eeprom, this.eeprom, this.counts);
    const { toBoard, fromBoard } = this.line;
    this.usart = new Usart(core, vectors, toBoard, fromBoard, this.counts, () => this.line.read(core));
    this.spi.attach(core);
    this.bootloader = null;
    if (listens(bootloader, mcusr)) {
      this.bootloader = new Bootloader(bootloader, core, toBoard, chip.pins[ledPin].bit, () => {
        this.bootloader = null;
        this.bootedAt = core.cycles;
      });
    }
    for (const event of this.pending) this.schedule(event);
  }

  private noise(bytes: number): Uint8Array {
    return Uint8Array.from({ length: bytes }, () => Math.floor(this.random() * 256));
  }

  private later(cycles: number, then: () => void): void {
    const event = { at: this.cycles + cycles, run: then };
    this.pending.add(event);
    this.schedule(event);
  }

  private schedule(event: { at: number; run: () => void }): void {
    this.core.addClockEvent(() => {
      this.pending.delete(event);
      event.run();
    }, event.at - this.cycles);
  }
}
