/** `loom weave` as a process: what it prints for programs, how it ends, and that nothing of a weave is lost between runs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../../host/paths';

const command = join(packageRoot, 'dist', 'host', 'cli', 'loom.js');
const trafford = ['weave', '--dataset', 'trafford-turnout-2024'];
const folderOf = (home: string) => join(home, 'weaves', 'trafford-turnout-2024--exhibition-40');

const whole = z.number().int().positive();
const line = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('weave'),
    dataset: z.string(),
    title: z.string(),
    ends: whole,
    picks: whole,
    board: z.strictObject({ kind: z.string(), mcu: z.string(), firmware: z.string(), heddles: whole }),
    display: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('pick'),
    number: whole,
    step: whole,
    record: z.strictObject({ number: whole, label: z.string(), words: z.string() }).nullable(),
    lifts: z.string().regex(/^[01]{40}$/),
    weft: z.string(),
    pulses: z.array(z.number()).length(40),
  }),
  z.strictObject({ type: z.literal('finished'), picks: whole, seconds: z.number() }),
  z.strictObject({ type: z.literal('error'), code: z.number(), message: z.string() }),
]);
type Line = z.infer<typeof line>;

describe('loom weave', () => {
  let home: string;
  let running: ChildProcess[] = [];
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'loom-weave-'));
  });
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
    running = [];
    rmSync(home, { recursive: true, force: true });
  });

  function start(args: string[]) {
    const child = spawn(process.execPath, [command, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LOOM_HOME: home },
    });
    running.push(child);
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    const closed = once(child, 'close').then(([code]) => ({ code: code as number, errors }));
    return { child, lines: createInterface({ input: child.stdout }), closed };
  }

  async function run(...args: string[]) {
    const { lines, closed } = start(args);
    const text: string[] = [];
    for await (const one of lines) text.push(one);
    return { ...(await closed), text };
  }

  async function json(...args: string[]): Promise<{ code: number; errors: string; lines: Line[] }> {
    const { code, errors, text } = await run(...trafford, '--json-lines', '--no-display', '--auto', '0', ...args);
    return { code, errors, lines: text.map((one) => line.parse(JSON.parse(one))) };
  }

  const picksOf = (lines: Line[]) => lines.flatMap((one) => (one.type === 'pick' ? [one.number] : []));

  it('prints one JSON object a line and nothing else, and parks after --picks', async () => {
    const { code, errors, lines } = await json('--picks', '4');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(lines.map(({ type }) => type)).toEqual(['weave', 'pick', 'pick', 'pick', 'pick', 'finished']);
    expect(picksOf(lines)).toEqual([1, 2, 3, 4]);
  });

  it('without --resume or --fresh names the pick and both flags, and ends with 3', async () => {
    await json('--picks', '3');
    const { code, lines } = await json();
    expect(code).toBe(3);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      type: 'error',
      code: 3,
      message: expect.stringMatching(/pick 3 .*--resume.*--fresh/),
    });
  });

  it('goes on with --resume at the shed that was open', async () => {
    await json('--picks', '3');
    const { code, lines } = await json('--picks', '6', '--resume');
    expect(code).toBe(0);
    expect(picksOf(lines)).toEqual([3, 4, 5, 6]);
  });

  it('starts anew with --fresh and deletes nothing', async () => {
    await json('--picks', '3');
    const { lines } = await json('--picks', '2', '--fresh');
    expect(picksOf(lines)).toEqual([1, 2]);
    const [archived] = readdirSync(join(folderOf(home), 'archive'));
    expect(readdirSync(join(folderOf(home), 'archive', archived)).sort()).toEqual(['cloth.json', 'journal.ndjson']);
  });

  it('refuses a second weave on the same journal with 6, naming the holder', async () => {
    const first = start([...trafford, '--auto', '100', '--json-lines', '--no-display']);
    await once(first.lines, 'line');
    const { code, lines } = await json();
    expect(code).toBe(6);
    expect(lines[0]).toMatchObject({ type: 'error', message: expect.stringContaining(String(first.child.pid)) });
  });

  it('parks on an interrupt, ends with 130, and can be resumed', async () => {
    const { child, lines, closed } = start([...trafford, '--auto', '50', '--json-lines', '--no-display']);
    const seen: Line[] = [];
    for await (const one of lines) {
      seen.push(line.parse(JSON.parse(one)));
      if (picksOf(seen).length === 3) child.kill('SIGINT');
    }
    expect((await closed).code).toBe(130);
    const last = picksOf(seen).at(-1) ?? 0;
    const again = await json('--resume', '--picks', String(last + 2));
    expect(picksOf(again.lines)).toEqual([last, last + 1, last + 2]);
  });

  it('serves the display at the address that it prints', async () => {
    const { lines, child } = start([...trafford, '--json-lines', '--listen', '127.0.0.1:0']);
    const [first] = (await once(lines, 'line')) as [string];
    const { display } = JSON.parse(first);
    expect(display).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/display$/);
    expect((await fetch(display)).status).toBe(200);
    child.kill('SIGINT');
  });

  it.each([
    ['an unknown dataset', 4, ['--dataset', 'traford-turnout-2024'], /trafford-turnout-2024/],
    [
      'a port that is not there',
      5,
      [...trafford.slice(1), '--port', '/dev/loom-is-not-here', '--auto', '0'],
      /loom-is-not-here/,
    ],
    ['a real port without a terminal and --auto', 2, [...trafford.slice(1), '--port', '/dev/ttyACM0'], /--auto/],
    ['both --resume and --fresh', 2, [...trafford.slice(1), '--resume', '--fresh'], /not both/],
    ['an encoding that there is not', 2, [...trafford.slice(1), '--encode', 'bar'], /bars/],
    ['an option that there is not', 2, [...trafford.slice(1), '--atuo', '3'], /--auto/],
    ['a profile that there is not', 3, [...trafford.slice(1), '--profile', 'exhibition-41'], /exhibition-41/],
  ])('says what to do about %s', async (_, wanted, args, words) => {
    const { code, errors, text } = await run('weave', ...args);
    expect({ code, text }).toEqual({ code: wanted, text: [] });
    expect(errors).toMatch(words);
    expect(existsSync(join(folderOf(home), 'cloth.json'))).toBe(false);
  });
});
