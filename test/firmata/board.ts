/** A board that speaks Firmata, emulated: what it is sent, what it answers, and what its pins do. Any hex for an Uno. */
import { EmulatedUno } from '../../host/emulator/uno';
import { Demultiplexer, firmataText, type Part } from '../../protocol/firmata';

export type Sysex = Extract<Part, { kind: 'sysex' }>;
export type Brief = Extract<Part, { kind: 'message' }>;

/** Pin modes of the Firmata protocol, version 2.7. */
export const modes = { input: 0, output: 1, analog: 2, pwm: 3, servo: 4, i2c: 6, pullUp: 11 } as const;
export type ModeName = keyof typeof modes;

/** ms in which an answer must have come */
const patience = 400;
const bootMs = 4000;
/** A fourth PCA9685: our own firmware, which owns the first three, leaves it to guests. */
const heddles = 64;
/** Pins that most shields and looms leave free come first. */
const preferred = [9, 10, 7, 8, 6, 5, 3, 12, 14, 15, 16, 17, 2, 4, 11, 13];

export class FirmataBoard {
  uno: EmulatedUno;
  /** what came since the last `fresh` or `forget` */
  heard: Part[] = [];
  /** what came by itself after power-on */
  readonly banner: readonly Part[];
  private capabilities: readonly (readonly number[])[] = [];
  private wire!: Demultiplexer;

  constructor(private readonly hex: string) {
    this.uno = this.powerOn();
    this.banner = this.heard;
    this.capabilities = capabilitiesOf(this.ask([0xf0, 0x6b, 0xf7], isSysex(0x6c)) ?? null);
  }

  /** Pins with their uses forgotten, nothing heard; a board that does not answer is switched off and on. */
  fresh(): void {
    this.say(0xf7, 0xff);
    this.run(30);
    if (this.standing() !== 'alive') this.uno = this.powerOn();
    this.forget();
  }

  forget(): void {
    this.heard = [];
  }

  say(...bytes: number[]): void {
    this.uno.send(bytes);
  }

  run(ms: number): void {
    this.uno.run(ms);
    this.wire.push(this.uno.takeOutput(), this.uno.nowMs);
  }

  /** The first answer that fits, after these bytes; undefined when none came in time. */
  ask<P extends Part>(bytes: readonly number[], fits: (part: Part) => part is P, ms = patience): P | undefined {
    const from = this.heard.length;
    this.say(...bytes);
    const find = () => this.heard.slice(from).find(fits);
    for (let waited = 0; waited < ms && !find(); waited += 5) this.run(5);
    return find();
  }

  /** The state of a pin as the board tells it: [mode, value]. */
  pinState(pin: number): [mode: number, value: number] | null {
    const answer = this.ask([0xf0, 0x6d, pin, 0xf7], isSysex(0x6e));
    if (!answer || answer.body[0] !== pin || answer.body.length < 3) return null;
    const [, mode, ...sevens] = answer.body;
    return [mode, sevens.reduce((value, seven, i) => value | (seven << (7 * i)), 0)];
  }

  /** A pin that says it can do that; without an answer to the capability query an Uno's usual one. */
  pinFor(mode: ModeName, not: readonly number[] = []): number {
    const candidates = mode === 'analog' ? [14, 15, 16, 17, 18, 19] : preferred;
    return candidates.find((pin) => this.can(pin, mode) && !not.includes(pin)) ?? -1;
  }

  can(pin: number, mode: ModeName): boolean {
    return this.capabilities.length === 0 || this.capabilities[pin]?.includes(modes[mode]);
  }

  /** The strings that the board sent, as words. */
  get strings(): string[] {
    return this.heard.filter(isSysex(0x71)).map(({ body }) => firmataText(body).replaceAll('\0', ''));
  }

  /** µs of the last whole pulse that the pin gives within 60 ms, and the part of the time in which it is high. */
  measure(pin: number): { pulse: number; duty: number; edges: number } {
    const { uno } = this;
    const [start, wait] = [uno.cycles, 60];
    let high = uno.pins.isHigh(pin);
    let [since, sum, pulse, edges] = [start, 0, 0, 0];
    uno.pins.watch(pin, (now) => {
      if (now === high) return;
      edges++;
      if (high) sum += uno.cycles - since;
      if (high && since > start) pulse = (uno.cycles - since) / 16;
      high = now;
      since = uno.cycles;
    });
    this.run(wait);
    if (high) sum += uno.cycles - since;
    uno.pins.watch(pin, () => {});
    return { pulse, duty: sum / (uno.cycles - start), edges };
  }

  /** `waits`: it takes everything for the inside of an open message. `crashes`: it is dead, or began anew by itself. */
  standing(): 'alive' | 'waits' | 'crashes' {
    const from = this.heard.length;
    const answers = (...bytes: number[]) => this.ask(bytes, isVersion) !== undefined;
    const standing = answers(0xf9) ? 'alive' : answers(0xf7, 0xf9) ? 'waits' : 'crashes';
    // Nobody asked for its name: that is what it says after power-on.
    return this.heard.slice(from).some(isSysex(0x79)) ? 'crashes' : standing;
  }

  private powerOn(): EmulatedUno {
    this.uno = new EmulatedUno({ hex: this.hex, wiring: { outputs: 'pca9685', heddles, leds: 0 } });
    this.heard = [];
    this.wire = new Demultiplexer({ from: 'board' }, (part) => this.heard.push(part));
    for (let waited = 0; waited < bootMs && !this.heard.some(isSysex(0x79)); waited += 20) this.run(20);
    // What is still on its way belongs to the banner.
    this.run(50);
    return this.uno;
  }
}

export function isSysex(id: number): (part: Part) => part is Sysex {
  return (part): part is Sysex => part.kind === 'sysex' && part.id === id;
}

/** @param high upper four bits, or the whole of a system message */
export function isBrief(high: number): (part: Part) => part is Brief {
  return (part): part is Brief =>
    part.kind === 'message' && (high < 0xf0 ? (part.command & 0xf0) === high : part.command === high);
}
export const isVersion = isBrief(0xf9);

/** Modes by pin; empty when the board does not tell. */
function capabilitiesOf(answer: Sysex | null): number[][] {
  const pins: number[][] = [];
  let pin: number[] = [];
  for (let i = 0; answer && i < answer.body.length; i++) {
    if (answer.body[i] === 0x7f) {
      pins.push(pin);
      pin = [];
    } else pin.push(answer.body[i++]);
  }
  return pins;
}

/** A number as two 7-bit bytes. */
export function sevens(value: number): [number, number] {
  return [value & 0x7f, (value >> 7) & 0x7f];
}
