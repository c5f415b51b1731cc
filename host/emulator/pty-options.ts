/** The command line of a pty board: flags for people, or all options as one JSON object. */
import { parseArgs } from 'node:util';
import { readProfile } from '../profiles/read';
import { bootloaderNames } from './bootloader';
import { chipNames } from './chips/chip';
import type { PtyBoardOptions } from './pty-messages';

const help = `An emulated loom on a pseudo terminal, in real time, running the shipped firmware.

  node dist/host/emulator/pty-board.js [options]

  --profile <name|file>   the loom (default: exhibition-40)
  --chip <name>           atmega328p, an Uno, or atmega2560, a Mega (default: what the profile says)
  --bootloader <name>     none (default), optiboot, old-nano or stk500v2: what happens around a reset
  --firmware <hex>        (default: the firmware shipped for the chip)
  --speed <n>             emulated seconds in one on the wall (default: 1)
  --keep-on-open          opening the port does not reset the board (an Uno is reset)
  --log <file>            what is printed is appended to this file too

It prints the port's path first, then one JSON object a line: sheds as they open, resets, and who opens the port:
  {"type":"port","path":"/dev/pts/5"}
  {"type":"opening","ms":812.5,"step":1}
  {"type":"shed","ms":1110.2,"step":1,"rowCrc":51966,"row":"0101…","pulses":[1300.05,…]}
  {"type":"opened"|"closed"|"reset"|"powerCut"|"brownOut","ms":…}

Weave on it with \`loom weave --dataset ID --port /dev/pts/5\`, or talk to it with any serial terminal at 57,600 baud.
It reads commands, one JSON object a line, and ends with its input:
  {"do":"press"} {"do":"back"} {"do":"hold","treadle":"treadle","down":true} {"do":"estop","open":true}
  {"do":"hands","in":true} {"do":"reset"} {"do":"resetOnOpen","on":false} {"do":"brownOut"} {"do":"powerCut"} {"do":"quit"}
  on the I2C bus: {"do":"unplug","board":0,"gone":true} {"do":"sda","clocks":9} {"do":"scl","held":true}
  {"do":"refuse","from":3} {"do":"restoreBus"}
`;

export function ptyBoardOptions(argv: readonly string[]): PtyBoardOptions {
  if (argv[0]?.startsWith('{')) return JSON.parse(argv[0]) as PtyBoardOptions;
  try {
    return fromFlags(argv);
  } catch (error) {
    process.stderr.write(`pty-board: ${(error as Error).message}\n`);
    process.exit(2);
  }
}

function fromFlags(argv: readonly string[]): PtyBoardOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      profile: { type: 'string', default: 'exhibition-40' },
      chip: { type: 'string' },
      bootloader: { type: 'string', default: 'none' },
      firmware: { type: 'string' },
      speed: { type: 'string', default: '1' },
      'keep-on-open': { type: 'boolean', default: false },
      log: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const speed = Number(values.speed);
  if (!(speed > 0)) throw new Error(`--speed ${values.speed} is not a number above 0.`);
  const bootloader = oneOf('--bootloader', values.bootloader, bootloaderNames);
  const { firmware, log } = values;
  const { outputs, heddles, leds, firmware: board } = readProfile(values.profile).board;
  const chip = oneOf('--chip', values.chip ?? (board === 'mega' ? 'atmega2560' : 'atmega328p'), chipNames);
  const wiring = { outputs, heddles, leds };
  return { wiring, chip, bootloader, firmware, speed, resetOnOpen: !values['keep-on-open'], log };
}

function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (!found) throw new Error(`${flag} ${value} is none of ${allowed.join(', ')}.`);
  return found;
}
