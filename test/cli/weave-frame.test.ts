/** What a weave shows in a terminal: fits whatever its size, and always says what matters. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { coloured, cut } from '../../host/cli/terminal';
import { frame, type Picture } from '../../host/cli/weave-frame';
import type { Cloth } from '../../patterns/cloth';
import { phase } from '../../protocol/feed';
import { realCloth } from '../weave/loom';

let cloth: Cloth;
beforeAll(async () => {
  cloth = await realCloth();
});

function picture(view: Partial<Picture['view']>, more: Partial<Picture> = {}): Picture {
  return {
    cloth,
    view: { pick: 39, phase: 'waiting', words: '', secondsLeft: 600, direction: 'forward', ...view },
    last: 186,
    plan: '3 shuttles, 10 changes, 186 picks, about 27 min by hand, 31 cm of cloth',
    board: 'emulated board: atmega328p, firmware 0.1, 40 heddles',
    display: 'http://127.0.0.1:8018/display',
    depth: 16_777_216,
    ...more,
  };
}

const esc = '\x1b';
const plain = (lines: readonly string[]) => lines.join('\n').replace(new RegExp(`${esc}\\[[0-9;]*m`, 'g'), '');

describe('the picture of a weave', () => {
  it('is never wider or higher than the terminal, whatever it says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 0, max: 186 }),
        fc.constantFrom(...phase.options),
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constant('編み機 🧵 '.repeat(20))),
        fc.constantFrom(1, 256, 16_777_216 as const),
        (columns, rows, pick, now, words, depth) => {
          const lines = frame(picture({ pick, phase: now, words }, { depth: depth as 1 }), columns, rows);
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) expect(coloured(line)).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  it.each([
    [80, 24],
    [120, 40],
    [60, 24],
    [60, 18],
    [200, 60],
  ])('at %d × %d says title, pick, record, state, time left and keys, and shows cloth', (columns, rows) => {
    const words = 'That press came too soon after the last one and opened nothing.';
    const text = plain(frame(picture({ words }), columns - 1, rows)).replace(/\s+/g, ' ');
    for (const said of ['Who voted in Trafford', 'pick 39 of 186', 'row 2 of 21', 'Old Trafford', '10 min left'])
      expect(text).toContain(said);
    for (const key of ['space next', 'b unweave', 'p hold', 'h hands in the shed', 'q park and quit', '! stop'])
      expect(text).toContain(key);
    expect(text).toContain('too soon');
    expect(text.match(/▀{40}/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it('says who counted and the plan where there is room for a common terminal', () => {
    const text = plain(frame(picture({}), 79, 24));
    expect(text).toContain('Counted by Trafford');
    expect(text).toContain('3 shuttles');
  });

  it('marks the pick whose shed is open', () => {
    const marked = plain(frame(picture({ pick: 4 }), 79, 24)).split('\n');
    expect(marked.findIndex((line) => line.startsWith('▸'))).toBe(22);
    expect(plain(frame(picture({ pick: 0 }), 79, 24))).not.toContain('▸');
  });

  it('does not repeat the record as the state, but says what is added to it', () => {
    const { words } = cloth.records[1];
    const text = plain(frame(picture({ words: `${words} That press opened nothing.` }), 119, 40));
    expect(text).toContain('That press opened nothing.');
    expect(text.replace(/\s+/g, ' ').match(/Old Trafford/g)).toHaveLength(1);
  });

  it('obeys nothing that a label holds', () => {
    const text = frame(picture({ phase: 'held', words: `a${esc}[2J${esc}]0;x\x07b\nc` }), 119, 40).join('\n');
    expect(text).not.toContain(`${esc}[2J`);
    expect(text).not.toContain(`${esc}]`);
    expect(text).not.toContain('\x07');
  });

  it('shows no keys when the weave has ended', () => {
    const text = plain(frame(picture({ phase: 'parked', words: 'Parked at pick 3.' }, { over: true }), 79, 24));
    expect(text).toContain('Parked at pick 3.');
    expect(text).not.toContain('space next');
  });
});

describe('a cut line', () => {
  it('keeps its colours and counts what the eye sees', () => {
    expect(cut(`${esc}[31mweft${esc}[0m`, 2)).toBe(`${esc}[31mwe${esc}[0m`);
    expect(cut('編み機', 5)).toBe('編み');
  });
});
