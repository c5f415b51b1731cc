/** What a board with plain StandardFirmata cannot promise, said before anything moves. */
import type { StockWiring } from './wiring';

/** One sentence each, for people. */
export function limitsOf({ outputs, oe, estop, treadle }: StockWiring): string[] {
  const limits = [
    'StandardFirmata acknowledges nothing: a damaged byte can open a wrong shed, and nobody would know.',
    'It keeps no place: after any break a person has to say which row is in the shed.',
    'It has no watchdog: when this program or the cable dies, the heddles stay as they are and the servos stay powered.',
  ];
  if (outputs === 'pins')
    limits.push('Servos may twitch when the loom is armed or stopped, and when the board is reset.');
  else if (oe === null)
    limits.push(
      'OE of the PCA9685 boards is not wired: they go on pulsing through a reset, and a stop is an I²C message.',
    );
  else
    limits.push(
      'OE of the PCA9685 boards is in this program’s hand only' +
        (typeof oe === 'string'
          ? '.'
          : ', and a reset of the board lets the outputs through: on an analog pin (A0–A3) it does not.'),
    );
  if (treadle !== null) limits.push('The treadle works only while this program runs.');
  limits.push(
    estop === null
      ? 'There is no e-stop: keep the servos’ power switch at hand.'
      : 'The e-stop reaches the heddles through this program: it must cut the servos’ power as well.',
  );
  return limits;
}
