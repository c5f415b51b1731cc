/** The emulated Arduino Uno with the loom's parts wired to it; synchronous, in the caller's own thread. */
import { pinMaps } from '../../protocol/wire.table';
import { AVRADC, AVRClock, AVRSPI, adcConfig, spiConfig } from './avr8js';
import { cyclesPerMs } from './clock';
import { Core } from './core';
import { Eeprom, type EepromCounts } from './eeprom';
import { flashFromHex } from './hex';
import { HostLine } from './host-line';
import { I2cBus } from './i2c-bus';
import { Apa102Strip } from './parts/apa102';
import { Contact, Treadle } from './parts/contact';
import { DirectServos } from './parts/direct-servos';
import { Pca9685 } from './parts/pca9685';
import { Pins } from './pins';
import { Timer, timer0, timer1, timer2 } from './timer';
import { Twi } from './twi';
import { Usart, type UsartCounts } from './usart';
import { Watchdog } from './watchdog';

export { cyclesPerMs };

const sramBytes = 2048;
const sramStart = 0x100;
const eepromBytes = 1024;
const heddlesPerBoard = 16;

export interface Wiring {
  readonly outputs: 'pca9685' | 'pins';
  readonly heddles: number;
  /** LEDs on the APA102 strip */
  readonly leds: number;
}

export interface EmulatedUnoOptions {
  /** text of the firmware's Intel HEX file */
  readonly hex: string;
  readonly wiring: Wiring;
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

export class EmulatedUno {
  readonly pins = new Pins();
  readonly line: HostLine;
  readonly counts: Counts = {
    ...{ received: 0, overruns: 0, frameErrors: 0, sent: 0 },
    ...{ writes: 0, readsWhileWriting: 0, writesWhileWriting: 0, resets: 0 },
  };
  readonly eeprom = new Uint8Array(eepromBytes).fill(0xff);
  readonly parts: {
    readonly treadle: Treadle;
    readonly back: Treadle;
    /** closed to ground in good order; open it to stop the loom */
    readonly estop: Contact;
    readonly strip: Apa102Strip;
    /** outputs 'pins': one by heddle */
    readonly servos: DirectServos;
    /** outputs 'pca9685': one for 16 heddles, at 0x40 and up */
    readonly boards: readonly Pca9685[];
    readonly bus: I2cBus;
  };
  /** Called for every byte that the host reads; while null, bytes collect for `takeOutput`. */
  onByte: ((byte: number) => void) | null = null;

  private readonly flash: Uint16Array;
  private readonly random: () => number;
  private output: number[] = [];
  private core!: Core;
  private usart!: Usart;
  private memory!: Eeprom;
  private readonly pending = new Set<{ at: number; run: () => void }>();

  constructor(private readonly options: EmulatedUnoOptions) {
    const { wiring } = options;
    this.flash = flashFromHex(options.hex);
    this.random = randomFrom(options.seed ?? 1);
    this.eeprom.set(options.eeprom ?? []);
    this.line = new HostLine(options.baud ?? 57_600, (byte) => {
      if (this.onByte) this.onByte(byte);
      else this.output.push(byte);
    });
    const map = pinMaps[wiring.outputs === 'pins' ? 'uno-12' : 'exhibition-40'];
    const now = () => this.cycles;
    const later = (cycles: number, then: () => void) => this.later(cycles, then);
    const boards = Array.from(
      { length: wiring.outputs === 'pca9685' ? Math.ceil(wiring.heddles / heddlesPerBoard) : 0 },
      (_, index) => new Pca9685(0x40 + index, now, this.random),
    );
    this.parts = {
      treadle: new Treadle(this.pins, map.treadle, later),
      back: new Treadle(this.pins, map.back, later),
      estop: new Contact(this.pins, map.estop, later, true),
      strip: new Apa102Strip(wiring.leds),
      servos: new DirectServos(this.pins, map.servos.slice(0, wiring.heddles), now),
      boards,
      bus: new I2cBus(boards, () => {
        for (const board of boards) board.reset();
      }),
    };
    this.wire(map);
    const sram = new Uint8Array(sramBytes);
    for (let i = 0; i < sramBytes; i++) sram[i] = Math.floor(this.random() * 256);
    sram.set(options.sram ?? []);
    this.boot(sram, 0);
  }

  /** 16 MHz cycles since the start; goes on through resets and power cuts. */
  get cycles(): number {
    return this.core?.cycles ?? 0;
  }

  get nowMs(): number {
    return this.cycles / cyclesPerMs;
  }

