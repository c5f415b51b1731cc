/** What the firmware does to the cycle, on the emulated chip: edges, interrupts, stops, memory; StandardFirmata beside it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EmulatedUno } from '../../host/emulator/uno';
import { packageRoot } from '../../host/paths';
import { pinMaps } from '../../protocol/wire.table';
import { type BoardName, loomOn } from '../firmware/boards';
import { rowOf } from '../firmware/loom-on-a-bench';
import {
  type Baud,
  bauds,
  type EdgeErrors,
  edgeErrors,
  edgeVector,
  fullLoad,
  hardDistances,
  hardLoom,
  interruptsOff,
  noLoad,
  stopByteUntil,
  untouchedAfterUse,
  widthsFrom,
} from '../firmware/measure';
import { median, type Row } from './row';

const us = (value: number): string => `${value.toFixed(2)} µs`;
const mixed = widthsFrom(hardDistances['8 to 24 µs apart']);

export function timingRows(): Row[] {
  return [
    ...edgeRows(),
    ...bauds.map(interruptRow),
    ...(['uno', 'mega'] as const).map(enableRow),
    ...(['uno', 'mega'] as const).map(pulseRow),
    ...memoryRows(),
  ];
}

function edgeRows(): Row[] {
  const stock = { idle: stockErrors(false), loaded: stockErrors(true) };
  const tell = ({ worst, deviation }: EdgeErrors) => `±${us(worst)}, sd ${us(deviation)}`;
  const beside = `StandardFirmata 2.5 at 57,600: idle ${tell(stock.idle)}; line full ${tell(stock.loaded)}`;
  const idle = hardLoom('uno', 57_600, mixed);
  const rows: Row[] = [
    { what: 'servo edges, Uno, idle', measured: tell(edgeErrors(idle, mixed, 2000, noLoad)), reach: '±0.5 µs', beside },
  ];
  for (const baud of bauds) {
    let worst = 0;
    let overruns = 0;
    for (const distances of Object.values(hardDistances)) {
      const widths = widthsFrom(distances);
      const loom = hardLoom('uno', baud, widths);
      worst = Math.max(worst, edgeErrors(loom, widths, 1000, fullLoad(loom)).worst);
      overruns += loom.uno.counts.overruns;
    }
    rows.push({
      what: `servo edges, Uno, line full at ${baud}, LEDs every frame`,
      measured: `±${us(worst)}, ${overruns} overruns`,
      reach: baud === 250_000 ? '±1 µs, 0' : '±0.5 µs, 0',
      beside: `worst of 12 edges ${Object.keys(hardDistances).join('; ')}`,
    });
  }
  const mega = hardLoom('mega', 250_000, mixed);
  rows.push({
    what: 'servo edges, Mega, line full at 250000',
    measured: `±${us(edgeErrors(mega, mixed, 1000, fullLoad(mega)).worst)}, ${mega.uno.counts.overruns} overruns`,
    reach: '±1 µs, 0',
    beside: 'by hardware',
  });
  return rows;
}

/** Twelve servos of the Servo library, set by extended analog messages; the load sends the same again and again. */
function stockErrors(loaded: boolean): EdgeErrors {
  const hex = join(dirname(require.resolve('avrgirl-arduino/package.json')), 'junk', 'hex', 'duemilanove328');
  const uno = new EmulatedUno({
    hex: readFileSync(join(hex, 'StandardFirmata.cpp.hex'), 'utf8'),
    wiring: { outputs: 'pins', heddles: 12, leds: 0 },
  });
  uno.run(3000);
  const { servos } = pinMaps['uno-12'];
  const write = (heddle: number) =>
    uno.send([0xf0, 0x6f, servos[heddle], mixed[heddle] & 0x7f, mixed[heddle] >> 7, 0xf7]);
  for (const pin of servos) uno.send([0xf4, pin, 4]);
  for (const heddle of servos.keys()) write(heddle);
  uno.run(200);
  const errors: number[] = [];
  uno.parts.servos.onPulse = ({ heddle, rise, fall }) => errors.push((fall - rise) / 16 - mixed[heddle]);
  for (let i = 0; i < 2000; i++) {
    if (loaded) write(i % servos.length);
    uno.run(60 / 57.6);
  }
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const square = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length;
  return { pulses: errors.length, worst: Math.max(...errors.map(Math.abs)), deviation: Math.sqrt(square) };
}

