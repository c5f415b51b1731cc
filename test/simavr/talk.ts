/** A scripted dialogue with a chip, and its transcript: every byte that the chip sent, but for what is random. */
import { Demultiplexer, type Part } from '../../protocol/firmata';
import {
  type BoardFields,
  type BoardFrame,
  decodeBoard,
  encodeBoard,
  encodeHost,
  type HostFields,
  type HostMessageName,
  nameOf,
} from '../../protocol/wire';
import {
  events,
  helloSeed,
  indexedSettings,
  loomSysex,
  protocolVersion,
  refusals,
  settings,
} from '../../protocol/wire.table';
import type { Chip } from './chip';

/** ms of the chip's time between two looks at what it sent */
const slice = 10;

export class Talk {
  /** what was said, as `> …`, and all that came back */
  readonly transcript: string[] = [];
  readonly frames: BoardFrame[] = [];
  private session: number = helloSeed;
  private seq = 0;
  private time = 0;
  private lines = 0;
  private readonly parts = new Demultiplexer({ from: 'board' }, (part) => this.take(part));

  constructor(readonly chip: Chip) {}

  /** Lets the chip run, and takes down what it sends. */
  async wait(ms: number): Promise<void> {
    const bytes = await this.chip.run(ms);
    this.time += ms;
    this.parts.push(bytes, this.time);
  }

  /** @throws Error when it does not come within so many ms */
  async until(met: () => boolean, what: string, limitMs = 5000): Promise<void> {
    const end = this.time + limitMs;
    while (!met()) {
      if (this.time >= end) throw new Error(`${what} never came:\n${this.transcript.slice(-8).join('\n')}`);
      await this.wait(slice);
    }
  }

  /** Bytes as they are, and a while to answer. */
  async bytes(...bytes: number[]): Promise<void> {
    this.transcript.push(`> ${Buffer.from(bytes).toString('hex')}`);
    this.chip.send(Uint8Array.from(bytes));
    await this.wait(150);
  }

  /** Types a line and waits for its ok or error. */
  async type(line: string): Promise<void> {
    this.transcript.push(`> ${line}`);
    const before = this.lines;
    this.chip.send(Buffer.from(`${line}\r\n`));
    await this.until(() => this.lines > before, `an answer to ${line}`);
  }

  /** HELLO: a session, whatever number it gets. */
  async hello(nonce: number): Promise<void> {
    this.seq = 0;
    await this.tell(encodeHost('HELLO', 0, { protocol: protocolVersion, nonce }, helloSeed), `HELLO ${nonce}`);
  }

  /** Sends a message with the next sequence number and waits for its answer. */
  async ask<N extends HostMessageName>(name: N, fields: HostFields<N>, seq = this.seq + 1): Promise<void> {
    this.seq = seq & 0xff;
    await this.tell(encodeHost(name, seq, fields, this.session), `${name} ${JSON.stringify(fields)} ${this.seq}`);
  }

  async set(name: (typeof settings)[number]['name'], value: number): Promise<void> {
    await this.ask('SET', { setting: settings.find((setting) => setting.name === name)!.id, index: 0, value });
  }

  /** @param name of a setting that each heddle or board has for itself */
  async setOf(name: (typeof indexedSettings)[number]['name'], index: number, value: number): Promise<void> {
    await this.ask('SET', { setting: indexedSettings.find((setting) => setting.name === name)!.id, index, value });
  }

  async get(name: string): Promise<void> {
    const setting = [...settings, ...indexedSettings].find((each) => each.name === name)!.id;
    await this.ask('GET', { setting, index: 0 });
  }

  /** Arms and waits until the heddles are at rest. */
  async arm(): Promise<void> {
    const before = this.events('rest');
    await this.ask('ARM', { weave: 7, openStep: 0, rowCrc: 0 });
    await this.until(() => this.events('rest') > before, 'rest');
  }

  /** Tells a row, opens it and waits until the shed is open. */
  async open(step: number, row: Uint8Array): Promise<void> {
    const before = this.events('opened');
    await this.ask('ROW', { step, row });
    await this.ask('OPEN', { step });
    await this.until(() => this.events('opened') > before, 'OPENED');
  }

  /** A board with its heddles on pins from now on. */
  async putOnPins(): Promise<void> {
    await this.wait(100);
    await this.hello(1);
    await this.set('outputs', 1);
    // Its contacts are other pins from now on: that is an event, whenever they are looked at.
    await this.wait(100);
    await this.set('heddles', 12);
    await this.set('leds', 12);
    await this.ask('SAVE', {});
    await this.powerCut();
  }

  async powerCut(): Promise<void> {
    this.transcript.push('> power cut');
    this.chip.powerCut();
    await this.wait(100);
  }

  async reset(): Promise<void> {
    this.transcript.push('> reset');
    this.chip.reset();
    await this.wait(100);
  }

  async contact(pin: number, closed: boolean): Promise<void> {
    this.transcript.push(`> pin ${pin} ${closed ? 'closed' : 'open'}`);
    this.chip.contact(pin, closed);
    await this.wait(60);
  }

  events(name: keyof typeof events): number {
    return this.all('EVENT').filter(({ event }) => event === events[name].code).length;
  }

  all<N extends BoardFrame['name']>(name: N): BoardFields<N>[] {
    return this.frames.flatMap((frame) => (frame.name === name ? [frame.fields as BoardFields<N>] : []));
  }

  private async tell(bytes: Uint8Array, what: string): Promise<void> {
    this.transcript.push(`> ${what}`);
    const answers = () => this.frames.filter(({ name }) => name !== 'EVENT').length;
    const before = answers();
    this.chip.send(bytes);
    await this.until(() => answers() > before, `an answer to ${what}`);
  }

  private take(part: Part): void {
    switch (part.kind) {
      case 'line':
        this.transcript.push(`“${part.text}”`);
        if (/^(ok|error:.*)$/.test(part.text.trim())) this.lines++;
        break;
      case 'sysex':
        this.sysex(part.id, part.body);
        break;
      case 'message':
        this.transcript.push(`message ${part.command.toString(16)} ${Buffer.from(part.data).toString('hex')}`);
        break;
      default:
        this.transcript.push(part.kind === 'error' ? `broken: ${part.why}` : part.kind);
    }
  }

  /** A loom frame is taken down by its fields, once it is seen that they are all that was in its bytes. */
  private sysex(id: number, body: Uint8Array): void {
    const frame = id === loomSysex ? decodeBoard(body, this.session) : null;
    if (frame === null || typeof frame === 'string') {
      this.transcript.push(`sysex ${id.toString(16)} ${Buffer.from(body).toString('hex')} ${frame ?? ''}`);
      return;
    }
    const again = encodeBoard(frame.name, frame.fields as never, this.session);
    const same = Buffer.from(again.subarray(2, -1)).equals(Buffer.from(body));
    if (frame.name === 'HELLO') this.session = frame.fields.session;
    this.frames.push(frame);
    const random = frame.name === 'HELLO' ? { session: '…', boardId: '…' } : {};
    const reason = frame.name === 'NAK' ? ` ${nameOf(refusals, frame.fields.reason)}` : '';
    const fields = JSON.stringify({ ...frame.fields, ...random }, (_, value: unknown) =>
      value instanceof Uint8Array ? [...value] : value,
    );
    this.transcript.push(`${frame.name}${reason} ${fields}${same ? '' : ' and more bytes'}`);
  }
}
