/** Ten questions to a cloth, made from its CSV, and whether what a reader answers is so. */
import type { Fact, Facts, Measure } from './facts';

export interface Question {
  readonly words: string;
  /** what the table says, in words */
  readonly truth: string;
  /** answers from what a reader read */
  readonly ask: (read: readonly Facts[]) => { readonly words: string; readonly right: boolean };
}

export const questionsEach = 10;

/** Turn by turn a question of each kind to each measure, until there are ten. */
export function questionsOf(counted: readonly Facts[], measures: readonly Measure[]): Question[] {
  const kinds = measures.map((measure, index) => {
    const about = { counted, measure, index };
    if (measure.bins.length === 0) return lengthQuestions(about);
    return measure.bins.join() === 'no,yes' ? eventQuestions(about) : binQuestions(about);
  });
  const asked: Question[] = [];
  for (let turn = 0; asked.length < questionsEach && kinds.some((of) => turn < of.length); turn++)
    for (const of of kinds) if (of[turn] && asked.length < questionsEach) asked.push(of[turn]);
  return asked;
}

interface About {
  readonly counted: readonly Facts[];
  readonly measure: Measure;
  readonly index: number;
}

const names = (labels: readonly string[]): string =>
  labels.length === 0
    ? 'none'
    : labels.length > 4
      ? `${labels.slice(0, 4).join(', ')} and ${labels.length - 4} more`
      : labels.join(', ');
const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');

/** Records far apart in the cloth, the same ones every time. */
function someOf(counted: readonly Facts[], has: (facts: Facts) => boolean): Facts[] {
  const fit = counted.filter(has);
  return [0.62, 0.24, 0.86, 0.38]
    .map((share) => fit[Math.floor(share * fit.length)])
    .filter((one, i, all) => one && all.indexOf(one) === i);
}

/** A label may come twice; then its place is said too. */
function nameOf(counted: readonly Facts[], one: Facts): string {
  const twice = counted.filter(({ label }) => label === one.label).length > 1;
  return twice ? `${one.label} (record ${counted.indexOf(one) + 1})` : one.label;
}

function missing({ measure, index, counted }: About): Question {
  const where = (all: readonly Facts[]) => all.filter(({ of }) => of[index].absent).map(({ label }) => label);
  return {
    words: `Where is ${measure.title} missing?`,
    truth: names(where(counted)),
    ask: (read) => ({ words: names(where(read)), right: same(where(read), where(counted)) }),
  };
}

function lengthQuestions(about: About): Question[] {
  const { counted, measure, index } = about;
  const { title, step } = measure;
  const middle = ({ of }: Facts): number => {
    const { amount } = of[index];
    return amount ? (amount[0] + amount[1]) / 2 : Number.NaN;
  };
  const has = ({ of }: Facts): boolean => of[index].amount !== undefined;
  const value = (one: Facts): number => of(one)[0];
  const of = ({ of: all }: Facts): readonly [number, number] => all[index].amount ?? [Number.NaN, Number.NaN];

  /** Those at one end of the order; a reader names all that look alike. */
  const outermost = (side: 1 | -1, word: string): Question => {
    const ends = (all: readonly Facts[]) => {
      const most = Math.max(...all.filter(has).map((one) => side * middle(one)));
      return all.flatMap((one, i) => (side * middle(one) === most ? [i] : []));
    };
    const truth = ends(counted);
    const most = value(counted[truth[0]]);
    return {
      words: `Which has the ${word} ${title}?`,
      truth: names(truth.map((i) => counted[i].label)),
      ask: (read) => {
        const seen = ends(read);
        const near = seen.every((i) => Math.abs(value(counted[i]) - most) <= step);
        return { words: names(seen.map((i) => read[i].label)), right: near && truth.some((i) => seen.includes(i)) };
      },
    };
  };
  const worth = (one: Facts): Question => ({
    words: `What is ${title} of ${nameOf(counted, one)}?`,
    truth: String(value(one)),
    ask: (read) => {
      const fact: Fact = read[counted.indexOf(one)].of[index];
      if (!fact.amount) return { words: 'not to be read', right: false };
      const [from, to] = fact.amount;
      return { words: `${round(from)} to ${round(to)}`, right: from <= value(one) && value(one) <= to };
    },
  });
  const some = someOf(counted, has);
  /** As far above or below as two ends, so that it can be seen. */
  const pair = (one: Facts): Facts | undefined =>
    counted.find((other) => has(other) && Math.abs(value(other) - value(one)) >= 2 * step);
  const longer = (one: Facts): Question[] => {
    const other = pair(one);
    if (!other) return [];
    const [a, b] = [counted.indexOf(one), counted.indexOf(other)];
    const more = (all: readonly Facts[]) => all[middle(all[a]) > middle(all[b]) ? a : b].label;
    return [
      {
        words: `Which has more ${title}, ${nameOf(counted, one)} or ${nameOf(counted, other)}?`,
        truth: more(counted),
        ask: (read) => ({ words: more(read), right: more(read) === more(counted) }),
      },
    ];
  };
  const limit = Math.round(median(counted.filter(has).map(value)) / step) * step;
  const above = (all: readonly Facts[], over: number): number =>
    all.filter((one) => has(one) && middle(one) >= over).length;
  const close = counted.filter((one) => has(one) && Math.abs(value(one) - limit) <= step / 2).length;
  const howMany: Question = {
    words: `How many have ${title} of about ${round(limit)} or more?`,
    truth: `${above(counted, limit)}${close > 0 ? `, ${close} of them or of the others within half an end of it` : ''}`,
    ask: (read) => {
      const seen = above(read, limit);
      return { words: String(seen), right: Math.abs(seen - above(counted, limit)) <= close };
    },
  };
  return [
    outermost(1, 'longest'),
    missing(about),
    ...some.slice(0, 1).map(worth),
    outermost(-1, 'shortest'),
    howMany,
    ...some.slice(1, 2).flatMap(longer),
    ...some.slice(1).map(worth),
    ...some.slice(0, 1).flatMap(longer),
  ];
}

