/** Where a stock board's heddles hang: servos on its pins, or on PCA9685 boards; both through johnny-five's Servo. */
import type { Guest } from './guest';
import type { JohnnyFive } from './johnny-five';

export interface HeddleOutputs {
  /** pulses may go out from now on */
  enable(): void;
  /** @param width µs */
  pulse(heddle: number, width: number): void;
  /** no pulses any more */
  off(): void;
}

type Servo = InstanceType<JohnnyFive['Servo']>;
/** µs. Servo.h: numbers below MIN_PULSE_WIDTH are degrees, MAX_PULSE_WIDTH is its limit. */
const widths = [544, 2400] as const;
/** Degrees and µs are one, so that `to` takes µs. */
const inMicroseconds = { degreeRange: widths, range: widths, pwmRange: widths };

/** A servo gets its first pulses when it is attached, before it is told where to be: StandardFirmata begins at 1500 µs. */
export class ServosOnPins implements HeddleOutputs {
  private readonly attached = new Map<number, Servo>();
  private usedBefore = false;

  constructor(
    private readonly guest: Guest,
    /** by heddle index */
    private readonly pins: readonly number[],
  ) {}

  /** StandardFirmata counts servos that it has ever attached: after twelve it attaches none, also of those that were detached. */
  enable(): void {
    if (this.usedBefore) this.guest.resetPins();
    this.usedBefore = true;
  }

  pulse(heddle: number, width: number): void {
    const { five, board } = this.guest;
    const servo = this.attached.get(heddle) ?? new five.Servo({ board, pin: this.pins[heddle], ...inMicroseconds });
    this.attached.set(heddle, servo);
    servo.to(width);
  }

  /** An output pin is no servo's pin: that detaches it. A new Servo attaches it again. */
  off(): void {
    const { io } = this.guest;
    for (const heddle of this.attached.keys()) io.pinMode(this.pins[heddle], io.MODES.OUTPUT);
    this.attached.clear();
  }
}

const heddlesPerBoard = 16;
/** ALL_LED_OFF_H, bit 4: "full OFF" for all channels (NXP PCA9685, 7.3.4) */
const allOff = [0xfd, 0x10];
/**
 * johnny-five takes a count for 4 µs whatever the frequency. It is so at 25 MHz / (4096 × 100), prescaler 99: a frame of
 * 16.4 ms, which servos take as well as one of 20.
 */
const frequency = 61;

export class Pca9685Servos implements HeddleOutputs {
  private readonly servos: Servo[];

  /** Takes the boards into use: all channels off, output disabled where OE is wired. */
  constructor(
    private readonly guest: Guest,
    heddles: number,
    private readonly addresses: readonly number[],
    private readonly oe: number | null,
  ) {
    const { five, board, io } = guest;
    if (oe !== null) {
      this.setOutput(false);
      io.pinMode(oe, io.MODES.OUTPUT);
      this.setOutput(false);
    }
    this.servos = Array.from({ length: heddles }, (_, heddle) => {
      const address = addresses[Math.floor(heddle / heddlesPerBoard)];
      const pin = heddle % heddlesPerBoard;
      return new five.Servo({ board, controller: 'PCA9685', address, pin, frequency, ...inMicroseconds });
    });
  }

  enable(): void {
    this.setOutput(true);
  }

  pulse(heddle: number, width: number): void {
    this.servos[heddle].to(width);
  }

  off(): void {
    this.setOutput(false);
    for (const address of this.addresses) this.guest.io.i2cWrite(address, allOff);
  }

  /** OE is low when the outputs are on. */
  private setOutput(on: boolean): void {
    if (this.oe !== null) this.guest.io.digitalWrite(this.oe, on ? 0 : 1);
  }
}
