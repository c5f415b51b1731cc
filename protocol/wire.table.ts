/**
 * The one table of what host and board say to each other.
 *
 * `npm run generate` writes `firmware/src/core/wire.gen.h` and `docs/wire.md` from it; a test fails when either is stale.
 * All numbers travel little-endian. A `bytes` field takes what is left of the body.
 *
 * Sequence numbers (one byte, modulo 256): HELLO's is 0 for a new session, so the first message after it has 1; HELLO with
 * the nonce of the open session changes nothing. One message is in flight. The board takes only the last taken + 1. The
 * number of the last taken again is a duplicate: its answer is sent again (ACK, NAK or STATUS) and nothing is executed. A
 * refusal uses up its number too, except for the reasons `crc` and `order`. Answers to a board without a session are
 * NAK `crc` seeded with 0xFFFF. EVENT.events counts the event itself.
 */

export const protocolVersion = 2;

/** Firmata user sysex id that carries every loom message: `F0 0C <body packed 7-in-8> F7`. */
export const loomSysex = 0x0c;

/** Bytes that act at once, outside any line. `stopByte` also inside an open message. */
export const stopByte = 0xff;

/** CRC seed of HELLO frames, which come before there is a session. Later frames are seeded with the session. */
export const helloSeed = 0xffff;

export type FieldType = 'u8' | 'u16' | 'u32' | 'bytes';
export interface FieldSpec {
  readonly name: string;
  readonly type: FieldType;
  readonly doc: string;
}
export interface MessageSpec {
  readonly code: number;
  readonly doc: string;
  readonly fields: readonly FieldSpec[];
}

/** Fields that every ACK, NAK, EVENT and STATUS carries, so that any of them tells the place. */
const place = [
  { name: 'state', type: 'u8', doc: 'state after the message took effect' },
  { name: 'openStep', type: 'u16', doc: 'last step opened in this weave, 0 = none' },
  { name: 'rowCrc', type: 'u16', doc: 'CRC-16 of that step and its row (see ROW), 0 when openStep is 0' },
  { name: 'events', type: 'u8', doc: 'events sent so far, modulo 256: a gap means one was lost' },
] as const;

