import { describe, expect, it } from 'vitest';
import type { Choice } from '../../patterns/choice';
import type { Cloth } from '../../patterns/cloth';
import { encode } from '../../patterns/encode';
import type { Column, Table } from '../../patterns/table';
import * as real from './fixtures';

const loom = real.exhibition40;

function woven(table: Table, choice: Choice, profile = loom): Cloth {
  const encoded = encode(table, profile, choice);
  if (!encoded.ok) throw new Error(encoded.reason);
  return encoded.cloth;
}
function refused(table: Table, choice: Choice, profile = loom): string {
  const encoded = encode(table, profile, choice);
  if (encoded.ok) throw new Error('it was woven');
  return `${encoded.reason} ${encoded.tryInstead}`;
}
const withColumn = (table: Table, index: number, change: Partial<Column>): Table => ({
  ...table,
  columns: table.columns.map((column, i) => (i === index ? { ...column, ...change } : column)),
});
/** Ends in the weft's face at a pick of a record: at most one of five picks shows the warp. */
function weftFaced({ lifts, parts }: Cloth, record: number, end: number): boolean {
  const { from, to } = parts.find((part) => part.kind === 'record' && part.record === record)!;
  let ups = 0;
  for (let pick = from; pick < to; pick++) if (lifts.get(pick, end)) ups++;
  return ups <= 1;
}

describe('bars', () => {
  const cloth = woven(real.trafford, real.traffordChoice);

  it('lay the parts of a cloth one on the other', () => {
    const kinds = cloth.parts.map(({ kind, from, to }) => `${kind} ${to - from}`);
    expect(kinds.slice(0, 6)).toEqual(['frame 6', 'legend 15', 'ruler 5', 'divider 2', 'record 5', 'divider 2']);
    expect(kinds.slice(-3)).toEqual(['divider 2', 'ruler 5', 'frame 6']);
    expect(kinds.filter((kind) => kind === 'record 5')).toHaveLength(21);
  });

  it('are one end for every two people of a hundred, from zero', () => {
    // Old Trafford: 38.7 is 19 ends, from end 3 to end 21.
    expect(weftFaced(cloth, 1, 2)).toBe(true);
    expect(weftFaced(cloth, 1, 20)).toBe(true);
    expect(weftFaced(cloth, 1, 21)).toBe(false);
    expect(weftFaced(cloth, 1, 37)).toBe(false);
  });

  it("carry the second value's bin in the weft, dividers in the weft of the record before them", () => {
    const wefts = cloth.parts
      .filter(({ kind }) => kind === 'record')
      .map(({ from }) => cloth.yarns[cloth.weft[from]].name);
    expect(wefts.slice(0, 4)).toEqual(['plum', 'plum', 'crimson', 'crimson']);
    expect(wefts[20]).toBe('green');
    cloth.parts.forEach(({ kind, from, to }, i) => {
      if (kind === 'divider' && cloth.parts[i - 1].kind === 'record') {
        expect(cloth.weft[from]).toBe(cloth.weft[cloth.parts[i - 1].from]);
        expect(cloth.weft[to - 1]).toBe(cloth.weft[from]);
      }
    });
  });

  it('say each record in words', () => {
    expect(cloth.records[1]).toEqual({
      number: 2,
      label: 'Old Trafford',
      words: 'Old Trafford: of every 100 people on the voting register, about 39 voted.',
    });
  });

  it('refuse a score as a length, and say what to try', () => {
    expect(refused(real.manchester, { ...real.manchesterChoice, encoding: 'bars' })).toBe(
      'Deprivation score is a score: it has no true zero, so a length would say what is not so. Weave it as bands: bins by colour and texture.',
    );
  });

  it('refuse what is below zero, beyond the room, or on too few ends', () => {
    expect(refused(real.withCell(real.trafford, 2, 1, { value: '-3' }), real.traffordChoice)).toContain(
      'of row 3 is -3, and a length begins at zero',
    );
    expect(
      refused(withColumn(real.trafford, 1, { scale: { perEnd: '1', max: '100' } }), real.traffordChoice),
    ).toContain('bars of up to 100 ends; this loom has room for 15 to 34');
    const small = real.wideLoom(20);
    expect(refused(real.trafford, real.traffordChoice, small)).toContain('Weave bands, which need few ends');
  });

  it('refuse more shuttles than the budget, and a second value beyond its bins', () => {
    expect(refused(real.trafford, real.traffordChoice, { ...loom, shuttles: 1 })).toContain(
      'budget is 1. Sort the rows',
    );
    expect(refused(real.withCell(real.trafford, 0, 2, { value: '99' }), real.traffordChoice)).toContain(
      'Widen the outermost bins',
    );
  });
});

