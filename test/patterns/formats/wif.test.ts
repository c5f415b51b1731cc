import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BitRows } from '../../../patterns/bit-rows';
import { numbered } from '../../../patterns/draft';
import { DraftError, type WeavingFile } from '../../../patterns/formats/weaving-file';
import { readWif } from '../../../patterns/formats/wif-read';
import { type Draft, writeWif } from '../../../patterns/formats/wif-write';
import { anyDraft, rowsOf } from './any-draft';
import { secondReading } from './second-reader';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readWif(bytes(text));
const refused = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof DraftError) return error.message;
    throw error;
  }
  return 'was read';
};

const twill = `[WIF]
Version=1.1
[WEAVING]
Rising Shed=true
Shafts=4
Treadles=4
[WARP]
Threads=8
Color=1
[WEFT]
Threads=4
Color=2
[COLOR PALETTE]
Range=0,255
Entries=2
[COLOR TABLE]
1=20,20,20
2=255,0,0
[THREADING]
1=1
2=2
3=3
4=4
5=1
6=2
7=3
8=4
[TIEUP]
1=1,2
2=2,3
3=3,4
4=4,1
[TREADLING]
1=1
2=2
3=3
4=4
`;
const woven = ['11001100', '01100110', '00110011', '10011001'];

describe('a WIF file', () => {
  it('is read: threading, tie-up, treadling, colours', () => {
    const file = read(twill);
    expect(rowsOf(file.lifts)).toEqual(woven);
    expect(file).toMatchObject({ format: 'WIF', shed: 'rising', palette: ['#141414', '#ff0000'], sett: null });
    expect([...file.warp, ...file.weft]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect(file.notes).toEqual(['End 1 was taken to be at the left.']);
  });

  it('may have its sections and keys in any case and order, with blanks, comments, CR LF and no [WIF]', () => {
    const sections = twill
      .replace('[WIF]\nVersion=1.1\n', '')
      .split(/(?=\[)/)
      .reverse();
    const odd = sections
      .join('; a comment\n\n')
      .replace(/^(.*?)=/gm, (key) => key.toLowerCase().replace('=', '  = '))
      .replace(/^\[.*\]$/gm, (heading) => heading.toLowerCase())
      .replace(/\n/g, '\r\n');
    expect(rowsOf(read(odd).lifts)).toEqual(woven);
  });

  it('may end its lines in CR alone, and be of windows-1252', () => {
    const old = `${twill}[TEXT]\nTitle=K\xf6per\n`.replace(/\n/g, '\r');
    const file = readWif(Uint8Array.from([...old].map((letter) => letter.charCodeAt(0))));
    expect(file.title).toBe('Köper');
    expect(rowsOf(file.lifts)).toEqual(woven);
  });

  it('is sparse: what is not listed is on no shaft and lifts nothing; 0 means none', () => {
    const file = read(twill.replace('3=3\n4=4\n5=1', '4=0\n5=1').replace(/4=4\n$/, '4=0\n'));
    expect(rowsOf(file.lifts)).toEqual(['11001100', '01000110', '00000011', '00000000']);
    expect(file.notes).toContain('2 of 8 ends are on no shaft: they are never lifted.');
    expect(file.notes).toContain('1 of 4 picks lift nothing.');
  });

  it('of a sinking shed is turned over, for the shafts that are threaded', () => {
    const sinking = twill.replace('Rising Shed=true', 'Rising Shed=false').replace('8=4', '8=0');
    expect(rowsOf(read(sinking).lifts)).toEqual(['00110010', '10011000', '11001100', '01100110']);
    expect(read(twill.replace('Rising Shed=true\n', '')).notes[0]).toContain('rising was assumed');
    for (const yes of ['1', 'yes', 'TRUE', 'On'])
      expect(rowsOf(read(twill.replace('Shed=true', `Shed=${yes}`)).lifts)).toEqual(woven);
  });

  it('may press several treadles and thread an end on several shafts', () => {
    const file = read(twill.replace('8=4', '8=4,1').replace('[TREADLING]\n1=1', '[TREADLING]\n1=1,3'));
    expect(rowsOf(file.lifts).slice(0, 2)).toEqual(['11111111', '01100110']);
  });

  it('may have a lift plan instead, and with both that differ the lift plan is taken and said', () => {
    const plan = '[LIFTPLAN]\n1=1\n2=2\n3=3\n4=4\n';
    const straight = ['10001000', '01000100', '00100010', '00010001'];
    expect(rowsOf(read(twill.replace(/\[TIEUP\][\s\S]*$/, plan)).lifts)).toEqual(straight);
    const both = read(twill + plan);
    expect(rowsOf(both.lifts)).toEqual(straight);
    expect(both.notes.join()).toContain('the lift plan was taken');
  });

  it('that lists more threads than it says has as many as it lists', () => {
    const file = read(twill.replace('Threads=8', 'Threads=4').replace('Threads=4\nColor=2', 'Threads=2\nColor=2'));
    expect([file.lifts.ends, file.lifts.picks]).toEqual([8, 4]);
    expect(file.notes[0]).toBe('The file says 4 ends and lists 8: 8 were taken.');
  });

  it.each([
    ['0,999', '999,0,500', '#ff0080'],
    ['20,1200', '1200,20,610', '#ff0080'],
    ['0,65535', '65535,0,32768', '#ff0080'],
  ])('may have colours in the range %s', (range, colour, hex) => {
    const file = read(
      twill.replace('Range=0,255', `Range=${range}`).replace('20,20,20', colour).replace('255,0,0', colour),
    );
    expect(file.palette[1]).toBe(hex);
  });

  it('keeps the sections that only its own program understands', () => {
    const file = read(`${twill}[PRIVATE LOOMTECH Odd]\nA = b ; c\n\n=x\n[NOTES]\n1=hello\n`);
    expect(file.privateSections).toEqual([{ heading: 'PRIVATE LOOMTECH Odd', lines: ['A = b ; c', '', '=x'] }]);
    const again = read(writeWif(file as Draft));
    expect(again.privateSections).toEqual(file.privateSections);
  });
});

describe('is refused with its line and a reason', () => {
  it.each<[string, string, string]>([
    ['no draft at all', 'hello\nworld\n', 'neither a [WEAVING] nor a [THREADING]'],
    ['nothing', '\n', 'neither a [WEAVING] nor a [THREADING]'],
    ['no threading', twill.replace(/\[THREADING\][^[]*/, ''), 'There is no threading'],
    ['no tie-up', twill.replace(/\[TIEUP\][^[]*/, ''), 'no tie-up'],
    ['nothing that lifts', twill.replace(/\[TIEUP\][\s\S]*$/, ''), 'neither a lift plan nor a treadling'],
    [
      'a treadle that there is not',
      twill.replace(/4=4\n$/, '4=9\n'),
      'Line 37: Pick 4 presses treadle 9; there are 4.',
    ],
    ['letters for numbers', twill.replace('3=3', '3=three'), 'Line 22: A shaft should be a number, not “three”.'],
    ['letters for a thread', twill.replace('3=3', 'x=3'), 'Line 22: “x” should be the number'],
    ['no colour of that number', `${twill}[WARP COLORS]\n2=3\n`, 'There is no colour 3: the palette has 1 to 2.'],
    ['colour 0', `${twill}[WEFT COLORS]\n2=0\n`, 'There is no colour 0'],
    ['a usual colour that there is not', twill.replace('Color=2', 'Color=9'), 'Line 12: There is no colour 9'],
    ['colours without a table', `${twill.replace(/\[COLOR TABLE\][^[]*/, '')}[WARP COLORS]\n1=1\n`, 'no [COLOR TABLE]'],
    ['a colour beyond the range', twill.replace('255,0,0', '256,0,0'), 'outside of the range 0–255'],
    ['half a colour', twill.replace('255,0,0', '255,0'), 'Line 18: A colour is a number and three parts'],
    ['a shed that is neither', twill.replace('Shed=true', 'Shed=maybe'), 'Line 4: This should be true or false'],
    [
      'a million threads',
      twill.replace('Threads=8', 'Threads=1000000'),
      '1000000 ends × 4 picks are more than is read',
    ],
    ['a million shafts', twill.replace('3=3', '3=1000000'), 'Line 22: A shaft has the number 1000000'],
    ['a key beyond counting', twill.replace('8=4', '99999999999=4'), 'should be the number of a thread'],
    ['an endless line', twill.replace('3=3', `3=${'3,'.repeat(50_000)}`), 'Line 22: This line has 100002 characters'],
  ])('%s', (_, text, reason) => {
    expect(refused(text)).toContain(reason);
  });

  it('a file that is too long to be one', () => {
    expect(() => readWif(new Uint8Array(33 * 1024 * 1024))).toThrow('no more than 33554432 are read');
    expect(refused(`[THREADING]\n${'1=1\n'.repeat(2_000_001)}`)).toContain('more than 2000000 entries');
  });

  it('any bytes at all end in a reading or in a reason', () => {
    const lines = twill.split('\n');
    const damaged = fc
      .array(fc.tuple(fc.nat(lines.length - 1), fc.string({ maxLength: 20, unit: 'binary' })), { maxLength: 4 })
      .map((changes) => changes.reduce((all, [at, text]) => all.with(at, text), lines).join('\n'));
    const read = (input: Uint8Array): WeavingFile | null => {
      try {
        return readWif(input);
      } catch (error) {
        if (error instanceof DraftError) return null;
        throw error;
      }
    };
    fc.assert(
      fc.property(fc.oneof(damaged.map(bytes), fc.uint8Array({ maxLength: 300 })), (input) => {
        const file = read(input);
        if (file) expect(file.warp.length * file.weft.length).toBe(file.lifts.ends * file.lifts.picks);
      }),
    );
  });
});

describe('what is written', () => {
  it('says the same to an independent reader, bit for bit, and to ours', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const text = writeWif(draft);
        const ours = read(text);
        const theirs = secondReading(text);
        expect(theirs.rows).toEqual(rowsOf(ours.lifts));
        const rgb = (threads: Uint16Array) =>
          Array.from(threads, (i) =>
            [1, 3, 5].map((at) => Number.parseInt(draft.palette[i].slice(at, at + 2), 16)).join(),
          );
        expect([theirs.warp, theirs.weft]).toEqual([rgb(draft.warp), rgb(draft.weft)]);
        expect(ours).toMatchObject({ title: draft.title, shed: draft.shed, palette: draft.palette });
        expect([ours.warp, ours.weft]).toEqual([draft.warp, draft.weft]);
        expect(rowsOf(ours.threading as BitRows)).toEqual(rowsOf(draft.threading));
        expect(writeWif(ours as Draft)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out the line ends of a title', () => {
    const draft: Draft = {
      ...{ title: 'a\n[WEAVING]\nb', shed: 'rising', treadling: null, sett: 5, picksPerCm: 6, privateSections: [] },
      ...{ palette: ['#000000'], warp: new Uint16Array(2), weft: new Uint16Array(1) },
      threading: numbered(2, [[1], [2]]),
      liftPlan: numbered(2, [[2]]),
    };
    const file = read(writeWif(draft));
    expect(file.title).toBe('a [WEAVING] b');
    expect([file.sett, file.picksPerCm]).toEqual([5, 6]);
    expect(rowsOf(file.lifts)).toEqual(['01']);
  });
});
