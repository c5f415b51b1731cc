/** A board's console from the host's side: one line at a time, each with its `ok` or `error`; and what comes beside it. */
import { EventEmitter } from 'node:events';
import { type ConsoleAnswer, parseConsoleLine } from '../../../protocol/console';
import { Demultiplexer, firmwareReport, reportFirmware } from '../../../protocol/firmata';
import { stopByte } from '../../../protocol/wire.table';
import { notALoom } from '../../board/hello';
import { Listener } from '../../board/listener';
import type { Timer, Transport } from '../../board/transport';
import { LoomError } from '../../errors';
import { Notes } from './notes';
import { TextLines } from './text-lines';

export type Answer = Extract<ConsoleAnswer, { kind: 'ok' | 'error' }>;

export interface ConsoleWireEvents {
  /** a line of text as it came */
  line: [text: string];
  /** a message beside the text, in words */
  note: [words: string];
  /** the port went away */
  lost: [why: string];
}

/** ms: for an answer to an empty line; of quiet after it; and until a board that says nothing is given up. */
const patience = { probe: 400, quiet: 60, answer: 30_000 };
const probes = 3;
const longestTyped = 140;

export class ConsoleWire extends EventEmitter<ConsoleWireEvents> {
  private readonly listener: Listener;
  private readonly notes = new Notes();
  private readonly lines = new TextLines((line) => this.takeLine(line));
  private readonly parts = new Demultiplexer({ from: 'board', text: (byte) => this.lines.push(byte) }, (part) => {
    const words = this.notes.of(part);
    if (words) this.emit('note', words);
    // A board that has just started echoes again.
    const started = part.kind === 'sysex' && part.id === reportFirmware && firmwareReport(part.body) !== null;
    if (started && this.attached) this.startedAgain();
  });
  private readonly onBytes = (bytes: Uint8Array) => {
    this.parts.push(bytes, this.transport.now());
    if (this.waiting) this.setPatience(this.waiting.ms);
  };
  private readonly onLost = (why: string) => {
    this.settle(null, new LoomError('hardware', why));
    this.emit('lost', why);
  };
  private waiting: { line: string; ms: number; end: (answer: Answer | null, error?: LoomError) => void } | null = null;
  private timer: Timer | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private attached = false;
  private echoed = false;
  /** lines are for us, not for the person */
  private quiet = true;

  constructor(private readonly transport: Transport) {
    super();
    this.listener = new Listener(transport);
  }

  /**
   * Opens the port, finds the rate, and turns the board's echo off while we are in charge.
   * @param rates baud, the likeliest first; the port is opened at the first
   * @returns the rate
   * @throws LoomError hardware, saying what was seen instead of a loom's console
   */
  async start(rates: readonly number[], bannerMs: number): Promise<number> {
    this.listener.start();
    this.transport.on('bytes', this.onBytes).on('lost', this.onLost);
    await this.transport.start();
    const since = this.transport.now();
    await this.banner(bannerMs);
    for (const [at, rate] of rates.entries()) {
      if (at > 0) await this.transport.setRate(rate);
      if (!(await this.answers())) continue;
      await this.echoOff();
      this.attached = true;
      this.quiet = false;
      return rate;
    }
    throw notALoom(this.transport, this.listener, rates, this.transport.now() - since);
  }

  /** Gives the echo back as it was found, and lets go of the port. */
  async stop(): Promise<void> {
    if (this.attached && this.echoed) {
      this.quiet = true;
      await this.ask('echo on', patience.probe).catch(() => {});
    }
    this.attached = false;
    this.listener.stop();
    this.transport.off('bytes', this.onBytes).off('lost', this.onLost);
    await this.transport.stop();
  }

  /**
   * Sends a line in its turn.
   * @param ms of silence after which the board is given up
   * @throws LoomError usage for what the console cannot read, hardware when no answer comes
   */
  ask(line: string, ms = patience.answer): Promise<Answer> {
    if (!/^[\x20-\x7e]*$/.test(line))
      return Promise.reject(new LoomError('usage', `The console reads plain ASCII only: “${line}” was not sent.`));
    if (line.length > longestTyped)
      return Promise.reject(
        new LoomError('usage', `A console line has at most ${longestTyped} letters; this one has ${line.length}.`),
      );
    const asked = this.turn.then(() => this.exchange(line, ms));
    this.turn = asked.catch(() => {});
    return asked;
  }

  /** The byte that stops the loom at once, past everything. */
  stopLoom(): void {
    this.transport.write(Uint8Array.of(stopByte));
  }

  private exchange(line: string, ms: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const end = (answer: Answer | null, error?: LoomError) => (answer ? resolve(answer) : reject(error));
      this.waiting = { line, ms, end };
      this.setPatience(ms);
      this.transport.write(Buffer.from(`${line}\n`, 'latin1'));
    });
  }

  private takeLine(text: string): void {
    const { waiting } = this;
    // What the board echoes before it has heard `echo off`.
    if (this.quiet && waiting && text === waiting.line) {
      if (text !== '') this.echoed = true;
      return;
    }
    if (!this.quiet) this.emit('line', text);
    const answer = parseConsoleLine(text);
    if (answer.kind === 'ok' || answer.kind === 'error') this.settle(answer);
  }

  private settle(answer: Answer | null, error?: LoomError): void {
    const { waiting } = this;
    this.waiting = null;
    this.timer?.cancel();
    waiting?.end(answer, error);
  }

  private setPatience(ms: number): void {
    this.timer?.cancel();
    this.timer = this.transport.after(ms, () => {
      const what = this.waiting?.line;
      this.settle(
        null,
        new LoomError(
          'hardware',
          `The board did not answer “${what}” within ${ms / 1000} s. Check the cable and the power.`,
        ),
      );
    });
  }

  /** Waits for a board that its port has reset to say that it has started. */
  private banner(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        timer.cancel();
        this.listener.off('banner', done);
        resolve();
      };
      const timer = this.transport.after(ms, done);
      this.listener.on('banner', done);
    });
  }

  /** Does an empty line get an answer? The first may end what was left of a line, or of noise at another rate. */
  private async answers(): Promise<boolean> {
    for (let probe = 0; probe < probes; probe++) {
      const answered = await this.ask('', patience.probe).catch(() => null);
      if (!answered) continue;
      await new Promise<void>((resolve) => this.transport.after(patience.quiet, resolve));
      return true;
    }
    return false;
  }

  private async echoOff(): Promise<void> {
    this.quiet = true;
    await this.ask('echo off', patience.probe).catch(() => {});
    if (this.attached) this.quiet = false;
  }

  private startedAgain(): void {
    this.settle(null, new LoomError('hardware', 'The board was reset before it answered.'));
    this.turn = this.turn.then(() => undefined);
    void this.echoOff();
  }
}
