/** A weaver's draft as a cloth: one part, no records, nothing to read; the yarns are the file's colours. */
import type { Cloth } from '../cloth';
import { DraftError, type WeavingFile } from './weaving-file';

/** Key of a cloth that tells no data. */
export const noData = 'none';

export interface DraftOrigin {
  /** the file's name */
  readonly name: string;
  /** sha256 of the file, hex */
  readonly sha256: string;
  /** of the loom that it is woven on, or '' */
  readonly profile: string;
  /** ends and picks per cm where the file says nothing of them */
  readonly sett: number;
  readonly picksPerCm: number;
}

const mostYarns = 256;

/** @throws DraftError when it has more colours than a cloth of ours has yarns */
export function clothOfDraft(file: WeavingFile, origin: DraftOrigin): Cloth {
  const used = [...new Set([...file.warp, ...file.weft].map((index) => file.palette[index]))];
  if (used.length > mostYarns)
    throw new DraftError(`It has ${used.length} colours of yarn; a cloth of ours has at most ${mostYarns}.`);
  const index = new Map(used.map((colour, yarn) => [colour, yarn]));
  const threads = (colours: Uint16Array) =>
    Uint8Array.from(colours, (colour) => index.get(file.palette[colour]) as number);
  const title = file.title || origin.name;
  return {
    lifts: file.lifts,
    yarns: used.map((colour) => ({ name: `yarn ${colour}`, colour })),
    warp: threads(file.warp),
    weft: threads(file.weft),
    parts: [{ kind: 'frame', from: 0, to: file.lifts.picks }],
    records: [],
    legend: [],
    key: { encoding: noData },
    provenance: {
      dataset: origin.name,
      title,
      story: `A ${file.format} draft: ${file.lifts.ends} ends × ${file.lifts.picks} picks.`,
      counted: 'nobody: a draft, not data',
      source: origin.name,
      licence: 'as its author says',
      caveats: [],
      sha256: origin.sha256,
    },
    notes: file.notes,
    profile: origin.profile,
    sett: file.sett ?? origin.sett,
    picksPerCm: file.picksPerCm ?? origin.picksPerCm,
  };
}