/** Host to board. Body: code, sequence number, fields, CRC-16. */
export const hostMessages = {
  HELLO: {
    code: 0x01,
    doc: 'Open a session. The same nonce again gets the same session back (a lost answer); a new one drops the waiting row and holds a weaving board.',
    fields: [
      { name: 'protocol', type: 'u8', doc: 'protocol version of the host' },
      { name: 'nonce', type: 'u16', doc: 'random number of this host run' },
    ],
  },
  ARM: {
    code: 0x02,
    doc: 'idle or released: heddles go to rest, K a frame. Sets the place that the weave continues from.',
    fields: [
      { name: 'weave', type: 'u16', doc: 'tag of the weave, kept with the place' },
      { name: 'openStep', type: 'u16', doc: 'last step opened, 0 for a new weave' },
      { name: 'rowCrc', type: 'u16', doc: 'its row CRC, 0 for a new weave' },
    ],
  },
  PARK: { code: 0x03, doc: 'Heddles to rest, then outputs off: idle.', fields: [] },
  ROW: {
    code: 0x04,
    doc: 'Store the next row. step is openStep + 1, or openStep with the same row CRC (a re-open). Replaces nothing: with a row waiting it is refused. Row CRC = CRC-16 (seed 0xFFFF) of step (2 bytes) and the row bytes.',
    fields: [
      { name: 'step', type: 'u16', doc: 'the step this row opens' },
      {
        name: 'row',
        type: 'bytes',
        doc: 'exactly ceil(heddles / 8) bytes; bit 0 of byte 0 is heddle 1; 1 = lifted; spare bits 0',
      },
    ],
  },
  DROP: {
    code: 0x05,
    doc: 'Forget the waiting row. ACK detail: 0 nothing waited, 1 dropped, 2 nothing waits because the last row told is already open (or opening).',
    fields: [],
  },
  OPEN: {
    code: 0x06,
    doc: 'Open the waiting row (armed: the first shed).',
    fields: [{ name: 'step', type: 'u16', doc: 'must be the step that waits' }],
  },
  HOLD: {
    code: 0x07,
    doc: 'weaving: hold. Pulses stay, nothing moves.',
    fields: [
      {
        name: 'hands',
        type: 'u8',
        doc: '1 = hands in the shed: latched, RESUME is refused until a HOLD with 0 releases it',
      },
    ],
  },
  RESUME: { code: 0x08, doc: 'held: weaving again. Nothing moves.', fields: [] },
  STOP: { code: 0x09, doc: 'Fault at once, outputs off. (The byte 0xFF is faster.)', fields: [] },
  CLEAR: { code: 0x0a, doc: 'fault with the e-stop closed: idle.', fields: [] },
  LED: {
    code: 0x0b,
    doc: 'Show colours of our own instead of the weave’s (lifted heddles in the weft’s colour). No colours: back to the weave’s.',
    fields: [
      { name: 'first', type: 'u16', doc: 'index of the first LED' },
      { name: 'rgb', type: 'bytes', doc: '3 bytes an LED, red green blue' },
    ],
  },
  WEFT: {
    code: 0x0c,
    doc: 'Colour of the weft now in the shuttle.',
    fields: [
      { name: 'red', type: 'u8', doc: '0–255' },
      { name: 'green', type: 'u8', doc: '0–255' },
      { name: 'blue', type: 'u8', doc: '0–255' },
    ],
  },
  GET: {
    code: 0x0d,
    doc: 'Ask settings in effect; the answer is VALUES. Refused while settings are being written (busy).',
    fields: [
      { name: 'setting', type: 'u8', doc: 'id in the settings tables' },
      { name: 'index', type: 'u16', doc: '0, or index of the first heddle or board' },
    ],
  },
  SET: {
    code: 0x0e,
    doc: 'idle, or held with nothing moving: change a setting until SAVE, LOAD or the next reset. The ACK comes when it is in effect, which for the first change after SAVE or a start takes up to 2 s: the saved settings are copied first.',
    fields: [
      { name: 'setting', type: 'u8', doc: 'id in the settings tables' },
      { name: 'index', type: 'u16', doc: '0, or index of the heddle or board' },
      { name: 'value', type: 'u16', doc: 'in its range' },
    ],
  },
  SAVE: {
    code: 0x0f,
    doc: 'idle, or held with nothing moving: what was changed outlives a reset. The ACK comes when the last byte is written.',
    fields: [],
  },
  TEST: {
    code: 0x10,
    doc: 'armed: move one heddle.',
    fields: [
      { name: 'heddle', type: 'u16', doc: 'index' },
      { name: 'width', type: 'u16', doc: 'pulse in µs, 500–2540; 0 = back to rest' },
    ],
  },
  STATUS: {
    code: 0x11,
    doc: 'Ask for STATUS. Any valid frame keeps the session alive; this one does nothing else.',
    fields: [],
  },
  LOAD: {
    code: 0x12,
    doc: 'idle: forget what was changed since SAVE (0), or set everything to what it is at first, unsaved (1).',
    fields: [{ name: 'from', type: 'u8', doc: '0 = as saved, 1 = as at first' }],
  },
} as const satisfies Record<string, MessageSpec>;

