/** What is wired to which pins of the emulated board. */
import { type PinMap, pinMaps } from '../../protocol/wire.table';
import type { ChipName } from './chips/chip';

export interface Wiring {
  /** PCA9685 boards, servos on pins, or solenoids on 74HC595 chains */
  readonly outputs: PinMap['outputs'];
  readonly heddles: number;
  /** LEDs on the strip */
  readonly leds: number;
  /** apa102 unless said */
  readonly strip?: 'apa102' | 'ws2812';
  /** MHz of each PCA9685's own oscillator; 25 where nothing is said */
  readonly oscillators?: readonly number[];
}

/** @throws Error when the chip has no pin map for these outputs */
export function pinsOf(chip: ChipName, outputs: Wiring['outputs']): PinMap {
  const map = Object.values<PinMap>(pinMaps).find((each) => each.mcu === chip && each.outputs === outputs);
  if (!map) throw new Error(`No pin map of the ${chip} has the outputs ${outputs}: see pinMaps in wire.table.ts.`);
  return map;
}
