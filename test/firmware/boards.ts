/** Looms on every board and every kind of outputs, set up over the wire as a maker would. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmulatedUnoOptions, Wiring } from '../../host/emulator/uno';
import { packageRoot } from '../../host/paths';
import { outputs as outputCodes, type settings } from '../../protocol/wire.table';
import { LoomOnABench } from './loom-on-a-bench';

export type BoardName = 'uno' | 'mega';
export type Settings = Partial<Record<(typeof settings)[number]['name'], number>>;

const hexes = {
  uno: readFileSync(join(packageRoot, 'firmware', 'built', 'loom-uno.hex'), 'utf8'),
  mega: readFileSync(join(packageRoot, 'firmware', 'built', 'loom-mega.hex'), 'utf8'),
};
const chips = { uno: 'atmega328p', mega: 'atmega2560' } as const;

/** A board as it leaves the flasher, with its parts wired. */
export function newBoard(board: BoardName, wiring: Wiring, options: Partial<EmulatedUnoOptions> = {}): LoomOnABench {
  return new LoomOnABench({ hex: hexes[board], chip: chips[board], wiring, ...options });
}

/** A board whose settings fit its wiring, saved, after a power cut; in idle, with a session. */
export function loomOn(board: BoardName, wiring: Wiring, more: Settings = {}): LoomOnABench {
  const loom = newBoard(board, wiring);
  loom.hello();
  const wanted: Settings = {
    outputs: outputCodes[wiring.outputs].code,
    heddles: wiring.heddles,
    leds: wiring.leds,
    'led.type': wiring.strip === 'ws2812' ? 1 : 0,
    ...more,
  };
  for (const [name, value] of Object.entries(wanted)) loom.set(name as keyof Settings, value);
  loom.must('SAVE', {});
  loom.uno.powerCut();
  loom.run(100).hello();
  return loom;
}
