/** A weaver's draft: which shaft each end is threaded on, and which shafts rise at each pick. */

export interface LiftPlan {
  readonly shafts: number;
  /** shafts of each end, one bit a shaft (bit 0 = shaft 1); 0 = not threaded */
  readonly threading: Uint32Array;
  /** shafts that rise at each pick, one bit a shaft */
  readonly rises: Uint32Array;
}

export interface TreadledDraft {
  readonly shafts: number;
  readonly threading: Uint32Array;
  /** shafts tied to each treadle, one bit a shaft */
  readonly tieUp: Uint32Array;
  /** treadles pressed at each pick, one bit a treadle */
  readonly treadling: Uint32Array;
  /** a sinking shed's tied shafts go down: the others rise */
  readonly shed: 'rising' | 'sinking';
}

/** Bits of numbers that count from 1; 0 means none, as in WIF. @throws RangeError beyond 32 */
export function bitsOf(numbers: readonly number[]): number {
  let bits = 0;
  for (const number of numbers) {
    if (!Number.isInteger(number) || number < 0 || number > 32) throw new RangeError(`shaft or treadle ${number}`);
    if (number > 0) bits |= 1 << (number - 1);
  }
  return bits >>> 0;
}

/** The lift plan that a tie-up and a treadling make. Shafts that no end is threaded on never rise. */
export function liftPlanOf({ shafts, threading, tieUp, treadling, shed }: TreadledDraft): LiftPlan {
  if (shafts < 1 || shafts > 32) throw new RangeError(`${shafts} shafts`);
  const threaded = threading.reduce((all, bits) => all | bits, 0);
  const rises = treadling.map((pressed) => {
    let tied = 0;
    for (let left = pressed; left !== 0; left &= left - 1) tied |= tieUp[31 - Math.clz32(left & -left)] ?? 0;
    return (shed === 'rising' ? tied : ~tied) & threaded;
  });
  return { shafts, threading, rises };
}
