/** The emulated board as a Transport. Time is emulated, and stands still while the host is at work. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import type { EmulatedPulses, Timer, Transport, TransportEvents } from '../board/transport';
import { LoomError } from '../errors';
import { firmwareFor } from '../paths';
import type { Counts } from './board';
import type { BoardAct } from './board-acts';
import type { BootloaderName } from './bootloader';
import type { ChipName } from './chips/chip';
import { cyclesPerMs } from './clock';
import { SharedBoard } from './shared-board';
import { startWorker } from './start-worker';
import { TimerQueue } from './timer-queue';
import type { Wiring } from './wiring';
import type { Act, Pace, Report, WorkerOptions } from './worker-messages';

export interface EmulatedTransportOptions {
  readonly wiring: Wiring;
  /** 'full' as fast as it can, 'real' as on the wall; full unless said */
  readonly pace?: Pace;
  /** atmega328p, an Uno, unless said; atmega2560 is a Mega */
  readonly chip?: ChipName;
  /** none unless said: the firmware starts at once after a reset */
  readonly bootloader?: BootloaderName;
  /** path of an Intel HEX file; the firmware shipped for the chip unless said */
  readonly firmware?: string;
  /** rate of the host's end of the wire; 57,600 unless said */
  readonly baud?: number;
  /** contents of the EEPROM from address 0; erased unless said */
  readonly eeprom?: Uint8Array;
  /** seed of what is random about the board */
  readonly seed?: number;
}

/** ms; without it a chain of timers of no length would never let time go on */
const shortest = 0.01;

export class EmulatedTransport extends EventEmitter<TransportEvents> implements Transport, EmulatedPulses {
  readonly kind = 'emulated';
  readonly name = 'emulated board';
  private readonly shared: SharedBoard;
  private readonly timers = new TimerQueue();
  private worker: Worker | null = null;
  /** number of the report being handled, or handled last */
  private report = 0;
  private holds = 0;
  private turnAsked = false;

  constructor(private readonly options: EmulatedTransportOptions) {
    super();
    this.shared = new SharedBoard(options.wiring);
  }

  /** @throws LoomError hardware when there is no firmware to run, or the emulator does not start */
  async start(): Promise<void> {
    const { wiring, chip, bootloader, pace = 'full', baud = 57_600, eeprom, seed } = this.options;
    const { firmware = firmwareFor(chip) } = this.options;
    if (!existsSync(firmware)) {
      throw new LoomError(
        'hardware',
        `The emulated board has no firmware to run: ${firmware} is not there. Build it with npm run firmware.`,
      );
    }
    const { buffer } = this.shared;
    const board = { wiring, chip, bootloader, firmware, baud, eeprom, seed };
    const workerData: WorkerOptions = { ...board, pace, shared: buffer };
    const worker = startWorker(workerData);
    this.worker = worker;
    await new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('error', reject);
    }).catch((cause: Error) => {
      throw new LoomError('hardware', `The emulated board did not start: ${cause.message}`, { cause });
    });
    worker.on('message', (report: Report) => this.take(report));
    worker.on('error', (error) => this.gone(`The emulated board failed: ${error.message}`));
    worker.on('exit', () => this.gone('The emulated board ended.'));
    this.report = 1;
    this.goOn();
  }

  async stop(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    this.timers.clear();
    await worker?.terminate();
  }

  write(bytes: Uint8Array): void {
    this.act({ do: 'write', bytes: Uint8Array.from(bytes) });
  }

  async setRate(baud: number): Promise<void> {
    this.act({ do: 'rate', baud });
  }

  now(): number {
    return this.shared.now;
  }

  after(ms: number, then: () => void): Timer {
    // On a whole cycle, so that the emulator can stand exactly there.
    const at = Math.ceil((this.now() + Math.max(ms, shortest)) * cyclesPerMs - 1e-3) / cyclesPerMs;
    const timer = this.timers.add(at, then);
    this.setLimit();
    return {
      cancel: () => {
        this.timers.remove(timer);
        this.setLimit();
      },
    };
  }

  during<T>(work: Promise<T>): Promise<T> {
    this.holds++;
    this.shared.hold = true;
    const settled = () => {
      this.holds--;
      this.goOn();
    };
    work.then(settled, settled);
    return work;
  }

  pulses(): Float64Array {
    return Float64Array.from(this.shared.pulses);
  }

  /** Colours on the LED strip: 3 bytes an LED, red, green, blue. */
  colours(): Uint8Array {
    return Uint8Array.from(this.shared.colours);
  }

  /** What the emulator counted up to its last report. */
  counts(): Counts {
    return this.shared.counts;
  }

  setPace(pace: Pace): void {
    this.act({ do: 'pace', pace });
  }

  /** A foot on a treadle, for so many ms. */
  press(treadle: 'treadle' | 'back' = 'treadle', ms = 60): void {
    this.act({ do: treadle === 'back' ? 'back' : 'press', ms });
  }

  /** Holds a treadle down, or lets it go. */
  hold(treadle: 'treadle' | 'back', down: boolean): void {
    this.act({ do: 'hold', treadle, down });
  }

  estop(open: boolean): void {
    this.act({ do: 'estop', open });
  }

  /** The reset line: a new processor, everything else as it was. */
  reset(): void {
    this.act({ do: 'reset' });
  }

  /** @param torn what a byte of EEPROM is left with that is being written, 0–255 */
  powerCut(torn?: number): void {
    this.act({ do: 'powerCut', torn });
  }

  /** Whatever else can be done to the board: brown-out, the hands-in switch, faults of the I²C bus. */
  perform(act: BoardAct): void {
    this.act(act);
  }

  /** Takes a PCA9685 board (index) off the I²C bus, or puts it back. */
  unplug(board: number, gone = true): void {
    this.act({ do: 'unplug', board, gone });
  }

  private act(act: Act): void {
    this.worker?.postMessage(act);
    this.shared.ring();
  }

  private take({ number, bytes }: Report): void {
    this.report = number;
    if (bytes.length > 0) this.emit('bytes', bytes);
    this.timers.fire(this.now());
    this.goOn();
  }

  /** Lets the emulator run again, once everything that promises have to do now is done. */
  private goOn(): void {
    if (this.turnAsked) return;
    this.turnAsked = true;
    setImmediate(() => {
      this.turnAsked = false;
      if (!this.worker) return;
      this.shared.hold = this.holds > 0;
      if (this.holds > 0) return;
      this.shared.handled = this.report;
      this.setLimit();
    });
  }

  private setLimit(): void {
    this.shared.limit = this.timers.next;
    this.shared.ring();
  }

  private gone(why: string): void {
    if (!this.worker) return;
    this.worker = null;
    this.timers.clear();
    this.emit('lost', why);
  }
}