/** Board to host. Body: code, fields, CRC-16. */
export const boardMessages = {
  HELLO: {
    code: 0x41,
    doc: 'Answer to HELLO. Seeded with 0xFFFF; every later frame of both sides with `session`.',
    fields: [
      { name: 'protocol', type: 'u8', doc: 'protocol version of the firmware' },
      { name: 'nonce', type: 'u16', doc: 'the host’s nonce' },
      { name: 'session', type: 'u16', doc: 'random, never 0 or 0xFFFF' },
      { name: 'major', type: 'u8', doc: 'firmware version' },
      { name: 'minor', type: 'u8', doc: 'firmware version' },
      { name: 'mcu', type: 'u8', doc: 'see mcus' },
      { name: 'boardId', type: 'u32', doc: 'random, kept in EEPROM' },
      { name: 'heddles', type: 'u16', doc: 'heddles' },
      { name: 'outputs', type: 'u8', doc: 'see outputs' },
      { name: 'leds', type: 'u16', doc: 'LEDs on the strip' },
      { name: 'window', type: 'u8', doc: 'receive buffer in bytes' },
      { name: 'settings', type: 'u16', doc: 'CRC-16 of the settings in effect' },
      { name: 'reset', type: 'u8', doc: 'see resetCauses' },
      { name: 'features', type: 'u16', doc: 'bits, see features' },
      ...place,
      { name: 'weave', type: 'u16', doc: 'tag of the weave that the place belongs to, 0 = none known' },
    ],
  },
  ACK: {
    code: 0x42,
    doc: 'Taken in order and in effect (row stored, move begun). A duplicate gets it again and is not executed again.',
    fields: [
      { name: 'seq', type: 'u8', doc: 'of the message' },
      ...place,
      { name: 'detail', type: 'u16', doc: 'as the message says, else 0' },
    ],
  },
  NAK: {
    code: 0x43,
    doc: 'Refused; nothing changed.',
    fields: [
      { name: 'seq', type: 'u8', doc: 'of the message; of the last one taken when the CRC was wrong' },
      ...place,
      { name: 'reason', type: 'u8', doc: 'see refusals' },
    ],
  },
  EVENT: {
    code: 0x44,
    doc: 'Something happened. Not resent: see `events`.',
    fields: [
      { name: 'event', type: 'u8', doc: 'see events' },
      ...place,
      { name: 'arg', type: 'u16', doc: 'as the event says' },
    ],
  },
  STATUS: {
    code: 0x45,
    doc: 'Answer to STATUS.',
    fields: [
      { name: 'seq', type: 'u8', doc: 'of the request' },
      ...place,
      { name: 'weave', type: 'u16', doc: 'tag of the weave that the place belongs to, 0 = none known' },
      { name: 'waiting', type: 'u16', doc: 'step that waits, 0 = none' },
      { name: 'flags', type: 'u8', doc: 'bits, see statusFlags' },
      { name: 'fault', type: 'u8', doc: 'first reason of the fault, see faults' },
      { name: 'faultDetail', type: 'u8', doc: 'I2C address for the faults output and bus, else 0' },
      { name: 'overruns', type: 'u16', doc: 'bytes lost by the UART or its ring since boot' },
      { name: 'frameErrors', type: 'u16', doc: 'UART frame errors and broken messages since boot' },
      { name: 'crcErrors', type: 'u16', doc: 'loom frames with a bad CRC since boot' },
      { name: 'i2cErrors', type: 'u16', doc: 'transfers that no board answered, or that hung, since boot' },
      {
        name: 'stopBytes',
        type: 'u16',
        doc: 'stops by the byte 0xFF since boot: those that nobody sent came from the cable',
      },
      { name: 'uptime', type: 'u16', doc: 'seconds since boot' },
    ],
  },
  VALUES: {
    code: 0x46,
    doc: 'Answer to GET: one value of a scalar, or up to 16 of consecutive heddles or boards.',
    fields: [
      { name: 'seq', type: 'u8', doc: 'of the request' },
      ...place,
      { name: 'setting', type: 'u8', doc: 'as asked' },
      { name: 'index', type: 'u16', doc: 'as asked' },
      { name: 'values', type: 'bytes', doc: '2 bytes each' },
    ],
  },
} as const satisfies Record<string, MessageSpec>;

