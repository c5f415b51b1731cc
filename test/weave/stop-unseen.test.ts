/** A hand goes on after a hold, and in that very moment somebody stops the loom: the stop stands until a hand has seen it. */
import { afterEach, expect, it } from 'vitest';
import { clearTheTable, LoomOnATable } from './loom';

afterEach(clearTheTable);

it.each(['next', 'hold'] as const)('a stop that comes with going on (%s) is not cleared by it', async (goOn) => {
  const loom = await LoomOnATable.weaving();
  await loom.weave.hold();
  await loom.phase('held');
  loom.driver.stopNow();
  await loom.weave[goOn]();
  await loom.phase('stopped');
  await loom.later(3000);
  expect(loom.driver.place().state).toBe('fault');
  expect(loom.words).toMatch(/^Stopped: /);
  const opened = loom.heard('opened');
  await loom.weave.next();
  expect((await opened).pick).toBe(1);
});
