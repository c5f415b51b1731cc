/** What is wrong with a profile whose fields are each right: ends, heddles, shafts, stripes and yarns that do not go together. */
import { threaded } from '../../patterns/harness';
import { pinMaps, settings } from '../../protocol/wire.table';
import type { ProfileFields } from './schema';

/** Told with the place in the file. */
export type Report = (path: (string | number)[], message: string) => void;

export function reportFaults(loom: ProfileFields, report: Report): void {
  reportBoard(loom, report);
  reportLifting(loom, report);
  if (2 * loom.selvedge >= loom.ends) report(['selvedge'], 'leaves no ends for data');
  if ((loom.loomWaste ?? 0) >= loom.warpMetres) report(['loomWaste'], 'leaves no warp to weave on');
  if (loom.selvedgeWeave === 'floating' && loom.selvedge < 1)
    report(['selvedge'], 'is 0, and a floating selvedge is one end on each edge: set it to 1 or more');
  for (const list of ['wefts', 'warps'] as const) {
    const names = loom[list].map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) !== index) report([list, index, 'name'], `"${name}" twice`);
  }
  for (const [index, name] of (loom.palette ?? []).entries())
    if (!loom.wefts.some((weft) => weft.name === name)) report(['palette', index], `there is no weft "${name}"`);
  for (const [index, { stripes, guides, guideYarn }] of loom.warps.entries()) {
    const path = ['warps', index];
    const fault = stripesFault(stripes, loom.ends);
    if (fault) report([...path, 'stripes'], fault);
    if (guides.length > 0 && !guideYarn) report([...path, 'guideYarn'], 'is lacking, and there are guides');
    const beyond = guides.find((end) => end > loom.ends);
    if (beyond !== undefined) report([...path, 'guides'], `there is no end ${beyond}`);
  }
}

function reportBoard({ board: { firmware, outputs, heddles, leds } }: ProfileFields, report: Report): void {
  const mcu = firmware === 'uno' ? 'atmega328p' : 'atmega2560';
  const onPins = pinMaps[firmware === 'uno' ? 'uno-12' : 'mega-12'].servos.length;
  const most = (name: string): number => {
    const { max, maxOnUno = max }: { max: number; maxOnUno?: number } = settings.find((one) => one.name === name)!;
    return mcu === 'atmega328p' ? maxOnUno : max;
  };
  const room = outputs === 'pins' ? onPins : most('heddles');
  if (heddles > room)
    report(
      ['board', 'heddles'],
      `is ${heddles}, and ${firmware === 'uno' ? 'an Uno' : 'a Mega'} on ${outputs} moves ${room} at most`,
    );
  if (leds > most('leds')) report(['board', 'leds'], `is ${leds}, and the board lights ${most('leds')} at most`);
}

function reportLifting(loom: ProfileFields, report: Report): void {
  const { ends, selvedge, board, lifting = { by: 'heddles' } } = loom;
  const floating = loom.selvedgeWeave === 'floating' ? 1 : 0;
  if (lifting.by === 'heddles') {
    const each = lifting.endsPerHeddle ?? 1;
    const onHeddles = ends - 2 * floating;
    if (board.heddles * each !== onHeddles)
      report(
        ['board', 'heddles'],
        each === 1
          ? `${board.heddles} heddles cannot lift ${onHeddles} ends: one heddle lifts one`
          : `${board.heddles} heddles of ${each} ends lift ${board.heddles * each} ends, and there are ${onHeddles}`,
      );
    else if ((selvedge - floating) % each !== 0)
      report(['selvedge'], `is ${selvedge}, and ${each} neighbours move together: a heddle would be half selvedge`);
    return;
  }
  const { threading, leftSelvedge = [], rightSelvedge = [] } = lifting;
  if (threading.kind === 'custom') {
    if (threading.ends.length !== ends)
      report(
        ['lifting', 'threading', 'ends'],
        `names ${threading.ends.length} shafts, one is needed for each of ${ends} ends`,
      );
    if (leftSelvedge.length + rightSelvedge.length > 0)
      report(['lifting'], 'a custom threading names the selvedge ends too: leave leftSelvedge and rightSelvedge out');
    reportShafts(['lifting', 'threading', 'ends'], threading.ends, board.heddles, report);
    return;
  }
  const own = selvedge - floating;
  for (const [key, list] of Object.entries({ leftSelvedge, rightSelvedge })) {
    if (list.length !== own)
      report(
        ['lifting', key],
        `names ${list.length} shafts, and ${own} selvedge ${own === 1 ? 'end hangs' : 'ends hang'} on shafts at each edge`,
      );
    reportShafts(['lifting', key], list, board.heddles, report);
  }
  const data = ends - 2 * selvedge;
  const between = threaded(threading, data);
  if (between.length !== data)
    report(
      ['lifting', 'threading', 'blocks'],
      `are ${between.length} ends wide, and there are ${data} between the selvedges`,
    );
  reportShafts(['lifting', 'threading'], between, board.heddles, report);
  const both = [...leftSelvedge, ...rightSelvedge].find((shaft) => between.includes(shaft));
  if (both !== undefined)
    report(
      ['lifting', 'threading'],
      `has shaft ${both}, which moves selvedge ends: give the selvedges shafts of their own, or let them float`,
    );
  reportSharing(loom.selvedgeWeave ?? 'half-basket', leftSelvedge, rightSelvedge, report);
}

/** Edges on the same shafts move alike, so only a plain weave catches the weft at both. */
function reportSharing(weave: string, left: readonly number[], right: readonly number[], report: Report): void {
  if (weave === 'half-basket' && left.some((shaft) => right.includes(shaft)))
    report(
      ['selvedgeWeave'],
      'half-basket needs other shafts at the left edge than at the right one: give them four, or say "plain"',
    );
  const phases = new Map<number, number>();
  const turn = left[0] !== undefined && right.indexOf(left[0]) % 2 === 1 ? 1 : 0;
  for (const [list, first] of [
    [left, 0],
    [right, turn],
  ] as const)
    for (const [i, shaft] of list.entries()) {
      const phase = (i + first) % 2;
      if ((phases.get(shaft) ?? phase) !== phase) {
        report(
          ['lifting'],
          `shaft ${shaft} lifts neighbours of the selvedge together: let two shafts alternate, like [7, 8]`,
        );
        return;
      }
      phases.set(shaft, phase);
    }
}

/** 0, an end that hangs free, is let through. */
function reportShafts(path: string[], list: readonly number[], shafts: number, report: Report): void {
  const beyond = list.find((shaft) => shaft > shafts);
  if (beyond !== undefined) report(path, `there is no shaft ${beyond}: board.heddles is ${shafts}`);
}

/** What is wrong with the stripes, or null when each end is in exactly one. */
function stripesFault(stripes: readonly { from: number; to: number }[], ends: number): string | null {
  let next = 1;
  for (const { from, to } of [...stripes].sort((a, b) => a.from - b.from)) {
    if (to < from) return `the stripe from ${from} to ${to} runs backwards`;
    if (from > next) return `end ${next} is in no stripe`;
    if (from < next) return `end ${from} is in two stripes`;
    next = to + 1;
  }
  if (next <= ends) return `end ${next} is in no stripe`;
  return next > ends + 1 ? `there is no end ${next - 1}` : null;
}
