/** Probes of what no client should send, and some do: too long, empty, unknown, broken off, out of range. */
import { isSysex, isVersion, modes, sevens } from './board';
import type { Probe } from './probe';

const text = (length: number) => Array.from({ length }, (_, i) => sevens(0x41 + (i % 26))).flat();

/** Not obeyed in any way that can be seen; the suite looks whether the board goes on. */
const sent =
  (...bytes: number[]): Probe['run'] =>
  (board) => {
    board.say(...bytes);
    board.run((bytes.length * 10) / 57.6 + 100);
    return false;
  };

export const abuses: readonly Probe[] = [
  { feature: 'a string (71) to the board', run: sent(0xf0, 0x71, ...text(10), 0xf7) },
  { feature: 'a string of 200 letters', run: sent(0xf0, 0x71, ...text(200), 0xf7) },
  // A plain letter's second byte is 0, an accented one's is 1: where that byte lands decides what is left of the parser.
  {
    feature: 'a string of 200 letters with accents',
    run: sent(0xf0, 0x71, ...Array(200).fill(sevens(0xe9)).flat(), 0xf7),
  },
  { feature: 'an unknown message of 1,000 bytes', run: sent(0xf0, 0x0f, ...Array(1000).fill(0x55), 0xf7) },
  { feature: 'a message that never ends', run: sent(0xf0, 0x0f, ...Array(3000).fill(0x2a)) },
  { feature: 'an empty message (F0 F7)', run: sent(0xf0, 0xf7) },
  { feature: 'an unknown message (F0 0F … F7)', run: sent(0xf0, 0x0f, 1, 2, 3, 0xf7) },
  { feature: 'F7 without a beginning', run: sent(0xf7, 0xf7) },
  { feature: 'an unknown command (F6)', run: sent(0xf6, 1, 2) },
  {
    feature: 'too few arguments (70, 6F, 6D, 7A)',
    run: sent(0xf0, 0x70, 9, 0xf7, 0xf0, 0x6f, 0xf7, 0xf0, 0x6d, 0xf7, 0xf0, 0x7a, 0xf7),
  },
  {
    feature: 'a command inside a message breaks it off and is obeyed',
    run: (board) => board.ask([0xf0, 0x6d, 9, 0xf9], isVersion) !== undefined,
  },
  {
    feature: 'a message inside a message',
    run: (board) => board.ask([0xf0, 0x6d, 0xf0, 0x6b, 0xf7], isSysex(0x6c)) !== undefined,
  },
  {
    feature: 'FF inside a message resets',
    run: (board) => {
      const pin = board.pinFor('servo');
      board.say(0xf4, pin, modes.servo);
      board.say(0xf0, 0x6d, 0xff, pin, 0xf7);
      board.run(50);
      return board.pinState(pin)?.[0] !== modes.servo;
    },
  },
  {
    feature: 'a lost byte in a two-byte message costs one message',
    run: (board) => {
      const pin = board.pinFor('output');
      board.say(0xf4, pin, 0xf4, pin, modes.output);
      return board.pinState(pin)?.[0] === modes.output;
    },
  },
  {
    feature: 'text between messages',
    run: (board) => {
      board.say(...[...'hello, is anybody there 0123 {}'].map((letter) => letter.charCodeAt(0)));
      return board.ask([0xf9], isVersion) !== undefined;
    },
  },
  {
    feature: 'noise of 2,000 random bytes',
    run: (board) => {
      let state = 7;
      const random = () => {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        return state >>> 24;
      };
      board.say(...Array.from({ length: 2000 }, random));
      board.run(500);
      board.say(0xf7);
      board.run(300);
      board.forget();
      return board.ask([0xf9], isVersion) !== undefined;
    },
  },
];
