import { afterEach, describe, expect, it } from 'vitest';
import { readProfile } from '../../host/profiles/read';
import { byHand, byHandWords, checkMasked, maskedWords } from '../../host/weave/masked';
import { placeOf } from '../../host/weave/place';
import { wireRow } from '../../host/weave/wire-row';
import { checkCloth } from '../../patterns/checks';
import { clearTheTable, LoomOnATable, realCloth } from './loom';

afterEach(clearTheTable);

const limit = readProfile('exhibition-40').floatLimit;
const without = (row: string, ...heddles: number[]) =>
  [...row].map((bit, end) => (heddles.includes(end + 1) ? '0' : bit)).join('');
const masks = (loom: LoomOnATable) =>
  loom.entries().flatMap((entry) => (entry.what === 'masked' ? [entry.heddles.join()] : []));

describe('a dead heddle that is masked', () => {
  it('is driven no more from the next shed on, and the weave goes on', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.mask(12);
    for (let pick = 2; pick <= 9; pick++) {
      await loom.next();
      expect(loom.lifted).toBe(without(loom.cloth.lifts.text(pick - 1), 12));
    }
    expect(loom.failures).toEqual([]);
  });

  it('moves nothing when it is masked, and the treadle still opens the next shed', async () => {
    const loom = await LoomOnATable.weaving();
    const before = loom.lifted;
    await loom.weave.mask(5);
    await loom.settled();
    expect(loom.lifted).toBe(before);
    await loom.press();
    expect(loom.lifted).toBe(without(loom.cloth.lifts.text(1), 5));
  });

  it('is journalled, told to everybody, and said with what it means for the cloth', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.mask(30);
    await loom.weave.mask(3);
    expect(masks(loom)).toEqual(['30', '3,30']);
    expect(loom.events.filter(({ type }) => type === 'masked')).toEqual([
      { type: 'masked', heddles: [30] },
      { type: 'masked', heddles: [3, 30] },
    ]);
    expect(loom.weave.view().masked).toEqual([3, 30]);
    expect(loom.words).toContain('Heddles 3, 30 are masked: a hand lifts the thread where it is said.');
    expect(loom.words).toContain('Left down, the cloth would not be right: ');
  });

  it('is lifted by a hand where the row says so, and only there', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.mask(8);
    for (let pick = 2; pick <= 12; pick++) {
      await loom.next();
      expect(loom.words.includes('Lift end 8 by hand.')).toBe(loom.cloth.lifts.get(pick - 1, 7));
    }
  });

  it('is driven again when it is masked once more', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.mask(12);
    await loom.weave.mask(12);
    expect(masks(loom)).toEqual(['12', '']);
    expect(loom.words).toContain('No heddle is masked.');
    await loom.next();
    expect(loom.lifted).toBe(loom.cloth.lifts.text(1));
  });

  it('that there is not is refused in words', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.mask(41);
    expect(loom.words).toContain('There is no heddle 41: this loom has 1 to 40.');
    expect(masks(loom)).toEqual([]);
  });

  it('stays masked through a stop: the open shed comes up again without it', async () => {
    const loom = await LoomOnATable.weaving();
    const up = loom.cloth.lifts.text(0).indexOf('1') + 1;
    await loom.weave.mask(up);
    loom.weave.stop();
    await loom.phase('stopped');
    const again = loom.heard('opened');
    await loom.weave.next();
    await again;
    expect(loom.lifted).toBe(without(loom.cloth.lifts.text(0), up));
    expect(loom.weave.view()).toMatchObject({ pick: 1, step: 1 });
    expect(loom.failures).toEqual([]);
  });

  it('is masked still when the weave is taken up from its journal', async () => {
    const loom = await LoomOnATable.weaving();
    await loom.weave.mask(7);
    await loom.weave.mask(9);
    expect(placeOf(loom.entries())?.masked).toEqual([7, 9]);
  });

  it('may be masked while a row is on its way, and again and again', async () => {
    const loom = await LoomOnATable.weaving();
    for (let pick = 2; pick <= 6; pick++) {
      await loom.later(600);
      loom.board.press();
      await loom.later(pick);
      await loom.weave.mask(pick);
      await loom.later(600);
      // The mask was quicker: its press found nothing to open.
      if (loom.weave.view().pick < pick) await loom.press();
      const row = loom.cloth.lifts.text(pick - 1);
      const masked = Array.from({ length: pick - 2 }, (_, i) => i + 2);
      // The press was quicker, or the mask was.
      expect([without(row, ...masked), without(row, ...masked, pick)]).toContain(loom.lifted);
    }
    expect(loom.weave.view().pick).toBe(6);
    expect(loom.failures).toEqual([]);
  });
});

describe('what a mask means for a cloth', () => {
  it('is found by all checks of the cloth with the end left down', async () => {
    const cloth = await realCloth();
    expect(checkCloth(cloth, readProfile('exhibition-40'))).toEqual([]);
    const found = checkMasked(cloth, [20], limit);
    expect(found.map(({ check }) => check)).toContain(1);
    expect(found[0].sentence).toContain('floats');
    expect(checkMasked(cloth, [], limit)).toEqual([]);
    expect(maskedWords(cloth, [20], limit)).toContain(`Left down, the cloth would not be right: ${found[0].sentence}`);
  });

  it('is a row without it, and the words for the hand', async () => {
    const cloth = await realCloth();
    for (let pick = 1; pick <= 20; pick++) {
      const bit = (row: Uint8Array, heddle: number) => (row[(heddle - 1) >> 3] >> ((heddle - 1) & 7)) & 1;
      const row = wireRow(cloth, pick, [1, 40]);
      for (let heddle = 2; heddle < 40; heddle++)
        expect(bit(row, heddle)).toBe(Number(cloth.lifts.get(pick - 1, heddle - 1)));
      expect([bit(row, 1), bit(row, 40)]).toEqual([0, 0]);
      expect(byHand(cloth, pick, [1, 40]).length).toBe(
        Number(cloth.lifts.get(pick - 1, 0)) + Number(cloth.lifts.get(pick - 1, 39)),
      );
    }
    expect(byHandWords(cloth, 0, [1])).toBe('');
  });
});
