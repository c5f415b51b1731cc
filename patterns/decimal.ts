/** Decimals as they are written in the file ("24.8"): compared, divided and rounded as whole numbers, never as floats. */

export interface Decimal {
  /** the digits without the point, with the sign */
  readonly units: bigint;
  /** digits behind the point */
  readonly places: number;
}

const form = /^([+-]?)(\d+)(?:\.(\d*))?$|^([+-]?)\.(\d+)$/;

/** The decimal that the text says, or null when it is not one (no exponents, no grouping, no spaces). */
export function readDecimal(text: string): Decimal | null {
  const match = form.exec(text);
  if (!match) return null;
  const sign = match[1] || match[4];
  const fraction = match[3] ?? match[5] ?? '';
  const units = BigInt((match[2] ?? '') + fraction);
  return { units: sign === '-' ? -units : units, places: fraction.length };
}

/** @throws RangeError when the text is no decimal: readers of files ask `readDecimal` first */
export function decimal(text: string): Decimal {
  const read = readDecimal(text);
  if (!read) throw new RangeError(`"${text}" is not a decimal number`);
  return read;
}

const power = (places: number): bigint => 10n ** BigInt(places);

/** Both as units of the same size. */
function alike(a: Decimal, b: Decimal): [bigint, bigint] {
  if (a.places === b.places) return [a.units, b.units];
  return a.places < b.places
    ? [a.units * power(b.places - a.places), b.units]
    : [a.units, b.units * power(a.places - b.places)];
}

/** Below 0, 0 or above 0, as a is smaller than, equal to or greater than b: "2.50" equals "2.5". */
export function compare(a: Decimal, b: Decimal): number {
  const [x, y] = alike(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** a / b as a whole number, halves away from zero. @throws RangeError when b is zero */
export function divideRounded(a: Decimal, b: Decimal): number {
  const [x, y] = alike(a, b);
  if (y === 0n) throw new RangeError('divided by zero');
  const negative = x < 0n !== y < 0n;
  const [top, bottom] = [x < 0n ? -x : x, y < 0n ? -y : y];
  const whole = Number((2n * top + bottom) / (2n * bottom));
  return negative && whole !== 0 ? -whole : whole;
}

/** The decimal times a whole number, as text. */
export function times(a: Decimal, by: number): string {
  return write({ units: a.units * BigInt(by), places: a.places });
}

/** All of them together, as text; "0" for none. */
export function sum(all: readonly Decimal[]): string {
  const places = all.reduce((most, one) => Math.max(most, one.places), 0);
  return write({ units: all.reduce((so, one) => so + one.units * power(places - one.places), 0n), places });
}

/** a / b rounded to so many places, halves away from zero, as text. @throws RangeError when b is zero */
export function quotient(a: Decimal, b: Decimal, places: number): string {
  return write({ units: BigInt(divideRounded({ ...a, units: a.units * power(places) }, b)), places });
}

/** The decimal rounded to so many places, halves away from zero, as text: 38.65 to 1 place is "38.7". */
export function round(a: Decimal, places: number): string {
  if (places >= a.places) return write({ units: a.units * power(places - a.places), places });
  const step = power(a.places - places);
  const size = a.units < 0n ? -a.units : a.units;
  const whole = (2n * size + step) / (2n * step);
  return write({ units: a.units < 0n ? -whole : whole, places });
}

function write({ units, places }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
