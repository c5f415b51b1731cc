/** `loom weave` in a real terminal (a pty): what a person sees, what each key does, and that the terminal is given back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../host/paths';
import { TerminalRun } from '../cli/terminal';

const command = join(packageRoot, 'dist', 'host', 'cli', 'loom.js');
let home: string;
const running: TerminalRun[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'loom-terminal-'));
});
afterEach(() => {
  for (const run of running.splice(0)) run.kill();
  rmSync(home, { recursive: true, force: true });
});

function weave(size: readonly [columns: number, rows: number], ...more: string[]): TerminalRun {
  const args = [process.execPath, command, 'weave', '--dataset', 'trafford-turnout-2024', '--no-display', ...more];
  const run = new TerminalRun(args, ...size, { LOOM_HOME: home, COLORTERM: 'truecolor' });
  running.push(run);
  return run;
}

/** The shed of a pick is open and settled. */
const open = (run: TerminalRun, pick: number) => run.shows(new RegExp(`pick ${pick} of 186.*the shed is open`));

describe('a weave in a terminal', () => {
  it('goes on, turns, holds, latches and stops by its keys, and gives the terminal back', async () => {
    const run = weave([80, 24]);
    const first = await open(run, 1);
    for (const said of [
      'Who voted in Trafford, 2 May 2024',
      'Counted by',
      '3 shuttles',
      'left',
      'The frame.',
      'space next',
    ])
      expect(first).toContain(said);
    run.type(' ');
    await open(run, 2);
    run.type('b');
    await run.shows(/unweaving.*Take the thread of pick 2 out/);
    run.type(' ');
    await run.shows(/Take the thread of pick 1 out/);
    run.type('b');
    await open(run, 1);
    run.type('p');
    await run.shows(/Held\. Nothing moves until p or space/);
    run.type('p');
    await open(run, 1);
    run.type('h');
    await run.shows(/Hands in the shed\. Nothing moves until h/);
    run.type(' ');
    await run.shows(/Press h first/);
    run.type('h');
    await open(run, 1);
    run.type('!');
    await run.shows(/Stopped: .*press space to go on at pick 1/);
    run.type(' ');
    await open(run, 1);
    run.type('q');
    expect(await run.ended).toEqual({ code: 0, sane: true });
    expect(run.sheet).toMatchObject({ cursorShown: true, isAlternate: false, wrapped: 0 });
    expect(run.words).toContain('Parked at pick 1.');
  });

  it('masks a dead heddle by its number, tells it above the cloth, and drives it again', async () => {
    const run = weave([80, 24]);
    await open(run, 1);
    run.type('m');
    await run.shows(/Heddle ▏ Enter: no servo lifts it any more, a hand does/);
    run.type('1');
    run.type('3');
    await run.shows(/Heddle 13▏/);
    // A key that is no digit gives it up.
    run.type('\x1b');
    await open(run, 1);
    expect(run.text).not.toContain('×');
    run.type('m');
    await run.shows(/Heddle ▏/);
    for (const key of '134') run.type(key);
    await run.shows(/Heddle 134▏/);
    run.type('\x7f');
    await run.shows(/Heddle 13▏/);
    run.type('\r');
    await run.until(() => run.text.includes('×'), 'a cross above end 13');
    const line = run.sheet.lines.find((one) => one.includes('×')) ?? '';
    expect([...line].filter((letter) => letter === '×')).toHaveLength(1);
    const crossed = line.indexOf('×');
    await run.shows(/Heddle 13 is masked: a hand lifts/);
    run.type(' ');
    await run.shows(/pick 2 of 186/);
    run.type('m');
    await run.shows(/Heddle ▏/);
    for (const key of '12') run.type(key);
    run.type('\r');
    await run.until(() => run.text.includes('××'), 'crosses above ends 12 and 13');
    expect(run.sheet.lines.find((one) => one.includes('×'))?.indexOf('×')).toBe(crossed - 1);
    for (const heddle of ['12', '13']) {
      run.type('m');
      await run.shows(/Heddle ▏/);
      for (const key of heddle) run.type(key);
      run.type('\r');
      await run.until(() => !run.text.includes(heddle === '12' ? '××' : '×'), `no cross above end ${heddle}`);
    }
    run.type('q');
    expect(await run.ended).toEqual({ code: 0, sane: true });
  });

  it.each([
    [60, 20],
    [120, 40],
  ] as const)('fits %d × %d, and is drawn anew when the window changes', async (columns, rows) => {
    const run = weave([columns, rows]);
    await open(run, 1);
    expect(run.sheet.lines.length).toBeLessThanOrEqual(rows);
    expect(run.sheet.wrapped).toBe(0);
    run.resize(90, 30);
    // What was drawn for the old window may still be on its way, and breaks in the new one until it is drawn anew.
    const { frames } = run.sheet;
    const drawn = () =>
      run.sheet.frames > frames && run.sheet.lastFits && /▀{40} {2}Who voted/.test(run.sheet.lines[0]);
    await run.until(drawn, 'the cloth in the new window');
    run.sheet.wrapped = 0;
    run.type(' ');
    await open(run, 2);
    await run.shows(/Who voted.*pick 2/);
    expect(run.sheet.lines[0]).toMatch(/▀{40} {2}Who voted/);
    expect(run.sheet.wrapped).toBe(0);
    run.type('q');
    expect(await run.ended).toEqual({ code: 0, sane: true });
  });

  it('that is unfinished asks first: resume goes on there', async () => {
    const before = weave([80, 24], '--picks', '2', '--auto', '0');
    expect((await before.ended).code).toBe(0);
    const run = weave([80, 24]);
    await run.shows(/unfinished weave is at pick 2 of 186.*resume\/fresh/);
    run.type('resume\r');
    await open(run, 2);
    run.type(' ');
    await open(run, 3);
    run.type('q');
    expect(await run.ended).toEqual({ code: 0, sane: true });
  });

  it('that is unfinished asks first: fresh begins at pick 1, Ctrl-C changes nothing', async () => {
    const before = weave([80, 24], '--picks', '2', '--auto', '0');
    await before.ended;
    const left = weave([80, 24]);
    await left.shows(/resume\/fresh/);
    left.type('\x03');
    expect(await left.ended).toEqual({ code: 130, sane: true });
    const run = weave([80, 24]);
    await run.shows(/resume\/fresh/);
    run.type('f\r');
    await open(run, 1);
    run.type('q');
    expect(await run.ended).toEqual({ code: 0, sane: true });
  });

  it('is parked by Ctrl-C, code 130, and the terminal is given back', async () => {
    const run = weave([80, 24]);
    await open(run, 1);
    run.type('\x03');
    expect(await run.ended).toEqual({ code: 130, sane: true });
    expect(run.sheet).toMatchObject({ cursorShown: true, isAlternate: false });
  });
});
