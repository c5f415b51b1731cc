/**
 * The place is never lost: the host is killed at fifty random moments while the board lives on, people press the treadle
 * meanwhile, and each time the weave is resumed. What the board itself opened is the judge.
 *
 * All is random but for the seed, which is printed; KILL_SEED=… repeats a run (the moments, not the machine's speed).
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unfinished } from '../../host/weave/begin';
import { clothByHand } from './cloth-by-hand';
import { type Host, PtyLoom } from './pty-loom';

const looms = 5;
const killsEach = 10;
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);
const cloth = clothByHand('trafford-turnout-2024');

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function chance(from: number) {
  let state = from >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (low: number, high: number) => low + next() * (high - low),
    whole: (low: number, high: number) => Math.floor(low + next() * (high - low + 1)),
    once: (inSoMany: number) => next() < 1 / inSoMany,
  };
}
type Chance = ReturnType<typeof chance>;

/** The steps with re-opens collapsed: a step that follows itself counts once. */
const collapsed = (steps: readonly number[]) => steps.filter((step, i) => step !== steps[i - 1]);
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);
const drawn = (pick: number) => cloth.picks[pick - 1].lifts.replace(/0/g, '·').replace(/1/g, '█');

/** A loom whose host dies again and again. */
class Trial {
  readonly story: string[] = [];
  kills = 0;
  questions = 0;
  /** sheds that the treadle opened while no host lived */
  orphans = 0;
  /** whether the board can say where it is: not after a power cut, and perhaps while an answer was being acted on */
  private boardKnows: 'yes' | 'no' | 'perhaps' = 'yes';

  constructor(
    readonly loom: PtyLoom,
    private readonly random: Chance,
  ) {}

  async run(kills: number): Promise<void> {
    while (this.kills < kills) {
      this.loom.board.resetOnOpen(this.random.once(2));
      const host = await this.goOn(`${this.random.whole(0, 300)}`);
      await this.toSomeMoment(host);
      await host.kill();
      this.kills++;
      this.tell(`killed after ${host.picks.length} picks`);
      this.judgeRun(host);
      await this.outage();
    }
  }

  /** Three picks more, and parked. */
  async finish(): Promise<number> {
    const last = (this.loom.openings.at(-1) ?? 0) + 3;
    const host = await this.goOn('0', '--picks', String(last));
    expect({ code: await host.ended, said: host.said, error: host.error }).toEqual({ code: 0, said: '' });
    this.judgeRun(host);
    return last;
  }

  /** Starts a host that takes the weave up; where it asks which row is in the shed, somebody looks and answers. */
  private async goOn(auto: string, ...more: string[]): Promise<Host> {
    const { loom } = this;
    const args = ['--auto', auto, ...more];
    const place = loom.journalled();
    if (!unfinished(place)) return loom.weave(...args);
    const truth = loom.openings.at(-1) ?? 0;
    const { open, told } = place;
    // The board is never more than one shed past the journal.
    expect([open?.step ?? 0, told?.step]).toContain(truth);
    const answer = Math.max(truth, (open ?? told)?.pick ?? 0);
    const answered = [...args, '--resume', '--at', String(answer)];
    if (this.boardKnows === 'yes') return loom.weave(...args, '--resume');
    if (this.boardKnows === 'perhaps') return loom.weave(...answered);

    const asked = loom.weave(...args, '--resume');
    await asked.untilPicks(1);
    expect(asked.picks, 'nothing opens before somebody has answered').toEqual([]);
    expect(await asked.ended).toBe(3);
    const picks = [open, told].filter((shed) => shed !== null).map(({ pick }) => pick);
    for (const pick of picks) {
      expect(asked.error?.message).toContain(`pick ${pick}: ${drawn(pick)}`);
      expect(asked.error?.message).toContain(`--at ${pick}`);
    }
    expect(loom.openings.at(-1) ?? 0).toBe(truth);
    this.questions++;
    this.tell(`asked ${picks}, answered ${answer}`);
    this.boardKnows = 'perhaps';
    return loom.weave(...answered);
  }

