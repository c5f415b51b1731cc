/**
 * What we use of johnny-five 2.1 and firmata-io 2.3, typed (their own types lack some of it), and loaded afresh each time.
 *
 * johnny-five keeps every board and every expander in variables of its modules, the expanders by I²C address alone: a board
 * that was reset could never get its PCA9685 back. A fresh copy of the modules has forgotten all of that.
 */
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';

/** The board as firmata-io knows it. */
export interface FirmataClient extends EventEmitter {
  readonly isReady: boolean;
  readonly name: string;
  readonly firmware: { readonly name: string; readonly version: { readonly major: number; readonly minor: number } };
  readonly MODES: Readonly<Record<'INPUT' | 'OUTPUT' | 'PWM' | 'SERVO' | 'I2C' | 'PULLUP', number>>;
  readonly pins: readonly { readonly supportedModes: readonly number[] }[];
  /** pin number of A0, A1, … */
  readonly analogPins: readonly number[];
  /** levels written, by port of 8 pins */
  readonly ports: number[];
  pinMode(pin: number, mode: number): void;
  digitalWrite(pin: number, level: 0 | 1): void;
  digitalRead(pin: number, heard: (level: 0 | 1) => void): void;
  reportDigitalPin(pin: number, on: 0 | 1): void;
  writeDigitalPort(port: number): void;
  queryPinState(pin: number, heard: () => void): void;
  i2cWrite(address: number, bytes: readonly number[]): void;
  i2cReadOnce(address: number, register: number, bytes: number, heard: (bytes: number[]) => void): void;
}
type FirmataClass = new (wire: EventEmitter, options: { reportVersionTimeout: number }) => FirmataClient;

export interface JohnnyFive {
  Board: new (options: { io: FirmataClient; repl: false; debug: false; sigint: false }) => Board;
  Servo: new (options: ServoOptions) => { to(width: number): unknown };
  Led: {
    new (options: { board: Board; pin: number }): { on(): unknown; off(): unknown };
    RGB: new (options: {
      board: Board;
      pins: readonly number[];
      isAnode: boolean;
    }) => {
      color(hex: string): unknown;
      off(): unknown;
    };
  };
}
export interface Board extends EventEmitter {
  readonly io: FirmataClient;
}
export interface ServoOptions {
  readonly board: Board;
  readonly pin: number;
  readonly degreeRange: readonly [number, number];
  readonly range: readonly [number, number];
  readonly pwmRange: readonly [number, number];
  readonly controller?: 'PCA9685';
  readonly address?: number;
  readonly frequency?: number;
}

export function loadFirmata(): FirmataClass {
  return (createRequire(__filename)('firmata-io') as { Firmata: FirmataClass }).Firmata;
}

export function loadJohnnyFive(): JohnnyFive {
  const require = createRequire(__filename);
  const own = dirname(require.resolve('johnny-five/package.json')) + sep;
  for (const file of Object.keys(require.cache)) if (file.startsWith(own)) delete require.cache[file];
  return require('johnny-five') as JohnnyFive;
}