interface Named {
  readonly code: number;
  readonly doc: string;
}
type Names = Record<string, Named>;

export const states = {
  boot: { code: 0, doc: 'self check' },
  idle: { code: 1, doc: 'outputs off' },
  armed: { code: 2, doc: 'heddles at rest, waiting for the first OPEN' },
  weaving: { code: 3, doc: 'a press opens the waiting row' },
  held: { code: 4, doc: 'pulses stay, a press opens nothing' },
  released: { code: 5, doc: 'pulses off for lowered heddles, place kept; leaving needs ARM' },
  fault: { code: 6, doc: 'outputs off, waiting row dropped, place kept; CLEAR with the e-stop closed' },
} as const satisfies Names;

export const faults = {
  none: { code: 0, doc: 'no fault' },
  stop: { code: 1, doc: 'the host sent STOP' },
  stopByte: { code: 2, doc: 'the byte 0xFF arrived' },
  console: { code: 3, doc: 'somebody typed ! in the console' },
  estop: { code: 4, doc: 'the e-stop is open' },
  output: { code: 5, doc: 'a PCA9685 board does not answer' },
  watchdog: { code: 6, doc: 'the firmware hung and was restarted' },
  bus: { code: 7, doc: 'SDA or SCL is held low: no board can be reached' },
} as const satisfies Names;

export const resetCauses = {
  unknown: { code: 0, doc: 'cannot be said' },
  power: { code: 1, doc: 'power or brown-out: memory was lost' },
  reset: { code: 2, doc: 'reset line or button: memory was kept' },
  watchdog: { code: 3, doc: 'the watchdog' },
} as const satisfies Names;

export const refusals = {
  crc: { code: 1, doc: 'wrong CRC: damaged, or of another session' },
  length: { code: 2, doc: 'wrong length' },
  order: { code: 3, doc: 'sequence number out of order' },
  state: { code: 4, doc: 'not in this state' },
  unknown: { code: 5, doc: 'no such message' },
  range: { code: 6, doc: 'number out of range' },
  step: { code: 7, doc: 'not the step that comes next' },
  waiting: { code: 8, doc: 'a row is already waiting' },
  nothing: { code: 9, doc: 'no row is waiting' },
  moving: { code: 10, doc: 'heddles are still moving' },
  hands: { code: 11, doc: 'hands in the shed' },
  estop: { code: 12, doc: 'the e-stop is open' },
  protocol: { code: 13, doc: 'protocol version not spoken here' },
  busy: { code: 14, doc: 'settings are being written' },
  exceptions: { code: 15, doc: 'all exceptions from the rule of outputs and LEDs are used up' },
  memory: { code: 16, doc: 'the EEPROM did not keep what was written' },
} as const satisfies Names;

export const events = {
  opening: { code: 1, doc: 'a shed begins to open; arg = step' },
  opened: { code: 2, doc: 'the shed is open and settled; arg = step' },
  state: { code: 3, doc: 'the state changed; arg low byte = fault reason, or 0; high byte = faultDetail' },
  press: { code: 4, doc: 'a treadle; arg low byte 1 forward 2 back; high byte = presses' },
  estop: { code: 5, doc: 'e-stop; arg 1 open, 0 closed' },
  rest: { code: 6, doc: 'all heddles are at rest after ARM (arg 0) or parked (arg 1)' },
  hands: { code: 7, doc: 'the hands-in switch; arg 1 = hands in the shed, 0 = out' },
} as const satisfies Names;

/** What a press did: high byte of the event `press`. */
export const presses = {
  opened: { code: 0, doc: 'it opens the waiting row' },
  state: { code: 1, doc: 'not weaving: the press opens nothing' },
  nothing: { code: 2, doc: 'no row is waiting' },
  moving: { code: 3, doc: 'the shed is still moving' },
  silent: { code: 4, doc: 'the host has been silent for 500 ms' },
  soon: { code: 5, doc: 'too soon after the last press' },
  back: { code: 6, doc: 'the back treadle only tells the host' },
  hands: { code: 7, doc: 'hands in the shed' },
} as const satisfies Names;

