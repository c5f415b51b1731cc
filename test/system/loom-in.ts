/** The shipped firmware on the bench, brought into each of its states, and what of it can be seen from outside. */
import type { EmulatedUnoOptions } from '../../host/emulator/uno';
import type { StateName } from '../../protocol/wire';
import { states } from '../../protocol/wire.table';
import { LoomOnABench, rowOf } from '../firmware/loom-on-a-bench';

export type Reached = Exclude<StateName, 'boot'>;
export const reached = Object.keys(states).filter((state): state is Reached => state !== 'boot');
/** the states in which a row can wait */
export const rowsWaitIn: readonly Reached[] = ['armed', 'weaving', 'held'];

export const row = (step: number) => rowOf([step % 40, (step * 7) % 40]);

/** In a session; with step 1 open where there has been a shed. */
export function loomIn(state: Reached, options: Partial<EmulatedUnoOptions> = {}): LoomOnABench {
  const loom = new LoomOnABench(options);
  loom.until(() => !loom.uno.inBootloader, 'the start').run(50);
  loom.hello();
  if (state === 'idle') return loom;
  loom.arm();
  if (state === 'armed') return loom;
  loom.openShed(1, row(1));
  if (state === 'held' || state === 'released') loom.must('HOLD', { hands: 0 });
  if (state === 'fault') loom.must('STOP', {});
  if (state === 'released') loom.run(31_000).ask('STATUS', {});
  if (loom.state !== state) throw new Error(`It is ${loom.state}, not ${state}.`);
  return loom;
}

/** Tells the next row, where one can wait. */
export function withRowWaiting(loom: LoomOnABench): LoomOnABench {
  const step = loom.status.openStep + 1;
  loom.ask('ROW', { step, row: row(step) });
  return loom;
}

/** Heddles (indexes) that are getting pulses. */
export function pulsing({ uno }: LoomOnABench): number[] {
  const { boards } = uno.parts;
  return [...Array(40).keys()].filter((heddle) => boards[heddle >> 4].pulsing(heddle & 15));
}
