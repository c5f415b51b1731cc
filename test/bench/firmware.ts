/** The shipped firmware on the emulated chip: treadle to rise, and how fast the emulation is. */
import { readFileSync } from 'node:fs';
import { openBoard } from '../../host/board/open';
import { cyclesPerMs } from '../../host/emulator/uno';
import { shippedFirmware } from '../../host/paths';
import { readProfile } from '../../host/profiles/read';
import { encodeHost } from '../../protocol/wire';
import { LoomOnABench, rowOf } from '../firmware/loom-on-a-bench';
import { median, type Row } from './row';
import { stockSpeed } from './stock-emulator';

const all = Array.from({ length: 40 }, (_, heddle) => heddle);
const rowBytes = (step: number, heddles = 40) => rowOf(step % 2 ? all.slice(0, heddles) : [], heddles);

export async function firmwareRows(): Promise<Row[]> {
  const stock = stockSpeed(readFileSync(shippedFirmware, 'utf8'));
  const besides = `stock avr8js on the same firmware, idle: ${times(stock)}`;
  return [
    { ...treadleRow('direct', 25, pins()), what: 'treadle to the first changed rise, servos on pins' },
    { ...treadleRow('PCA9685', 45, boards()), what: 'treadle to the first changed rise, PCA9685' },
    { what: 'emulated uno-12 at 20 picks/s', measured: times(pinsSpeed()), reach: '≥ 80 ×', beside: besides },
    {
      what: 'emulated exhibition-40 at its own full speed, with driver',
      measured: times(await boardsSpeed()),
      reach: '≥ 25 ×',
      beside: besides,
    },
  ];
}

const times = (speed: number): string => `${speed.toFixed(speed < 10 ? 1 : 0)} × real time`;

function boards(): LoomOnABench {
  const bench = new LoomOnABench();
  bench.hello();
  bench.set('press.min', 0);
  return bench.arm();
}

function pins(): LoomOnABench {
  const bench = LoomOnABench.onPins();
  bench.set('move.k', 12);
  bench.set('move.settle', 0);
  bench.set('press.min', 0);
  return bench.arm();
}

/** From the contact's closing to the rising edge of the first pulse of another width, in 50 presses at drifting phases. */
function treadleRow(kind: string, reach: number, bench: LoomOnABench): Omit<Row, 'what'> {
  const heddles = bench.pulses.length;
  const waits: number[] = [];
  bench.openShed(1, rowBytes(1, heddles));
  for (let step = 2; step < 52; step++) {
    bench.must('ROW', { step, row: rowBytes(step, heddles) });
    bench.run(60 + step * 1.37);
    bench.must('HOLD', { hands: 0 });
    bench.must('RESUME', {});
    const before = bench.pulses;
    const from = bench.uno.cycles;
    bench.uno.parts.treadle.tap();
    const changed = () => bench.pulses.findIndex((us, heddle) => Math.abs(us - before[heddle]) > 10);
    bench.until(() => changed() >= 0, 'a changed pulse');
    const heddle = changed();
    const rise = bench.uno.pulseEnd(heddle) - bench.pulses[heddle] * 16;
    waits.push((rise - from) / cyclesPerMs);
    bench.opened(step);
    bench.run(100);
  }
  return {
    measured: `${median(waits).toFixed(1)} ms`,
    reach: `≤ ${reach} ms`,
    beside: `${kind}: min ${Math.min(...waits).toFixed(1)}, max ${Math.max(...waits).toFixed(1)}, of which 3 ms debounce, ${waits.length} presses`,
  };
}

/** Emulated time over wall time: a row told and opened every 50 ms on twelve servos. */
function pinsSpeed(): number {
  const bench = pins();
  const picks = 400;
  bench.openShed(1, rowBytes(1, 12));
  const wall = performance.now();
  const emulated = bench.uno.nowMs;
  for (let step = 2; step < picks; step++) {
    bench.uno.send(encodeHost('ROW', ++bench.seq, { step, row: rowBytes(step, 12) }, bench.session));
    bench.uno.send(encodeHost('OPEN', ++bench.seq, { step }, bench.session));
    bench.run(50);
  }
  const speed = (bench.uno.nowMs - emulated) / (performance.now() - wall);
  if (bench.lastPlace?.openStep !== picks - 1) throw new Error(`only step ${bench.lastPlace?.openStep} opened`);
  return speed;
}

/** Emulated time over wall time: every heddle moves at every pick, through link, worker and driver. */
async function boardsSpeed(): Promise<number> {
  const { driver } = await openBoard('emulated', readProfile('exhibition-40'));
  await driver.connect();
  const once = (event: 'rest' | 'opened') =>
    new Promise<void>((resolve) => {
      const heard = () => {
        driver.off(event, heard);
        resolve();
      };
      driver.on(event, heard);
    });
  const rested = once('rest');
  await driver.arm({ weave: 1, step: 0, rowCrc: 0 });
  await rested;
  const picks = 150;
  const wall = performance.now();
  const emulated = driver.clock.now();
  for (let step = 1; step <= picks; step++) {
    const opened = once('opened');
    await driver.tell(step, rowBytes(step));
    await driver.open(step);
    await opened;
  }
  const speed = (driver.clock.now() - emulated) / (performance.now() - wall);
  await driver.stop();
  return speed;
}
