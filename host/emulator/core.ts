/** The AVR core: avr8js's instructions and memory, with our own clock events, interrupt entry and sleep. */
import { type AVRClockEventCallback, type AVRInterruptConfig, CPU } from './avr8js';
import { execute } from './execute';

const SREG = 0x5f;

interface ClockEvent {
  at: number;
  run: AVRClockEventCallback;
  next: ClockEvent | null;
}

/** What the core must know of the chip: bytes of SRAM, and the data address of the first of them. */
export interface Memory {
  readonly sramBytes: number;
  readonly sramStart: number;
}

/** avr8js leaves this much room for registers. */
const registerSpace = 0x100;
/** words of interrupt vectors, of the largest chip */
const vectorWords = 128;

/**
 * An AVR without its peripherals. What differs from avr8js's own loop, and the rule it follows:
 * - SLEEP stops the clock of the core until an enabled interrupt is pending (datasheet §10.2); time jumps from clock
 *   event to clock event meanwhile, unless `skipSleep` is off.
 * - "the instruction following SEI will be executed before any pending interrupts", and after RETI "one more
 *   instruction is executed before any pending interrupt is served" (§7.7).
 * - "The interrupt execution response ... is four clock cycles minimum" (five with a program counter of 22 bits); "If an interrupt occurs when the MCU is in
 *   sleep mode, the interrupt execution response time is increased by four clock cycles" (§7.7.1).
 */
export class Core extends CPU {
  /** cycle of the next clock event */
  nextEventAt = Number.POSITIVE_INFINITY;
  asleep = false;
  /** one more instruction is executed before an interrupt is served */
  inhibited = false;
  /** a register was touched that may have changed what comes next */
  touched = false;
  /** cycles for which hooks have halted the processor */
  stolen = 0;
  /** cycles spent asleep */
  sleptCycles = 0;
  /** data addresses below this are registers, and may have hooks */
  readonly registers: number;
  private firstEvent: ClockEvent | null = null;
  private readonly spareEvents: ClockEvent[] = [];
  private readonly queued: (AVRInterruptConfig | null)[] = new Array(vectorWords).fill(null);
  private stopping = false;

  constructor(
    flash: Uint16Array,
    { sramBytes, sramStart }: Memory,
    private readonly skipSleep: boolean,
  ) {
    super(flash, sramBytes + sramStart - registerSpace);
    this.registers = sramStart;
    // Arrays without holes as long as the memory keep the look-up of a hook fast for every address.
    const none = undefined as never;
    for (let address = 0; address < this.data.length; address++) {
      this.readHooks[address] = none;
      this.writeHooks[address] = none;
    }
  }

  override addClockEvent(then: AVRClockEventCallback, cycles: number): AVRClockEventCallback {
    // The clock counts whole cycles; bits on the wire do not fall on them.
    const at = Math.ceil(this.cycles + Math.max(1, cycles));
    const event = this.spareEvents.pop() ?? { at, run: then, next: null };
    event.at = at;
    event.run = then;
    if (!this.firstEvent || this.firstEvent.at > at) {
      event.next = this.firstEvent;
      this.firstEvent = event;
      this.nextEventAt = at;
    } else {
      let before = this.firstEvent;
      while (before.next && before.next.at <= at) before = before.next;
      event.next = before.next;
      before.next = event;
    }
    return then;
  }

  override clearClockEvent(then: AVRClockEventCallback): boolean {
    let before: ClockEvent | null = null;
    for (let event = this.firstEvent; event; before = event, event = event.next) {
      if (event.run !== then) continue;
      if (before) before.next = event.next;
      else this.takeFirst();
      if (before) this.spareEvents.push(event);
      return true;
    }
    return false;
  }

  override updateClockEvent(then: AVRClockEventCallback, cycles: number): boolean {
    if (!this.clearClockEvent(then)) return false;
    this.addClockEvent(then, cycles);
    return true;
  }

  override queueInterrupt(interrupt: AVRInterruptConfig): void {
    const { address } = interrupt;
    this.queued[address] = interrupt;
    if (this.nextInterrupt === -1 || this.nextInterrupt > address) this.nextInterrupt = address;
  }

