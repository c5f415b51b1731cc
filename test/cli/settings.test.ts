/** `loom settings`, as processes, on boards behind pseudo terminals: a day on which a board dies. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PtyBoard } from '../../host/emulator/start-pty-board';
import { startPtyBoard } from '../../host/emulator/start-pty-board';
import { packageRoot } from '../../host/paths';
import { crc16 } from '../../protocol/wire';
import { loom as run } from './run';
import { TerminalRun } from './terminal';

let home: string;
const boards: PtyBoard[] = [];
const terminals: TerminalRun[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'loom-settings-'));
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) terminal.kill();
  for (const board of boards.splice(0)) await board.quit();
  rmSync(home, { recursive: true, force: true });
});

const loom = (...args: string[]) => run(['settings', ...args], { env: { LOOM_HOME: home } });
const here = (name: string) => join(home, name);

/** A board that has drawn its id already, and nothing else: where the firmware keeps it, with the CRC that it gives it. */
async function board(id: number): Promise<PtyBoard> {
  const number = [id & 0xff, (id >> 8) & 0xff, (id >> 16) & 0xff, id >>> 24];
  const crc = crc16(number, 0x1d1d);
  const eeprom = [0xff, 0xff, 0xff, 0xff, ...number, crc & 0xff, crc >> 8];
  const started = await startPtyBoard({ wiring: { outputs: 'pca9685', heddles: 40, leds: 40 }, eeprom });
  boards.push(started);
  return started;
}

describe('loom settings', () => {
  it('brings a loom back on a blank board when its own dies', async () => {
    const dying = await board(0xa0000001);
    const evening = here('evening.toml');
    writeFileSync(
      evening,
      'format = "loom-settings"\nversion = 1\n[heddles]\n1 = { up = 1652 }\n12 = { down = 1240, output = "none" }\n',
    );
    const imported = await loom('import', evening, '--port', dying.path, '--yes');
    expect(imported).toMatchObject({ code: 0, err: '' });
    expect(imported.out).toMatch(/3 settings change on board a0000001/);
    expect(imported.out).toMatch(/up of heddle 1 +0 → 1652 µs/);
    expect(imported.out).toMatch(/output of heddle 12 +11 → none/);
    expect((await loom('export', here('loom.toml'), '--port', dying.path)).code).toBe(0);
    await dying.quit();

    const blank = await board(0xb0000002);
    const listed = await loom('list');
    expect(listed.out).toMatch(/1 +a0000001/);
    const asked = await loom('restore', '--port', blank.path);
    expect(asked).toMatchObject({ code: 2 });
    expect(asked.err).toMatch(/--from BOARD/);
    const restored = await loom('restore', '--port', blank.path, '--from', 'a0', '--yes');
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(restored.out).toMatch(/Saved, read back, and the same/);
    expect((await loom('export', here('new.toml'), '--port', blank.path)).code).toBe(0);
    const tables = (name: string) => readFileSync(here(name), 'utf8').split('[settings]')[1];
    expect(tables('new.toml')).toBe(tables('loom.toml'));
    const kept = JSON.parse((await loom('list', '--json')).out) as { board: string }[];
    expect(new Set(kept.map((copy) => copy.board))).toEqual(new Set(['a0000001', 'b0000002']));
  });

  it('changes nothing where a file does not fit, where nobody says yes, or where the file is there', async () => {
    const { path } = await board(0xa0000001);
    const file = here('loom.json');
    expect((await loom('export', file, '--port', path)).code).toBe(0);
    const image = JSON.parse(readFileSync(file, 'utf8'));
    const put = async (change: object) => {
      writeFileSync(here('changed.json'), JSON.stringify({ ...image, ...change }, null, 2));
      return loom('import', here('changed.json'), '--port', path);
    };
    expect(await put({})).toMatchObject({ code: 0, out: expect.stringContaining('has these settings already') });
    expect(await put({ board: 'deadbeef' })).toMatchObject({ code: 3, err: expect.stringContaining('line 4') });
    expect(await put({ heddles: { 41: { up: 1700 } } })).toMatchObject({
      code: 3,
      err: expect.stringContaining('no heddle 41'),
    });
    const unasked = await put({ settings: { 'servo.up': 1660 } });
    expect(unasked).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
    expect(unasked.out).toMatch(/servo\.up +1700 → 1660 µs/);
    expect((await loom('export', file, '--port', path)).code).toBe(2);
    expect((await loom('export', file, '--port', path, '--force')).code).toBe(0);
    const { settings } = JSON.parse(readFileSync(file, 'utf8'));
    expect(settings['servo.up']).toBe(1700);
  });

  it('asks in a terminal: no changes nothing, yes saves', async () => {
    const { path } = await board(0xa0000001);
    const file = here('changed.toml');
    writeFileSync(file, 'format = "loom-settings"\nversion = 1\n[settings]\n"servo.up" = 1660\n');
    const asked = async (answer: string, ...command: string[]) => {
      const args = [process.execPath, join(packageRoot, 'dist', 'host', 'cli', 'loom.js'), 'settings', ...command];
      const terminal = new TerminalRun([...args, '--port', path], 90, 30, { LOOM_HOME: home });
      terminals.push(terminal);
      await terminal.shows(/servo\.up.*Save them on the board\? \[yes\/no\]/);
      terminal.type(answer);
      return { ...(await terminal.ended), words: terminal.words };
    };
    const inEffect = async () => {
      expect((await loom('export', here('now.json'), '--port', path, '--force')).code).toBe(0);
      return JSON.parse(readFileSync(here('now.json'), 'utf8')).settings['servo.up'];
    };
    expect(await asked('no\r', 'import', file)).toMatchObject({
      ...{ code: 1, sane: true, words: expect.stringContaining('Nothing was changed.') },
    });
    expect(await inEffect()).toBe(1700);
    // What is neither yes nor no is asked again; Ctrl-D answers nothing.
    expect(await asked('perhaps\r\x04', 'import', file)).toMatchObject({ code: 130, sane: true });
    expect(await inEffect()).toBe(1700);
    expect(await asked('y\r', 'import', file)).toMatchObject({
      ...{ code: 0, sane: true, words: expect.stringContaining('Saved, read back, and the same.') },
    });
    expect(await inEffect()).toBe(1660);
    // The oldest copy is that of the board as it came.
    const kept = JSON.parse((await loom('list', '--json')).out) as { path: string }[];
    const oldest = kept[kept.length - 1].path;
    expect(await asked('yes\r', 'restore', '--from', oldest)).toMatchObject({ code: 0, sane: true });
    expect(await inEffect()).toBe(1700);
  });

  it('keeps a copy of a loom that weaves; one that is built otherwise does not weave, and hears of restore', async () => {
    const { path } = await board(0xa0000001);
    const weave = (dataset: string) =>
      run(['weave', '--dataset', dataset, '--port', path, '--auto', '0', '--picks', '2', '--no-display'], {
        env: { LOOM_HOME: home },
      });
    expect(await weave('trafford-turnout-2024')).toMatchObject({ code: 0, err: '' });
    expect((await loom('list')).out).toMatch(/1 +a0000001/);
    writeFileSync(here('fewer.toml'), 'format = "loom-settings"\nversion = 1\n[settings]\nheddles = 38\n');
    expect((await loom('import', here('fewer.toml'), '--port', path, '--yes')).code).toBe(0);
    const refused = await weave('manchester-imd-2019');
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('loom settings restore') });
  });
});
