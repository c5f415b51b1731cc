/** Real tables for the tests: Trafford May 2024, Manchester 2019, and an election night of any length. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import type { Choice } from '../../patterns/choice';
import type { Provenance } from '../../patterns/cloth';
import type { LoomProfile } from '../../patterns/profile';
import type { Cell, Column, Table } from '../../patterns/table';

/** The shipped loom; host/profiles checks its shape, here it is taken as it is. */
export const exhibition40 = parse(
  readFileSync(join(__dirname, '../../host/profiles/exhibition-40.toml'), 'utf8'),
) as unknown as LoomProfile;

/** ward, turnout in per cent of the register, score of deprivation 2025 */
const traffordRows = [
  ['Bucklow-St Martins', '24.8', '41.3'],
  ['Old Trafford', '38.7', '34.0'],
  ['Gorse Hill & Cornbrook', '30.4', '25.8'],
  ['Longford', '37.0', '23.3'],
  ['Manor', '40.4', '22.5'],
  ['Stretford & Humphrey Park', '39.2', '20.0'],
  ['Lostock & Barton', '33.6', '18.2'],
  ['Sale Moor', '39.2', '16.5'],
  ['Urmston', '40.5', '14.5'],
  ['Timperley Central', '43.0', '13.4'],
  ['Sale Central', '44.8', '12.2'],
  ['Davyhulme', '38.0', '11.8'],
  ['Ashton upon Mersey', '45.8', '9.6'],
  ['Flixton', '40.2', '9.5'],
  ['Bowdon', '47.9', '9.3'],
  ['Broadheath', '47.4', '7.5'],
  ['Timperley North', '46.4', '6.5'],
  ['Hale', '47.4', '5.7'],
  ['Altrincham', '43.0', '5.4'],
  ['Hale Barns & Timperley South', '43.0', '5.3'],
  ['Brooklands', '49.7', '4.6'],
] as const;

/** ward, score of deprivation 2019 */
const manchesterRows = [
  ['Miles Platting & Newton Heath', '62.4'],
  ['Harpurhey', '58.5'],
  ['Clayton & Openshaw', '56.7'],
  ['Gorton & Abbey Hey', '51'],
  ['Woodhouse Park', '50.5'],
  ['Charlestown', '50.2'],
  ['Sharston', '48.6'],
  ['Higher Blackley', '48.4'],
  ['Longsight', '46.8'],
  ['Baguley', '46.3'],
  ['Ancoats & Beswick', '46.2'],
  ['Moss Side', '45.7'],
  ['Ardwick', '44.5'],
  ['Cheetham', '43.3'],
  ['Northenden', '42.8'],
  ['Crumpsall', '42.2'],
  ['Moston', '40.2'],
  ['Burnage', '39.2'],
  ['Levenshulme', '39.2'],
  ['Brooklands', '35.6'],
  ['Rusholme', '35.3'],
  ['Old Moat', '34.2'],
  ['Whalley Range', '33.9'],
  ['Fallowfield', '33.5'],
  ['Chorlton Park', '33'],
  ['Hulme', '31.3'],
  ['Piccadilly', '26.6'],
  ['Withington', '25'],
  ['Deansgate', '21.8'],
  ['Didsbury East', '18'],
  ['Chorlton', '17.6'],
  ['Didsbury West', '15.7'],
] as const;

