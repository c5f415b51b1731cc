/** Names near to a mistyped one. */

/** Least number of letters inserted, left out or changed that turn one word into the other (Levenshtein 1966). */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++)
      here.push(
        Math.min(above[column] + 1, here[column - 1] + 1, above[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1)),
      );
    above = here;
  }
  return above[b.length];
}

/** At most three of the names, nearest first: mistyped, or begun and not ended. Empty when none is near. */
export function nearest(asked: string, names: readonly string[]): string[] {
  const wanted = asked.toLowerCase();
  return names
    .map((name) => {
      const lower = name.toLowerCase();
      const part = wanted.length >= 3 && (lower.includes(wanted) || wanted.includes(lower));
      return { name, distance: part ? 0 : editDistance(wanted, lower) };
    })
    .filter(({ name, distance }) => distance <= Math.max(2, name.length * 0.4))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}
