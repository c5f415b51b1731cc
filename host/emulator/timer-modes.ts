/** What the waveform generation mode bits of a timer mean (tables 15-8 and 16-4 of the ATmega328P's datasheet). */

/**
 * `normal` and `ctc` count up and take new compare values at once; `fast` PWM counts up and takes them at BOTTOM; `phase`
 * correct PWM counts up and down and takes them at TOP, `frequency` correct PWM at BOTTOM.
 */
export interface TimerMode {
  readonly kind: 'normal' | 'ctc' | 'fast' | 'phase' | 'frequency';
  readonly top: 'OCRA' | 'ICR' | number;
}

const normal8: TimerMode = { kind: 'normal', top: 0xff };
const normal16: TimerMode = { kind: 'normal', top: 0xffff };

/** By WGMn2:0; 4 and 6 are reserved. */
export const modes8: readonly TimerMode[] = [
  normal8,
  { kind: 'phase', top: 0xff },
  { kind: 'ctc', top: 'OCRA' },
  { kind: 'fast', top: 0xff },
  normal8,
  { kind: 'phase', top: 'OCRA' },
  normal8,
  { kind: 'fast', top: 'OCRA' },
];

/** By WGMn3:0; 13 is reserved. */
export const modes16: readonly TimerMode[] = [
  normal16,
  { kind: 'phase', top: 0xff },
  { kind: 'phase', top: 0x1ff },
  { kind: 'phase', top: 0x3ff },
  { kind: 'ctc', top: 'OCRA' },
  { kind: 'fast', top: 0xff },
  { kind: 'fast', top: 0x1ff },
  { kind: 'fast', top: 0x3ff },
  { kind: 'frequency', top: 'ICR' },
  { kind: 'frequency', top: 'OCRA' },
  { kind: 'phase', top: 'ICR' },
  { kind: 'phase', top: 'OCRA' },
  { kind: 'ctc', top: 'ICR' },
  normal16,
  { kind: 'fast', top: 'ICR' },
  { kind: 'fast', top: 'OCRA' },
];

/** PWM modes buffer the compare registers, and drive OC pins at both ends of a pulse. */
export function isPwm({ kind }: TimerMode): boolean {
  return kind !== 'normal' && kind !== 'ctc';
}

/** Counts up to TOP and down again. */
export function isDualSlope({ kind }: TimerMode): boolean {
  return kind === 'phase' || kind === 'frequency';
}