export const mcus = {
  atmega328p: { code: 1, doc: 'Arduino Uno, Nano' },
  atmega2560: { code: 2, doc: 'Arduino Mega' },
} as const satisfies Names;

export const outputs = {
  pca9685: { code: 0, doc: 'servos on PCA9685 boards, 16 each, addresses 0x40 and up' },
  pins: { code: 1, doc: 'up to 12 servos on pins of the microcontroller' },
  shift: { code: 2, doc: 'solenoids or magnets on 74HC595 chains, 8 each: 1 = lifted' },
} as const satisfies Names;

/** Bits of HELLO.features. */
export const features = {
  treadle: { code: 0, doc: 'a treadle input' },
  back: { code: 1, doc: 'a back treadle input' },
  estop: { code: 2, doc: 'an e-stop input' },
  leds: { code: 3, doc: 'an LED strip' },
  settings: { code: 4, doc: 'settings can be changed and saved' },
  hands: { code: 5, doc: 'a hands-in switch' },
} as const satisfies Names;

/** Bits of STATUS.flags. */
export const statusFlags = {
  settled: { code: 0, doc: 'nothing moves' },
  treadle: { code: 1, doc: 'the treadle is down' },
  estop: { code: 2, doc: 'the e-stop is open' },
  hands: { code: 3, doc: 'hands in the shed' },
  unsaved: { code: 4, doc: 'settings were changed and not saved' },
  handsSwitch: { code: 5, doc: 'the hands-in switch says that hands are in the shed' },
  busy: { code: 6, doc: 'settings are being written' },
} as const satisfies Names;

/** A setting: one 16-bit number. `name` is what the console calls it. */
export interface SettingSpec {
  readonly id: number;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** where the small chip has less room */
  readonly maxOnUno?: number;
  /** values are rounded down to a multiple of it, from `min` */
  readonly step?: number;
  readonly initial: number;
  readonly unit: string;
  readonly doc: string;
}
export const settings = [
  {
    id: 1,
    name: 'outputs',
    min: 0,
    max: 2,
    initial: 0,
    unit: '',
    doc: '0 = PCA9685 boards, 1 = servos on pins, 2 = 74HC595',
  },
  {
    id: 2,
    name: 'heddles',
    min: 1,
    max: 440,
    maxOnUno: 128,
    initial: 40,
    unit: '',
    doc: 'heddles; 12 at most on pins',
  },
  { id: 3, name: 'leds', min: 0, max: 440, maxOnUno: 128, initial: 40, unit: '', doc: 'LEDs on the strip' },
  {
    id: 4,
    name: 'servo.down',
    min: 500,
    max: 2540,
    step: 4,
    initial: 1300,
    unit: 'µs',
    doc: 'pulse of a lowered heddle that has none of its own',
  },
  {
    id: 5,
    name: 'servo.up',
    min: 500,
    max: 2540,
    step: 4,
    initial: 1700,
    unit: 'µs',
    doc: 'pulse of a lifted heddle that has none of its own',
  },
  {
    id: 6,
    name: 'move.k',
    min: 1,
    max: 16,
    initial: 8,
    unit: 'heddles',
    doc: 'heddles that may start in one 20 ms frame',
  },
  {
    id: 7,
    name: 'move.settle',
    min: 0,
    max: 2000,
    initial: 160,
    unit: 'ms',
    doc: 'time a servo needs after its last new pulse',
  },
  {
    id: 8,
    name: 'servo.rest',
    min: 0,
    max: 60000,
    initial: 0,
    unit: 'ms',
    doc: 'release the pulses of lowered heddles this long after settling; 0 = never',
  },
  {
    id: 9,
    name: 'press.min',
    min: 0,
    max: 5000,
    initial: 300,
    unit: 'ms',
    doc: 'presses closer together than this are ignored',
  },
  {
    id: 10,
    name: 'estop.fitted',
    min: 0,
    max: 1,
    initial: 1,
    unit: '',
    doc: '1 = a normally closed e-stop contact is wired',
  },
  {
    id: 11,
    name: 'baud',
    min: 0,
    max: 2,
    initial: 0,
    unit: '',
    doc: '0 = 57,600; 1 = 115,200; 2 = 250,000; from the next reset on',
  },
  { id: 12, name: 'led.level', min: 0, max: 31, initial: 6, unit: '', doc: 'brightness of the strip' },
  {
    id: 13,
    name: 'console.release',
    min: 1,
    max: 120,
    initial: 10,
    unit: 'min',
    doc: 'heddles armed from the console are released after this',
  },
  {
    id: 14,
    name: 'output.first',
    min: 0,
    max: 447,
    maxOnUno: 127,
    initial: 0,
    unit: '',
    doc: 'output of heddle 1, counted from 0 through all boards; the next heddles follow',
  },
  {
    id: 15,
    name: 'led.first',
    min: 0,
    max: 439,
    maxOnUno: 127,
    initial: 0,
    unit: '',
    doc: 'LED of heddle 1, counted from 0; the next heddles follow',
  },
  { id: 16, name: 'led.type', min: 0, max: 1, initial: 0, unit: '', doc: '0 = APA102, 1 = WS2812' },
  {
    id: 17,
    name: 'move.slew',
    min: 0,
    max: 2000,
    initial: 0,
    unit: 'µs',
    doc: 'a pulse changes by at most this in a 20 ms frame; 0 = at once',
  },
  {
    id: 18,
    name: 'hands.fitted',
    min: 0,
    max: 1,
    initial: 0,
    unit: '',
    doc: '1 = a hands-in switch is wired, closed while hands are in the shed',
  },
] as const satisfies readonly SettingSpec[];

