/** A loom on somebody else's firmware: the StandardFirmata that Arduino ships, on the emulated Uno with our parts wired to it. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DriverEvents } from '../../host/board/driver';
import { StockDriver } from '../../host/board/stock/stock-driver';
import { stockTable } from '../../host/board/stock/table';
import { stockWiring } from '../../host/board/stock/wiring';
import { EmulatedUno } from '../../host/emulator/uno';
import { readProfile } from '../../host/profiles/read';
import { rowCrc } from '../../protocol/wire';
import { BenchTransport } from './stock-bench';

const hexes = join(dirname(require.resolve('avrgirl-arduino/package.json')), 'junk', 'hex');
/** By version: Firmata 2.4 has no mode for pull-ups, 2.5 has. */
export const standardFirmata = {
  '2.4': join(hexes, 'uno', 'StandardFirmata.cpp.hex'),
  '2.5': join(hexes, 'duemilanove328', 'StandardFirmata.cpp.hex'),
} as const;

export interface StockRigOptions {
  readonly outputs?: 'pins' | 'pca9685';
  readonly heddles?: number;
  readonly firmware?: string;
  /** the `[stock]` table of the profile */
  readonly stock?: Record<string, unknown>;
}

const running: StockDriver[] = [];

/** Ends every board that the test started. */
export async function unplugAll(): Promise<void> {
  for (const driver of running.splice(0)) await driver.stop();
}

export function stockRig({ outputs = 'pins', heddles = 12, firmware, stock = {} }: StockRigOptions = {}) {
  const profile = readProfile('exhibition-40');
  const wiring = stockWiring({
    ...profile,
    board: { ...profile.board, outputs, heddles },
    stock: stockTable.parse(stock),
  });
  const hex = readFileSync(firmware ?? standardFirmata['2.4'], 'utf8');
  const uno = new EmulatedUno({ hex, wiring: { outputs, heddles, leds: 0 } });
  const board = new BenchTransport(uno);
  const driver = new StockDriver(board, wiring);
  running.push(driver);
  const told: string[] = [];
  driver.on('opening', (step) => told.push(`opening ${step}`));
  driver.on('opened', (step) => told.push(`opened ${step}`));
  driver.on('rest', () => told.push('rest'));
  driver.on('state', (state, fault) => told.push(fault === 'none' ? state : `${state} ${fault}`));
  driver.on('press', (direction, outcome) => told.push(`press ${direction} ${outcome}`));
  driver.on('estop', (open) => told.push(open ? 'e-stop open' : 'e-stop closed'));
  driver.on('reset', (why) => told.push(`reset: ${why}`));
  driver.on('silent', () => told.push('silent'));
  driver.on('heard', () => told.push('heard'));
  driver.on('lost', (why) => told.push(`lost: ${why}`));
  const heard = <E extends keyof DriverEvents>(event: E) => once(driver, event) as unknown as Promise<DriverEvents[E]>;
  const later = (ms: number) => new Promise<void>((resolve) => board.after(ms, resolve));
  return { uno, parts: uno.parts, board, driver, wiring, told, heard, later };
}
export type StockRig = ReturnType<typeof stockRig>;

/** A row of its own for each step. */
export function row(step: number, heddles = 12): Uint8Array {
  const bytes = Uint8Array.from({ length: Math.ceil(heddles / 8) }, (_, i) => (step * (37 + 58 * i) + i) & 0xff);
  const spare = -heddles & 7;
  bytes[bytes.length - 1] &= 0xff >> spare;
  return bytes;
}

export async function arm({ driver, heard }: StockRig, step = 0, heddles = 12): Promise<void> {
  const rest = heard('rest');
  await driver.arm({ weave: 9, step, rowCrc: step ? rowCrc(step, row(step, heddles)) : 0 });
  await rest;
}

export async function weave({ driver, heard }: StockRig, step: number, heddles = 12): Promise<void> {
  await driver.tell(step, row(step, heddles));
  const opened = heard('opened');
  await driver.open(step);
  await opened;
}

/** Connected, armed, and step 1 open. */
export async function weaving(options?: StockRigOptions): Promise<StockRig> {
  const rig = stockRig(options);
  await rig.driver.connect();
  await arm(rig, 0, options?.heddles);
  await weave(rig, 1, options?.heddles);
  rig.told.length = 0;
  return rig;
}

/** µs by which StandardFirmata's pulses are off while it listens and answers */
const jitter = 12;

/** The lifts that the servos really have: '-' for one that never had a pulse, µs where a pulse is neither up nor down. */
export function lifted({ driver, wiring }: StockRig, tolerance = jitter): string {
  const { down, up } = wiring.numbers;
  return Array.from(driver.pulses()!, (us) => {
    if (us === 0) return '-';
    if (Math.abs(us - up) <= tolerance) return '1';
    return Math.abs(us - down) <= tolerance ? '0' : `(${us})`;
  }).join('');
}

export function rowText(bytes: Uint8Array, heddles: number): string {
  return Array.from({ length: heddles }, (_, heddle) => (bytes[heddle >> 3] >> (heddle & 7)) & 1).join('');
}
