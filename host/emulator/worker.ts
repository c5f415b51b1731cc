/** The emulator in a thread of its own: runs while the host lets it, and stands still after every message that it hands over. */
import { readFileSync } from 'node:fs';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { EmulatedBoard } from './board';
import { perform } from './board-acts';
import { cyclesPerMs } from './clock';
import { Outbox } from './outbox';
import { SharedBoard } from './shared-board';
import { WallPace } from './wall-pace';
import type { Act, Pace, Report, WorkerOptions } from './worker-messages';

/** ms of emulated time between two looks at the mail */
const slice = 20;
/** ms of the wall between two slices at real pace */
const nap = 5;

const options = workerData as WorkerOptions;
const shared = new SharedBoard(options.wiring, options.shared);
const board = new EmulatedBoard({ ...options, hex: readFileSync(options.firmware, 'utf8') });
const outbox = new Outbox(board);
let pace: Pace = options.pace;
let wall = new WallPace(0);
let reports = 0;

function act(asked: Act): void {
  switch (asked.do) {
    case 'write':
      board.send(asked.bytes);
      break;
    case 'rate':
      board.line.baud = asked.baud;
      return;
    case 'pace':
      pace = asked.pace;
      wall = new WallPace(board.nowMs);
      return;
    default:
      perform(board, asked);
  }
}

function report(): void {
  board.pulses(shared.pulses);
  shared.colours.set(board.parts.colours);
  shared.counts = board.counts;
  const message: Report = { number: ++reports, bytes: outbox.take() };
  parentPort?.postMessage(message);
}

/** Where this slice may end, in ms of emulated time: the host's timer, the wall, or the next look at the mail. */
function sliceEnd(): number {
  const end = Math.min(shared.limit, board.nowMs + (outbox.isEmpty ? slice : outbox.quietMs));
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
  wall.slip(board.nowMs);
  const end = sliceEnd();
  // The host's timers stand on whole cycles; only the rounding of the product is undone.
  if (end > board.nowMs) board.runTo(Math.max(Math.round(end * cyclesPerMs), board.cycles + 1));
  shared.now = board.nowMs;
  if (outbox.isDue || board.nowMs >= shared.limit) report();
  else if (pace === 'real' && wall.reached() - board.nowMs < nap) shared.sleep(rings, nap);
}
