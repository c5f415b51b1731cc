/** The emulated board under the name of the first that there was: an Uno, unless its options name another chip. */
export { type Counts, EmulatedBoard as EmulatedUno, type EmulatedBoardOptions as EmulatedUnoOptions } from './board';
export { cyclesPerMs } from './clock';
export type { Wiring } from './wiring';
