/** The parts of avr8js that we use. */

export * from 'avr8js';
export type { AVRClockEventCallback, AVRInterruptConfig } from 'avr8js/dist/cjs/cpu/cpu';
