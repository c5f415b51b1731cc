/** What is measured on the emulated chip, cycle by cycle: edges of pulses, interrupts off, the stack. */
import type { Core } from '../../host/emulator/core';
import { cyclesPerMs, type EmulatedUno, type Wiring } from '../../host/emulator/uno';
import { encodeHost } from '../../protocol/wire';
import { indexedSettings } from '../../protocol/wire.table';
import { type BoardName, loomOn } from './boards';
import { type LoomOnABench, rowOf } from './loom-on-a-bench';

export const cyclesPerMicrosecond = cyclesPerMs / 1000;
export const bauds = [57_600, 115_200, 250_000] as const;
export type Baud = (typeof bauds)[number];

/** Twelve edges in a row that are hard to get right: µs from one to the next, about as long as an interrupt takes. */
export const hardDistances: Readonly<Record<string, readonly number[]>> = {
  'all 4 µs apart': Array(11).fill(4),
  'all 8 µs apart': Array(11).fill(8),
  'all 12 µs apart': Array(11).fill(12),
  'all 16 µs apart': Array(11).fill(16),
  'all 20 µs apart': Array(11).fill(20),
  'all 24 µs apart': Array(11).fill(24),
  '8 to 24 µs apart': [20, 8, 24, 16, 20, 8, 24, 16, 20, 24, 8],
};

/** µs; heddles' widths come in steps of 4. */
export function widthsFrom(distances: readonly number[]): number[] {
  const widths = [1400];
  for (const distance of distances) widths.push(widths[widths.length - 1] + distance);
  return widths;
}

const up = indexedSettings.find(({ name }) => name === 'up')!.id;

/** Twelve servos with these widths at once, a long strip, and a line at this rate; saved, and the first shed open. */
export function hardLoom(
  board: BoardName,
  baud: Baud,
  widths: readonly number[],
  { strip, leds }: Pick<Wiring, 'strip' | 'leds'> = { leds: 128 },
): LoomOnABench {
  const wiring = { outputs: 'pins', heddles: 12, leds, strip } as const;
  const loom = loomOn(board, wiring, { 'move.k': 12 });
  loom.set('baud', bauds.indexOf(baud));
  for (const [index, value] of widths.entries()) loom.must('SET', { setting: up, index, value });
  loom.must('SAVE', {});
  loom.uno.line.baud = baud;
  loom.uno.powerCut();
  loom.run(100).hello();
  return loom
    .arm()
    .openShed(1, rowOf([...widths.keys()], 12))
    .run(60);
}

export interface EdgeErrors {
  readonly pulses: number;
  /** µs, of the width of a pulse */
  readonly worst: number;
  readonly deviation: number;
}

/** Errors of all pulses in so many ms, against the widths that were asked for. */
export function edgeErrors(loom: LoomOnABench, widths: readonly number[], ms: number, load: () => void): EdgeErrors {
  const errors: number[] = [];
  const { servos } = loom.uno.parts;
  servos.onPulse = ({ heddle, rise, fall }) => errors.push((fall - rise) / cyclesPerMicrosecond - widths[heddle]);
  const end = loom.uno.nowMs + ms;
  while (loom.uno.nowMs < end) {
    load();
    loom.run(slice);
  }
  servos.onPulse = null;
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const square = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length;
  return { pulses: errors.length, worst: Math.max(...errors.map(Math.abs)), deviation: Math.sqrt(square) };
}

/** ms between two looks of a load */
export const slice = 4;

/** A line that never rests: LED messages back to back, so that the strip is drawn anew in every frame. Each is answered. */
export function fullLoad(loom: LoomOnABench): () => void {
  const bitsPerByte = 10;
  let sentUntil = loom.uno.nowMs;
  let shade = 0;
  return () => {
    while (sentUntil < loom.uno.nowMs + 2 * slice) {
      loom.seq = (loom.seq + 1) & 0xff;
      const rgb = new Uint8Array(60).fill(++shade & 0xff);
      const bytes = encodeHost('LED', loom.seq, { first: 0, rgb }, loom.session);
      loom.uno.send(bytes);
      sentUntil = Math.max(sentUntil, loom.uno.nowMs) + (bytes.length * bitsPerByte * 1000) / loom.uno.line.baud;
    }
  };
}

