/** Which heddle or shaft moves each end, and what a loom can weave because of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitRows } from '../../patterns/bit-rows';
import { checkEdges } from '../../patterns/checks';
import { areaCount, type Ground, groundOf, lanesAcross, mayTurn } from '../../patterns/encodings/ground';
import { actuatorRow, endsOn, harnessOf, threaded, tornApart, wovenWithout } from '../../patterns/harness';
import type { Lifting, LoomProfile, Threading } from '../../patterns/profile';
import { edgesOf, weaveSelvedges } from '../../patterns/selvedge';
import { exhibition40 } from './fixtures';

const loom = (more: Partial<LoomProfile>, heddles = 8): LoomProfile => ({
  ...exhibition40,
  selvedge: 2,
  ...more,
  board: { ...exhibition40.board, heddles },
});

function onShafts(threading: Threading, ends: number, more: Partial<LoomProfile> = {}): LoomProfile {
  const lifting: Lifting = { by: 'shafts', threading, leftSelvedge: [7, 8], rightSelvedge: [7, 8] };
  return loom({ ends, lifting, selvedgeWeave: 'plain', ...more });
}

const ground = (profile: LoomProfile): Ground => {
  const found = groundOf(profile);
  if ('ok' in found) throw new Error(found.reason);
  return found;
};

describe('a threading', () => {
  it('goes straight, to a point and back, in repeats, or in blocks', () => {
    expect(threaded({ kind: 'straight', shafts: [1, 2, 3] }, 7)).toEqual([1, 2, 3, 1, 2, 3, 1]);
    expect(threaded({ kind: 'point', shafts: [1, 2, 3, 4] }, 8)).toEqual([1, 2, 3, 4, 3, 2, 1, 2]);
    expect(threaded({ kind: 'repeat', order: [1, 1, 4] }, 5)).toEqual([1, 1, 4, 1, 1]);
    const blocks = [
      { shafts: [1, 2], ends: 3 },
      { shafts: [5, 6], ends: 2 },
    ];
    expect(threaded({ kind: 'blocks', blocks }, 5)).toEqual([1, 2, 1, 5, 6]);
  });

  it('puts the selvedges on shafts of their own, the outermost first', () => {
    const { of } = harnessOf(onShafts({ kind: 'straight', shafts: [1, 2, 3, 4, 5] }, 14));
    expect(of.map((shaft) => shaft + 1)).toEqual([7, 8, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 8, 7]);
  });

  it('is given end by end when it is custom, 0 for an end that hangs free', () => {
    const lifting: Lifting = { by: 'shafts', threading: { kind: 'custom', ends: [0, 3, 1, 2, 0] } };
    expect(harnessOf(loom({ ends: 5, selvedge: 1, lifting })).of).toEqual([-1, 2, 0, 1, -1]);
  });

  it('lets a heddle lift a few neighbours, and leaves floating ends out', () => {
    const lifting: Lifting = { by: 'heddles', endsPerHeddle: 2 };
    const harness = harnessOf(loom({ ends: 8, selvedge: 1, selvedgeWeave: 'floating', lifting }, 3));
    expect(harness.of).toEqual([-1, 0, 0, 1, 1, 2, 2, -1]);
    expect(endsOn(harness, 2)).toEqual([4, 5]);
  });
});

describe('what the board lifts', () => {
  const straight = harnessOf(onShafts({ kind: 'straight', shafts: [1, 2, 3, 4, 5] }, 14));

  it('is the shafts whose ends are up, with what is masked left at rest', () => {
    const lifts = BitRows.from(['10100001000001', '01010000100010']);
    expect(tornApart(straight, lifts)).toEqual([]);
    expect([...actuatorRow(straight, lifts, 0)]).toEqual([0b01000001]);
    expect([...actuatorRow(straight, lifts, 0, [7])]).toEqual([0b00000001]);
    expect(wovenWithout(straight, lifts, [7]).text(0)).toBe('00100001000000');
  });

  it('is the other threaded shafts where the shed sinks', () => {
    const sinking = { ...straight, shed: 'sinking' as const };
    expect([...actuatorRow(sinking, BitRows.from(['10100001000001']), 0)]).toEqual([0b10011110]);
    expect(wovenWithout(sinking, BitRows.from(['10100001000001']), [2]).text(0)).toBe('10110001100001');
  });

  it('cannot be two things at once: the pick and the ends of a shaft that it wants apart are named', () => {
    const lifts = BitRows.from(['10100001000001', '00100000000000']);
    expect(tornApart(straight, lifts)).toEqual([{ pick: 2, ends: [3, 8], actuator: 1 }]);
  });

  it('weaves every cloth that the shafts wove', () => {
    const rows = fc.array(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(rows, (sheds) => {
        const lifts = new BitRows(14, sheds.length);
        sheds.forEach((shed, pick) => {
          for (const [end, shaft] of straight.of.entries()) lifts.set(pick, end, shed[shaft]);
        });
        expect(tornApart(straight, lifts)).toEqual([]);
        sheds.forEach((shed, pick) => {
          const risen = shed.reduce((bits, up, shaft) => bits | (up && shaft !== 5 ? 1 << shaft : 0), 0);
          expect([...actuatorRow(straight, lifts, pick)]).toEqual([risen]);
        });
      }),
    );
  });
});

describe('the ground of a loom', () => {
  it('is a satin on five shafts, turning from edge to edge at once', () => {
    const one = ground(onShafts({ kind: 'straight', shafts: [1, 2, 3, 4, 5] }, 24));
    expect(one).toMatchObject({ n: 5, across: [{ from: 2, to: 22 }] });
    expect(one.columns?.slice(2, 9)).toEqual([0, 1, 2, 3, 4, 0, 1]);
    expect([areaCount(one), mayTurn(one, 7)]).toEqual([1, false]);
  });

  it('is a twill where four shafts go straight, two of them by turns when there are eight', () => {
    const eight: Threading = { kind: 'straight', shafts: [1, 2, 3, 4, 5, 6, 9, 10] };
    const lifting: Lifting = { by: 'shafts', threading: eight, leftSelvedge: [7, 8], rightSelvedge: [7, 8] };
    // Blocks that come again between each other turn together.
    expect(ground(loom({ ends: 20, lifting, selvedgeWeave: 'plain' }, 10))).toMatchObject({
      n: 4,
      across: [{ from: 2, to: 18 }],
    });
  });

  it('has as many areas across as the threading has blocks', () => {
    const blocks = [
      { shafts: [1, 2, 3, 4, 5], ends: 10 },
      { shafts: [9, 10, 11, 12, 13], ends: 15 },
    ];
    const lifting: Lifting = {
      by: 'shafts',
      threading: { kind: 'blocks', blocks },
      leftSelvedge: [7, 8],
      rightSelvedge: [7, 8],
    };
    const two = ground(loom({ ends: 29, lifting, selvedgeWeave: 'plain' }, 13));
    expect(two.across).toEqual([
      { from: 2, to: 12 },
      { from: 12, to: 27 },
    ]);
    expect(lanesAcross(two, 2)).toEqual(two.across);
    expect(lanesAcross(two, 3)).toBeNull();
  });

  it.each<[string, Threading]>([
    ['turns at a point', { kind: 'point', shafts: [1, 2, 3, 4, 5] }],
    ['has a repeat that five and four do not divide', { kind: 'straight', shafts: [1, 2, 3, 4, 5, 6] }],
    [
      'breaks off in a block',
      {
        kind: 'blocks',
        blocks: [
          { shafts: [1, 2, 3, 4, 5], ends: 7 },
          { shafts: [1, 2, 3, 4, 5], ends: 13 },
        ],
      },
    ],
  ])('is none where the threading %s', (_, threading) => {
    expect(groundOf(onShafts(threading, 24))).toMatchObject({
      ok: false,
      tryInstead: expect.stringContaining('straight'),
    });
  });

  it('floats less over neighbours that move together', () => {
    const lifting: Lifting = { by: 'heddles', endsPerHeddle: 2 };
    const pairs = (floatLimit: number) => groundOf(loom({ ends: 44, floatLimit, lifting, selvedgeWeave: 'plain' }, 22));
    expect(pairs(6)).toMatchObject({ ok: false });
    expect(pairs(10)).toMatchObject({ n: 4 });
    expect(pairs(12)).toMatchObject({ n: 5, edges: { together: 2 } });
  });

  it('has as many lanes as asked, as even as can be', () => {
    const free = ground(exhibition40);
    expect(lanesAcross(free, 4)).toEqual([
      { from: 2, to: 11 },
      { from: 11, to: 20 },
      { from: 20, to: 29 },
      { from: 29, to: 38 },
    ]);
    expect(lanesAcross(free, 8)).toBeNull();
  });
});

describe('selvedges', () => {
  const wefts = fc.array(fc.nat(2), { minLength: 1, maxLength: 60 }).map((picks) => Uint8Array.from(picks));
  const four: Lifting = {
    by: 'shafts',
    threading: { kind: 'straight', shafts: [1, 2, 3, 4, 5] },
    leftSelvedge: [7, 8],
    rightSelvedge: [9, 10],
  };
  const kinds: [string, LoomProfile][] = [
    ['plain', loom({ ends: 24, selvedgeWeave: 'plain' }, 24)],
    ['half-basket', loom({ ends: 24, selvedgeWeave: 'half-basket' }, 24)],
    ['floating', loom({ ends: 24, selvedgeWeave: 'floating' }, 22)],
    ['shared by both edges', onShafts({ kind: 'straight', shafts: [1, 2, 3, 4, 5] }, 24)],
    ['half-basket on shafts', loom({ ends: 24, lifting: four, selvedgeWeave: 'half-basket' }, 10)],
  ];

  it.each(kinds)('that are %s catch every weft, as their heddles or shafts can', (_, profile) => {
    fc.assert(
      fc.property(wefts, (weft) => {
        const lifts = new BitRows(24, weft.length);
        weaveSelvedges(lifts, weft, profile.selvedge, edgesOf(profile));
        expect(checkEdges(lifts, weft)).toEqual([]);
        expect(tornApart(harnessOf(profile), lifts)).toEqual([]);
      }),
    );
  });

  it('weave half-basket with two picks in a shed, when one shuttle goes to and fro', () => {
    const lifts = new BitRows(8, 8);
    weaveSelvedges(lifts, new Uint8Array(8), 2, { weave: 'half-basket' });
    const left = Array.from({ length: 8 }, (_, pick) => lifts.text(pick).slice(0, 2));
    expect(new Set(left)).toEqual(new Set(['01', '10']));
    for (let pick = 2; pick < 8; pick++) expect(left[pick]).not.toBe(left[pick - 2]);
  });

  it('are half-basket unless the profile says otherwise', () => {
    const { selvedgeWeave: _, ...silent } = loom({ ends: 24 }, 24);
    expect(edgesOf(silent)?.weave).toBe('half-basket');
  });
});
