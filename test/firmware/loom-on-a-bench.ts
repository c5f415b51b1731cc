/** The shipped firmware on the emulated Uno, with a host that says exactly what a test tells it to. */
import { readFileSync } from 'node:fs';
import { cyclesPerMs, EmulatedUno, type EmulatedUnoOptions } from '../../host/emulator/uno';
import { shippedFirmware } from '../../host/paths';
import {
  type BoardFields,
  type BoardFrame,
  type BoardMessageName,
  decodeBoard,
  encodeHost,
  type HostFields,
  type HostMessageName,
  nameOf,
  rowCrc,
  type StateName,
} from '../../protocol/wire';
import {
  events,
  helloSeed,
  loomSysex,
  presses,
  protocolVersion,
  refusals,
  settings,
  states,
} from '../../protocol/wire.table';

const hex = readFileSync(shippedFirmware, 'utf8');

export const exhibition = { outputs: 'pca9685', heddles: 40, leds: 40 } as const;
export const uno12 = { outputs: 'pins', heddles: 12, leds: 12 } as const;

type SettingName = (typeof settings)[number]['name'];
type Answer = BoardFrame & { name: 'ACK' | 'NAK' | 'STATUS' | 'HELLO' };

export class LoomOnABench {
  readonly uno: EmulatedUno;
  session: number = helloSeed;
  seq = 0;
  /** Every loom frame received, oldest first; one that cannot be read is kept as the reason. */
  readonly frames: (BoardFrame | string)[] = [];
  /** Firmata messages other than the loom's, each from its first byte to its last. */
  readonly firmata: number[][] = [];
  /** Console text since the last `clearText`. */
  text = '';
  private open: number[] | null = null;
  private wanted = 0;
  /** the banner of a start came since the last HELLO */
  private started = false;

  constructor(options: Partial<EmulatedUnoOptions> = {}) {
    this.uno = new EmulatedUno({ hex, wiring: exhibition, ...options });
    this.uno.onByte = (byte) => this.read(byte);
  }

  /** A board with heddles on pins, its settings changed over the wire and saved. */
  static onPins(options: Partial<EmulatedUnoOptions> = {}): LoomOnABench {
    const bench = new LoomOnABench({ wiring: uno12, ...options });
    bench.hello();
    for (const [name, value] of [
      ['outputs', 1],
      ['heddles', 12],
      ['leds', 12],
    ] as const)
      bench.set(name, value);
    bench.must('SAVE', {});
    bench.uno.powerCut();
    bench.run(50).hello();
    return bench;
  }

  run(ms: number): this {
    const end = this.uno.cycles + ms * cyclesPerMs;
    while (this.uno.cycles < end) this.uno.runTo(end);
    return this;
  }

  /** How often `until` looks when nothing comes, in ms; `watch` is called whenever it looks. */
  lookMs = 20;
  watch: (() => void) | null = null;

  /** Runs until `met` holds, looking whenever a message or a character has come, and every `lookMs`. */
  until(met: () => boolean, what = 'what was waited for', limitMs = 5000): this {
    const end = this.uno.cycles + limitMs * cyclesPerMs;
    while (!met()) {
      if (this.uno.cycles >= end) throw new Error(`${what} never came; state ${this.state}, text ${this.text}`);
      this.uno.runTo(Math.min(end, this.uno.cycles + this.lookMs * cyclesPerMs));
      this.watch?.();
    }
    return this;
  }

  /** Sends a message with the next sequence number and returns the board's answer. */
  ask<N extends HostMessageName>(name: N, fields: HostFields<N>, seq = ++this.seq): Answer {
    this.seq = seq & 0xff;
    return this.answerTo(encodeHost(name, seq, fields, this.session));
  }

  /** Sends bytes and returns the next answer that is no event. */
  answerTo(bytes: Iterable<number>): Answer {
    const before = this.frames.length;
    this.uno.send(bytes);
    const answers = () =>
      this.frames.slice(before).filter((frame): frame is Answer => typeof frame !== 'string' && frame.name !== 'EVENT');
    this.until(() => answers().length > 0, 'an answer', 2000);
    return answers()[0];
  }

  /** @throws when the board refuses */
  must<N extends HostMessageName>(name: N, fields: HostFields<N>): BoardFields<'ACK'> {
    const answer = this.ask(name, fields);
    if (answer.name === 'NAK') throw new Error(`${name} was refused: ${nameOf(refusals, answer.fields.reason)}`);
    return answer.fields as BoardFields<'ACK'>;
  }

  /** `ack`, or why it was refused. */
  try<N extends HostMessageName>(name: N, fields: HostFields<N>): string {
    const answer = this.ask(name, fields);
    return answer.name === 'NAK' ? nameOf(refusals, answer.fields.reason) : 'ack';
  }