/** A setting that each heddle or each PCA9685 board has for itself. */
export interface IndexedSettingSpec extends SettingSpec {
  readonly per: 'heddle' | 'board';
  /** one value outside of the range, and what it says */
  readonly special?: { readonly value: number; readonly doc: string };
}
export const indexedSettings = [
  {
    id: 64,
    name: 'up',
    per: 'heddle',
    min: 500,
    max: 2540,
    step: 4,
    initial: 0,
    special: { value: 0, doc: 'as servo.up' },
    unit: 'µs',
    doc: 'pulse when lifted',
  },
  {
    id: 65,
    name: 'down',
    per: 'heddle',
    min: 500,
    max: 2540,
    step: 4,
    initial: 0,
    special: { value: 0, doc: 'as servo.down' },
    unit: 'µs',
    doc: 'pulse when lowered',
  },
  {
    id: 66,
    name: 'output',
    per: 'heddle',
    min: 0,
    max: 447,
    maxOnUno: 127,
    initial: 0,
    special: { value: 0xffff, doc: 'none: the heddle is masked, a hand lifts it' },
    unit: '',
    doc: 'output, by the rule of output.first at first',
  },
  {
    id: 67,
    name: 'led',
    per: 'heddle',
    min: 0,
    max: 439,
    maxOnUno: 127,
    initial: 0,
    special: { value: 0xffff, doc: 'none' },
    unit: '',
    doc: 'LED, by the rule of led.first at first',
  },
  {
    id: 68,
    name: 'clock',
    per: 'board',
    min: 22500,
    max: 27580,
    step: 20,
    initial: 25000,
    unit: 'kHz',
    doc: 'frequency of the oscillator of a PCA9685 board: trims the length of its pulses',
  },
] as const satisfies readonly IndexedSettingSpec[];

/** Heddles whose output or LED does not follow the rule, at most. */
export const exceptionCount = 16;

