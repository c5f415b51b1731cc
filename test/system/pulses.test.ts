/**
 * What `loom weave` opens is what the data say: for every pick of every built-in dataset, the pulses that the emulated
 * servos receive are those of the cloth worked out by hand. The compiled loom runs as a process of its own, with the
 * shipped firmware on its emulated board.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from '../../protocol/wire.table';
import { type BuiltIn, builtIn, clothByHand, type PickByHand } from './cloth-by-hand';

const loom = join(__dirname, '../../dist/host/cli/loom.js');
const heddles = 40;
/** A PCA9685 parts its 20 ms into 4096 steps. */
const outputStep = 20_000 / 4096;
const calibrated = (name: string): number => settings.find((setting) => setting.name === name)!.initial;
const pulseOf = { '0': calibrated('servo.down'), '1': calibrated('servo.up') } as Readonly<Record<string, number>>;

interface PickLine {
  readonly number: number;
  readonly step: number;
  readonly record: { readonly number: number; readonly label: string; readonly words: string } | null;
  readonly lifts: string;
  readonly weft: string;
  readonly pulses: readonly number[];
}

interface Ran {
  readonly code: number | null;
  readonly said: string;
  readonly types: readonly string[];
  readonly introduced: Readonly<Record<string, unknown>>;
  readonly picks: readonly PickLine[];
  readonly finished: Readonly<Record<string, unknown>> | undefined;
}

let home: string;
beforeAll(async () => {
  if (!existsSync(loom)) throw new Error('dist/ is missing: npm run build makes it');
  home = await mkdtemp(join(tmpdir(), 'loom-pulses-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

function weave(dataset: string, ...more: string[]): Promise<Ran> {
  const asked = ['weave', '--dataset', dataset, '--auto', '0', '--json-lines', '--no-display', '--fresh', ...more];
  const child = spawn(process.execPath, [loom, ...asked], {
    env: { ...process.env, LOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const lines = out.split('\n').filter((line) => line !== '');
      const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown> & { type: string });
      resolve({
        code,
        said,
        types: objects.map(({ type }) => type),
        introduced: objects[0],
        picks: objects.filter(({ type }) => type === 'pick') as unknown as PickLine[],
        finished: objects.find(({ type }) => type === 'finished'),
      });
    });
  });
}

/** What is wrong with the pulses of a pick; nothing when each is within an output step of what the lift asks. */
function wrongPulses({ number, pulses }: PickLine, { lifts }: PickByHand): string[] {
  if (pulses?.length !== heddles) return [`pick ${number} has pulses of ${pulses?.length ?? 'no'} heddles`];
  return pulses.flatMap((us, heddle) =>
    // NaN and null fail as well
    Math.abs(us - pulseOf[lifts[heddle]]) <= outputStep
      ? []
      : [`pick ${number}, heddle ${heddle + 1}: ${us} µs, and the lift is ${lifts[heddle]}`],
  );
}

describe('the judge of pulses', () => {
  const line = (pulses: readonly number[]): PickLine => ({
    ...{ number: 7, step: 7, record: null, lifts: '', weft: '' },
    pulses,
  });
  const pick: PickByHand = { lifts: '01'.repeat(heddles / 2), weft: 'linen', record: null };
  const right = [...pick.lifts].map((lift) => pulseOf[lift]);

  it('allows one output step and no more, and no lift for another', () => {
    expect(wrongPulses(line(right), pick)).toEqual([]);
    expect(wrongPulses(line(right.map((us) => us + 4.8)), pick)).toEqual([]);
    expect(wrongPulses(line(right.with(3, right[3] + 5)), pick)).toEqual([
      'pick 7, heddle 4: 1705 µs, and the lift is 1',
    ]);
    expect(wrongPulses(line(right.with(0, pulseOf[1])), pick)).toHaveLength(1);
    expect(wrongPulses(line(right.with(0, Number.NaN)), pick)).toHaveLength(1);
    expect(wrongPulses(line(right.slice(1)), pick)).toEqual(['pick 7 has pulses of 39 heddles']);
  });
});

describe.each(builtIn)('loom weave --dataset %s', (dataset: BuiltIn) => {
  const { picks, records } = clothByHand(dataset);
  let ran: Ran;
  beforeAll(async () => {
    ran = await weave(dataset);
  }, 240_000);

  it('ends well, with one line a pick and nothing else', () => {
    expect({ code: ran.code, said: ran.said }).toEqual({ code: 0, said: '' });
    expect(ran.types).toEqual(['weave', ...picks.map(() => 'pick'), 'finished']);
    expect(ran.introduced).toMatchObject({
      ...{ dataset, ends: 40, picks: picks.length, display: null },
      board: { kind: 'emulated', heddles },
    });
    expect(ran.finished).toMatchObject({ picks: picks.length, seconds: expect.any(Number) });
  });

  it('opens a shed for each pick, in order and once', () => {
    const numbers = picks.map((_, i) => i + 1);
    expect(ran.picks.map(({ number }) => number)).toEqual(numbers);
    const [{ step: first }] = ran.picks;
    expect(ran.picks.map(({ step }) => step - first + 1)).toEqual(numbers);
  });

  it('says the lifts, the weft and the record that the CSV asks for', () => {
    const said = ran.picks.map(({ lifts, weft, record }) => ({
      ...{ lifts, weft },
      record: record && { number: record.number, label: record.label },
    }));
    expect(said).toEqual(picks);
    for (const { record } of ran.picks) if (record) expect(record.words).toContain(record.label);
    expect(new Set(ran.picks.map(({ record }) => record?.number ?? 0)).size).toBe(records.length + 1);
  });

  it('gives every servo the pulse of its lift, within one output step', () => {
    expect(ran.picks.flatMap((line, i) => wrongPulses(line, picks[i])).slice(0, 5)).toEqual([]);
  });
});

describe('loom weave --picks', () => {
  it('stops after that pick, parked, and ends well', async () => {
    const ran = await weave('trafford-turnout-2024', '--picks', '3');
    expect(ran.code).toBe(0);
    expect(ran.picks.map(({ number }) => number)).toEqual([1, 2, 3]);
  });
});
