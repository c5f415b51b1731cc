/** USART0, 8N1: receive buffer and shift register, overrun and frame errors, paced by the wire. */
import type { AVRInterruptConfig } from './avr8js';
import type { Chip } from './chips/chip';
import type { Core } from './core';
import { SerialReceiver, type SerialWire } from './serial-wire';

const UCSRA = 0xc0;
const UCSRB = 0xc1;
const UBRRL = 0xc4;
const UBRRH = 0xc5;
const UDR = 0xc6;

const RXC = 0x80;
const TXC = 0x40;
const UDRE = 0x20;
const FE = 0x10;
const DOR = 0x08;
const U2X = 0x02;
const MPCM = 0x01;

const RXEN = 0x10;
const TXEN = 0x08;

interface Frame {
  readonly byte: number;
  readonly frameError: boolean;
  /** a frame was lost between the one before and this one */
  readonly overrun: boolean;
}

export interface UsartCounts {
  /** frames that reached the receiver, lost ones included */
  received: number;
  overruns: number;
  frameErrors: number;
  sent: number;
}

export class Usart {
  /** "The receive buffer consists of a two level FIFO" (§20.11.1). */
  private readonly fifo: Frame[] = [];
  private shift: Frame | null = null;
  private lost = false;
  private receiver: SerialReceiver | null = null;
  private holding = -1;
  private sending = false;

  private readonly rx: AVRInterruptConfig;
  private readonly dre: AVRInterruptConfig;
  private readonly tx: AVRInterruptConfig;

  constructor(
    private readonly core: Core,
    vectors: Chip['vectors'],
    private readonly fromHost: SerialWire,
    private readonly toHost: SerialWire,
    private readonly counts: UsartCounts,
    /** a byte's last bit has left */
    private readonly onSent: () => void,
  ) {
    const { data, readHooks, writeHooks } = core;
    this.rx = interrupt(vectors.received, RXC, 0x80, true);
    this.dre = interrupt(vectors.registerEmpty, UDRE, 0x20, true);
    this.tx = interrupt(vectors.sent, TXC, 0x40, false);
    data[UCSRA] = UDRE;
    data[0xc2] = 0x06;
    writeHooks[UCSRA] = (value) => {
      if (value & TXC) core.clearInterrupt(this.tx);
      data[UCSRA] = (data[UCSRA] & ~(U2X | MPCM)) | (value & (U2X | MPCM));
      return true;
    };
    writeHooks[UCSRB] = (value) => this.control(value);
    readHooks[UDR] = () => this.read();
    writeHooks[UDR] = (value) => {
      this.write(value);
      return true;
    };
  }

  /** Bytes were put on the wire. */
  listen(): void {
    if (!this.receiver) return;
    this.core.clearClockEvent(this.arrive);
    this.core.clearClockEvent(this.startBit);
    const end = this.receiver.nextEnd(this.bit);
    if (end === Number.POSITIVE_INFINITY) return;
    // A start bit matters by itself only while a complete frame still waits in the shift register.
    if (this.shift) this.core.addClockEvent(this.startBit, this.receiver.nextStart() - this.core.cycles);
    else this.core.addClockEvent(this.arrive, end - this.core.cycles);
  }

  /** Cycles of one bit: "BAUD = fOSC / 16(UBRRn + 1)", 8 instead of 16 with U2X (table 20-1). */
  private get bit(): number {
    const { data } = this.core;
    return (((data[UBRRH] & 0x0f) << 8) + data[UBRRL] + 1) * (data[UCSRA] & U2X ? 8 : 16);
  }

  private control(value: number): boolean {
    const { core } = this;
    const before = core.data[UCSRB];
    core.data[UCSRB] = value;
    for (const each of [this.rx, this.dre, this.tx]) core.updateInterruptEnable(each, value);
    if (value & ~before & RXEN) {
      this.fromHost.forget(core.cycles);
      this.receiver = new SerialReceiver(this.fromHost, core.cycles);
      this.listen();
    }
    if (before & ~value & RXEN) {
      // "Disabling the Receiver will flush the receive buffer."
      this.fifo.length = 0;
      this.shift = null;
      this.lost = false;
      this.receiver = null;
      core.clearClockEvent(this.arrive);
      core.clearClockEvent(this.startBit);
      this.showFront();
    }
    return true;
  }

  private readonly arrive = () => {
    const { byte, frameError } = (this.receiver as SerialReceiver).take(this.bit);
    this.counts.received++;
    if (frameError) this.counts.frameErrors++;
    const frame = { byte, frameError, overrun: this.lost };
    this.lost = false;
    if (this.fifo.length < 2) this.fifo.push(frame);
    else this.shift = frame;
    this.showFront();
    this.listen();
  };

  /** "A Data OverRun occurs when the receive buffer is full (two characters), there is a new character waiting in the Receive Shift Register, and a new start bit is detected." */
  private readonly startBit = () => {
    if (this.shift) {
      this.shift = null;
      this.lost = true;
      this.counts.overruns++;
    }
    this.listen();
  };

  private read(): number {
    const frame = this.fifo.shift();
    if (this.shift) {
      this.fifo.push(this.shift);
      this.shift = null;
      this.listen();
    }
    this.showFront();
    return frame?.byte ?? 0;
  }

  /** "The status flags are valid until the receive buffer is read": they belong to the frame that UDR would give next. */
  private showFront(): void {
    const { core } = this;
    const front = this.fifo[0];
    core.data[UCSRA] = (core.data[UCSRA] & ~(FE | DOR)) | (front?.frameError ? FE : 0) | (front?.overrun ? DOR : 0);
    if (front) core.setInterruptFlag(this.rx);
    else core.clearInterrupt(this.rx);
  }

  private write(value: number): void {
    if (!(this.core.data[UCSRB] & TXEN)) return;
    if (this.sending) {
      // "data written to UDRn when the UDREn Flag is not set will be ignored"
      if (this.holding >= 0) return;
      this.holding = value;
      this.core.clearInterrupt(this.dre);
    } else this.transmit(value);
  }

  private transmit(value: number): void {
    this.sending = true;
    const end = this.toHost.put(value, this.core.cycles, this.bit);
    this.core.addClockEvent(this.transmitted, end - this.core.cycles);
  }

  private readonly transmitted = () => {
    this.counts.sent++;
    this.sending = false;
    if (this.holding >= 0) {
      const value = this.holding;
      this.holding = -1;
      this.transmit(value);
      this.core.setInterruptFlag(this.dre);
    } else this.core.setInterruptFlag(this.tx);
    this.onSent();
  };
}

function interrupt(address: number, flagMask: number, enableMask: number, constant: boolean): AVRInterruptConfig {
  return { address, flagRegister: UCSRA, flagMask, enableRegister: UCSRB, enableMask, constant };
}
