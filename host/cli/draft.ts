/** `loom draft FILE`: what a weaver's file says: its size, its floats, whether it is one cloth, what was assumed. */
import { createHash } from 'node:crypto';
import { draftFacts } from '../../patterns/draft-facts';
import type { WeavingFile } from '../../patterns/formats/weaving-file';
import type { Mended } from '../../patterns/mend';
import { LoomError } from '../errors';
import { readDraft } from '../formats/read-draft';
import { colours as pc } from './colours';
import type { Out } from './ports';
import { clean, terminalWidth, wrap } from './terminal';

export interface DraftCommand {
  readonly json?: boolean;
  /** turns crossings over where threads float too far */
  readonly mend?: boolean;
  /** with `mend`: longest float allowed (default: of the loom profile exhibition-40) */
  readonly limit?: number;
}

/** Prints and resolves with the exit code. @throws LoomError dataset with line and reason */
export async function draft(file: string, { json, mend, limit }: DraftCommand, out: Out): Promise<number> {
  if (limit !== undefined && !mend) throw new LoomError('usage', '--limit is for --mend. Say both, or neither.');
  const weaving = readDraft(file);
  const mended = mend ? await mendedBy(file, weaving, limit) : null;
  const drawn = mended ? { ...weaving, lifts: mended.drawdown } : weaving;
  const facts = factsOf(drawn);
  if (json) {
    const told = mended ? { ...facts, mended: { changes: mended.changes, fewest: mended.fewest } } : facts;
    out.write(`${JSON.stringify(told, null, 2)}\n`);
    return 0;
  }
  const { mendWords } = await import('../cloth/draft-to-weave');
  out.write(`${[...lines(drawn, facts), ...mendWords(mended).map((line) => `  ${line}`)].join('\n')}\n`);
  return 0;
}

async function mendedBy(file: string, { lifts }: WeavingFile, limit: number | undefined): Promise<Mended> {
  const [{ mendFloats }, { readProfile }] = await Promise.all([
    import('../cloth/draft-to-weave'),
    import('../profiles/read'),
  ]);
  return mendFloats(lifts, limit ?? readProfile('exhibition-40').floatLimit, file);
}

/** What `--json` prints. A picture has neither shafts nor treadles: 0. */
function factsOf(file: WeavingFile) {
  const { lifts, threading, treadling, palette, warp, weft } = file;
  const hash = createHash('sha256');
  for (let pick = 0; pick < lifts.picks; pick++) hash.update(`${pick > 0 ? '\n' : ''}${lifts.text(pick)}`);
  return {
    ends: lifts.ends,
    picks: lifts.picks,
    shafts: threading?.ends ?? 0,
    treadles: treadling?.tieUp.picks ?? 0,
    risingShed: file.shed === 'rising',
    colors: new Set([...warp, ...weft].map((index) => palette[index])).size,
    ...draftFacts(lifts),
    drawdownSha256: hash.digest('hex'),
    notes: file.notes,
  };
}

function lines(file: WeavingFile, facts: ReturnType<typeof factsOf>): string[] {
  const { ends, picks, shafts, treadles, colors, maxFloat, layers, strength } = facts;
  const sheds = file.liftPlan ? 'lift plan' : `${treadles} treadles`;
  const how = shafts > 0 ? `${shafts} shafts, ${sheds}, ${file.shed} shed` : 'crossings only';
  const holds =
    layers === 1
      ? `one cloth; ${strength} ${strength === 1 ? 'crossing' : 'crossings'} turned over would part it`
      : `${pc.yellow(`falls apart into ${layers} layers`)} (every loose thread counts)`;
  const rows: [string, string][] = [
    ['format', file.format],
    ['size', `${ends} ends × ${picks} picks`],
    ['sheds', how],
    ['colours', String(colors)],
    ['weft floats', `${maxFloat.weftOver} over, ${maxFloat.weftUnder} under, at the longest`],
    ['warp floats', `${maxFloat.warpOver} over, ${maxFloat.warpUnder} under, at the longest`],
    ['holds', holds],
    ['drawdown', `sha256 ${facts.drawdownSha256}`],
  ];
  const title = clean(file.title);
  return [
    ...(title ? [pc.bold(title)] : []),
    ...rows.map(([name, text]) => `  ${name.padEnd(12)} ${text}`),
    ...facts.notes.flatMap((note) => wrap(note, terminalWidth() - 4)).map((line) => `  ${pc.dim(line)}`),
  ];
}
