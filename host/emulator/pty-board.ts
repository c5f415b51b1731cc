/**
 * An emulated board in a process of its own on a pseudo terminal, in real time: it lives on when the host dies.
 * `node pty-board.js --help` says how it is started; pty-messages.ts what goes over stdin and stdout.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { firmwareFor, packageRoot } from '../paths';
import { EmulatedBoard } from './board';
import { perform } from './board-acts';
import { type PtyCommand, type PtyReport, ptyCommand } from './pty-messages';
import { ptyBoardOptions } from './pty-options';
import { ShedLog } from './shed-log';
import { WallPace } from './wall-pace';

/** ms of the wall between two slices */
const nap = 5;

const options = ptyBoardOptions(process.argv.slice(2));
const board = new EmulatedBoard({
  hex: readFileSync(options.firmware ?? firmwareFor(options.chip), 'utf8'),
  wiring: options.wiring,
  chip: options.chip,
  bootloader: options.bootloader,
  eeprom: options.eeprom && Uint8Array.from(options.eeprom),
});
const relay = spawn('python3', [join(packageRoot, 'host', 'emulator', 'pty-relay.py')], {
  stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
});
const toHost = relay.stdin as Writable;
const fromHost = relay.stdout as Readable;
const notices = relay.stdio[3] as Readable;
const log = new ShedLog(board, {
  opening: (step) => say({ type: 'opening', ms: board.nowMs, step }),
  opened: (shed) => say({ type: 'shed', ...shed }),
});
const wall = new WallPace(0, options.speed);
let resetOnOpen = options.resetOnOpen ?? true;
let sending: number[] = [];

function say(report: PtyReport): void {
  const line = `${JSON.stringify(report)}\n`;
  process.stdout.write(line);
  if (options.log) appendFileSync(options.log, line);
}

function obey(command: PtyCommand): void {
  switch (command.do) {
    case 'resetOnOpen':
      resetOnOpen = command.on;
      return;
    case 'quit':
      quit();
      break;
    case 'reset':
    case 'powerCut':
    case 'brownOut':
      perform(board, command);
      say({ type: command.do, ms: board.nowMs });
      break;
    default:
      perform(board, command);
  }
}

/** A person may type these too. */
function told(line: string): void {
  let command: PtyCommand;
  try {
    command = ptyCommand.parse(JSON.parse(line));
  } catch {
    process.stderr.write(`pty-board: not a command: ${line} (--help lists them)\n`);
    return;
  }
  obey(command);
}

/** A line from the relay: `path …`, `open`, `close`, `rate …`. */
function relayed(line: string): void {
  const [word, value] = line.split(' ');
  if (word === 'path') say({ type: 'port', path: value });
  if (word === 'rate') board.line.baud = Number(value);
  if (word === 'close') say({ type: 'closed', ms: board.nowMs });
  if (word === 'open') {
    say({ type: 'opened', ms: board.nowMs });
    if (resetOnOpen) obey({ do: 'reset' });
  }
}

function quit(): void {
  relay.kill();
  process.exit(0);
}

board.onByte = (byte) => {
  sending.push(byte);
  log.take(byte);
};
fromHost.on('data', (bytes: Buffer) => board.send(bytes));
relay.on('exit', quit);
toHost.on('error', quit);
createInterface({ input: notices }).on('line', relayed);
createInterface({ input: process.stdin }).on('line', (line) => told(line));
process.stdin.on('end', quit);
process.stdout.on('error', quit);

setInterval(() => {
  wall.slip(board.nowMs);
  const until = wall.reached();
  if (until > board.nowMs) board.runTo(until * 16_000);
  if (sending.length > 0) toHost.write(Buffer.from(sending));
  sending = [];
}, nap);
