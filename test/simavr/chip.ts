/** The same firmware on two chips: simavr's, and the project's own emulated one. Time passes only in `run`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { cyclesPerMs, EmulatedUno } from '../../host/emulator/uno';
import { shippedFirmware } from '../../host/paths';
import { pinMaps } from '../../protocol/wire.table';
import { buildProgram } from './build';

export const map = pinMaps['uno-12'];

/** A change of a pin that the chip drives. */
export interface Edge {
  /** Arduino number */
  readonly pin: number;
  readonly high: boolean;
  /** 16 MHz */
  readonly cycle: number;
}

/** A loom with servos on pins and its e-stop closed, on one chip or the other. */
export interface Chip {
  /** edges of the servos' pins, oldest first */
  readonly edges: Edge[];
  /** Puts bytes on the line, at 57,600 baud. */
  send(bytes: Uint8Array): void;
  /** Lets so many ms pass. @returns what the chip sent meanwhile */
  run(ms: number): Promise<Uint8Array>;
  /** Closes or opens a contact between a pin and ground. */
  contact(pin: number, closed: boolean): void;
  /** The reset line: memory is kept. */
  reset(): void;
  /** The supply is taken away and given back. */
  powerCut(): void;
  eeprom(): Promise<Uint8Array>;
  stop(): Promise<void>;
}

export class EmulatedChip implements Chip {
  readonly edges: Edge[] = [];
  private readonly board = new EmulatedUno({
    hex: readFileSync(shippedFirmware, 'utf8'),
    wiring: { outputs: 'pins', heddles: map.servos.length, leds: 12 },
  });

  constructor() {
    for (const pin of map.servos)
      this.board.pins.watch(pin, (high) => this.edges.push({ pin, high, cycle: this.board.cycles }));
  }

  send(bytes: Uint8Array): void {
    this.board.send(bytes);
  }

  async run(ms: number): Promise<Uint8Array> {
    this.board.run(ms);
    return this.board.takeOutput();
  }

  contact(pin: number, closed: boolean): void {
    this.board.pins.drive(pin, !closed);
  }

  reset(): void {
    this.board.reset();
  }

  powerCut(): void {
    this.board.powerCut();
  }

  async eeprom(): Promise<Uint8Array> {
    return this.board.eeprom.slice();
  }

  async stop(): Promise<void> {}
}

export class SimavrChip implements Chip {
  readonly edges: Edge[] = [];
  private readonly child: ChildProcess = spawn(buildProgram('dialogue'), ['atmega328p', shippedFirmware], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  private readonly answers: string[] = [];
  private answered: () => void = () => {};
  private seed = 2;

  constructor() {
    createInterface({ input: this.child.stdout as Readable }).on('line', (line) => this.take(line));
    this.child.once('exit', () => this.take('stopped'));
    // Nothing connected reads high on the emulated board; simavr would have it low.
    for (let pin = 2; pin < 20; pin++) this.contact(pin, pin === map.estop);
    for (const pin of map.servos) this.tell(`watch ${place(pin)}`);
  }

  send(bytes: Uint8Array): void {
    this.tell(`send ${Buffer.from(bytes).toString('hex')}`);
  }

  async run(ms: number): Promise<Uint8Array> {
    this.tell(`run ${Math.round(ms * cyclesPerMs)}`);
    const sent = await this.answer('bytes');
    await this.answer('at');
    return Buffer.from(sent, 'hex');
  }

  contact(pin: number, closed: boolean): void {
    this.tell(`pin ${place(pin)} ${closed ? 0 : 1}`);
  }

  reset(): void {
    this.tell('reset');
  }

  powerCut(): void {
    this.tell(`power ${this.seed++}`);
  }

  async eeprom(): Promise<Uint8Array> {
    this.tell('eeprom');
    return Buffer.from(await this.answer('eeprom'), 'hex');
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin?.end();
    await ended;
  }

  private tell(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  /** The rest of the next line, which must begin with this word. */
  private async answer(word: string): Promise<string> {
    while (this.answers.length === 0)
      await new Promise<void>((resolve) => {
        this.answered = resolve;
      });
    const line = this.answers.shift()!;
    if (!line.startsWith(`${word} `)) throw new Error(`simavr answered “${line}” instead of ${word}.`);
    return line.slice(word.length + 1);
  }

  private take(line: string): void {
    const [word, port, bit, level, cycle] = line.split(' ');
    if (word === 'edge') this.edges.push({ pin: pinOf(port, Number(bit)), high: level === '1', cycle: Number(cycle) });
    else this.answers.push(line);
    this.answered();
  }
}

/** Arduino numbers of the Uno: D0–D7, B0–B5, C0–C5. */
const ports = [
  ['D', 0],
  ['B', 8],
  ['C', 14],
] as const;

function place(pin: number): string {
  const [port, first] = ports.findLast(([, first]) => pin >= first)!;
  return `${port} ${pin - first}`;
}

function pinOf(port: string, bit: number): number {
  return ports.find(([name]) => name === port)![1] + bit;
}
