/** The cloth that loom makes of each built-in dataset is the one that a second reader of the rules makes of its CSV. */
import { describe, expect, it } from 'vitest';
import { clothOf } from '../../host/data/cloth-of';
import { openDataset } from '../../host/data/dataset';
import { readProfile } from '../../host/profiles/read';
import { recordOfPick } from '../../host/weave/view';
import { builtIn, clothByHand } from './cloth-by-hand';

describe.each(builtIn)('%s', (id) => {
  it('is pick for pick the cloth worked out by hand', async () => {
    const cloth = clothOf(await openDataset(id), readProfile('exhibition-40'));
    const { picks } = clothByHand(id);
    const woven = Array.from({ length: cloth.lifts.picks }, (_, pick) => {
      const record = recordOfPick(cloth, pick);
      return {
        lifts: cloth.lifts.text(pick),
        weft: cloth.yarns[cloth.weft[pick]].name,
        record: record && { number: record.number, label: record.label },
      };
    });
    expect(woven).toEqual(picks);
  });
});

describe('a cloth by hand', () => {
  it('says of Old Trafford 38.7 %: nineteen ends in crimson', () => {
    const { picks, records } = clothByHand('trafford-turnout-2024');
    expect(records[1]).toEqual({ label: 'Old Trafford', says: { ends: 19, colour: 3 } });
    const [first] = picks.filter(({ record }) => record?.number === 2);
    // the weft face lifts every fifth end, the warp face lowers every fifth
    expect(first).toMatchObject({ weft: 'crimson', record: { number: 2, label: 'Old Trafford' } });
    expect(first.lifts.slice(2, 21)).toMatch(/^(0{0,4}1)+0{0,4}$/);
    expect(first.lifts.slice(21, 38)).toMatch(/^(1{0,4}0)+1{0,4}$/);
  });

  it('keeps commas inside of names', () => {
    const labels = clothByHand('election-night-2019').records.map(({ label }) => label);
    expect(labels).toHaveLength(642);
    expect(labels).toContain('Durham, City of');
  });
});
