/** Everything that hangs on the emulated board, made and wired from its pin map. */
import type { PinMap } from '../../protocol/wire.table';
import type { Chip } from './chips/chip';
import { I2cBus } from './i2c-bus';
import { Apa102Strip } from './parts/apa102';
import { Contact, type Later, Treadle } from './parts/contact';
import { DirectServos } from './parts/direct-servos';
import { Pca9685 } from './parts/pca9685';
import { ShiftRegisters } from './parts/shift-register';
import { Ws2812Strip } from './parts/ws2812';
import type { Pins } from './pins';
import type { SpiBus } from './spi-bus';
import type { Wiring } from './wiring';

const servosPerBoard = 16;
const outputsPerRegister = 8;
const firstBoard = 0x40;

/** What the parts need of the board. */
export interface PartsHost {
  readonly chip: Chip;
  readonly pins: Pins;
  readonly spi: SpiBus;
  readonly now: () => number;
  readonly later: Later;
  readonly random: () => number;
}

export class Parts {
  readonly treadle: Treadle;
  readonly back: Treadle;
  /** closed to ground in good order; open it to stop the loom */
  readonly estop: Contact;
  /** the hands-in switch: closed while hands are in the shed */
  readonly hands: Contact;
  /** without LEDs unless the strip is an APA102 */
  readonly strip: Apa102Strip;
  /** without LEDs unless the strip is a WS2812 */
  readonly pixels: Ws2812Strip;
  /** outputs 'pins': one by heddle */
  readonly servos: DirectServos;
  /** outputs 'pca9685': one for 16 heddles, at 0x40 and up */
  readonly boards: readonly Pca9685[];
  /** outputs 'shift': one chip for 8 heddles */
  readonly shift: ShiftRegisters;
  readonly bus: I2cBus;
  private readonly outputs: Wiring['outputs'];

  constructor(host: PartsHost, map: PinMap, wiring: Wiring) {
    const { pins, now, later, random } = host;
    const { outputs, heddles, leds, strip = 'apa102', oscillators = [] } = wiring;
    this.outputs = outputs;
    this.treadle = new Treadle(pins, map.treadle, later);
    this.back = new Treadle(pins, map.back, later);
    this.estop = new Contact(pins, map.estop, later, true);
    this.hands = new Contact(pins, map.hands, later, false);
    this.strip = new Apa102Strip(strip === 'apa102' ? leds : 0);
    this.pixels = new Ws2812Strip(strip === 'ws2812' ? leds : 0, now);
    this.servos = new DirectServos(pins, map.servos.slice(0, heddles), now);
    const boards = outputs === 'pca9685' ? Math.ceil(heddles / servosPerBoard) : 0;
    this.boards = Array.from(
      { length: boards },
      (_, index) => new Pca9685(firstBoard + index, now, random, oscillators[index]),
    );
    this.shift = new ShiftRegisters(outputs === 'shift' ? Math.ceil(heddles / outputsPerRegister) : 0, random);
    this.bus = new I2cBus(this.boards, () => {
      for (const board of this.boards) board.reset();
    });
    this.wire(host, map, strip);
  }

  private wire({ pins, spi }: PartsHost, map: PinMap, strip: 'apa102' | 'ws2812'): void {
    const { boards, bus, shift, pixels } = this;
    const [data, clock] = map.leds;
    if (strip === 'apa102') spi.connect(this.strip, data, clock);
    else pins.watch(data, (high) => pixels.edge(high));
    if (map.oe !== null) {
      pins.watchPulledUp(map.oe, (high) => {
        for (const board of boards) board.setOutputEnable(!high);
        shift.setOutputEnable(!high);
      });
    }
    if (map.i2c) {
      const [sda, scl] = map.i2c;
      pins.watchPulledUp(scl, (high) => {
        if (high) bus.clockPulse();
      });
      bus.onHeld = (line, held) => pins.drive(line === 'sda' ? sda : scl, !held);
    }
    if (map.shift) {
      const [data, clock, latch] = map.shift;
      spi.connect(shift, data, clock);
      pins.watch(latch, (high) => {
        if (high) shift.latch();
      });
    }
  }

  /** Everything loses its supply. */
  powerCut(): void {
    const { boards, servos, strip, pixels, shift } = this;
    for (const part of [...boards, servos, strip, pixels, shift]) part.powerCut();
  }

  /** 3 bytes an LED: red, green, blue. */
  get colours(): Uint8Array {
    return this.pixels.length > 0 ? this.pixels.colours : this.strip.colours;
  }

  /** µs of the pulse that a heddle's servo last received, 0 = never one. Of a solenoid: 1 while it is on, else 0. */
  pulse(heddle: number): number {
    if (this.outputs === 'shift') return this.shift.isOn(heddle) ? 1 : 0;
    const board = this.boards[Math.floor(heddle / servosPerBoard)];
    return board ? board.pulse(heddle % servosPerBoard) : this.servos.pulse(heddle);
  }

  /** Cycle at which a heddle's servo last received a whole pulse. */
  pulseEnd(heddle: number): number {
    const board = this.boards[Math.floor(heddle / servosPerBoard)];
    return board ? board.pulseEnd(heddle % servosPerBoard) : this.servos.pulseEnd(heddle);
  }

  /** A solenoid that is on, a servo whose pulse is longer than `halfway` µs. */
  isLifted(heddle: number, halfway = 1500): boolean {
    return this.pulse(heddle) > (this.outputs === 'shift' ? 0 : halfway);
  }
}
