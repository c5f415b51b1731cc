/** The board is unplugged in mid-weave and plugged in again: the weave waits, asks it where it is, and a hand goes on. */
import { afterEach, describe, expect, it } from 'vitest';
import { clearTheTable, LoomOnATable } from './loom';
import { LooseCable } from './loose-cable';

afterEach(clearTheTable);

/** Two picks open, then unplugged, perhaps while the third opens. */
async function unplugged({ moving = false } = {}): Promise<{ loom: LoomOnATable; cable: LooseCable }> {
  let cable: LooseCable | null = null;
  const loom = await LoomOnATable.weaving({
    wire: (board) => {
      cable = new LooseCable(board);
      return cable;
    },
  });
  await loom.next();
  if (moving) {
    const opening = loom.heard('opening');
    void loom.weave.next();
    await opening;
  }
  cable!.pull();
  await loom.phase('lost');
  return { loom, cable: cable! };
}

const row = (loom: LoomOnATable, pick: number) => loom.cloth.lifts.text(pick - 1);

describe('a board that is unplugged in mid-weave', () => {
  it('is waited for, with words that say what to do', async () => {
    const { loom } = await unplugged();
    expect(loom.words).toBe('/dev/ttyUSB0 went away. Plug it in again: the place is kept.');
    await loom.later(60_000);
    expect(loom.weave.view().phase).toBe('lost');
    expect(loom.failures).toEqual([]);
  });

  it('goes on at its pick when a hand says so, and not before', async () => {
    const { loom, cable } = await unplugged();
    await loom.later(5000);
    cable.plug(true);
    await loom.phase('stopped');
    expect(loom.words).toContain('/dev/ttyUSB0 is back. When all is well, press space to go on at pick 2.');
    const { events } = loom;
    const before = events.length;
    await loom.later(20_000);
    expect(events.slice(before).filter(({ type }) => type === 'opening')).toEqual([]);
    const opened = loom.heard('opened');
    await loom.weave.next();
    expect((await opened).pick).toBe(2);
    await loom.settled();
    expect(loom.lifted).toBe(row(loom, 2));
    await loom.next();
    expect(loom.lifted).toBe(row(loom, 3));
    expect(loom.questions).toEqual([]);
  });

  it('counts the shed that was on its way as open', async () => {
    const { loom, cable } = await unplugged({ moving: true });
    cable.plug(true);
    await loom.phase('stopped');
    expect(loom.place).toMatchObject({ open: { pick: 3 } });
    const opened = loom.heard('opened');
    await loom.weave.next();
    expect((await opened).pick).toBe(3);
  });

  it('that was not reset has held, and only resumes: nothing moves', async () => {
    const { loom, cable } = await unplugged();
    await loom.later(4000);
    cable.plug(false);
    await loom.phase('stopped');
    const openings = () => loom.events.filter(({ type }) => type === 'opening').length;
    const before = openings();
    await loom.weave.next();
    await loom.phase('waiting');
    expect(openings()).toBe(before);
    expect(loom.lifted).toBe(row(loom, 2));
    await loom.next();
    expect(loom.lifted).toBe(row(loom, 3));
  });

  it('can be left: the place is kept', async () => {
    const { loom } = await unplugged();
    await loom.weave.park();
    expect(loom.weave.view().phase).toBe('parked');
    expect(loom.words).toContain('--resume');
    expect(loom.place).toMatchObject({ open: { pick: 2 } });
  });

  it('may go away again while it is asked', async () => {
    const { loom, cable } = await unplugged();
    cable.plug(true);
    await loom.phase('silent');
    cable.pull();
    await loom.phase('lost');
    cable.plug(true);
    await loom.phase('stopped');
    await loom.weave.next();
    await loom.phase('waiting');
    expect(loom.failures).toEqual([]);
    expect(loom.lifted).toBe(row(loom, 2));
  });
});