  /** Part of the time that the processor has slept since the last reset, 0–1. */
  get asleep(): number {
    return this.core.sleptCycles / Math.max(1, this.cycles - this.bootedAt);
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
  }

  /** The bytes that the host has read since the last call. */
  takeOutput(): Uint8Array {
    const bytes = Uint8Array.from(this.output);
    this.output = [];
    return bytes;
  }

  /** A copy of the SRAM. */
  get sram(): Uint8Array {
    return this.core.data.slice(sramStart);
  }

  /** µs of the pulse that each heddle's servo last received, by heddle index; 0 = never one. */
  pulses(into: Float64Array = new Float64Array(this.options.wiring.heddles)): Float64Array {
    const { boards, servos } = this.parts;
    for (let heddle = 0; heddle < into.length; heddle++) {
      const board = boards[Math.floor(heddle / heddlesPerBoard)];
      into[heddle] = board ? board.pulse(heddle % heddlesPerBoard) : servos.pulse(heddle);
    }
    return into;
  }

  /** Cycle at which a heddle's servo last received a whole pulse. */
  pulseEnd(heddle: number): number {
    const board = this.parts.boards[Math.floor(heddle / heddlesPerBoard)];
    return board ? board.pulseEnd(heddle % heddlesPerBoard) : this.parts.servos.pulseEnd(heddle);
  }

  /**
   * Starts the processor again: a new one that keeps EEPROM, SRAM and every part. As after Optiboot, MCUSR tells
   * nothing, whatever the cause was.
   */
  reset(_how: 'dtr' | 'button' | 'watchdog' = 'button'): void {
    this.restart(this.sram);
  }

  /** Takes the supply away and gives it back: parts cleared, SRAM random, EEPROM kept. */
  powerCut(): void {
    const { boards, servos, strip } = this.parts;
    for (const board of boards) board.powerCut();
    servos.powerCut();
    strip.powerCut();
    const sram = new Uint8Array(sramBytes);
    for (let i = 0; i < sramBytes; i++) sram[i] = Math.floor(this.random() * 256);
    this.restart(sram);
  }

  private bootedAt = 0;
  private pausing = false;
  private resetAsked = false;

  private restart(sram: Uint8Array): void {
    this.counts.resets++;
    this.core.stop();
    this.memory.interrupted();
    this.parts.bus.start();
    this.line.fromBoard.cut(this.cycles);
    this.boot(sram, this.cycles);
    this.line.read(this.core);
  }

  private boot(sram: Uint8Array, cycle: number): void {
    const core = new Core(this.flash, sramBytes, this.options.skipSleep ?? true);
    core.cycles = cycle;
    core.data.set(sram, sramStart);
    this.core = core;
    this.bootedAt = cycle;
    this.resetAsked = false;
    this.pins.attach(core);
    for (const config of [timer0, timer1, timer2]) new Timer(core, config);
    new AVRClock(core, cyclesPerMs * 1000);
    new Watchdog(core, () => {
      this.resetAsked = true;
      core.stop();
    });
    new Twi(core, this.parts.bus);
    new AVRADC(core, adcConfig);
    this.memory = new Eeprom(core, this.eeprom, this.counts);
    const { toBoard, fromBoard } = this.line;
    this.usart = new Usart(core, toBoard, fromBoard, this.counts, () => this.line.read(core));
    const spi = new AVRSPI(core, spiConfig, cyclesPerMs * 1000);
    const done = () => spi.completeTransfer(0xff);
    spi.onByte = (byte) => {
      this.parts.strip.byte(byte);
      core.addClockEvent(done, spi.transferCycles);
    };
    for (const event of this.pending) this.schedule(event);
  }

  private wire({ leds: [data, clock], i2c, oe }: (typeof pinMaps)[keyof typeof pinMaps]): void {
    const { pins } = this;
    const { strip, bus, boards } = this.parts;
    // While the SPI is on it drives these pins, and the bits are counted there.
    pins.watch(clock, (high) => {
      if (high && this.core && !(this.core.data[spiConfig.SPCR] & 0x40)) strip.bit(pins.isHigh(data) ? 1 : 0);
    });
    if (oe !== null) {
      pins.watchPulledUp(oe, (high) => {
        for (const board of boards) board.setOutputEnable(!high);
      });
    }
    if (i2c) {
      const [sda, scl] = i2c;
      pins.watchPulledUp(scl, (high) => {
        if (high) bus.clockPulse();
      });
      bus.onHeld = (held) => pins.drive(sda, !held);
    }
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

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
