/** A board with a bootloader on simavr, behind a pseudo terminal, in a process of its own (bootloader.c). */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { buildProgram } from './build';

export class BootloaderBoard {
  path = '';
  /** what it told, oldest first: `open`, `close`, `rate 115200`, `lost` */
  readonly told: string[] = [];
  private readonly ended: Promise<string>;
  private readonly child: ChildProcess;
  private hear: (line: string) => void = () => {};

  private constructor(
    mcu: string,
    files: readonly string[],
    private readonly isNew: boolean,
  ) {
    this.child = spawn(buildProgram('bootloader'), [mcu, ...files], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.child.stdout as Readable }).on('line', (line) => {
      this.told.push(line);
      this.hear(line);
    });
    this.ended = new Promise((resolve) => this.child.once('exit', (code, signal) => resolve(`${signal ?? code}`)));
  }

  /**
   * @param mcu as simavr names it
   * @param bootloader Intel HEX; every reset begins there
   * @param firmware Intel HEX; none = the board is new
   */
  static async start(mcu: string, bootloader: string, firmware?: string): Promise<BootloaderBoard> {
    const board = new BootloaderBoard(mcu, firmware ? [bootloader, firmware] : [bootloader], !firmware);
    board.path = await new Promise<string>((resolve, reject) => {
      board.hear = (line) => line.startsWith('port ') && resolve(line.slice('port '.length));
      void board.ended.then(() => reject(new Error('The board on simavr ended before it had a port.')));
    });
    return board;
  }

  /** How often somebody has opened the port, which resets the board. */
  get openings(): number {
    return this.told.filter((line) => line === 'open').length;
  }

  /** @throws Error when it had ended by itself, does not end well, or a firmware that it had from the start was lost */
  async stop(): Promise<void> {
    const endedBefore = this.child.exitCode !== null || this.child.signalCode !== null;
    this.child.stdin?.end();
    const how = await this.ended;
    if (endedBefore || how !== '0') throw new Error(`The board on simavr ended by itself: ${how}.`);
    if (!this.isNew && this.told.includes('lost')) throw new Error('The firmware on simavr left the chip’s memory.');
  }
}
