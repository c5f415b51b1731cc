/** Pin names to pin numbers, and whether each pin can do what the wiring asks: the board says what its pins can do. */
import { LoomError } from '../../errors';
import type { FirmataClient } from './johnny-five';
import type { PinName } from './table';
import type { StockWiring } from './wiring';

/** The wiring with pins as this board numbers them. */
export interface ResolvedWiring {
  readonly servos: readonly number[];
  readonly lamps: readonly number[];
  readonly weft: readonly number[];
  readonly oe: number | null;
  readonly treadle: number | null;
  readonly back: number | null;
  readonly estop: number | null;
}
type Mode = 'INPUT' | 'OUTPUT' | 'PWM' | 'SERVO';
const modeWords: Readonly<Record<Mode, string>> = {
  INPUT: 'be read',
  OUTPUT: 'be switched',
  PWM: 'be dimmed (PWM)',
  SERVO: 'move a servo',
};

/** @throws LoomError configuration: no such pin, not such a pin, or one pin for two things */
export function resolveWiring(wiring: StockWiring, io: FirmataClient, port: string): ResolvedWiring {
  const used = new Map<number, string>();
  if (wiring.outputs === 'pca9685')
    for (const [pin, { supportedModes }] of io.pins.entries())
      if (supportedModes.includes(io.MODES.I2C)) used.set(pin, 'I²C');
  const resolve = (name: PinName, mode: Mode, use: string): number => {
    const pin = typeof name === 'number' ? name : io.analogPins[Number(name.slice(1))];
    const modes = io.pins[pin]?.supportedModes ?? [];
    if (modes.length === 0) throw wrong(`${port} has no pin ${name} for ${use}`);
    if (!modes.includes(io.MODES[mode]))
      throw wrong(`pin ${name} of ${port} cannot ${modeWords[mode]}, and is wired for ${use}`);
    const other = used.get(pin);
    if (other) throw wrong(`pin ${name} is wired for ${other} and for ${use}`);
    used.set(pin, use);
    return pin;
  };
  const fitted = (name: PinName | null, mode: Mode, use: string) => (name === null ? null : resolve(name, mode, use));
  return {
    oe: fitted(wiring.oe, 'OUTPUT', 'OE'),
    treadle: fitted(wiring.treadle, 'INPUT', 'the treadle'),
    back: fitted(wiring.back, 'INPUT', 'the back treadle'),
    estop: fitted(wiring.estop, 'INPUT', 'the e-stop'),
    servos: wiring.servos.map((name, heddle) => resolve(name, 'SERVO', `heddle ${heddle + 1}`)),
    lamps: wiring.lamps.map((name, heddle) => resolve(name, 'OUTPUT', `the lamp of heddle ${heddle + 1}`)),
    weft: wiring.weft.map((name, index) => resolve(name, 'PWM', `the weft’s ${['red', 'green', 'blue'][index]} lamp`)),
  };
}

function wrong(why: string): LoomError {
  const sentence = why[0].toUpperCase() + why.slice(1);
  return new LoomError('configuration', `${sentence}. Correct the pins under [stock] in the profile.`);
}
