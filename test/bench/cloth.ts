/** Drawdown, and encoding with all checks. */
import { benchDrawdown, benchEncode, benchPlan, benchTask } from '../../patterns/bench';
import { checkReadsFar } from '../../patterns/checks';
import type { LiftPlan } from '../../patterns/draft';
import { encode } from '../../patterns/encode';
import { ms, type Row, timed } from './row';

export function clothRows(): Row[] {
  const plan = benchPlan();
  const task = benchTask();
  const from = performance.now();
  benchEncode(task);
  const first = performance.now() - from;
  const { table, profile, choice } = task;
  const encoded = encode(table, profile, choice);
  if (!encoded.ok) throw new Error(encoded.reason);
  const { cloth } = encoded;
  return [
    {
      what: 'drawdown 1000 × 1000 from a lift plan, 24 shafts',
      measured: ms(timed(() => benchDrawdown(plan))),
      reach: '≤ 3 ms',
      beside: `arrays of booleans, crossing by crossing: ${ms(timed(() => crossingByCrossing(plan), 5))}`,
    },
    {
      what: 'encode + all checks, 440 ends × 2000 picks',
      measured: ms(timed(() => benchEncode(task))),
      reach: '≤ 50 ms',
      beside: `the first time, before anything is compiled: ${ms(first)}; check 6 alone: ${ms(timed(() => checkReadsFar(cloth)))}`,
    },
  ];
}

/** The drawdown as one would write it first. */
function crossingByCrossing({ threading, rises }: LiftPlan): boolean[][] {
  return Array.from(rises.words, (risen) => Array.from(threading.words, (shafts) => (shafts & risen) !== 0));
}
