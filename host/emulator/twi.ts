/** The two-wire interface as master: what the firmware sees in TWCR, TWSR and TWDR while the bus does its work. */
import type { AVRInterruptConfig } from './avr8js';
import type { Core } from './core';
import type { I2cBus } from './i2c-bus';

const TWBR = 0xb8;
const TWSR = 0xb9;
const TWDR = 0xbb;
const TWCR = 0xbc;

const TWINT = 0x80;
const TWEA = 0x40;
const TWSTA = 0x20;
const TWSTO = 0x10;
const TWWC = 0x08;
const TWEN = 0x04;
const TWIE = 0x01;

/** Status codes of tables 22-2 and 22-3 (`lost` is "arbitration lost"); `idle` is "no relevant state information available; TWINT = 0". */
const status = {
  start: 0x08,
  repeatedStart: 0x10,
  writeAck: 0x18,
  writeNack: 0x20,
  sentAck: 0x28,
  sentNack: 0x30,
  readAck: 0x40,
  readNack: 0x48,
  gotAck: 0x50,
  gotNack: 0x58,
  lost: 0x38,
  idle: 0xf8,
} as const;

/** a data byte may follow, after a NACK too (table 22-2) */
const writing: ReadonlySet<number> = new Set([status.writeAck, status.writeNack, status.sentAck, status.sentNack]);

/** cycles between two looks at a line that is held low */
const lookAgain = 1600;

export class Twi {
  private readonly interrupt: AVRInterruptConfig;
  private owner = false;
  private finish: (() => number) | null = null;
  /** what is to be done needs SDA to go high */
  private needsSda = false;

  constructor(
    private readonly core: Core,
    vector: number,
    private readonly bus: I2cBus,
  ) {
    this.interrupt = {
      ...{
        address: vector,
        flagRegister: TWCR,
        flagMask: TWINT,
        enableRegister: TWCR,
        enableMask: TWIE,
        constant: true,
      },
    };
    const { data, writeHooks } = core;
    data[TWSR] = status.idle;
    writeHooks[TWCR] = (value) => this.control(value);
    writeHooks[TWSR] = (value) => {
      data[TWSR] = (data[TWSR] & 0xf8) | (value & 3);
      return true;
    };
    writeHooks[TWDR] = (value) => {
      // "If the register is accessed while TWINT is low, the Write Collision bit (TWWC) will be set"
      if (data[TWCR] & TWINT) {
        data[TWDR] = value;
        data[TWCR] &= ~TWWC;
      } else data[TWCR] |= TWWC;
      return true;
    };
  }

  /** "SCL frequency = CPU clock frequency / (16 + 2(TWBR) · PrescalerValue)": cycles of one SCL clock. */
  private get clock(): number {
    const { data } = this.core;
    return 16 + 2 * data[TWBR] * 4 ** (data[TWSR] & 3);
  }

  private control(value: number): boolean {
    const { core } = this;
    const { data } = core;
    const flag = data[TWCR] & TWINT & ~value;
    data[TWCR] = (value & (TWEA | TWSTA | TWSTO | TWEN | TWIE)) | (data[TWCR] & TWWC) | flag;
    if (!(value & TWEN)) {
      // "If this bit is written to zero, the TWI is switched off and all TWI transmissions are terminated"
      if (this.owner) this.bus.stop();
      this.owner = false;
      this.finish = null;
      core.clearClockEvent(this.done);
      core.clearClockEvent(this.tryStart);
      core.clearInterrupt(this.interrupt);
      this.show(status.idle);
      return true;
    }
    // "The TWINT Flag must be cleared by software by writing a logic one to it."
    if (value & TWINT) {
      core.clearInterrupt(this.interrupt);
      this.begin(value);
    }
    core.updateInterruptEnable(this.interrupt, data[TWCR]);
    return true;
  }

  private begin(control: number): void {
    const { core } = this;
    const { data } = core;
    if (control & TWSTO) {
      // "When the STOP condition is executed on the bus, the TWSTO bit is cleared automatically"; TWINT is not set.
      if (this.owner) this.bus.stop();
      this.owner = false;
      this.afterFree(() => {
        data[TWCR] &= ~TWSTO;
        return status.idle;
      });
      return;
    }
    if (control & TWSTA) {
      if (this.owner) {
        this.afterFree(() => {
          this.bus.start();
          return status.repeatedStart;
        });
      } else this.tryStart();
      return;
    }
    const now = data[TWSR] & 0xf8;
    const byte = data[TWDR];
    if (now === status.start || now === status.repeatedStart) {
      this.send(byte, () => {
        const ack = this.bus.address(byte >> 1, (byte & 1) === 1);
        if (byte & 1) return ack ? status.readAck : status.readNack;
        return ack ? status.writeAck : status.writeNack;
      });
    } else if (writing.has(now)) {
      this.send(byte, () => (this.bus.write(byte) ? status.sentAck : status.sentNack));
    } else if (now === status.readAck || now === status.gotAck) {
      const ack = (control & TWEA) !== 0;
      this.after(9 * this.clock, () => {
        data[TWDR] = this.bus.read(ack);
        this.bus.clockPulse(9);
        return ack ? status.gotAck : status.gotNack;
      });
    }
  }

  /** "If ... it detects a low level on SDA while it transmits a high level, arbitration is lost" (§22.8). */
  private send(byte: number, taken: () => number): void {
    this.after(9 * this.clock, () => {
      const lost = this.bus.held && byte !== 0;
      this.bus.clockPulse(9);
      if (!lost) return taken();
      this.owner = false;
      this.bus.stop();
      return status.lost;
    });
  }

  /** "if the bus is not free, the TWI waits until a STOP condition is detected, and then generates a new START condition" */
  private readonly tryStart = () => {
    if (this.bus.held || this.bus.clockHeld) {
      this.core.addClockEvent(this.tryStart, lookAgain);
      return;
    }
    this.owner = true;
    this.after(this.clock, () => {
      this.bus.start();
      return status.start;
    });
  };

  private afterFree(finish: () => number): void {
    this.after(this.clock, finish);
    this.needsSda = true;
  }

  private after(cycles: number, finish: () => number): void {
    this.finish = finish;
    this.needsSda = false;
    this.core.clearClockEvent(this.done);
    this.core.addClockEvent(this.done, cycles);
  }

  private readonly done = () => {
    if (this.bus.clockHeld || (this.needsSda && this.bus.held)) {
      this.core.addClockEvent(this.done, lookAgain);
      return;
    }
    const result = this.finish?.() ?? status.idle;
    this.finish = null;
    this.show(result);
    if (result !== status.idle) this.core.setInterruptFlag(this.interrupt);
    else if (this.core.data[TWCR] & TWSTA) this.tryStart();
  };

  private show(code: number): void {
    const { data } = this.core;
    data[TWSR] = (data[TWSR] & 3) | code;
  }
}
