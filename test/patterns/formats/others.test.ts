import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../../patterns/bit-rows';
import { readDtx } from '../../../patterns/formats/dtx-read';
import { writeDtx } from '../../../patterns/formats/dtx-write';
import { readPbm, writePbm } from '../../../patterns/formats/pbm';
import { readWeavingFile } from '../../../patterns/formats/read';
import { DraftError, liftsOf } from '../../../patterns/formats/weaving-file';
import { type Draft, writeWif } from '../../../patterns/formats/wif-write';
import { readWpo } from '../../../patterns/formats/wpo-read';
import { anyDraft, rowsOf } from './any-draft';

const bytes = (text: string) => new TextEncoder().encode(text);
const refused = (input: Uint8Array): string => {
  try {
    readWeavingFile(input);
  } catch (error) {
    if (error instanceof DraftError) return error.message;
    throw error;
  }
  return 'was read';
};

const dtx = `@@StartDTX
%%version 1
@@Description
a small one
@@Info
%%shafts 4
%%ends 5
%%picks 3
@@Threading
1 2 3 4 0
@@Tieup
0011
0110
1100
1001
@@Treadling
%%compound
1 2,3 0
@@Color Palet
255,255,255
0,0,0
@@Warp Colors
1 1 1 1 0
@@Weft Colors
0 0 0
@@EndDTX
`;