/**
 * Arduino pin numbers; A0 of the Uno is 14, of the Mega 54. WS2812 strips hang on the data pin of `leds`; where it is not the
 * SPI's, the strip is bit-banged. `oe` also is the output enable of 74HC595 chains.
 */
export interface PinMap {
  readonly doc: string;
  readonly mcu: keyof typeof mcus;
  readonly outputs: keyof typeof outputs;
  readonly servos: readonly number[];
  readonly treadle: number;
  readonly back: number;
  readonly estop: number;
  readonly hands: number;
  readonly oe: number | null;
  readonly i2c: readonly [sda: number, scl: number] | null;
  readonly shift: readonly [data: number, clock: number, latch: number] | null;
  readonly leds: readonly [data: number, clock: number];
}
export const pinMaps = {
  'uno-12': {
    doc: 'Uno, Nano: twelve servos on pins, no I2C (outputs = 1)',
    mcu: 'atmega328p',
    outputs: 'pins',
    servos: [2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 16],
    treadle: 17,
    back: 18,
    estop: 19,
    hands: 12,
    oe: null,
    i2c: null,
    shift: null,
    leds: [11, 13],
  },
  'exhibition-40': {
    doc: 'Uno, Nano: PCA9685 boards (outputs = 0)',
    mcu: 'atmega328p',
    outputs: 'pca9685',
    servos: [],
    treadle: 2,
    back: 4,
    estop: 3,
    hands: 6,
    oe: 5,
    i2c: [18, 19],
    shift: null,
    leds: [11, 13],
  },
  'uno-595': {
    doc: 'Uno, Nano: 74HC595 chains (outputs = 2)',
    mcu: 'atmega328p',
    outputs: 'shift',
    servos: [],
    treadle: 2,
    back: 4,
    estop: 3,
    hands: 6,
    oe: 5,
    i2c: null,
    shift: [11, 13, 10],
    leds: [7, 8],
  },
  'mega-12': {
    doc: 'Mega: twelve servos on the hardware compare outputs, no I2C (outputs = 1)',
    mcu: 'atmega2560',
    outputs: 'pins',
    servos: [2, 3, 5, 6, 7, 8, 11, 12, 13, 44, 45, 46],
    treadle: 57,
    back: 58,
    estop: 59,
    hands: 60,
    oe: null,
    i2c: null,
    shift: null,
    leds: [51, 52],
  },
  'mega-440': {
    doc: 'Mega: PCA9685 boards (outputs = 0)',
    mcu: 'atmega2560',
    outputs: 'pca9685',
    servos: [],
    treadle: 2,
    back: 4,
    estop: 3,
    hands: 6,
    oe: 5,
    i2c: [20, 21],
    shift: null,
    leds: [51, 52],
  },
  'mega-595': {
    doc: 'Mega: 74HC595 chains (outputs = 2)',
    mcu: 'atmega2560',
    outputs: 'shift',
    servos: [],
    treadle: 2,
    back: 4,
    estop: 3,
    hands: 6,
    oe: 5,
    i2c: null,
    shift: [51, 52, 10],
    leds: [7, 8],
  },
} as const satisfies Record<string, PinMap>;

/** Times of the contract in milliseconds. */
export const times = {
  pressAlive: { code: 500, doc: 'a press opens only within this long after a valid host frame' },
  hold: { code: 2000, doc: 'host silent this long while weaving: held' },
  release: { code: 30000, doc: 'host silent this long while held: released' },
  debounceDown: { code: 3, doc: 'contact closed this long: a press' },
  debounceUp: { code: 30, doc: 'contact open this long: ready for the next press' },
  staleMessage: { code: 100, doc: 'an open message this long without a byte is dropped' },
  quiet: { code: 50, doc: 'after a framing error text is discarded until a line end or this much silence' },
  frame: { code: 20, doc: 'servo frame' },
} as const satisfies Names;
