/** How the cloth's numbers grow with its size, from 100 × 100 to 4000 × 4000 crossings, beside arrays of booleans. */
import { benchPlan, benchTask } from '../../patterns/bench';
import type { BitRows } from '../../patterns/bit-rows';
import {
  checkEdges,
  checkFits,
  checkFloats,
  checkOneCloth,
  checkReadsBack,
  checkReadsFar,
} from '../../patterns/checks';
import { binned, encode } from '../../patterns/encode';
import { readWif } from '../../patterns/formats/wif-read';
import { writeWif } from '../../patterns/formats/wif-write';
import { ClothPainter } from '../../patterns/render';
import { ms, type Row, timed } from './row';

const sizes = [100, 300, 1000, 2000, 4000];
/** Beyond, arrays of booleans take longer than the bench should. */
const mostNaive = 2000;

export function growRows(): Row[] {
  return sizes.flatMap((size) => [...clothRows(size), ...fileRows(size)]);
}

/** Few runs of what takes long. */
const some = (act: () => unknown, size: number): number => timed(act, size > 1000 ? 1 : 5);

function row(what: string, size: number, time: number, beside = ''): Row {
  const each = (time * 1e6) / size ** 2;
  return { what: `${size}²: ${what}`, measured: `${ms(time)}, ${each.toFixed(1)} ns a crossing`, reach: '–', beside };
}

function clothRows(size: number): Row[] {
  const { table, profile, choice } = benchTask(size, size);
  const encoded = encode(table, profile, choice);
  const said = binned(table, profile, choice);
  if (!encoded.ok || !said.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
  const { cloth } = encoded;
  const { lifts } = cloth;
  const naive = size <= mostNaive;
  const copied = naive ? some(() => booleans(lifts), size) : 0;
  const arrays = naive ? booleans(lifts) : [];
  const counted = naive ? some(() => longestRun(arrays), size) : 0;
  return [
    row(
      'encode',
      size,
      some(() => encode(table, profile, choice), size),
      naive ? `only to copy it into arrays of booleans: ${ms(copied)}` : '',
    ),
    row(
      'check 1, floats',
      size,
      some(() => checkFloats(lifts, profile.floatLimit), size),
      naive ? `arrays of booleans: ${ms(counted)}` : '',
    ),
    row(
      'check 2, one cloth',
      size,
      some(() => checkOneCloth(lifts), size),
    ),
    row(
      'checks 3 to 5',
      size,
      some(
        () => [checkEdges(lifts, cloth.weft), checkReadsBack(cloth, cloth.key, said.said), checkFits(cloth, profile)],
        size,
      ),
    ),
    row(
      'check 6, from across the room',
      size,
      some(() => checkReadsFar(cloth), size),
    ),
    row(
      'picture, one pixel a crossing',
      size,
      some(() => new ClothPainter(cloth, 1, 1).weave(lifts.picks), size),
    ),
    {
      what: `${size}²: memory of the lifts`,
      measured: `${((lifts.words.byteLength * 8) / (lifts.ends * lifts.picks)).toFixed(2)} bits a crossing`,
      reach: '–',
      beside: naive ? `arrays of booleans: ${memoryOf(lifts)} bits` : '',
    },
  ];
}

function fileRows(size: number): Row[] {
  const { threading, rises } = benchPlan(size, size);
  const draft = {
    ...{ title: 'bench', treadling: null, shed: 'rising' as const, sett: 5, picksPerCm: 6, privateSections: [] },
    ...{ palette: ['#000000', '#ffffff'], warp: new Uint16Array(size), weft: new Uint16Array(size).fill(1) },
    threading,
    liftPlan: rises,
  };
  const bytes = new TextEncoder().encode(writeWif(draft));
  const kB = `${Math.round(bytes.length / 1024)} kB`;
  return [
    row(
      'WIF written, 24 shafts',
      size,
      some(() => writeWif(draft), size),
      kB,
    ),
    row(
      'WIF read, drawdown included',
      size,
      some(() => readWif(bytes), size),
      kB,
    ),
  ];
}

const booleans = (lifts: BitRows): boolean[][] =>
  Array.from({ length: lifts.picks }, (_, pick) =>
    Array.from({ length: lifts.ends }, (_, end) => lifts.get(pick, end)),
  );

function longestRun(rows: readonly (readonly boolean[])[]): number {
  const since = rows[0].map(() => 0);
  let most = 0;
  rows.forEach((row, pick) => {
    let run = 0;
    row.forEach((up, end) => {
      run = end > 0 && row[end - 1] === up ? run + 1 : 1;
      since[end] = pick > 0 && rows[pick - 1][end] === up ? since[end] + 1 : 1;
      most = Math.max(most, run, since[end]);
    });
  });
  return most;
}

/** Heap that the arrays take, as the engine tells it; a collection in between tells too little, so the most of some tries. */
function memoryOf(lifts: BitRows): string {
  let most = 0;
  for (let once = 0; once < 5; once++) {
    const before = process.memoryUsage().heapUsed;
    const rows = booleans(lifts);
    most = Math.max(most, ((process.memoryUsage().heapUsed - before) * 8) / (rows.length * rows[0].length));
  }
  return most.toFixed(0);
}
