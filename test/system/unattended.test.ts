/**
 * A stop or a reset while `--auto` weaves and nobody sits at a terminal: nothing moves until a person says so, and as there is
 * nobody to say it the process ends, with a sentence that names --resume. The board is one on a pseudo terminal.
 */
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopByte } from '../../protocol/wire.table';
import { type Host, PtyLoom } from './pty-loom';

let home: string;
let loom: PtyLoom;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'loom-unattended-'));
  loom = await PtyLoom.start(home);
});
afterEach(async () => {
  await loom.board.quit();
  await rm(home, { recursive: true, force: true });
});

/** A weave that has opened some sheds by itself. */
async function weaving(): Promise<Host> {
  const host = loom.weave('--auto', '50');
  await host.untilPicks(2);
  return host;
}

/** How the run ended, and that the board opened nothing since `opened` sheds. */
async function ending(host: Host, opened: number): Promise<string> {
  const code = await host.ended;
  expect({ code, said: host.said }).toEqual({ code: 1, said: '' });
  expect(host.lines.at(-1)).toBe(host.error);
  expect(loom.openings.length).toBe(opened);
  return host.error?.message ?? '';
}

/** The rest of a weave, up to a pick after the place. */
async function goesOn(): Promise<void> {
  const last = (loom.openings.at(-1) ?? 0) + 2;
  const host = loom.weave('--auto', '0', '--resume', '--picks', String(last));
  const code = await host.ended;
  expect({ code, error: host.error }).toEqual({ code: 0 });
  const steps = loom.openings.filter((step, i) => step !== loom.openings[i - 1]);
  expect(steps).toEqual(Array.from({ length: last }, (_, i) => i + 1));
}

/** Waits for a shed that begins to open, so that what comes now comes in mid-move, and counts the sheds so far. */
async function inMidMove(): Promise<number> {
  await loom.next('opening');
  return loom.openings.length;
}

describe('with nobody at a terminal, the weave ends and says how to go on', () => {
  it('after the e-stop; the place is kept, and the shed is opened again when a person has said so', async () => {
    const host = await weaving();
    const opened = await inMidMove();
    loom.board.estop(true);
    const words = await ending(host, opened);
    expect(words).toContain('the e-stop is open');
    expect(words).toContain('--resume');
    loom.board.estop(false);
    await goesOn();
  });

  it('and while the e-stop is open --resume says that, and moves nothing', async () => {
    const host = await weaving();
    const opened = await inMidMove();
    loom.board.estop(true);
    await ending(host, opened);
    const words = await ending(loom.weave('--auto', '0', '--resume'), opened);
    expect(words).toContain('e-stop');
    loom.board.estop(false);
    await goesOn();
  });

  it('after the stop byte of another program', async () => {
    const host = await weaving();
    const opened = await inMidMove();
    appendFileSync(loom.board.path, Buffer.of(stopByte));
    const words = await ending(host, opened);
    expect(words).toContain('--resume');
    await goesOn();
  });

  it('after a reset that another program or a button made', async () => {
    const host = await weaving();
    const opened = await inMidMove();
    loom.board.reset();
    const words = await ending(host, opened);
    expect(words).toContain('reset');
    expect(words).toContain('--resume');
    await goesOn();
  });

  it('after a power cut, with the question which row is in the shed', async () => {
    const host = await weaving();
    await inMidMove();
    const opened = loom.openings.length;
    const step = loom.openings.at(-1) ?? 0;
    loom.board.powerCut();
    expect(await host.ended).toBe(3);
    expect(host.error?.message).toContain(`--at ${step}`);
    expect(loom.openings.length).toBe(opened);
    const again = loom.weave('--auto', '0', '--resume', '--at', String(step), '--picks', String(step + 1));
    expect({ code: await again.ended, error: again.error }).toEqual({ code: 0 });
    expect(loom.openings.slice(opened)).toEqual([step, step + 1]);
  });

  it('an answer given with --at answers once, not a later power cut in the same run', async () => {
    const host = await weaving();
    await inMidMove();
    const step = loom.openings.at(-1) ?? 0;
    loom.board.powerCut();
    expect(await host.ended).toBe(3);
    const again = loom.weave('--auto', '2000', '--resume', '--at', String(step));
    await loom.next('shed');
    const opened = loom.openings.length;
    loom.board.powerCut();
    expect(await again.ended).toBe(3);
    expect(loom.openings.length).toBe(opened);
  });
});
