/** The emulator in a thread of its own: runs while the host lets it, and stands still after every message that it hands over. */
import { readFileSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { cyclesPerMs } from './clock';
import { Outbox } from './outbox';
import { SharedBoard } from './shared-board';
import { EmulatedUno } from './uno';
import { WallPace } from './wall-pace';
import type { Act, Pace, Report, WorkerOptions } from './worker-messages';

/** ms of emulated time between two looks at the mail */
const slice = 20;
/** ms of the wall between two slices at real pace */
const nap = 5;

const options = workerData as WorkerOptions;
const shared = new SharedBoard(options.wiring, options.shared);
const uno = new EmulatedUno({ ...options, hex: readFileSync(options.firmware, 'utf8') });
const outbox = new Outbox(uno);
let pace: Pace = options.pace;
let wall = new WallPace(0);
let reports = 0;

function act(asked: Act): void {
  const { parts } = uno;
  switch (asked.act) {
    case 'write':
      uno.send(asked.bytes);
      break;
    case 'rate':
      uno.line.baud = asked.baud;
      break;
    case 'pace':
      pace = asked.pace;
      wall = new WallPace(uno.nowMs);
      break;
    case 'tap':
      parts[asked.treadle].tap(asked.ms);
      break;
    case 'hold':
      if (asked.down) parts[asked.treadle].press();
      else parts[asked.treadle].release();
      break;
    case 'estop':
      if (asked.open) parts.estop.open();
      else parts.estop.close();
      break;
    case 'reset':
      uno.reset('dtr');
      break;
    case 'powerCut':
      uno.powerCut();
      break;
    case 'unplug':
      parts.bus.unplug(parts.boards[asked.board], asked.gone);
      break;
  }
}

function report(): void {
  uno.pulses(shared.pulses);
  shared.colours.set(uno.parts.strip.colours);
  shared.counts = uno.counts;
  const message: Report = { number: ++reports, bytes: outbox.take() };
  parentPort?.postMessage(message);
}

/** Where this slice may end, in ms of emulated time: the host's timer, the wall, or the next look at the mail. */
function sliceEnd(): number {
  const end = Math.min(shared.limit, uno.nowMs + (outbox.isEmpty ? slice : outbox.quietMs));
  return pace === 'full' ? end : Math.min(end, wall.reached());
}

report();
for (;;) {
  const { rings } = shared;
  for (let mail = receiveMessageOnPort(parentPort!); mail; mail = receiveMessageOnPort(parentPort!)) act(mail.message);
  if (shared.handled < reports || shared.hold) {
    shared.sleep(rings);
    continue;
  }
  wall.slip(uno.nowMs);
  const end = sliceEnd();
  // The host's timers stand on whole cycles; only the rounding of the product is undone.
  if (end > uno.nowMs) uno.runTo(Math.max(Math.round(end * cyclesPerMs), uno.cycles + 1));
  shared.now = uno.nowMs;
  if (outbox.isDue || uno.nowMs >= shared.limit) report();
  else if (pace === 'real' && wall.reached() - uno.nowMs < nap) shared.sleep(rings, nap);
}
