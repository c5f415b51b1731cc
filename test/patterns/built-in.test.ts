import { describe, expect, it } from 'vitest';
import { listDatasets, openDataset } from '../../host/data/dataset';
import { checkCloth } from '../../patterns/checks';
import type { Choice } from '../../patterns/choice';
import { binned, encode } from '../../patterns/encode';
import { readBack } from '../../patterns/read-back';
import { exhibition40 } from './fixtures';

const ids = ['trafford-turnout-2024', 'manchester-imd-2019', 'election-night-2019'];

it('are all here', async () => {
  expect((await listDatasets()).map(({ id }) => id).sort()).toEqual([...ids].sort());
});

describe.each(ids)('%s', (id) => {
  const opened = openDataset(id).then(({ table, choices, provenance, facts }) => {
    const choice: Choice = { ...choices[0], provenance, notes: facts.loom.notes };
    const encoded = encode(table, exhibition40, choice);
    const said = binned(table, exhibition40, choice);
    if (!encoded.ok || !said.ok) throw new Error(encoded.ok ? 'not binned' : encoded.reason);
    return { cloth: encoded.cloth, said: said.said };
  });

  it('passes every check and reads back what its table says', async () => {
    const { cloth, said } = await opened;
    expect(checkCloth(cloth, exhibition40, said)).toEqual([]);
    expect(readBack(cloth, cloth.key)).toEqual(
      said.map((one, i) => ({ number: i + 1, label: cloth.records[i].label, ...one })),
    );
  });
});
