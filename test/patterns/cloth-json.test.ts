import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../patterns/base64';
import type { Cloth } from '../../patterns/cloth';
import { clothFromJson, clothToJson } from '../../patterns/cloth-json';
import { encode } from '../../patterns/encode';
import { readBack } from '../../patterns/read-back';
import * as real from './fixtures';

function bars(): Cloth {
  const encoded = encode(real.trafford, real.exhibition40, real.traffordChoice);
  if (!encoded.ok) throw new Error(encoded.reason);
  return encoded.cloth;
}
const cloth = bars();
const file = JSON.parse(clothToJson(cloth)) as Record<string, unknown>;
const reading = (changed: Record<string, unknown>) => () => clothFromJson(JSON.stringify({ ...file, ...changed }));

it('is the whole cloth, to text and back', () => {
  const back = clothFromJson(clothToJson(cloth));
  expect(back).toEqual(cloth);
  expect(clothToJson(back)).toBe(clothToJson(cloth));
  expect(readBack(back, back.key)).toEqual(readBack(cloth, cloth.key));
});

it('keeps the rows as the bytes that the loom takes', () => {
  const bytes = Buffer.from(file.lifts as string, 'base64');
  expect(bytes.subarray(0, 5)).toEqual(Buffer.from(cloth.lifts.bytes(0)));
  expect(file).toMatchObject({ format: 'loom-cloth', version: 1, ends: 40, picks: 186 });
});

it.each([
  [{ format: 'wif' }, 'format must be "loom-cloth"'],
  [{ version: 2 }, 'version must be 1; this file is of another version'],
  [{ ends: 41 }, 'lifts must be base64 of 1116 bytes'],
  [{ picks: -1 }, 'picks must be a whole number from 0 to 65535'],
  [{ lifts: 'AAAA' }, 'lifts must be base64 of 930 bytes'],
  [{ lifts: '!' }, 'lifts must be base64'],
  [{ yarns: [{ name: 'red', colour: 'red' }] }, 'yarns[0].colour must be like #c4552d'],
  [{ yarns: [{ name: 'red', colour: '#ff0000' }] }, 'warp must be indices of the 1 yarns'],
  [{ parts: [{ kind: 'hem', from: 0, to: 1 }] }, 'parts[0].kind must be one of frame'],
  [{ parts: [{ kind: 'frame', from: 0, to: 6 }] }, 'parts must cover all 186 picks; they end at 6'],
  [{ parts: [{ kind: 'frame', from: 1, to: 6 }] }, 'parts[0].from must be 0'],
  [{ provenance: {} }, 'provenance.dataset must be text'],
  [{ key: 7 }, 'key must be an object'],
  [{ notes: [3] }, 'notes[0] must be text'],
  [{ sett: 0 }, 'sett must be a number above 0'],
])('names the field that is wrong: %o', (changed, message) => {
  expect(reading(changed)).toThrow(message);
});

it('says when the text is no JSON at all', () => {
  expect(() => clothFromJson('{"format":')).toThrow('not JSON');
  expect(() => clothFromJson('[]')).toThrow('the file must be an object');
});

it('writes base64 as everybody does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
  expect(fromBase64('AAA')).toBeNull();
});
