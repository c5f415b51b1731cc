/** What can be done to an emulated board from outside: feet on treadles, hands, resets, faults of supply and bus. */
import type { EmulatedBoard } from './board';

/** Plain data, so that it can travel to a thread or a process. */
export type BoardAct =
  /** a foot on a treadle; 60 ms unless said */
  | { readonly do: 'press' | 'back'; readonly ms?: number }
  | { readonly do: 'hold'; readonly treadle: 'treadle' | 'back'; readonly down: boolean }
  | { readonly do: 'estop'; readonly open: boolean }
  /** the hands-in switch */
  | { readonly do: 'hands'; readonly in: boolean }
  /** the reset line */
  | { readonly do: 'reset' }
  /** `torn`: what a byte of EEPROM is left with that is being written, 0–255; 255 unless said */
  | { readonly do: 'brownOut' | 'powerCut'; readonly torn?: number }
  /** takes a PCA9685 (index) off the I²C bus, or puts it back */
  | { readonly do: 'unplug'; readonly board: number; readonly gone: boolean }
  /** SDA is held low until so many clocks came; null = a short circuit, 0 = let go */
  | { readonly do: 'sda'; readonly clocks: number | null }
  | { readonly do: 'scl'; readonly held: boolean }
  /** no data byte from the nth on is acknowledged */
  | { readonly do: 'refuse'; readonly from: number }
  /** the bus is in order again */
  | { readonly do: 'restoreBus' };

/** Done at the emulated time at which the board stands. */
export function perform(board: EmulatedBoard, act: BoardAct): void {
  const { parts } = board;
  switch (act.do) {
    case 'press':
      parts.treadle.tap(act.ms);
      break;
    case 'back':
      parts.back.tap(act.ms);
      break;
    case 'hold':
      if (act.down) parts[act.treadle].press();
      else parts[act.treadle].release();
      break;
    case 'estop':
      if (act.open) parts.estop.open();
      else parts.estop.close();
      break;
    case 'hands':
      if (act.in) parts.hands.close();
      else parts.hands.open();
      break;
    case 'reset':
      board.reset('dtr');
      break;
    case 'brownOut':
      board.brownOut(act.torn);
      break;
    case 'powerCut':
      board.powerCut(act.torn);
      break;
    case 'unplug':
      parts.bus.unplug(parts.boards[act.board], act.gone);
      break;
    case 'sda':
      parts.bus.holdSda(act.clocks ?? Number.POSITIVE_INFINITY);
      break;
    case 'scl':
      parts.bus.holdScl(act.held);
      break;
    case 'refuse':
      parts.bus.refuseFrom(act.from);
      break;
    case 'restoreBus':
      parts.bus.restore();
      break;
  }
}
