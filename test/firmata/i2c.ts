/** Probes of the way through to I²C, with a PCA9685 at 0x43 that no loom owns. */
import { type FirmataBoard, isSysex, sevens } from './board';
import type { Outcome, Probe } from './probe';

const address = 0x43;
const index = address - 0x40;
/** SUBADR1, a register that does nothing by itself */
const register = 0x02;
/** as after power-on (NXP PCA9685, table 4) */
const subaddress = 0xe2;
const begin = [0xf0, 0x78, 0, 0, 0xf7];
const write = (to: number, ...bytes: number[]) => [0xf0, 0x76, to, 0x00, ...bytes.flatMap(sevens), 0xf7];
const read = (to: number, ...bytes: number[]) => [0xf0, 0x76, to, 0x08, ...bytes.flatMap(sevens), 0xf7];
const readOn = (to: number, ...bytes: number[]) => [0xf0, 0x76, to, 0x10, ...bytes.flatMap(sevens), 0xf7];
const stop = (to: number) => [0xf0, 0x76, to, 0x18, 0xf7];

const device = (board: FirmataBoard) => board.uno.parts.boards[index];

/** The answer to a read: address, register and bytes as the protocol says. */
function answered(board: FirmataBoard, bytes: number[], at: number, expected: number): Outcome {
  const answer = board.ask(bytes, isSysex(0x77));
  if (!answer) return false;
  const pairs = Array.from(
    { length: answer.body.length >> 1 },
    (_, i) => answer.body[2 * i] | (answer.body[2 * i + 1] << 7),
  );
  return pairs.join() === [address, at, expected].join() || `answered ${pairs.join(' ')}`;
}

export const i2cProbes: readonly Probe[] = [
  {
    feature: 'I²C write (76)',
    run: (board) => {
      board.say(...begin, ...write(address, register, 0xa4));
      board.run(30);
      const written = device(board).register(register) === 0xa4;
      board.say(...write(address, register, subaddress));
      board.run(30);
      return written;
    },
  },
  {
    feature: 'I²C read once, with a register',
    run: (board) => {
      board.say(...begin);
      return answered(board, read(address, register, 1), register, subaddress);
    },
  },
  {
    feature: 'I²C read once, where it stands',
    run: (board) => {
      board.say(...begin, ...write(address, register));
      board.run(20);
      return answered(board, read(address, 1), 0, subaddress);
    },
  },
  {
    feature: 'I²C read over and over',
    run: (board) => {
      board.say(...begin, ...readOn(address, register, 1));
      board.run(500);
      const answers = board.heard.filter(isSysex(0x77)).length;
      board.say(...stop(address));
      board.run(50);
      return answers > 5 || (answers > 0 && `${answers} times in half a second`);
    },
  },
  {
    feature: 'I²C stop reading',
    run: (board) => {
      board.say(...begin, ...readOn(address, register, 1));
      board.run(200);
      const before = board.heard.filter(isSysex(0x77)).length;
      board.say(...stop(address));
      board.run(100);
      board.forget();
      board.run(300);
      return before > 0 && board.heard.filter(isSysex(0x77)).length === 0;
    },
  },
  {
    feature: 'I²C read of nobody',
    run: (board) => {
      board.say(...begin);
      const answer = board.ask(read(0x33, register, 1), isSysex(0x77), 200);
      return answer !== undefined && board.strings.length === 0 && 'answered without a complaint';
    },
  },
  {
    feature: 'I²C with an address of 10 bits',
    run: (board) => {
      board.say(...begin, 0xf0, 0x76, address, 0x20, ...sevens(register), ...sevens(1), 0xf7);
      board.run(100);
      return board.heard.some(isSysex(0x77)) && 'answered';
    },
  },
  {
    feature: 'I²C request without a body',
    run: (board) => {
      board.say(...begin, 0xf0, 0x76, 0xf7, 0xf0, 0x76, address, 0xf7);
      board.run(100);
      return board.heard.some(isSysex(0x77)) && 'answered';
    },
  },
  {
    feature: 'I²C read of 60 bytes',
    run: (board) => {
      board.say(...begin);
      const answer = board.ask(read(address, register, 60), isSysex(0x77));
      if (!answer) return false;
      // Its pointer does not move by itself: the same byte sixty times.
      const right = answer.body.filter(
        (byte, i, all) => i >= 4 && i % 2 === 0 && (byte | (all[i + 1] << 7)) === subaddress,
      );
      return right.length === 60 || `${right.length} of them right, ${answer.body.length / 2 - 2} sent`;
    },
  },
];
