/** Builds a sketch folder as the Arduino IDE does: with the AVR core that Debian packages, by the recipes of its platform.txt. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

export const arduinoCore = '/usr/share/arduino/hardware/arduino/avr';

/** Boards of boards.txt, with the processor that the IDE's menu offers first. */
const prefixes = {
  uno: ['uno'],
  nano: ['nano', 'nano.menu.cpu.atmega328'],
  mega: ['mega', 'mega.menu.cpu.atmega2560'],
} as const;
export type ArduinoBoard = keyof typeof prefixes;

type Properties = Map<string, string>;

function read(file: string): Properties {
  const lines = readFileSync(join(arduinoCore, file), 'utf8').split('\n');
  return new Map(
    lines.filter((line) => /^[^#=]+=/.test(line)).map((line) => [line.split('=', 1)[0], line.replace(/^[^=]+=/, '')]),
  );
}

/** `{name}` stands for another property; what nobody sets is empty. */
function expand(text: string, properties: Properties): string {
  const next = text.replace(/\{([^{}]+)\}/g, (_, name: string) => properties.get(name) ?? '');
  return next === text ? text : expand(next, properties);
}

/** The words of a recipe; quotes keep spaces together, and are gone afterwards. */
function words(recipe: string): string[] {
  return [...recipe.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
}

const sourceKinds: Readonly<Record<string, string>> = { '.c': 'c', '.cpp': 'cpp', '.S': 'S' };

/**
 * @param sketch folder whose .ino has its name
 * @param scratch empty folder to work in
 * @returns text of the HEX file
 * @throws when the compiler or the linker refuses, or what it becomes is too large for the board; what they say is in the error
 */
export function buildSketch(sketch: string, board: ArduinoBoard, scratch: string): string {
  const boards = read('boards.txt');
  const properties = read('platform.txt');
  for (const prefix of prefixes[board]) {
    for (const [key, value] of boards)
      if (key.startsWith(`${prefix}.`)) properties.set(key.slice(prefix.length + 1), value);
  }
  const name = basename(sketch);
  const folder = join(scratch, name);
  const core = join(arduinoCore, 'cores', properties.get('build.core') ?? '');
  const variant = join(arduinoCore, 'variants', properties.get('build.variant') ?? '');
  for (const [key, value] of Object.entries({
    ...{ 'runtime.ide.version': '10819', 'build.arch': 'AVR', 'build.path': scratch, 'build.project_name': name },
    // Debian's avr-gcc 5.4 lacks what the core's own String wants of <float.h> (Arduino ships 7.3); nothing of ours uses it.
    'compiler.cpp.extra_flags': '-DDECIMAL_DIG=__DECIMAL_DIG__',
    ...{ includes: `-I${core} -I${variant}`, archive_file: 'core.a', archive_file_path: join(scratch, 'core.a') },
  })) {
    properties.set(key, value);
  }
  const run = (recipe: string, own: Record<string, string>) => {
    const all = new Map([...properties, ...Object.entries(own)]);
    const [command, ...args] = words(expand(properties.get(recipe) ?? '', all));
    execFileSync(command, args, { cwd: scratch, stdio: 'pipe' });
  };
  let count = 0;
  const compile = (source: string): string => {
    const object = join(scratch, `${count++}-${basename(source)}.o`);
    run(`recipe.${sourceKinds[extname(source)]}.o.pattern`, { source_file: source, object_file: object });
    return object;
  };

  // The sketch's own src/ is compiled with it, recursively; the .ino becomes C++ that knows Arduino.h.
  mkdirSync(folder);
  cpSync(join(sketch, 'src'), join(folder, 'src'), { recursive: true });
  const ino = join(folder, `${name}.ino.cpp`);
  writeFileSync(ino, `#include <Arduino.h>\n${readFileSync(join(sketch, `${name}.ino`), 'utf8')}`);
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => sourceKinds[extname(path)])
    .map((path) => join(folder, 'src', path));
  const objects = [ino, ...sources].map(compile);
  for (const file of readdirSync(core).filter((path) => sourceKinds[extname(path)])) {
    run('recipe.ar.pattern', { object_file: compile(join(core, file)) });
  }
  run('recipe.c.combine.pattern', { object_files: objects.join(' ') });
  run('recipe.objcopy.hex.pattern', {});
  checkSize(join(scratch, `${name}.elf`), properties);
  return readFileSync(join(scratch, `${name}.hex`), 'utf8');
}

/** As the IDE does: "Sketch too big". */
function checkSize(elf: string, properties: Properties): void {
  const said = execFileSync(properties.get('compiler.size.cmd') ?? '', ['-A', elf], { encoding: 'utf8' });
  for (const [regex, most] of [
    ['recipe.size.regex', 'upload.maximum_size'],
    ['recipe.size.regex.data', 'upload.maximum_data_size'],
  ]) {
    const sizes = [...said.matchAll(new RegExp(properties.get(regex) ?? '', 'gm'))].map(([, size]) => Number(size));
    const size = sizes.reduce((sum, each) => sum + each, 0);
    if (size > Number(properties.get(most)))
      throw new Error(`${size} bytes are more than ${most} ${properties.get(most)}.`);
  }
}
