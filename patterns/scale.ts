/** Values to bins and to lengths, by one fixed scale for the whole dataset. */
import { compare, type Decimal, decimal, divideRounded, readDecimal, times } from './decimal';
import type { Column } from './table';

/** A value's place on the scale. `off` says that it lies beyond it: then `at` is the nearest bin or the full length. */
export interface Placed {
  /** bin index, or length in ends */
  readonly at: number;
  readonly off?: 'low' | 'high';
}

/** Ascending edges ready to compare with. */
export interface Bins {
  readonly edges: readonly Decimal[];
  readonly count: number;
}

/** @returns the bins, or a sentence that says what is wrong with the edges */
export function binsOf(column: Column): Bins | string {
  const edges: Decimal[] = [];
  for (const text of column.edges ?? []) {
    const edge = readDecimal(text);
    if (!edge) return `${column.title}: the bin edge "${text}" is not a number`;
    if (edges.length > 0 && compare(edges[edges.length - 1], edge) >= 0)
      return `${column.title}: the bin edges do not ascend at ${text}`;
    edges.push(edge);
  }
  return edges.length < 2 ? `${column.title} declares no bin edges` : { edges, count: edges.length - 1 };
}

/** The bin of a value: [low, high), the last one closed. */
export function binOf(value: Decimal, { edges, count }: Bins): Placed {
  if (compare(value, edges[0]) < 0) return { at: 0, off: 'low' };
  const top = compare(value, edges[count]);
  if (top > 0) return { at: count - 1, off: 'high' };
  if (top === 0) return { at: count - 1 };
  let bin = 0;
  while (compare(value, edges[bin + 1]) >= 0) bin++;
  return { at: bin };
}

/** What a bin is called on the label: "20 to under 30", the last one "30 to 45". */
export function binTitle(column: Column, bin: number): string {
  const edges = column.edges ?? [];
  const last = bin === edges.length - 2;
  return `${edges[bin]} to ${last ? '' : 'under '}${edges[bin + 1]}${column.unit ? ` ${column.unit}` : ''}`;
}

/** One end per `perEnd` from zero, up to `room` ends. */
export interface Lengths {
  readonly perEnd: Decimal;
  readonly max: Decimal;
  /** ends of the longest bar */
  readonly room: number;
}

/** @returns the scale of lengths, or a sentence that says what is wrong with it */
export function lengthsOf(column: Column): Lengths | string {
  if (!column.scale) return `${column.title} declares no scale for lengths`;
  const perEnd = readDecimal(column.scale.perEnd);
  const max = readDecimal(column.scale.max);
  if (!perEnd || !max || perEnd.units <= 0n || max.units <= 0n)
    return `${column.title}: one end for ${column.scale.perEnd}, up to ${column.scale.max}, is no scale`;
  const room = divideRounded(max, perEnd);
  return room < 1 ? `${column.title}: one end is more than the whole scale` : { perEnd, max, room };
}

/** The length of a value in ends, halves rounded up; below zero it is off the scale with no length. */
export function lengthOf(value: Decimal, { perEnd, max, room }: Lengths): Placed {
  if (value.units < 0n) return { at: 0, off: 'low' };
  if (compare(value, max) > 0) return { at: room, off: 'high' };
  return { at: Math.min(room, divideRounded(value, perEnd)) };
}

/** What a length stands for, as text: 12 ends of 2 are "24". */
export function lengthValue(ends: number, perEnd: string): string {
  return times(decimal(perEnd), ends);
}
