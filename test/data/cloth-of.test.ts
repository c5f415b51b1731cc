/** Dataset and loom become a cloth that passes every check, or a refusal that says why and what to try. */
import { describe, expect, it } from 'vitest';
import { clothOf, type Wish } from '../../host/data/cloth-of';
import { openDataset } from '../../host/data/dataset';
import { LoomError } from '../../host/errors';
import { readProfile } from '../../host/profiles/read';
import type { LoomProfile } from '../../patterns/profile';
import { datasetFolder } from './folder';

const loom = readProfile('exhibition-40');

async function refusal(id: string, wish: Wish, profile: LoomProfile = loom): Promise<LoomError> {
  const dataset = await openDataset(id);
  try {
    clothOf(dataset, profile, wish);
  } catch (error) {
    if (error instanceof LoomError) return error;
    throw error;
  }
  throw new Error('it was woven');
}

describe('a cloth of a dataset', () => {
  it('weaves Trafford as bars and says the words of the screen', async () => {
    const cloth = clothOf(await openDataset('trafford-turnout-2024'), loom);
    expect(cloth.key.encoding).toBe('bars');
    expect(cloth.records).toHaveLength(21);
    expect(cloth.records[1].words).toBe('Old Trafford: of every 100 people on the voting register, about 39 voted.');
  });

  it('weaves Manchester as bands', async () => {
    const cloth = clothOf(await openDataset('manchester-imd-2019'), loom);
    expect(cloth.key.encoding).toBe('bands');
    expect(cloth.records).toHaveLength(32);
  });

  it('weaves election night as a sequence; gains are told, and the cloth’s page says 642 of 650', async () => {
    const cloth = clothOf(await openDataset('election-night-2019'), loom);
    expect(cloth.key.encoding).toBe('sequence');
    expect(cloth.records[0].words).toBe('Result 1, Newcastle Upon Tyne Central: Labour.');
    expect(cloth.records[2].words).toBe('Result 3, Blyth Valley: Conservative. Gained from Labour.');
    expect(cloth.notes.join(' ')).toMatch(/642 of 650 seats.*28 rows/);
  });

  it('weaves a folder of one’s own, absent values included', async () => {
    const cloth = clothOf(await openDataset(datasetFolder()), loom);
    expect(cloth.records.map(({ words }) => words)).toEqual([
      'North: 63 of 100 walked.',
      'South: 41 of 100 walked.',
      'Hill: suppressed.',
    ]);
  });

  it('takes another encoding where the figures allow it', async () => {
    const cloth = clothOf(await openDataset(datasetFolder()), loom, { encode: 'bands' });
    expect(cloth.key.encoding).toBe('bands');
    expect(cloth.records[0].words).toBe('North: Share who walked 62.5 %.');
  });

  it('never draws a score as a length', async () => {
    const error = await refusal('manchester-imd-2019', { encode: 'bars' });
    expect(error.kind).toBe('dataset');
    expect(error.message).toMatch(/is a score.*no true zero.*Try: Weave it as bands/);
  });

  it('names the nearest encoding and the nearest column', async () => {
    const encoding = await refusal('trafford-turnout-2024', { encode: 'bar' });
    expect([encoding.kind, encoding.message]).toEqual(['usage', 'There is no encoding "bar". Did you mean bars?']);
    const column = await refusal('trafford-turnout-2024', { by: 'imd2025' });
    expect([column.kind, column.message]).toEqual(['usage', expect.stringContaining('Did you mean imd_2025?')]);
  });

  it('is refused by a loom that it does not fit', async () => {
    const short = await refusal('election-night-2019', {}, { ...loom, warpMetres: 1 });
    expect(short.kind).toBe('dataset');
    expect(short.message).toContain('the warp has 100 cm left');
    const wefts = loom.wefts.map((weft) => ({ ...weft, metres: 1 }));
    const bare = await refusal('trafford-turnout-2024', {}, { ...loom, wefts });
    expect(bare.message).toMatch(
      /cannot be woven so on exhibition-40: The cloth needs \d+ m of \w+ and 1 m are at hand\. \(and \d more\) Try: /,
    );
  });
});
