/** What hangs on a board with plain StandardFirmata: the profile's `[stock]` table, and our pin maps where it is silent. */
import type { LoomProfile } from '../../../patterns/profile';
import { pinMaps, settings } from '../../../protocol/wire.table';
import { LoomError } from '../../errors';
import { type PinName, type StockTable, stockTable } from './table';

export interface StockWiring {
  readonly heddles: number;
  readonly outputs: 'pins' | 'pca9685';
  /** by heddle index; empty with PCA9685 boards */
  readonly servos: readonly PinName[];
  /** I²C addresses, 16 heddles each; empty with servos on pins */
  readonly boards: readonly number[];
  readonly oe: PinName | null;
  readonly treadle: PinName | null;
  readonly back: PinName | null;
  readonly estop: PinName | null;
  /** by heddle index; may be fewer than heddles */
  readonly lamps: readonly PinName[];
  readonly weft: readonly PinName[];
  readonly anode: boolean;
  readonly numbers: StockNumbers;
}

export interface StockNumbers {
  /** µs */
  readonly down: number;
  readonly up: number;
  /** heddles that may start in one frame */
  readonly k: number;
  /** ms */
  readonly settle: number;
  readonly minPick: number;
}

/** The servo library of an Uno serves so many (Servo.h: one timer, 12 servos). */
const servosOnPins = 12;
const heddlesPerBoard = 16;

/** @throws LoomError configuration when the profile cannot be wired to such a board */
export function stockWiring(profile: LoomProfile & { readonly stock?: StockTable }): StockWiring {
  const { heddles, outputs } = profile.board;
  const table = profile.stock ?? stockTable.parse({});
  if (outputs !== 'pins' && outputs !== 'pca9685')
    throw wrong(
      profile,
      `has its heddles on “${outputs}”, and StandardFirmata moves servos on pins or PCA9685 boards only`,
    );
  const map = pinMaps[outputs === 'pins' ? 'uno-12' : 'exhibition-40'];
  const fitted = (own: PinName | false | undefined, ours: PinName | null) => (own === false ? null : (own ?? ours));
  const servos = outputs === 'pins' ? (table.servos ?? map.servos) : [];
  const boards = outputs === 'pca9685' ? (table.boards ?? addresses(heddles)) : [];
  const room = outputs === 'pins' ? Math.min(servos.length, servosOnPins) : boards.length * heddlesPerBoard;
  if (room < heddles) throw wrong(profile, `has ${heddles} heddles, and [stock] has outputs for ${room}`);
  return {
    heddles,
    outputs,
    servos: servos.slice(0, heddles),
    boards,
    oe: outputs === 'pca9685' ? fitted(table.oe, map.oe) : null,
    treadle: fitted(table.treadle, map.treadle),
    back: fitted(table.back, map.back),
    estop: fitted(table.estop, map.estop),
    lamps: table.lamps.slice(0, heddles),
    weft: table.weft ?? [],
    anode: table.anode,
    numbers: {
      down: table.down ?? initial('servo.down'),
      up: table.up ?? initial('servo.up'),
      k: table.k ?? initial('move.k'),
      settle: table.settle ?? initial('move.settle'),
      minPick: table.minPick ?? initial('press.min'),
    },
  };
}

function addresses(heddles: number): number[] {
  return Array.from({ length: Math.ceil(heddles / heddlesPerBoard) }, (_, index) => 0x40 + index);
}

function initial(name: string): number {
  return settings.find((setting) => setting.name === name)!.initial;
}

function wrong({ name }: LoomProfile, why: string): LoomError {
  return new LoomError('configuration', `The profile ${name} ${why}. Correct it there.`);
}