export const noLoad = (): void => {};

export interface Stretches {
  /** µs with interrupts off, by the word address of the vector they began with; 0 = the main loop's own */
  readonly byVector: Map<number, number>;
}

/** The longest stretches with interrupts off, seen instruction by instruction. Slow: some seconds for a second. */
export function interruptsOff(uno: EmulatedUno, ms: number, load: () => void): Stretches {
  // The only look into the chip that the board does not offer.
  const core = () => (uno as unknown as { core: Core }).core;
  const statusRegister = 0x5f;
  const longest = new Map<number, number>();
  const vectors = uno.eeprom.length > 1024 ? 114 : 52;
  const end = uno.cycles + ms * cyclesPerMs;
  let from = Number.NaN; // until interrupts have been on once
  let began = 0;
  for (let nextLoad = 0; uno.cycles < end; ) {
    if (uno.cycles >= nextLoad) {
      load();
      nextLoad = uno.cycles + slice * cyclesPerMs;
    }
    uno.runTo(core().asleep ? Math.min(nextLoad, core().nextEventAt) : uno.cycles + 1);
    const off = (core().data[statusRegister] & 0x80) === 0;
    const { pc } = core();
    if (!off && Number.isNaN(from)) from = -1;
    // An interrupt that waited comes in the same step in which they go on.
    const entered = off && pc < vectors && from >= 0 && uno.cycles > from;
    if (from >= 0 && (!off || entered)) {
      const stretch = (uno.cycles - from) / cyclesPerMicrosecond;
      longest.set(began, Math.max(longest.get(began) ?? 0, stretch));
      from = -1;
    }
    if (off && from < 0) {
      from = uno.cycles;
      began = pc < vectors ? pc : 0;
    }
  }
  return { byVector: longest };
}

/** Bytes between the variables and the stack that nothing has touched: the firmware paints them at its start. */
function untouchedRam(uno: EmulatedUno): number {
  const paint = 0xc5;
  let most = 0;
  let run = 0;
  for (const byte of uno.sram) {
    run = byte === paint ? run + 1 : 0;
    most = Math.max(most, run);
  }
  return most;
}

/** Word address of the frame's interrupt, which makes the edges of servos on the Uno's pins. */
export const edgeVector = 22;

/** µs from the end of a stop byte on the line until `off` holds; looked at after every instruction. */
export function stopByteUntil(loom: LoomOnABench, off: () => boolean, limitMs = 25): number {
  const { uno } = loom;
  uno.send([0xff]);
  const end = uno.cycles + (10 * 16e6) / uno.line.baud;
  while (!off()) {
    if (uno.cycles > end + limitMs * cyclesPerMs) return Number.POSITIVE_INFINITY;
    uno.runTo(uno.cycles + 1);
  }
  return (uno.cycles - end) / cyclesPerMicrosecond;
}

/** The same after a loom of these outputs has woven under load, and every console listing was asked for. */
export function untouchedAfterUse(board: BoardName, outputs: Wiring['outputs'], heddles: number): number {
  const loom = loomOn(board, { outputs, heddles, leds: 128 }, { 'move.k': 16 }).arm();
  for (let step = 1; step < 4; step++) loom.openShed(step, rowOf(step % 2 ? [0, 5] : [1], heddles));
  const load = fullLoad(loom);
  for (let i = 0; i < 50; i++) {
    load();
    loom.run(slice);
  }
  for (const line of ['help', 'info', '$$', '?', 'i2c', 'no such thing', 'park']) loom.type(line);
  loom.until(() => loom.state === 'idle', 'idle');
  loom.set('led.level', 3);
  loom.must('SAVE', {});
  return untouchedRam(loom.uno);
}
