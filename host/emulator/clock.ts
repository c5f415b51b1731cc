/** The Uno's crystal: 16 MHz. */
export const cyclesPerMs = 16_000;