/** constituency, party, hold or gain: the first sixty declarations of 2019 */
const nightRows = [
  ['Newcastle Upon Tyne Central', 'LAB', 'hold'],
  ['Houghton & Sunderland South', 'LAB', 'hold'],
  ['Blyth Valley', 'CON', 'gain'],
  ['Newcastle Upon Tyne East', 'LAB', 'hold'],
  ['Sunderland Central', 'LAB', 'hold'],
  ['Middlesbrough', 'LAB', 'hold'],
  ['Swindon North', 'CON', 'hold'],
  ['Washington & Sunderland West', 'LAB', 'hold'],
  ['Newcastle Upon Tyne North', 'LAB', 'hold'],
  ['Halton', 'LAB', 'hold'],
  ['South Shields', 'LAB', 'hold'],
  ['Nuneaton', 'CON', 'hold'],
  ['Broxbourne', 'CON', 'hold'],
  ['Wansbeck', 'LAB', 'hold'],
  ['Fylde', 'CON', 'hold'],
  ['Workington', 'CON', 'gain'],
  ['Kettering', 'CON', 'hold'],
  ['Rutherglen & Hamilton West', 'SNP', 'gain'],
  ['Darlington', 'CON', 'gain'],
  ['Jarrow', 'LAB', 'hold'],
  ['Gateshead', 'LAB', 'hold'],
  ['Caerphilly', 'LAB', 'hold'],
  ['Makerfield', 'LAB', 'hold'],
  ['Basildon South & Thurrock East', 'CON', 'hold'],
  ['Rayleigh & Wickford', 'CON', 'hold'],
  ['Vale Of Clwyd', 'CON', 'gain'],
  ['Knowsley', 'LAB', 'hold'],
  ['Leicester South', 'LAB', 'hold'],
  ['Wrexham', 'CON', 'gain'],
  ['Basildon & Billericay', 'CON', 'hold'],
  ['North Down', 'APNI', 'gain'],
  ['Bracknell', 'CON', 'hold'],
  ['Wigan', 'LAB', 'hold'],
  ['Putney', 'LAB', 'gain'],
  ['Kilmarnock & Loudoun', 'SNP', 'hold'],
  ['Angus', 'SNP', 'gain'],
  ['Arfon', 'PC', 'hold'],
  ['Strangford', 'DUP', 'hold'],
  ['Rochdale', 'LAB', 'hold'],
  ['Walthamstow', 'LAB', 'hold'],
  ['Harrogate & Knaresborough', 'CON', 'hold'],
  ['Chelmsford', 'CON', 'hold'],
  ['Meriden', 'CON', 'hold'],
  ['Harlow', 'CON', 'hold'],
  ['Leigh', 'CON', 'gain'],
  ['Islwyn', 'LAB', 'hold'],
  ['Swansea West', 'LAB', 'hold'],
  ['Barnsley East', 'LAB', 'hold'],
  ['Wycombe', 'CON', 'hold'],
  ['Leicester East', 'LAB', 'hold'],
  ['Vale Of Glamorgan', 'CON', 'hold'],
  ['Havant', 'CON', 'hold'],
  ['Birkenhead', 'LAB', 'hold'],
  ['Rushcliffe', 'CON', 'hold'],
  ['Fareham', 'CON', 'hold'],
  ['Leyton & Wanstead', 'LAB', 'hold'],
  ['Thurrock', 'CON', 'hold'],
  ['Bootle', 'LAB', 'hold'],
  ['Stockton North', 'LAB', 'hold'],
  ['Clwyd South', 'CON', 'gain'],
] as const;

export const credit: Provenance = {
  dataset: 'test',
  title: 'A table for the tests',
  story: '',
  counted: 'counted by the returning officers',
  source: 'public figures',
  licence: 'Open Government Licence v3.0',
  caveats: ['a pattern is not a cause'],
  sha256: '0'.repeat(64),
};

const cells = (row: readonly string[]): Cell[] => row.map((value) => ({ value }));

export const trafford: Table = {
  columns: [
    { name: 'ward', title: 'Ward', type: 'string' },
    {
      name: 'turnout_pct',
      title: 'Turnout',
      type: 'number',
      kind: 'share',
      unit: '%',
      scale: { perEnd: '2', max: '60' },
    },
    {
      name: 'imd2025_score',
      title: 'Deprivation score',
      type: 'number',
      kind: 'score',
      edges: ['0', '8', '15', '22', '30', '45'],
    },
  ],
  rows: traffordRows.map(cells),
};
export const traffordChoice: Choice = {
  encoding: 'bars',
  label: 'ward',
  value: 'turnout_pct',
  by: 'imd2025_score',
  words: '{label}: of every 100 people on the voting register, about {value:0} voted.',
  provenance: credit,
};

export const manchester: Table = {
  columns: [
    { name: 'ward', title: 'Ward', type: 'string' },
    {
      name: 'imd2019_score',
      title: 'Deprivation score',
      type: 'number',
      kind: 'score',
      edges: ['10', '22', '33', '42', '50', '65'],
    },
  ],
  rows: manchesterRows.map(cells),
};
export const manchesterChoice: Choice = {
  encoding: 'bands',
  label: 'ward',
  value: 'imd2019_score',
  words: '{label} scored {value} for deprivation.',
  provenance: credit,
};

