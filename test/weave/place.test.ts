import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../host/weave/entries';
import { agree, type JournalPlace, placeOf } from '../../host/weave/place';

const at = '2026-01-01T00:00:00Z';
const begin: JournalEntry = {
  what: 'begin',
  at,
  weave: 7,
  dataset: 'd',
  title: 'D',
  profile: 'exhibition-40',
  picks: 99,
  clothSha256: 'x',
};
const told = (step: number, pick = step): JournalEntry => ({ what: 'told', at, step, pick, crc: step * 10 });
const open = (step: number, pick = step): JournalEntry => ({
  what: 'open',
  at,
  step,
  pick,
  crc: step * 10,
  by: 'board',
});
const place = (...entries: JournalEntry[]): JournalPlace => {
  const found = placeOf([begin, ...entries]);
  if (!found) throw new Error('no place');
  return found;
};
const board = (step: number, weave = 7, rowCrc = step * 10) => ({ state: 'held' as const, weave, step, rowCrc });

describe('the place of a weave', () => {
  it('is the last open shed, with the one told after it as the only other candidate', () => {
    expect(place(told(1), open(1), told(2))).toMatchObject({ open: { step: 1 }, told: { step: 2 } });
    expect(place(told(1), open(1), told(2), open(2))).toMatchObject({ open: { step: 2 }, told: null });
  });

  it('has no second candidate once the waiting row was dropped, nor by a re-open', () => {
    expect(place(told(1), open(1), told(2), { what: 'dropped', at, step: 2 }).told).toBeNull();
    expect(place(told(1), open(1), told(1)).told).toBeNull();
  });

  it('follows the hand back through the picks while the steps go on', () => {
    const back: JournalEntry = { what: 'turned', at, direction: 'back' };
    expect(place(told(1), open(1), told(2), open(2), back, told(3, 1), open(3, 1))).toMatchObject({
      direction: 'back',
      open: { step: 3, pick: 1 },
    });
  });

  it('is known when the board names a candidate by step and row', () => {
    const journal = place(told(1), open(1), told(2));
    expect(agree(journal, board(1))).toMatchObject({ kind: 'known', open: { step: 1 }, learned: false });
    expect(agree(journal, board(2))).toMatchObject({ kind: 'known', open: { step: 2 }, learned: true });
  });

  it('before the first shed is known without a question', () => {
    expect(agree(place(), board(0, 0, 0))).toEqual({ kind: 'known', open: null, learned: false });
    expect(agree(place(told(1)), board(0))).toEqual({ kind: 'known', open: null, learned: false });
  });

  it('is asked whenever the board is of another weave, lost its memory, or names another row', () => {
    const journal = place(told(1), open(1), told(2));
    fc.assert(
      fc.property(fc.nat(0xffff), fc.nat(0xffff), fc.nat(0xffff), (weave, step, crc) => {
        const named = weave === 7 && (step === 1 || step === 2) && crc === step * 10;
        const agreement = agree(journal, board(step, weave, crc));
        expect(agreement.kind).toBe(named ? 'known' : 'ask');
        if (agreement.kind === 'ask') expect(agreement.candidates.map((shed) => shed.step)).toEqual([1, 2]);
      }),
    );
  });
});
