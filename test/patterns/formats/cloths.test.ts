import { describe, expect, it } from 'vitest';
import { listDatasets, openDataset } from '../../../host/data/dataset';
import type { Cloth } from '../../../patterns/cloth';
import { encode } from '../../../patterns/encode';
import { draftOf } from '../../../patterns/formats/draft-of';
import { readDtx } from '../../../patterns/formats/dtx-read';
import { writeDtx } from '../../../patterns/formats/dtx-write';
import { readWif } from '../../../patterns/formats/wif-read';
import { writeWif } from '../../../patterns/formats/wif-write';
import { exhibition40, trafford, traffordChoice } from '../fixtures';
import { rowsOf } from './any-draft';
import { secondReading } from './second-reader';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Each built-in dataset in each of the ways that it suggests. */
async function everyCloth(): Promise<[string, Cloth][]> {
  const cloths: [string, Cloth][] = [];
  for (const { id } of await listDatasets()) {
    const { table, choices, provenance } = await openDataset(id);
    for (const choice of choices) {
      const encoded = encode(table, exhibition40, { ...choice, provenance });
      if (encoded.ok) cloths.push([`${id} as ${choice.encoding}`, encoded.cloth]);
    }
  }
  return cloths;
}

describe('a cloth of ours', () => {
  it('as WIF is read by an independent reader bit for bit, and again by ours as the same cloth', async () => {
    const cloths = await everyCloth();
    expect(cloths.length).toBeGreaterThanOrEqual(3);
    for (const [name, cloth] of cloths) {
      const text = writeWif(draftOf({ ...cloth, title: name }));
      const rgb = (threads: Uint8Array) =>
        Array.from(threads, (yarn) =>
          [1, 3, 5].map((at) => Number.parseInt(cloth.yarns[yarn].colour.slice(at, at + 2), 16)).join(),
        );
      const theirs = secondReading(text);
      expect(theirs.rows).toEqual(rowsOf(cloth.lifts));
      expect([theirs.warp, theirs.weft]).toEqual([rgb(cloth.warp), rgb(cloth.weft)]);
      const ours = readWif(bytes(text));
      expect(ours.title).toBe(name);
      expect(rowsOf(ours.lifts)).toEqual(rowsOf(cloth.lifts));
      expect(ours.palette).toEqual(cloth.yarns.map(({ colour }) => colour));
      expect([[...ours.warp], [...ours.weft]]).toEqual([[...cloth.warp], [...cloth.weft]]);
      expect(ours.sett).toBeCloseTo(cloth.sett, 2);
    }
  });

  it('as DTX is read again as the same cloth', async () => {
    for (const [, cloth] of await everyCloth())
      expect(rowsOf(readDtx(bytes(writeDtx(draftOf(cloth)))).lifts)).toEqual(rowsOf(cloth.lifts));
  });

  it('has a shaft for the ends that rise together, or those of the loom that it is for', () => {
    const encoded = encode(trafford, exhibition40, traffordChoice);
    if (!encoded.ok) throw new Error(encoded.reason);
    const { lifts } = encoded.cloth;
    const columns = new Set(
      Array.from({ length: 40 }, (_, end) =>
        rowsOf(lifts)
          .map((row) => row[end])
          .join(''),
      ),
    );
    expect(draftOf(encoded.cloth).threading.ends).toBe(columns.size);
    const heddles = Array.from({ length: 40 }, (_, end) => end);
    expect(draftOf(encoded.cloth, heddles).threading.ends).toBe(40);
    const torn = heddles.map((heddle) => heddle >> 1);
    expect(draftOf(encoded.cloth, torn).threading.ends).toBe(columns.size);
    expect(draftOf(encoded.cloth, heddles.with(0, -1)).threading.ends).toBe(columns.size);
  });
});