function binQuestions(about: About): Question[] {
  const { counted, measure, index } = about;
  const { title, bins } = measure;
  const inBin = (all: readonly Facts[], bin: number) => all.flatMap(({ of }, i) => (of[index].bin === bin ? [i] : []));
  const howMany = (bin: number): Question => ({
    words: `How many have ${title} “${bins[bin]}”?`,
    truth: String(inBin(counted, bin).length),
    ask: (read) => {
      const seen = inBin(read, bin).length;
      return { words: String(seen), right: seen === inBin(counted, bin).length };
    },
  });
  const whichBin = (one: Facts): Question => {
    const at = counted.indexOf(one);
    const said = (all: readonly Facts[]) => bins[all[at].of[index].bin ?? -1] ?? 'not to be read';
    return {
      words: `What is ${title} of ${nameOf(counted, one)}?`,
      truth: said(counted),
      ask: (read) => ({ words: said(read), right: said(read) === said(counted) }),
    };
  };
  const fullest = (all: readonly Facts[]): string => {
    const counts = bins.map((_, bin) => inBin(all, bin).length);
    return names(bins.filter((_, bin) => counts[bin] === Math.max(...counts)));
  };
  const most: Question = {
    words: `Which ${title} is the most frequent?`,
    truth: fullest(counted),
    ask: (read) => ({ words: fullest(read), right: fullest(read) === fullest(counted) }),
  };
  const top = bins.length - 1;
  const who = (bin: number): Question => {
    const labels = (all: readonly Facts[]) => inBin(all, bin).map((i) => all[i].label);
    return {
      words: `Which have ${title} “${bins[bin]}”?`,
      truth: names(labels(counted)),
      ask: (read) => ({ words: names(labels(read)), right: same(labels(read), labels(counted)) }),
    };
  };
  const longestRun = (all: readonly Facts[]): string => {
    let best = { from: 0, length: 0 };
    for (let from = 0, at = 1; at <= all.length; at++) {
      if (at < all.length && all[at].of[index].bin === all[from].of[index].bin) continue;
      if (at - from > best.length) best = { from, length: at - from };
      from = at;
    }
    const bin = all[best.from]?.of[index].bin ?? -1;
    return `${best.length} of “${bins[bin] ?? 'none'}” from ${all[best.from]?.label}`;
  };
  const run: Question = {
    words: `What is the longest run of one ${title}?`,
    truth: longestRun(counted),
    ask: (read) => ({ words: longestRun(read), right: longestRun(read) === longestRun(counted) }),
  };
  const some = someOf(counted, ({ of }) => of[index].bin !== undefined);
  return [
    howMany(top),
    missing(about),
    ...some.slice(0, 1).map(whichBin),
    most,
    who(top),
    ...some.slice(1, 2).map(whichBin),
    howMany(0),
    run,
    ...some.slice(2).map(whichBin),
    ...(top > 1 ? [howMany(1)] : []),
  ];
}

/** Of what happened or did not. */
function eventQuestions({ counted, measure, index }: About): Question[] {
  const so = (all: readonly Facts[]) => all.filter(({ of }) => of[index].bin === 1).map(({ label }) => label);
  const some = someOf(counted, ({ of }) => of[index].bin !== undefined);
  const one = (facts: Facts): Question => {
    const said = (all: readonly Facts[]) =>
      measure.bins[all[counted.indexOf(facts)].of[index].bin ?? -1] ?? 'not to be read';
    return {
      words: `${nameOf(counted, facts)}: “${measure.title}”?`,
      truth: said(counted),
      ask: (read) => ({ words: said(read), right: said(read) === said(counted) }),
    };
  };
  const first = (all: readonly Facts[]): string => so(all)[0] ?? 'none';
  return [
    {
      words: `Of how many is it so: “${measure.title}”?`,
      truth: String(so(counted).length),
      ask: (read) => ({ words: String(so(read).length), right: so(read).length === so(counted).length }),
    },
    {
      words: `Which is the first of which it is so: “${measure.title}”?`,
      truth: first(counted),
      ask: (read) => ({ words: first(read), right: first(read) === first(counted) }),
    },
    {
      words: `Of which is it so: “${measure.title}”?`,
      truth: names(so(counted)),
      ask: (read) => ({ words: names(so(read)), right: same(so(read), so(counted)) }),
    },
    ...some.map(one),
  ];
}

const round = (value: number): number => Math.round(value * 100) / 100;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
