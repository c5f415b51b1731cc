/** `loom console`: lines piped in, and a person in a real terminal, on the shipped firmware. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { complete } from '../../host/maker/console/completion';
import { packageRoot } from '../../host/paths';
import { settings } from '../../protocol/wire.table';
import { TerminalRun } from './terminal';

const command = [process.execPath, join(packageRoot, 'dist', 'host', 'cli', 'loom.js'), 'console', '--emulated'];
let home: string;
const running: TerminalRun[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'loom-console-'));
});
afterEach(() => {
  for (const run of running.splice(0)) run.kill();
  rmSync(home, { recursive: true, force: true });
});

async function piped(text: string): Promise<{ code: number; lines: string[] }> {
  const child = spawn(command[0], command.slice(1), { env: { ...process.env, LOOM_HOME: home } });
  let out = '';
  child.stdout.on('data', (bytes) => {
    out += bytes;
  });
  child.stdin.end(text);
  const [code] = await once(child, 'close');
  return { code, lines: out.split('\n').slice(0, -1) };
}

describe('the console with lines piped in', () => {
  it('prints the answers of the board as they are, and ends at the end of the input', async () => {
    const { code, lines } = await piped('?\ninfo\narm\nheddle 3 up\npark\n');
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^<idle\|/);
    expect(lines[1]).toBe('ok');
    expect(lines.join(' ')).toContain('on PCA9685');
    expect(lines.filter((line) => line === 'ok')).toHaveLength(5);
    expect(lines.at(-1)).toBe('ok');
  });

  it('goes on after an error, and tells it by its exit code', async () => {
    const { code, lines } = await piped('nonsense\n?\n');
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^error:\d+ ./);
    expect(lines.at(-1)).toBe('ok');
  });

  it('needs no line end at the end, and takes CR LF', async () => {
    expect((await piped('?\r\n?')).lines.filter((line) => line === 'ok')).toHaveLength(2);
    expect(await piped('')).toEqual({ code: 0, lines: [] });
  });

  it('sends no line that is longer than any answer to it could be', async () => {
    expect((await piped(`?\n${'x'.repeat(10_000)}\n`)).code).toBe(2);
  });
});

describe('the console in a terminal', () => {
  it('answers, completes with Tab, shows what the board tells beside its text, and keeps the lines', async () => {
    const run = new TerminalRun(command, 90, 30, { LOOM_HOME: home });
    running.push(run);
    await run.shows(/loom>/);
    run.type('inf');
    await run.shows(/loom> inf/);
    run.type('\t');
    await run.shows(/loom> info/);
    run.type('\r');
    await run.shows(/reset power.*ok/);
    run.type('$servo.u');
    await run.shows(/loom> \$servo\.u/);
    run.type('\t');
    await run.shows(/loom> \$servo\.up=/);
    run.type('\x15');
    run.type('arm\r');
    await run.shows(/loom> arm.*ok/);
    run.type('.quit\r');
    expect(await run.ended).toEqual({ code: 0, sane: true });
    expect(readFileSync(join(home, 'console-history'), 'utf8')).toContain('arm\n');
  });

  it('stops the loom and leaves at Ctrl-C', async () => {
    const run = new TerminalRun(command, 80, 24, { LOOM_HOME: home });
    running.push(run);
    await run.shows(/loom>/);
    run.type('arm\r');
    await run.shows(/ok/);
    run.type('\x03');
    expect(await run.ended).toEqual({ code: 130, sane: true });
  });
});

describe('completion', () => {
  it('offers every setting of the loom by its name', () => {
    for (const { name } of settings) expect(complete(`$${name.slice(0, 3)}`)[0]).toContain(`$${name}=`);
  });

  it('offers commands at the beginning, and their words after them', () => {
    expect(complete('he')[0]).toEqual(expect.arrayContaining(['help', 'heddle']));
    expect(complete('echo o')).toEqual([['on', 'off'], 'o']);
    expect(complete('.q')).toEqual([['.quit'], '.q']);
    expect(complete('nothing at all')[0]).toEqual([]);
  });
});
