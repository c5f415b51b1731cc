/**
 * The `[stock]` table of a loom profile: what hangs where on a board with plain StandardFirmata. All keys may be left out;
 * the pins are then those of our own firmware's pin maps (docs/wire.md).
 */
import { z } from 'zod';

/** Number of a digital pin, or the name of an analog one. */
const pin = z.union([z.number().int().min(0).max(127), z.string().regex(/^A\d+$/, 'must be like "A3"')]);
const fitted = z.union([pin, z.literal(false)]);
/** StandardFirmata takes numbers below 544 for degrees (Servo.h, MIN_PULSE_WIDTH). */
const width = z.number().int().min(544).max(2400);
const ms = z.number().int().min(0);

export const stockTable = z.strictObject({
  /** pins of the servos of heddle 1, 2, … (outputs = "pins") */
  servos: z.array(pin).min(1).optional(),
  /** I²C addresses of the PCA9685 boards, 16 heddles each (outputs = "pca9685") */
  boards: z.array(z.number().int().min(0x40).max(0x7f)).min(1).optional(),
  /** wired to OE of all PCA9685 boards; false = not wired */
  oe: fitted.optional(),
  /** contacts to ground; false = none. The e-stop is closed in good order. */
  treadle: fitted.optional(),
  back: fitted.optional(),
  estop: fitted.optional(),
  /** pins of lamps that are lit while heddle 1, 2, … is lifted */
  lamps: z.array(pin).default([]),
  /** PWM pins of one lamp in the weft's colour: red, green, blue */
  weft: z.tuple([pin, pin, pin]).optional(),
  /** the weft's lamp has a common anode */
  anode: z.boolean().default(false),
  /** µs of the pulse of a lowered and of a lifted heddle */
  down: width.optional(),
  up: width.optional(),
  /** heddles that may start in one frame of 20 ms */
  k: z.number().int().min(1).max(16).optional(),
  /** ms that a servo needs after its last new pulse */
  settle: ms.max(2000).optional(),
  /** ms; presses closer together are ignored */
  minPick: ms.max(5000).optional(),
});
export type StockTable = z.infer<typeof stockTable>;
/** 5, or "A3" */
export type PinName = z.infer<typeof pin>;