  /** Some moment of a run: while it starts, or after some picks. */
  private async toSomeMoment(host: Host): Promise<void> {
    const { random, loom } = this;
    const early = random.once(4);
    if (early) await Promise.race([pass(random.between(0, 1200)), host.ended]);
    else {
      await host.untilPicks(random.whole(1, 4));
      if (random.once(2)) loom.board.press();
      await Promise.race([pass(random.between(0, 500)), host.ended]);
    }
    const { error, said } = host;
    expect(said + (error?.message ?? ''), 'the host must not end by itself').toBe('');
  }

  /** Nobody is there but the people at the treadle. Before 2 s the board weaves on, after 2 s it holds. */
  private async outage(): Promise<void> {
    const { random, loom } = this;
    const length = random.once(2) ? random.between(100, 1900) : random.between(2100, 3500);
    const cut = this.kills % 5 === 0 ? random.between(0, length) : null;
    const before = loom.openings.length;
    const acts = [
      ...Array.from({ length: random.whole(0, 3) }, () => ({ at: random.between(0, length), press: true })),
      ...(random.once(2) ? [{ at: random.between(0, 450), press: true }] : []),
      ...(cut === null ? [] : [{ at: cut, press: false }]),
    ].sort((a, b) => a.at - b.at);
    let now = 0;
    for (const { at, press } of acts) {
      await pass(at - now);
      now = at;
      if (press) loom.board.press();
      else {
        loom.board.powerCut();
        this.boardKnows = 'no';
      }
    }
    await pass(Math.max(0, length - now));
    const orphans = loom.openings.length - before;
    expect(orphans, 'no more than one row waits on the board').toBeLessThanOrEqual(1);
    this.orphans += orphans;
    this.tell(`silent ${length.toFixed()} ms, ${acts.length} acts, last ${loom.openings.at(-1) ?? 0}`);
  }

  private judgeRun(host: Host): void {
    // The board knows its place again once a shed was opened on it.
    if (host.picks.length > 0) this.boardKnows = 'yes';
    for (const { number, step, lifts } of host.picks)
      expect({ step, lifts }).toEqual({ step: number, lifts: cloth.picks[number - 1].lifts });
  }

  private tell(words: string): void {
    this.story.push(words);
  }
}

describe('a host that dies at any moment', () => {
  let home: string;
  const trials: Trial[] = [];
  beforeAll(async () => {
    if (!existsSync(join(__dirname, '../../dist/host/cli/loom.js')))
      throw new Error('dist/ is missing: npm run build makes it');
    home = await mkdtemp(join(tmpdir(), 'loom-kill-'));
    for (let i = 0; i < looms; i++)
      trials.push(new Trial(await PtyLoom.start(join(home, String(i))), chance(seed * looms + i)));
  });
  afterAll(async () => {
    await Promise.all(trials.map(({ loom }) => loom.board.quit()));
    await rm(home, { recursive: true, force: true });
  });

  it(`leaves the place known, ${looms * killsEach} times (KILL_SEED=${seed})`, async () => {
    const ran = await Promise.allSettled(
      trials.map(async (trial) => {
        await trial.run(killsEach);
        return trial.finish();
      }),
    );
    for (const [i, result] of ran.entries()) {
      const { loom, story } = trials[i];
      const told = `loom ${i + 1}:\n${story.join('\n')}\nopened ${loom.openings}`;
      if (result.status === 'rejected') throw new Error(`${result.reason}\n${told}`, { cause: result.reason });
      expect(collapsed(loom.openings), told).toEqual(upTo(result.value));
      expect(collapsed(loom.board.sheds.map(({ step }) => step)).at(-1), told).toBe(result.value);
      for (const { step, row } of loom.board.sheds)
        expect(row, `step ${step}, ${told}`).toBe(cloth.picks[step - 1].lifts);
    }
    expect(trials.map(({ kills }) => kills)).toEqual(trials.map(() => killsEach));
    const sum = (of: (trial: Trial) => number) => trials.reduce((total, trial) => total + of(trial), 0);
    const orphans = sum((trial) => trial.orphans);
    const questions = sum((trial) => trial.questions);
    process.stdout.write(
      `KILL_SEED=${seed}: ${sum((trial) => trial.kills)} kills, ${sum(({ loom }) => loom.openings.length)} sheds, ` +
        `${orphans} of them opened while no host lived, ${questions} questions\n`,
    );
    expect(orphans).toBeGreaterThan(0);
    expect(questions).toBeGreaterThan(0);
  }, 240_000);
});
