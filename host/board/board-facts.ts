/** What a board's HELLO says of it. Pure. */
import { nameOf } from '../../protocol/wire';
import { mcus, outputs, resetCauses } from '../../protocol/wire.table';
import type { BoardFacts } from './driver';
import type { Hello } from './hello';

/** @param seen what the host knows by itself: the port, the rate at which it answered, the place */
export function factsOf(hello: Hello, seen: Pick<BoardFacts, 'kind' | 'port' | 'rate' | 'place'>): BoardFacts {
  return {
    ...seen,
    mcu: nameOf(mcus, hello.mcu),
    firmware: `${hello.major}.${hello.minor}`,
    boardId: hello.boardId,
    heddles: hello.heddles,
    outputs: nameOf(outputs, hello.outputs),
    leds: hello.leds,
    settingsVersion: hello.settings,
    reset: nameOf(resetCauses, hello.reset),
  };
}

/** Why a board cannot take the place of another in mid-weave; '' when it can. */
export function cannotReplace(known: BoardFacts | null, hello: Hello, port: string): string {
  if (!known || hello.boardId === known.boardId) return '';
  const here = `${hello.heddles} heddles on ${nameOf(outputs, hello.outputs)} and ${hello.leds} LEDs`;
  if (here === `${known.heddles} heddles on ${known.outputs} and ${known.leds} LEDs`) return '';
  return `Another loom answers at ${port}: it has ${here}.`;
}
