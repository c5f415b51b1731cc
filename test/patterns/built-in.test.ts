import { describe, expect, it } from 'vitest';
import { openDataset } from '../../host/data/dataset';
import { checkCloth } from '../../patterns/checks';
import type { Choice } from '../../patterns/choice';
import { binned, encode } from '../../patterns/encode';
import { readBack } from '../../patterns/read-back';
import { byHand } from './by-hand';
import { exhibition40 } from './fixtures';

describe.each(Object.entries(byHand))('%s', (id, hand) => {
  const opened = openDataset(id).then(({ table, choices, provenance, facts }) => {
    const choice: Choice = { ...choices[0], provenance, notes: facts.loom.notes };
    const encoded = encode(table, exhibition40, choice);
    const said = binned(table, exhibition40, choice);
    if (!encoded.ok || !said.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
    return { cloth: encoded.cloth, said: said.said };
  });

  it('is woven crossing by crossing as worked out by hand from its CSV', async () => {
    const { cloth } = await opened;
    const picks = hand();
    expect(cloth.lifts.picks).toBe(picks.length);
    const records = new Map(
      cloth.parts.flatMap(({ from, to, record }) =>
        Array.from({ length: to - from }, (_, i) => [from + i, record ?? null]),
      ),
    );
    picks.forEach((pick, index) => {
      const here = {
        lifts: cloth.lifts.text(index),
        weft: cloth.yarns[cloth.weft[index]].name,
        record: records.get(index),
      };
      if (JSON.stringify(here) !== JSON.stringify(pick))
        expect({ number: index + 1, ...here }).toEqual({ number: index + 1, ...pick });
    });
  });

  it('passes every check and reads back what its table says', async () => {
    const { cloth, said } = await opened;
    expect(checkCloth(cloth, exhibition40, said)).toEqual([]);
    expect(readBack(cloth, cloth.key)).toEqual(
      said.map((one, i) => ({ number: i + 1, label: cloth.records[i].label, ...one })),
    );
  });
});
