/** The console's grammar: what a person may type into a serial terminal, and what the board answers (firmware/src/core/console.cpp). */
import { faults, refusals, states } from './wire.table';

/** One command. `form` shows it with its arguments. */
export interface ConsoleCommand {
  readonly form: string;
  readonly help: string;
}

/** Single bytes that act at once, without a line end. */
export const immediateCommands: readonly ConsoleCommand[] = [
  { form: '!', help: 'stop: outputs off at once' },
  { form: '?', help: 'status' },
];

/** Commands that act as a whole line, answered by one `ok` or `error:N text`. */
export const lineCommands: readonly ConsoleCommand[] = [
  { form: 'help', help: 'the commands, with an example' },
  { form: 'info', help: 'firmware, heddles, servos, counts' },
  { form: '~', help: 'go on after a hold' },
  { form: 'arm', help: 'heddles to rest, outputs on' },
  { form: 'park', help: 'heddles to rest, outputs off' },
  { form: 'clear', help: 'leave a fault' },
  { form: 'heddle N up|down|US', help: 'move heddle N up, down, or to a pulse of 500–2540 µs' },
  { form: 'lift 0110…', help: 'lift the heddles at the 1s, from heddle 1' },
  { form: 'release', help: 'pulses off the lowered heddles' },
  { form: '$$', help: 'list every setting' },
  { form: '$NAME=VALUE', help: 'change a setting until save, load or a reset; without = show it' },
  { form: '$H12=UP,DOWN,OUTPUT,LED', help: 'of heddle 12: what is left empty stays, - is none' },
  { form: '$B1=KHZ', help: 'oscillator of PCA9685 board 1' },
  { form: 'save', help: 'what was changed outlives a reset' },
  { form: 'load', help: 'forget what was changed since save' },
  { form: 'defaults', help: 'every setting as it is at first, until load or save' },
  { form: 'validate', help: 'settings against each other: a line for each thing that cannot be meant' },
  { form: 'selftest', help: 'memory, EEPROM, inputs, LEDs, I2C against the settings; each heddle when armed' },
  { form: 'sweep [N]', help: 'lift each heddle in turn, or heddle N; any key ends it' },
  {
    form: 'exercise [K] [ROUNDS]',
    help: 'lift groups of K, so many rounds, and report I2C errors and resets; any key ends it',
  },
  { form: 'i2c', help: 'every address that answers, and the boards that should' },
  { form: 'led N RRGGBB|off', help: 'a colour on LED N; off = the colours of the weave again' },
  { form: 'echo on|off', help: 'send back what is typed' },
];

/** Error number of a line that is not understood; the others are the refusals of the wire table. */
const notUnderstood = 0;

export type ConsoleAnswer =
  | { kind: 'ok' }
  | { kind: 'error'; number: number; text: string }
  | ConsoleStatus
  /** a line of a listing, or anything else */
  | { kind: 'text'; text: string };

/** The answer to `?`, such as `<fault:estop|step 12|waiting 0|settled|estop open>`. */
export interface ConsoleStatus {
  kind: 'status';
  state: keyof typeof states;
  fault: keyof typeof faults;
  /** last step opened, 0 = none */
  step: number;
  /** step that waits, 0 = none */
  waiting: number;
  settled: boolean;
  estopOpen: boolean;
  hands: boolean;
}

/** Reads one line from the board. Never throws: what is no answer is text. */
export function parseConsoleLine(line: string): ConsoleAnswer {
  const text = line.trim();
  if (text === 'ok') return { kind: 'ok' };
  const error = /^error:(\d{1,3})(?: (.*))?$/.exec(text);
  if (error) return { kind: 'error', number: Number(error[1]), text: error[2] ?? errorWords(Number(error[1])) };
  return parseStatus(text) ?? { kind: 'text', text: line };
}

function parseStatus(text: string): ConsoleStatus | null {
  const parts = /^<([^<>]*)>$/.exec(text)?.[1].split('|');
  const step = numberOf(parts, 'step');
  const waiting = numberOf(parts, 'waiting');
  if (!parts || step === null || waiting === null) return null;
  const [state, faultWord = 'none'] = parts[0].split(':');
  const fault = Object.keys(faults).find((name) => name.toLowerCase() === faultWord.toLowerCase());
  if (!Object.hasOwn(states, state) || !fault) return null;
  return {
    kind: 'status',
    state: state as keyof typeof states,
    fault: fault as keyof typeof faults,
    step,
    waiting,
    settled: parts.includes('settled'),
    estopOpen: parts.includes('estop open'),
    hands: parts.includes('hands'),
  };
}

function numberOf(parts: string[] | undefined, label: string): number | null {
  const digits = parts?.find((part) => part.startsWith(`${label} `))?.slice(label.length + 1);
  return digits && /^\d{1,5}$/.test(digits) ? Number(digits) : null;
}

function errorWords(number: number): string {
  if (number === notUnderstood) return 'not understood, try help';
  return Object.values(refusals).find(({ code }) => code === number)?.doc ?? `error ${number}`;
}