describe('bands', () => {
  it('weave on twelve ends too', () => {
    const twelve = { ...real.wideLoom(12), shuttles: 4 };
    const cloth = woven(real.manchester, real.manchesterChoice, twelve);
    expect(cloth.lifts.ends).toBe(12);
  });

  it('name colour and texture of each bin in the legend', () => {
    const { legend } = woven(real.manchester, real.manchesterChoice);
    expect(legend).toHaveLength(5);
    expect(legend[0]).toEqual({ colour: '#6eb49a', title: 'Deprivation score: 10 to under 22', texture: 'smooth' });
    expect(new Set(legend.map(({ texture }) => texture)).size).toBe(5);
  });

  it('refuse more bins than there are yarns', () => {
    const edges = ['0', '10', '20', '30', '40', '50', '70'];
    expect(refused(withColumn(real.manchester, 1, { edges }), real.manchesterChoice)).toContain(
      '6 bins need 6 weft yarns and this loom has 5',
    );
  });
});

describe('a sequence', () => {
  const cloth = woven(real.night, real.nightChoice);

  it('needs one shuttle, two picks a record', () => {
    expect(new Set(cloth.weft).size).toBe(1);
    expect(cloth.parts.filter(({ kind, from, to }) => kind === 'record' && to - from === 2)).toHaveLength(60);
    expect(cloth.notes).toContain('642 of 650 seats');
  });

  it('turns the lane of the winner and, on a gain, that of the events', () => {
    const ups = (record: number, from: number, to: number): number => {
      const part = cloth.parts.find(({ record: index }) => index === record)!;
      let count = 0;
      for (let pick = part.from; pick < part.to; pick++)
        for (let end = from; end < to; end++) if (cloth.lifts.get(pick, end)) count++;
      return count / ((part.to - part.from) * (to - from));
    };
    // Blyth Valley, the third: Conservative gain from Labour.
    expect(ups(2, 2, 10)).toBeGreaterThan(0.7);
    expect(ups(2, 10, 18)).toBeLessThan(0.3);
    expect(ups(2, 33, 38)).toBeGreaterThan(0.7);
    // Newcastle Upon Tyne Central, the first: Labour hold.
    expect(ups(0, 10, 18)).toBeGreaterThan(0.7);
    expect(ups(0, 33, 38)).toBeLessThan(0.3);
  });

  it('weaves an event that nobody wrote down as basket, unlike one that did not happen, and says so', () => {
    const table = real.withCell(real.night, 1, 2, { absent: 'not recorded' });
    const { lifts, parts, records, notes } = woven(table, real.nightChoice);
    const eventLane = (record: number): string => {
      const { from, to } = parts.find((part) => part.record === record)!;
      const picks = Array.from({ length: to - from }, (_, i) => from + i);
      const ups = picks.map((pick) => [33, 34, 35, 36, 37].map((end) => (lifts.get(pick, end) ? '1' : '0')).join(''));
      return ups.join(' ');
    };
    expect(eventLane(1)).toMatch(/^(01100|10011|00110|11001) (01100|10011|00110|11001)$/);
    expect(eventLane(0).replace(/[^1]/g, '')).toHaveLength(2);
    expect(records[1].words).toBe(
      'Houghton & Sunderland South: Labour. It is not known whether it was “gained from another party”.',
    );
    expect(notes).toContain(
      '1 of 60 has no word on whether it was “gained from another party”: that lane is woven as basket.',
    );
  });

  it('weaves the lane of a provisional winner paler, and says how many there are', () => {
    const cell = { value: 'LAB', flags: ['provisional' as const] };
    const marked = woven(real.withCell(real.night, 0, 1, cell), real.nightChoice);
    const upIn = ({ lifts, parts }: Cloth): number => {
      const { from, to } = parts.find((part) => part.record === 0)!;
      let ups = 0;
      for (let pick = from; pick < to; pick++) for (let end = 10; end < 18; end++) if (lifts.get(pick, end)) ups++;
      return ups;
    };
    expect(upIn(marked)).toBeLessThan(upIn(cloth));
    expect(upIn(marked)).toBeGreaterThan(8);
    expect(marked.notes).toContain('1 of 60 is estimated, provisional or partial: its lane is paler.');
  });

  it('says the event in words, and only where it happened', () => {
    expect(cloth.records[2].words).toBe('Blyth Valley: Conservative. It changed hands.');
    expect(cloth.records[0].words).toBe('Newcastle Upon Tyne Central: Labour.');
  });

  it('refuses an unknown category, a lane that is not there, and categories that all share one', () => {
    expect(refused(real.withCell(real.night, 4, 1, { value: 'XYZ' }), real.nightChoice)).toContain(
      'Winner of row 5 is "XYZ", which is none',
    );
    const lanes = (lane?: string) =>
      withColumn(real.night, 1, { categories: real.night.columns[1].categories!.map((one) => ({ ...one, lane })) });
    expect(refused(lanes('pink'), real.nightChoice)).toContain('asks for the lane "pink"');
    expect(refused(lanes(), real.nightChoice)).toContain('share the lane "others"');
  });
});