  override clearInterrupt({ address, flagRegister, flagMask }: AVRInterruptConfig, clearFlag = true): void {
    if (clearFlag) this.data[flagRegister] &= ~flagMask;
    if (!this.queued[address]) return;
    this.queued[address] = null;
    if (this.nextInterrupt !== address) return;
    let next = address + 1;
    while (next < vectorWords && this.queued[next] === null) next++;
    this.nextInterrupt = next < vectorWords ? next : -1;
  }

  /** There is something to do between instructions besides clock events. */
  get mustLook(): boolean {
    return this.stopping || this.isDue;
  }

  /** An interrupt is pending, and interrupts are on. */
  private get isDue(): boolean {
    return this.nextInterrupt >= 0 && (this.data[SREG] & 0x80) !== 0;
  }

  /** Reads a register at the given cycle, through its hook if it has one. */
  load(address: number, cycles: number): number {
    const hook = this.readHooks[address];
    if (!hook) return this.data[address];
    this.cycles = cycles;
    const value = hook(address);
    this.stolen += this.cycles - cycles;
    this.touched = true;
    return value;
  }

  /** Writes the bits of `mask` (others are what was read) to a register at the given cycle. */
  store(address: number, value: number, mask: number, cycles: number): void {
    this.cycles = cycles;
    this.writeData(address, value, mask);
    this.stolen += this.cycles - cycles;
    this.touched = true;
  }

  /** Makes `run` return after the instruction that is being executed. */
  stop(): void {
    this.stopping = true;
  }

  /** Executes until the clock shows `until` cycles or more, or somebody calls `stop`. */
  run(until: number): void {
    this.stopping = false;
    // A part may have moved a pin since.
    if (this.isDue && !this.inhibited && !this.asleep) this.enterInterrupt();
    while (this.cycles < until && !this.stopping) {
      if (this.asleep) {
        this.sleep(until);
        continue;
      }
      if (this.inhibited) {
        this.inhibited = false;
        execute(this, 0);
      } else execute(this, Math.min(until, this.nextEventAt));
      if (this.cycles >= this.nextEventAt) this.runEvents();
      if (this.isDue && !this.inhibited && !this.asleep) this.enterInterrupt();
    }
  }

  /** On to the next event, unless one is over already or an interrupt is pending. */
  private sleep(until: number): void {
    if (!this.isDue) {
      const from = this.cycles;
      this.cycles = this.skipSleep ? Math.max(from, Math.min(this.nextEventAt, Math.ceil(until))) : from + 1;
      this.sleptCycles += this.cycles - from;
    }
    if (this.cycles >= this.nextEventAt) this.runEvents();
    if (this.isDue) {
      this.asleep = false;
      this.cycles += 4;
      this.enterInterrupt();
    }
  }

  /** What comes in the middle of an instruction is done after it, but at the cycle at which it comes. */
  private runEvents(): void {
    const now = this.cycles;
    while (this.firstEvent && this.firstEvent.at <= now) {
      const { at, run } = this.firstEvent;
      this.takeFirst();
      this.cycles = at;
      run();
    }
    this.cycles = now;
  }

  private takeFirst(): void {
    const event = this.firstEvent as ClockEvent;
    this.firstEvent = event.next;
    this.nextEventAt = this.firstEvent ? this.firstEvent.at : Number.POSITIVE_INFINITY;
    this.spareEvents.push(event);
  }

  private enterInterrupt(): void {
    const interrupt = this.queued[this.nextInterrupt] as AVRInterruptConfig;
    const { data } = this;
    const sp = data[0x5d] | (data[0x5e] << 8);
    data[sp] = this.pc;
    data[sp - 1] = this.pc >> 8;
    if (this.pc22Bits) data[sp - 2] = this.pc >> 16;
    const below = sp - (this.pc22Bits ? 3 : 2);
    data[0x5d] = below;
    data[0x5e] = below >> 8;
    data[SREG] &= 0x7f;
    this.pc = interrupt.address;
    this.cycles += this.pc22Bits ? 5 : 4;
    if (!interrupt.constant) this.clearInterrupt(interrupt);
  }
}
