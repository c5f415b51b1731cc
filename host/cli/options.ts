/** Values of options, checked where they are typed. */
import { InvalidArgumentError } from 'commander';

/** A whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || !Number.isSafeInteger(number))
      throw new InvalidArgumentError(`Give a whole number from ${least} on.`);
    return number;
  };
}

/** Numbers from 1, parted by commas: `12,13`. */
export function numberList(text: string): number[] {
  if (!/^[1-9]\d{0,4}(,[1-9]\d{0,4})*$/.test(text)) throw new InvalidArgumentError('Give numbers like 12,13.');
  return text.split(',').map(Number);
}

/** Above zero, at most `most`. */
export function positiveNumber(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d*\.?\d+$/.test(text) || !(number > 0) || number > most)
      throw new InvalidArgumentError(`Give a number above 0, at most ${most}.`);
    return number;
  };
}
