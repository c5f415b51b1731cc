/** What Tab offers in the console: commands, their words, settings by name; from the tables, so that it never lags behind. */
import { lineCommands } from '../../../protocol/console';
import { allSettings } from '../names';

/** The console's own commands, which the board never sees. */
export const hostCommands = [
  { form: '.help', help: 'this list' },
  { form: '.stop', help: 'stop the loom at once (as ! on an empty line)' },
  { form: '.events', help: 'show messages beside the text, or not' },
  { form: '.quit', help: 'leave; Ctrl-D too. Ctrl-C stops the loom first' },
] as const;

const settings = allSettings.filter(({ per }) => per === 'loom').map(({ name }) => `$${name}=`);

/**
 * For readline.
 * @returns what the line can go on to, and which part of it they replace
 */
export function complete(line: string): [string[], string] {
  const at = line.lastIndexOf(' ') + 1;
  const begun = line.slice(at);
  const before = line.slice(0, at).trim();
  const offered = before === '' ? firstWords() : nextWords(before.split(/\s+/));
  return [offered.filter((word) => word.startsWith(begun)), begun];
}

function firstWords(): string[] {
  const commands = lineCommands.map(({ form }) => form.split(' ')[0]).filter((word) => /^[a-z]/.test(word));
  return [...new Set([...commands, '$$', '$H', '$B', ...settings, ...hostCommands.map(({ form }) => form)])];
}

/** Words that the forms of the table have at this place: `heddle N up|down|US` offers up and down after a number. */
function nextWords(words: readonly string[]): string[] {
  return lineCommands.flatMap(({ form }) => {
    const [name, ...places] = form.split(' ');
    const place = places[words.length - 1];
    if (name !== words[0] || place === undefined) return [];
    return place
      .replace(/[[\]]/g, '')
      .split('|')
      .filter((word) => /^[a-z][a-z-]*$/.test(word));
  });
}
