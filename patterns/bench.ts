/** What the bench times; the caller brings the clock. */
import { BitRows } from './bit-rows';
import { checkCloth } from './checks';
import type { Choice } from './choice';
import type { LiftPlan } from './draft';
import { drawdown } from './drawdown';
import { binned, encode } from './encode';
import type { LoomProfile } from './profile';
import type { Cell, Table } from './table';

/** A lift plan whose sheds all differ: nothing can be copied from the pick before. */
export function benchPlan(ends = 1000, picks = 1000, shafts = 24): LiftPlan {
  const threading = Uint32Array.from({ length: ends }, (_, end) => 1 << (end % shafts));
  const rises = Uint32Array.from({ length: picks }, (_, pick) => Math.imul(pick + 1, 0x9e3779b1) >>> (32 - shafts));
  return { shafts, threading: new BitRows(shafts, ends, threading), rises: new BitRows(shafts, picks, rises) };
}

export const benchDrawdown = (plan: LiftPlan): number => drawdown(plan).words.length;

/** Bars on so many ends, and about so many picks: 282 records are 2000. */
export function benchTask(ends = 440, picks = 2000): { table: Table; profile: LoomProfile; choice: Choice } {
  const pale = { name: 'pale', colour: '#e8e1d0' };
  const records = Math.max(1, Math.round((picks - 26) / 7));
  const longest = ends - 10;
  const profile: LoomProfile = {
    name: 'bench',
    title: 'A wide loom',
    ends,
    sett: 5,
    picksPerCm: 6,
    floatLimit: 6,
    selvedge: 2,
    warps: [{ name: 'bars', stripes: [{ from: 1, to: ends, yarn: pale }], guides: [] }],
    wefts: [{ name: 'plum', colour: '#34132c' }],
    shuttles: 1,
    warpMetres: 100,
    board: { firmware: 'uno', outputs: 'pca9685', heddles: ends, leds: 0 },
  };
  const rows = Array.from({ length: records }, (_, i): Cell[] => [
    { value: `row ${i + 1}` },
    { value: String((i * 37) % longest) },
  ]);
  const table: Table = {
    columns: [
      { name: 'label', title: 'Label', type: 'string' },
      { name: 'value', title: 'Value', type: 'integer', kind: 'count', scale: { perEnd: '1', max: String(longest) } },
    ],
    rows,
  };
  const provenance = {
    dataset: 'bench',
    title: '',
    story: '',
    counted: '',
    source: '',
    licence: '',
    caveats: [],
    sha256: '',
  };
  return {
    table,
    profile,
    choice: { encoding: 'bars', label: 'label', value: 'value', words: '{label}: {value}', provenance },
  };
}

/** Encodes and checks. @returns picks woven. @throws Error when the cloth is refused or a check finds something */
export function benchEncode({ table, profile, choice }: ReturnType<typeof benchTask>): number {
  const said = binned(table, profile, choice);
  const encoded = encode(table, profile, choice);
  if (!encoded.ok || !said.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  const found = checkCloth(encoded.cloth, profile, said.said);
  if (found.length > 0) throw new Error(found[0].sentence);
  return encoded.cloth.lifts.picks;
}