  hello(nonce = 0x1234): BoardFields<'HELLO'> {
    if (this.uno.nowMs < 50) this.run(50);
    const answer = this.answerTo(encodeHost('HELLO', 0, { protocol: protocolVersion, nonce }, helloSeed));
    if (answer.name !== 'HELLO') throw new Error(`HELLO was answered with ${answer.name}`);
    // HELLO with the nonce of the open session changes nothing, the numbers neither.
    if (answer.fields.session !== this.session || this.started) this.seq = 0;
    this.session = answer.fields.session;
    this.started = false;
    return answer.fields;
  }

  set(name: SettingName, value: number): void {
    const { id } = settings.find((setting) => setting.name === name)!;
    this.must('SET', { setting: id, index: 0, value });
  }

  /** The first value that GET answers with. */
  value(asked: HostFields<'GET'>): number {
    const { values } = this.must('GET', asked) as unknown as BoardFields<'VALUES'>;
    return values[0] | (values[1] << 8);
  }

  get status(): BoardFields<'STATUS'> {
    return this.ask('STATUS', {}).fields as BoardFields<'STATUS'>;
  }

  get state(): StateName {
    return nameOf(states, this.lastPlace?.state ?? 0) as StateName;
  }

  /** The place as the last frame told it. */
  get lastPlace(): BoardFields<'EVENT'> | undefined {
    const last = this.frames.filter((frame): frame is BoardFrame => typeof frame !== 'string').at(-1);
    return last?.fields as BoardFields<'EVENT'> | undefined;
  }

  /** Events of one code, oldest first. */
  events(code: number): BoardFields<'EVENT'>[] {
    return this.all('EVENT').filter(({ event }) => event === code);
  }

  all<N extends BoardMessageName>(name: N): BoardFields<N>[] {
    return this.frames.flatMap((frame) =>
      typeof frame !== 'string' && frame.name === name ? [frame.fields as BoardFields<N>] : [],
    );
  }

  /** Arms and waits until the heddles are at rest. */
  arm(step = 0, crc = 0, weave = 7): this {
    const before = this.events(events.rest.code).length;
    this.must('ARM', { weave, openStep: step, rowCrc: crc });
    return this.until(() => this.events(events.rest.code).length > before, 'rest');
  }

  /** Tells a row and opens it. */
  openShed(step: number, row: Uint8Array): this {
    this.must('ROW', { step, row });
    const before = this.events(events.opened.code).length;
    this.must('OPEN', { step });
    return this.opened(step, before);
  }

  /** Waits until OPENED of a step has come, after so many others. */
  opened(step: number, before = 0): this {
    const opened = () => this.events(events.opened.code).slice(before);
    return this.until(() => opened().some(({ arg }) => arg === step), `OPENED ${step}`);
  }

  /** Presses the treadle and says what the board did with it. */
  tread(): keyof typeof presses {
    const before = this.events(events.press.code).length;
    this.uno.parts.treadle.tap();
    this.until(() => this.events(events.press.code).length > before, 'the press');
    const outcome = nameOf(presses, this.events(events.press.code)[before].arg >> 8);
    this.run(120);
    return outcome;
  }

  /** Types a line and returns what came back, without the echo of the line. */
  type(line: string, end = '\r\n'): string {
    this.text = '';
    this.uno.send(Buffer.from(line + end));
    this.until(() => /(^|\n)(ok|error:\d+ [^\n]*)\r\n$/.test(this.text), `an answer to ${line}`);
    return this.text.replace(/^[^\r\n]*\r\n(?=.)/s, (first) => (first.trim() === line ? '' : first)).trimEnd();
  }

  /** µs of the pulse at every heddle's servo. */
  get pulses(): number[] {
    return [...this.uno.pulses()];
  }

  private read(byte: number): void {
    if (this.open) {
      this.open.push(byte);
      if (this.open[0] === 0xf0 ? byte === 0xf7 : this.open.length > this.wanted) this.finish(this.open);
    } else if (byte >= 0x80) {
      this.open = [byte];
      this.wanted = 2;
    } else {
      this.text += String.fromCharCode(byte);
      this.uno.pause();
    }
  }

  private finish(message: number[]): void {
    this.open = null;
    this.uno.pause();
    if (message[0] !== 0xf0 || message[1] !== loomSysex) {
      if (message[0] === 0xf9) this.started = true;
      this.firmata.push(message);
      return;
    }
    this.frames.push(decodeBoard(Uint8Array.from(message.slice(2, -1)), this.session));
  }
}

/** A row of `heddles` with the given heddles (by index) lifted. */
export function rowOf(lifted: readonly number[], heddles = 40): Uint8Array {
  const row = new Uint8Array(Math.ceil(heddles / 8));
  for (const heddle of lifted) row[heddle >> 3] |= 1 << (heddle & 7);
  return row;
}

export { rowCrc };