const party = (code: string, title: string, lane?: string) => ({ code, title, ...(lane ? { lane } : {}) });
export const night: Table = {
  columns: [
    { name: 'seat', title: 'Seat', type: 'string' },
    {
      name: 'party',
      title: 'Winner',
      type: 'string',
      kind: 'category',
      categories: [
        party('CON', 'Conservative', 'blue'),
        party('LAB', 'Labour', 'red'),
        party('SNP', 'Scottish National Party', 'yellow'),
        party('LD', 'Liberal Democrat', 'amber'),
        party('PC', 'Plaid Cymru'),
        party('DUP', 'Democratic Unionist'),
        party('SF', 'Sinn Féin'),
        party('SDLP', 'Social Democratic and Labour'),
        party('APNI', 'Alliance'),
        party('GRN', 'Green'),
        party('SPK', 'Speaker'),
      ],
    },
    { name: 'result', title: 'Result', type: 'string' },
  ],
  rows: nightRows.map(cells),
};
export const nightChoice: Choice = {
  encoding: 'sequence',
  label: 'seat',
  value: 'party',
  event: { column: 'result', is: ['gain'], title: 'gained from another party', words: 'It changed hands.' },
  words: '{label}: {value}.',
  provenance: credit,
  notes: ['642 of 650 seats'],
};

const hour = (name: string, title: string): Column => ({
  ...{ name, title, type: 'number', kind: 'amount', unit: 'µg/m³' },
  edges: ['0', '10', '20', '30', '40'],
});
/** nitrogen dioxide by part of the day, a small heat map */
export const hours: Table = {
  columns: [
    { name: 'day', title: 'Day', type: 'string' },
    hour('night', 'Night'),
    hour('morning', 'Morning'),
    hour('afternoon', 'Afternoon'),
    hour('evening', 'Evening'),
  ],
  rows: [
    ['Monday', '8.1', '31.4', '22.0', '27.5'],
    ['Tuesday', '9.9', '35.2', '20.0', '30.0'],
    ['Wednesday', '12.3', '28.8', '19.9', '24.6'],
    ['Thursday', '7.0', '33.3', '21.4', '29.9'],
    ['Friday', '10.0', '39.0', '26.2', '36.1'],
    ['Saturday', '6.4', '14.2', '18.5', '25.3'],
    ['Sunday', '5.2', '9.8', '13.7', '17.7'],
  ].map(cells),
};
export const hoursChoice: Choice = {
  encoding: 'shade',
  label: 'day',
  value: 'night',
  words: '{label}: {night} at night, {morning} in the morning.',
  provenance: credit,
};

const thousands = (name: string, title: string): Column => ({
  ...{ name, title, type: 'number', kind: 'count', unit: 'thousand', scale: { perEnd: '1.5', max: '40' } },
});
/** claims of how many there were, from … to …; the high one of 1803 is not known */
export const claims: Table = {
  columns: [
    { name: 'year', title: 'Year', type: 'string' },
    thousands('low', 'At least'),
    thousands('high', 'At most'),
  ],
  rows: [
    [{ value: '1800' }, { value: '2.4' }, { value: '2.4' }],
    [{ value: '1803' }, { value: '2' }, { absent: 'not recorded' }],
    [{ value: '1813' }, { value: '13' }, { value: '18' }],
    [{ value: '1820' }, { absent: 'unknown' }, { value: '24' }],
    [{ value: '1829' }, { value: '22.5', flags: ['estimated'] }, { value: '39' }],
  ],
};
export const claimsChoice: Choice = {
  encoding: 'span',
  label: 'year',
  value: 'low',
  by: 'high',
  words: '{label}: from {low} to {high} thousand.',
  provenance: credit,
};

/** A copy of the table with one cell replaced; row and column are indices. */
export function withCell(table: Table, row: number, column: number, cell: Cell): Table {
  return { ...table, rows: table.rows.map((cs, r) => (r === row ? cs.map((c, i) => (i === column ? cell : c)) : cs)) };
}

/** A loom of many ends for bars: one pale warp, everything else as in the exhibition. */
export function wideLoom(ends: number): LoomProfile {
  const yarn = exhibition40.warps[0].stripes[0].yarn;
  const warp = { name: 'bars', stripes: [{ from: 1, to: ends, yarn }], guides: [] };
  return { ...exhibition40, name: `wide-${ends}`, ends, warps: [warp, { ...warp, name: 'bands' }], warpMetres: 100 };
}
