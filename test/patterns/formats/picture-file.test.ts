import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readDraft } from '../../../host/formats/read-draft';
import { rowsOf } from './any-draft';

const folder = mkdtempSync(join(tmpdir(), 'loom-pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

function stored(bytes: Uint8Array): string {
  const path = join(folder, 'draft.png');
  writeFileSync(path, bytes);
  return path;
}
const refused = (bytes: Uint8Array): string => {
  try {
    readDraft(stored(bytes));
  } catch (error) {
    return (error as Error).message;
  }
  return 'was read';
};

/** A PNG as its specification says (ISO 15948): grey, one bit a pixel, 1 = white, top row first. */
function png(width: number, height: number, rows: readonly string[]): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const lines = rows.map((row) => {
    const line = Buffer.alloc(1 + Math.ceil(width / 8));
    for (const [x, mark] of [...row].entries()) if (mark === '1') line[1 + (x >> 3)] |= 0x80 >> (x & 7);
    return line;
  });
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = chunk('IDAT', deflateSync(Buffer.concat(lines)));
  return Buffer.concat([mark, chunk('IHDR', head), body, chunk('IEND', Buffer.alloc(0))]);
}
const turned = (row: string): string => [...row].map((mark) => (mark === '1' ? '0' : '1')).join('');

describe('a picture of one bit a pixel', () => {
  it('is read with black as warp up, its lowest row as pick 1, its left as end 1', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }))
          .chain(([ends, picks]) =>
            fc.array(fc.stringMatching(new RegExp(`^[01]{${ends}}$`)), { minLength: picks, maxLength: picks }),
          ),
        (woven) => {
          const picture = png(woven[0].length, woven.length, woven.map(turned).reverse());
          expect(rowsOf(readDraft(stored(picture)).lifts)).toEqual(woven);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('that announces more than memory holds is refused before it is unpacked', () => {
    expect(refused(png(60_000, 60_000, ['0']))).toContain('60000 ends × 60000 picks are more than is read');
    expect(refused(png(8000, 8000, ['0']))).toContain('A picture of 8000 × 8000 is more than is read');
  });

  it('that ends too soon, or is damaged, is refused with a reason', () => {
    const whole = png(9, 3, ['101010101', '010101010', '101010101']);
    for (let length = 4; length < whole.length; length++)
      expect(refused(whole.subarray(0, length))).not.toBe('was read');
    fc.assert(
      fc.property(fc.integer({ min: 8, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Uint8Array.from(whole);
        bytes[at] ^= change;
        expect(refused(bytes)).toMatch(/draft|was read/);
      }),
      { numRuns: 60 },
    );
  });
});
