import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloured } from '../../../host/cli/terminal';
import {
  adjust,
  calibrationOf,
  copyTo,
  groupOf,
  isChanged,
  mask,
  masked,
  move,
  saved,
  takeUp,
  turn,
  undo,
  unsaved,
  width,
} from '../../../host/maker/calibration/calibration';
import { frame } from '../../../host/maker/calibration/frame';
import { settingNamed } from '../../../host/maker/names';

const heddles = 12;
const one = (name: string, value: number) => ({ setting: settingNamed(name).id, index: 0, value });
const each = (name: string, value: (index: number) => number) =>
  Array.from({ length: heddles }, (_, index) => ({ setting: settingNamed(name).id, index, value: value(index) }));
const start = calibrationOf([
  one('servo.up', 1700),
  one('servo.down', 1300),
  ...each('up', () => 0),
  ...each('down', (index) => (index === 3 ? 1100 : 0)),
  ...each('output', (index) => index),
]);

const act = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((by) => (c: typeof start) => move(c, by)),
  fc.constantFrom(-20, -4, 4, 20, 2000, -2000).map((us) => (c: typeof start) => adjust(c, us)),
  fc.constantFrom('up' as const, 'down' as const).map((side) => (c: typeof start) => turn(c, side)),
  fc.subarray(Array.from({ length: heddles }, (_, i) => i)).map((group) => (c: typeof start) => copyTo(c, group)),
  fc.constant(mask),
);

describe('a calibration', () => {
  it('begins with what the board has, the loom’s own widths where a heddle has none', () => {
    expect([width(start, 0, 'up'), width(start, 0, 'down'), width(start, 3, 'down')]).toEqual([1700, 1300, 1100]);
    expect(unsaved(start)).toEqual([]);
  });

  it('moves the position in hand by whole steps, and no further than a servo may go', () => {
    const up = turn(start, 'up');
    expect(width(adjust(up, 4), 0, 'up')).toBe(1704);
    expect(width(adjust(up, -20), 0, 'up')).toBe(1680);
    expect(width(adjust(up, 9999), 0, 'up')).toBe(2540);
    expect(width(adjust(start, -9999), 0, 'down')).toBe(500);
    expect(unsaved(adjust(up, 4))).toEqual([{ setting: settingNamed('up').id, index: 0, value: 1704 }]);
  });

  it('copies both widths to a group, outputs stay', () => {
    const copied = copyTo(adjust(turn(start, 'up'), 40), [1, 3]);
    expect(copied.now[3]).toEqual({ up: 1740, down: 0, output: 3 });
    expect([isChanged(copied, 1), isChanged(copied, 2)]).toEqual([true, false]);
  });

  it('masks a heddle and puts it back on its output', () => {
    const off = mask(move(start, 5));
    expect(off.now[5].output).toBe(masked);
    expect(mask(off).now).toEqual(start.now);
    const dead = saved(off);
    expect(mask(dead).now[5].output).toBe(5);
  });

  it('takes every change back, the latest first, and whatever happens says just what is not saved', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let now = start;
        for (const change of acts) now = change(now);
        const values = unsaved(now);
        for (const { setting, value } of values) {
          const { min, max, step = 1, special } = settingNamed(setting === settingNamed('output').id ? 'output' : 'up');
          expect(value === special?.value || (value >= min && value <= max && (value - min) % step === 0)).toBe(true);
        }
        // What was never saved can be taken up by the next calibration.
        expect(takeUp(start, values).now).toEqual(now.now);
        for (const _ of acts) now = undo(now);
        expect(now.now).toEqual(start.now);
        expect(unsaved(now)).toEqual([]);
      }),
    );
  });

  it.each<[string, number[] | null]>([
    ['3', [2]],
    ['2-4', [1, 2, 3]],
    [' 2 – 3 ', [1, 2]],
    ['all', Array.from({ length: heddles }, (_, i) => i)],
    ['0', null],
    ['13', null],
    ['4-2', null],
    ['x', null],
    ['', null],
  ])('the group “%s”', (text, group) => {
    expect(groupOf(text, heddles)).toEqual(group);
  });
});

describe('its picture', () => {
  it('fits every terminal, shows the heddle in hand, and marks what was changed', () => {
    const changed = adjust(move(start, 7), 8);
    for (const [columns, rows] of [
      [40, 12],
      [60, 20],
      [79, 24],
      [200, 60],
    ]) {
      const lines = frame(
        { calibration: changed, stands: changed.now.map(() => 'down'), board: 'a board', words: 'words '.repeat(30) },
        columns,
        rows,
      );
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(Math.max(...lines.map(coloured))).toBeLessThanOrEqual(columns);
      const text = lines.join('\n');
      expect(text).toContain('heddle 8');
      expect(text).toContain('1 of 12 heddles not saved');
      expect(text).toContain('1308 µs');
    }
  });

  it('of a wide loom scrolls with the heddle in hand', () => {
    const wide = {
      ...start,
      now: Array.from({ length: 128 }, () => start.now[0]),
      saved: Array.from({ length: 128 }, () => start.now[0]),
    };
    const at = (cursor: number) =>
      frame(
        { calibration: { ...wide, cursor }, stands: wide.now.map(() => 'down'), board: '', words: '' },
        60,
        30,
      ).join('\n');
    expect(at(0)).toContain('1   5    10');
    expect(at(127)).toContain('125');
    expect(at(127)).not.toContain('1   5    10');
  });
});