describe('a DTX file', () => {
  it('is read: the last row of its tie-up is shaft 1, colours count from 0', () => {
    const file = readDtx(bytes(dtx));
    expect(rowsOf(file.lifts)).toEqual(['11000', '01110', '00000']);
    expect(file).toMatchObject({ title: 'a small one', palette: ['#ffffff', '#000000'] });
    expect([...file.warp, ...file.weft]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('may have a lift plan, shaft 1 at the left', () => {
    const plan = dtx.replace(/@@Tieup[\s\S]*?@@Color/, '@@Liftplan\n1010\n0101\n1111\n@@Color');
    expect(rowsOf(readDtx(bytes(plan)).lifts)).toEqual(['10100', '01010', '11110']);
  });

  it.each<[string, string, string]>([
    ['no threading', dtx.replace('1 2 3 4 0', ''), 'There is no threading'],
    ['no tie-up', dtx.replace(/@@Tieup[^@]*/, ''), 'no tie-up'],
    ['a treadle that there is not', dtx.replace('2,3', '2,9'), 'Line 16: A pick presses treadle 9; there are 4.'],
    ['letters in the grid', dtx.replace('0110', '01x0'), 'Line 13: Only 0 and 1 belong here, not “01x0”.'],
    ['a colour that there is not', dtx.replace('1 1 1 1 0', '1 1 7'), 'Line 23: There is no colour 7'],
    ['too many ends', dtx.replace('%%ends 5', '%%ends 900000'), '900000 ends'],
  ])('without sense is refused: %s', (_, text, reason) => {
    expect(refused(bytes(text))).toContain(reason);
  });

  it('that is written says the same cloth, also of a sinking shed', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const again = readDtx(bytes(writeDtx(draft)));
        expect(rowsOf(again.lifts)).toEqual(rowsOf(liftsOf(draft, [])));
        expect([again.palette, again.warp, again.weft]).toEqual([draft.palette, draft.warp, draft.weft]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a DTX file, further', () => {
  it('keeps what only its own program understands', () => {
    const file = readDtx(bytes(dtx.replace('@@EndDTX', '@@Private\nodd = 1\n%% also\n@@EndDTX')));
    expect(file.privateSections).toEqual([{ heading: 'Private', lines: ['odd = 1'] }]);
    expect(readDtx(bytes(writeDtx(file as Draft))).privateSections).toEqual(file.privateSections);
  });

  it('of any lines, with or without its end, ends in a reading or in a reason', () => {
    const lines = dtx.split('\n');
    const damaged = fc
      .array(fc.tuple(fc.nat(lines.length - 1), fc.string({ maxLength: 20, unit: 'binary' })), { maxLength: 4 })
      .map((changes) => changes.reduce((all, [at, text]) => all.with(at, text), lines).join('\n'));
    fc.assert(
      fc.property(damaged, fc.nat(dtx.length), (text, end) => {
        expect(typeof refused(bytes(text))).toBe('string');
        expect(typeof refused(bytes(text.slice(0, end)))).toBe('string');
      }),
    );
  });
});

/** A WeavePoint file as version 7 writes it. */
function wpo(kind: 100 | 101 | 102, sheds: number[], { ends = 4, picks = 3, version = 7 } = {}): Uint8Array {
  const u16 = (n: number) => [n >> 8, n & 255];
  const head = [123, version, kind, 10, 4, 2, 0, 0, 0, 12, 10, 0, 0, ...u16(ends), ...u16(picks), 0, 0, 0, 0, 0, 0, 0];
  const threads = [...u16(4), 1, 2, 3, 0, ...u16(4), 0, 1, 0, 1, ...u16(3), 1, 1, 0];
  return Uint8Array.from([...head, ...threads, ...sheds, ...new Array(66).fill(0), 2, 255, 0, 0, 0, 0, 255]);
}

describe('a WPO file', () => {
  it.each<[string, 100 | 101 | 102, number[]]>([
    ['a lift plan', 100, [0, 3, 0b0001, 0b0110, 0b0000]],
    ['one treadle a pick', 101, [0b0001, 0b0110, 0, 3, 1, 2, 0]],
    ['several treadles a pick', 102, [0b0001, 0b0110, 0, 3, 0b01, 0b10, 0b00]],
  ])('with %s is read', (_, kind, sheds) => {
    const file = readWpo(wpo(kind, sheds));
    expect(rowsOf(file.lifts)).toEqual(['1000', '0110', '0000']);
    expect(file.palette).toEqual(['#ff0000', '#0000ff']);
    expect([...file.warp, ...file.weft]).toEqual([0, 1, 0, 1, 1, 1, 0]);
    expect(file.sett).toBeCloseTo(12 / 2.54);
    expect(file.notes).toContain('1 of 4 ends are on no shaft: they are never lifted.');
  });

  it('that ends anywhere before its end is refused', () => {
    const whole = wpo(100, [0, 3, 1, 2, 4]);
    for (let length = 2; length < whole.length; length++)
      expect(refused(whole.subarray(0, length))).toMatch(/in mid-draft|no shafts|nothing to weave/);
  });

  it('of a kind or version that is not known is refused, or read with a warning', () => {
    const whole = wpo(100, [0, 3, 1, 2, 4]);
    expect(refused(whole.with(2, 99))).toContain('kind of WeavePoint file (99)');
    expect(readWpo(whole.with(1, 9)).notes[0]).toContain('may be read wrongly');
    expect(readWpo(wpo(100, [0, 3, 1, 2, 4], { version: 3 })).palette[0]).toBe('#ff0000');
  });

  it('of any bytes ends in a reading or in a reason', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (more) => {
        expect(typeof refused(Uint8Array.from([123, 7, ...more]))).toBe('string');
      }),
    );
  });
});

describe('a picture', () => {
  const anyCloth = fc
    .tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 9 }))
    .chain(([ends, picks]) =>
      fc.array(fc.stringMatching(new RegExp(`^[01]{${ends}}$`)), { minLength: picks, maxLength: picks }),
    )
    .map((rows) => BitRows.from(rows));

  it('has the last pick at the top and end 1 at the left; 1 = warp up', () => {
    expect(writePbm(BitRows.from(['100', '010']))).toBe('P1\n3 2\n010\n100\n');
    expect(rowsOf(readPbm(bytes('P1 # comment\n3\n2\n0 1 0\n1 0 0')).lifts)).toEqual(['100', '010']);
    expect(rowsOf(readPbm(Uint8Array.from([...bytes('P4\n3 2\n'), 0b01000000, 0b10000000])).lifts)).toEqual([
      '100',
      '010',
    ]);
  });

  it('that is written is read again', () => {
    fc.assert(
      fc.property(anyCloth, (cloth) => {
        const text = writePbm(cloth);
        expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70);
        expect(rowsOf(readPbm(bytes(text)).lifts)).toEqual(rowsOf(cloth));
      }),
    );
  });

  it('of any bytes ends in a reading or in a reason', () => {
    fc.assert(
      fc.property(fc.constantFrom('P1', 'P4'), fc.string(), fc.uint8Array({ maxLength: 60 }), (kind, head, more) => {
        expect(typeof refused(Uint8Array.from([...bytes(`${kind}\n${head}`), ...more]))).toBe('string');
        expect(typeof refused(Uint8Array.from([...bytes(`${kind} 9 7 `), ...more]))).toBe('string');
      }),
    );
  });

  it('that is none, or ends too soon, is refused', () => {
    expect(refused(bytes('P1\n3 2\n0 1 0\n1'))).toContain('ends too soon');
    expect(refused(bytes('P1\n3 2\n0 1 2\n1 1 1'))).toContain('Only 0 and 1');
    expect(refused(bytes('P1\n'))).toContain('how wide');
    expect(refused(bytes('P4\n8 9\n\0'))).toContain('ends too soon');
    expect(refused(bytes('P1\n999999 999999\n'))).toContain('more than is read');
  });
});

it('tells the formats apart by what is in them', () => {
  fc.assert(
    fc.property(anyDraft, (draft) => {
      expect(readWeavingFile(bytes(writeWif(draft))).format).toBe('WIF');
      expect(readWeavingFile(bytes(writeDtx(draft))).format).toBe('DTX');
    }),
    { numRuns: 10 },
  );
  expect(refused(new Uint8Array(0))).toBe('The file is empty.');
});
