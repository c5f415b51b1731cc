/** Arbitrary drafts, rising and sinking, with lift plans or treadles. */
import fc from 'fast-check';
import type { BitRows } from '../../../patterns/bit-rows';
import { numbered } from '../../../patterns/draft';
import type { Draft } from '../../../patterns/formats/wif-write';

export const rowsOf = (bits: BitRows): string[] => Array.from({ length: bits.picks }, (_, row) => bits.text(row));

const colour = fc.nat(0xffffff).map((rgb) => `#${rgb.toString(16).padStart(6, '0')}`);

/** At least one thread is threaded, and one pick lifts: files of nothing are refused. */
export const anyDraft: fc.Arbitrary<Draft> = fc
  .record({
    shafts: fc.integer({ min: 1, max: 40 }),
    treadles: fc.integer({ min: 1, max: 6 }),
    ends: fc.integer({ min: 1, max: 40 }),
    picks: fc.integer({ min: 1, max: 12 }),
    palette: fc.array(colour, { minLength: 1, maxLength: 5 }),
    kind: fc.constantFrom('plan', 'treadles'),
    shed: fc.constantFrom('rising', 'sinking'),
    title: fc.stringMatching(/^[A-Za-zäöü][a-z =;]{0,12}[a-z]$/),
  })
  .chain(({ shafts, treadles, ends, picks, palette, kind, shed, title }) => {
    const rows = (width: number, count: number) =>
      fc
        .array(fc.uniqueArray(fc.integer({ min: 1, max: width }), { maxLength: 3 }), {
          minLength: count,
          maxLength: count,
        })
        // The last of all is there, so that no number of threads or treadles has to be guessed.
        .map((all) => numbered(width, [...all.slice(0, -1), [width]]));
    const threads = (count: number) =>
      fc
        .array(fc.nat(palette.length - 1), { minLength: count, maxLength: count })
        .map((indices) => Uint16Array.from(indices));
    const byTreadles = kind === 'treadles';
    return fc.record({
      title: fc.constant(title),
      shed: fc.constant(shed as 'rising' | 'sinking'),
      palette: fc.constant(palette),
      warp: threads(ends),
      weft: threads(picks),
      sett: fc.constant(null),
      picksPerCm: fc.constant(null),
      privateSections: fc.constant([]),
      threading: rows(shafts, ends),
      treadling: byTreadles
        ? fc.record({ tieUp: rows(shafts, treadles), pressed: rows(treadles, picks) })
        : fc.constant(null),
      liftPlan: byTreadles ? fc.constant(null) : rows(shafts, picks),
    });
  });
