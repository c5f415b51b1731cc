/** On which line of a TOML or JSON text a key stands, for the sentence that says what is wrong with it. */

/**
 * @param path keys from the outermost in; dots in a key are part of it
 * @returns number of the line, 1 when the key is not found
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  const lines = text.split('\n');
  let line = 0;
  for (const [depth, key] of path.entries()) {
    const at = lines.findIndex((words, index) => index >= line && has(words, String(key), depth === 0));
    // A table within a line of its own, or a key on the same line as the last one.
    if (at < 0) break;
    line = at;
  }
  return line + 1;
}

function has(line: string, key: string, outermost: boolean): boolean {
  const words = line.replace(/(^|\s)#.*$/, '');
  const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (outermost && new RegExp(`^\\s*\\[\\s*"?${name}"?\\s*\\]`).test(words)) return true;
  return new RegExp(`(^|[\\s{,"'])${name}["']?\\s*[=:]`).test(words);
}
