/** The parts of firmata-io that the tests use: it brings no types. */
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

export interface FirmataClient extends EventEmitter {
  readonly firmware: { name: string; version: { major: number; minor: number } };
  readonly version: { major: number; minor: number };
  readonly MODES: Record<'INPUT' | 'OUTPUT' | 'ANALOG' | 'PWM' | 'SERVO' | 'PULLUP' | 'IGNORE', number>;
  readonly RESOLUTION: { ADC: number | null; PWM: number | null };
  readonly pins: { supportedModes: number[]; mode: number; state: number; analogChannel: number }[];
  readonly analogPins: number[];
  pinMode(pin: number, mode: number): void;
  digitalWrite(pin: number, value: number): void;
  digitalRead(pin: number, heard: (value: number) => void): void;
  analogRead(channel: number, heard: (value: number) => void): void;
  pwmWrite(pin: number, value: number): void;
  servoConfig(pin: number, least: number, most: number): void;
  servoWrite(pin: number, degrees: number): void;
  queryPinState(pin: number, heard: () => void): void;
  setSamplingInterval(ms: number): void;
  sendString(text: string): void;
  i2cConfig(options?: number | { delay: number }): void;
  i2cWrite(address: number, bytes: number[]): void;
  i2cWriteReg(address: number, register: number, byte: number): void;
  i2cRead(address: number, register: number, bytes: number, heard: (bytes: number[]) => void): void;
  i2cReadOnce(address: number, register: number, bytes: number, heard: (bytes: number[]) => void): void;
  i2cReadOnce(address: number, bytes: number, heard: (bytes: number[]) => void): void;
  i2cStop(address: number): void;
  sysexCommand(message: number[]): void;
  reset(): void;
}
/** A port by its path, or the object that stands for one. */
export type FirmataClass = new (port: EventEmitter | string) => FirmataClient;

const library = createRequire(__filename)('firmata-io') as { Firmata: FirmataClass } & ((
  port: new (path: string, options: { baudRate: number }) => EventEmitter,
) => FirmataClass);

export const { Firmata } = library;
/** firmata-io on ports of this kind, given by their paths. */
export const firmataOn = library;