describe('what is missing', () => {
  it('is told on the label and never drawn as zero', () => {
    let table = real.withCell(real.trafford, 3, 1, { absent: 'not recorded' });
    table = real.withCell(table, 4, 1, { absent: 'suppressed' });
    table = real.withCell(table, 5, 1, { value: '0' });
    table = real.withCell(table, 6, 1, { value: '61' });
    table = real.withCell(table, 7, 1, { value: '40', flags: ['estimated'] });
    const cloth = woven(table, real.traffordChoice);
    expect(cloth.notes).toEqual([
      '1 of 21 is missing: woven as basket.',
      '1 of 21 is suppressed: woven as broken basket.',
      '1 of 21 is estimated, provisional or partial: the edge lane is turned.',
      '1 of 21 lies beyond the scale of 60: full length with a notch.',
    ]);
    expect(cloth.records[3].words).toBe('Longford: not recorded.');
    expect(cloth.lifts.text(cloth.parts.find(({ record }) => record === 3)!.from).slice(2, 14)).toMatch(
      /^(0011|0110|1100|1001)\1\1$/,
    );
  });
});

describe('a question that cannot be answered', () => {
  it('names the row, the column or the warp', () => {
    expect(refused({ ...real.trafford, rows: [] }, real.traffordChoice)).toContain('The table has no rows');
    expect(refused(real.trafford, { ...real.traffordChoice, value: 'turnout' })).toContain(
      'There is no column "turnout". Name one of ward, turnout_pct',
    );
    expect(refused(real.withCell(real.trafford, 6, 1, { value: '12.3*' }), real.traffordChoice)).toContain(
      'Turnout of row 7 is "12.3*", which is not a number',
    );
    expect(refused(real.trafford, { ...real.traffordChoice, warp: 'tartan' })).toContain(
      'It has bars, bands, sequence',
    );
    expect(refused(real.trafford, real.traffordChoice, { ...loom, floatLimit: 3 })).toContain('too few for a satin');
    expect(refused(real.trafford, real.traffordChoice, { ...loom, warpMetres: 0.2 })).toContain(
      'the warp has 20 cm left',
    );
  });
});
