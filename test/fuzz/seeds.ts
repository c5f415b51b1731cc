/** Writes the corpus with which the fuzzer begins: scripts in which the board does everything once. `npx ts-node -T test/fuzz/seeds.ts` */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostMessages, protocolVersion, settings } from '../../protocol/wire.table';

type Step = readonly number[];
type Message = keyof typeof hostMessages;

const word = (value: number) => [value & 0xff, value >> 8];
const raw = (...bytes: number[]): Step => [0, bytes.length, ...bytes];
const message = (name: Message, ...fields: number[]): Step => [
  1,
  1 + fields.length,
  hostMessages[name].code,
  ...fields,
];
const damaged = (name: Message, ...fields: number[]): Step => [
  2,
  1 + fields.length,
  hostMessages[name].code,
  ...fields,
];
const firmata = (...bytes: number[]): Step => [3, bytes.length, ...bytes];
const line = (text: string): Step => [4, text.length, ...Buffer.from(text)];
const pass = (ms: number): Step[] =>
  ms > 4000 ? [[5, 250], ...pass(ms - 4000)] : [[5, Math.min(255, Math.ceil(ms / 16))]];
const contacts = (bits: number): Step => [6, bits];
const faults = (bits: number): Step => [7, bits];

const treadle = 1;
const back = 2;
const closed = 4;
const hello = message('HELLO', protocolVersion, 0x34, 0x12);
const row = (step: number, byte: number) => message('ROW', ...word(step), byte, byte, byte, byte, byte);
const weaving = [
  hello,
  message('ARM', ...word(7), ...word(0), ...word(0)),
  ...pass(600),
  row(1, 0x55),
  message('OPEN', 1, 0),
  ...pass(500),
];
const press = (bits: number) => [contacts(closed | bits), ...pass(32), contacts(closed), ...pass(400)];
const setting = (name: string, index: number, value: number) =>
  message('SET', settings.find((each) => each.name === name)?.id ?? 1, ...word(index), ...word(value));

const scripts: Record<string, readonly Step[]> = {
  weave: [
    ...weaving,
    row(2, 0xaa),
    ...press(treadle),
    row(3, 1),
    ...press(back),
    message('DROP'),
    message('PARK'),
    ...pass(900),
  ],
  hold: [
    ...weaving,
    message('HOLD', 0),
    message('RESUME'),
    message('HOLD', 1),
    message('RESUME'),
    message('HOLD', 0),
    message('RESUME'),
  ],
  silent: [...weaving, ...pass(2500), ...pass(31_000), message('STATUS'), message('ARM', ...word(7), 1, 0, 0, 0)],
  stops: [
    ...weaving,
    raw(0xff),
    ...pass(50),
    message('CLEAR'),
    message('ARM', 7, 0, 1, 0, 0, 0),
    line('!'),
    line('clear'),
  ],
  estop: [...weaving, contacts(0), ...pass(50), message('CLEAR'), contacts(closed), ...pass(50), message('CLEAR')],
  lost: [...weaving, faults(1), ...pass(100), message('STATUS'), message('CLEAR')],
  damage: [
    ...weaving,
    damaged('ROW', 2, 0, 1, 2, 3, 4, 5),
    damaged('STOP'),
    message('STATUS'),
    raw(0xf0, 0x0c, 1, 0xf9, 0x0a),
  ],
  settings: [
    hello,
    ...settings.map(({ id }) => message('GET', id, 0, 0)),
    ...[
      setting('heddles', 0, 40),
      setting('move.k', 0, 4),
      message('SAVE'),
      ...pass(4000),
      message('TEST', 0, 0, 220, 5),
    ],
  ],
  leds: [hello, message('LED', 0, 0, 1, 2, 3), message('WEFT', 1, 2, 3), message('LED', 0, 0)],
  console:
    'help|?|info|$$|$heddles=12|$heddles|$H1=1000,2000|save|load|defaults|validate|i2c|selftest|exercise|echo on|bad'
      .split('|')
      .flatMap((text) => [line(text), ...pass(300)]),
  hands: 'arm|heddle 1 up|heddle 2 down|heddle 3 1500|lift 0110|sweep|led 3 ff8800|release|arm|park|clear'
    .split('|')
    .flatMap((text) => [line(text), ...pass(600)]),
  pins: [
    ...[raw(0xf9), firmata(0x79), firmata(0x6b), firmata(0x69), firmata(0x6d, 7), firmata(0x7a, 20, 0)],
    ...[raw(0xf4, 7, 1, 0x90, 0x7f, 1, 0xf5, 7, 1), raw(0xf4, 6, 3, 0xe6, 100, 0), raw(0xd0, 1, 0xc0, 1), ...pass(100)],
    ...[
      firmata(0x70, 9, 0x20, 4, 0x60, 0x12),
      firmata(0x6f, 9, 90, 0),
      firmata(0x6f, 9, 0x7f, 0x7f),
      raw(0xff),
      raw(0xf4, 5, 1),
    ],
  ],
  bus: [
    ...[firmata(0x78, 100, 0), firmata(0x76, 0x55, 0, 6, 0, 1, 0), firmata(0x76, 0x55, 8, 6, 0, 4, 0), ...pass(50)],
    ...[
      firmata(0x76, 0x55, 0x10, 6, 0, 4, 0),
      firmata(0x76, 0x56, 0x50, 6, 0, 32, 0),
      ...pass(100),
      faults(2),
      ...pass(100),
    ],
    ...[
      faults(4),
      firmata(0x76, 0x55, 8, 4, 0),
      ...pass(200),
      faults(0),
      firmata(0x76, 0x55, 0x18),
      firmata(0x76, 0x40, 0, 1, 0),
    ],
  ],
  odd: [
    firmata(),
    firmata(0x71, 65, 0),
    [3, 120, ...Array(120).fill(0x42)],
    raw(0xf7),
    raw(0xf1),
    raw(0xf0, 1),
    ...pass(150),
    line('x'.repeat(200)),
  ],
};

const corpus = join(__dirname, 'corpus');
mkdirSync(corpus, { recursive: true });
for (const [name, steps] of Object.entries(scripts)) writeFileSync(join(corpus, name), Uint8Array.from(steps.flat()));