function interruptRow(baud: Baud): Row {
  let edge = 0;
  let elsewhere = 0;
  for (const distances of Object.values(hardDistances)) {
    const loom = hardLoom('uno', baud, widthsFrom(distances));
    for (const [vector, longest] of interruptsOff(loom.uno, 500, fullLoad(loom)).byVector) {
      if (vector === edgeVector) edge = Math.max(edge, longest);
      else elsewhere = Math.max(elsewhere, longest);
    }
  }
  return {
    what: `interrupts off, Uno with servos, line full at ${baud}`,
    measured: `${us(elsewhere)}`,
    reach: '≤ 20 µs',
    beside: `in the servo edge interrupt ${us(edge)} (reach ≤ 300)`,
  };
}

function enableRow(board: BoardName): Row {
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const loom = loomOn(board, { outputs: 'pca9685', heddles: 40, leds: 40 })
      .arm()
      .openShed(1, rowOf([0, 1, 2]));
    loom.must('ROW', { step: 2, row: rowOf([...Array(40).keys()]) });
    loom.must('OPEN', { step: 2 });
    loom.run(i * 1.37);
    times.push(stopByteUntil(loom, () => loom.uno.pins.isHigh(5)));
  }
  return {
    what: `stop byte to OE off, ${board}, heddles moving`,
    measured: us(Math.max(...times)),
    reach: 'at once',
    beside: `from the end of its stop bit; median ${us(median(times))} of ${times.length}`,
  };
}

function pulseRow(board: BoardName): Row {
  const last: number[] = [];
  for (let i = 0; i < 20; i++) {
    const loom = loomOn(board, { outputs: 'pins', heddles: 12, leds: 12 })
      .arm()
      .openShed(1, rowOf([0], 12));
    loom.run(i * 1.07);
    loom.uno.send([0xff]);
    const stopped = loom.uno.cycles + (10 * 16e6) / loom.uno.line.baud;
    loom.run(60);
    last.push(...loom.pulses.map((_, heddle) => (loom.uno.pulseEnd(heddle) - stopped) / 16_000));
  }
  return {
    what: `stop byte to the end of the last pulse, servos on pins, ${board}`,
    measured: `${Math.max(0, ...last).toFixed(2)} ms`,
    reach: '≤ 20 ms',
    beside: 'a pulse in progress is finished, and no other begins',
  };
}

/** Flash and RAM as the Makefile prints them, and what the stack leaves after everything has been used once. */
function memoryRows(): Row[] {
  const scratch = mkdtempSync(join(tmpdir(), 'loom-bench-'));
  const make = ['-C', join(packageRoot, 'firmware'), `BUILT=${scratch}`, `BUILD=${scratch}`];
  const said = execFileSync('make', make, { encoding: 'utf8' });
  rmSync(scratch, { recursive: true });
  const rows: Row[] = [];
  for (const board of ['uno', 'mega'] as const) {
    const [, beside, stack] = new RegExp(`^${board}: (.*), (\\d+) left for the stack`, 'm').exec(said) ?? [];
    for (const outputs of ['pins', 'pca9685', 'shift'] as const) {
      const heddles = outputs === 'pins' ? 12 : board === 'uno' ? 128 : 440;
      const left = untouchedAfterUse(board, outputs, heddles);
      rows.push({
        what: `memory, ${board}, outputs ${outputs}, ${heddles} heddles`,
        measured: `${left} bytes never used`,
        reach: board === 'uno' ? '≥ 300' : '–',
        beside: `${beside}, deepest stack ${Number(stack) - left}`,
      });
    }
  }
  return rows;
}
