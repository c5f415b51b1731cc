/** Writes what is made from the one table: the firmware's header, the printed page and the wiring drawings. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  boardMessages,
  events,
  exceptionCount,
  type FieldSpec,
  faults,
  features,
  helloSeed,
  hostMessages,
  type IndexedSettingSpec,
  indexedSettings,
  loomSysex,
  type MessageSpec,
  mcus,
  outputs,
  type PinMap,
  pinMaps,
  presses,
  protocolVersion,
  refusals,
  resetCauses,
  type SettingSpec,
  settings,
  states,
  statusFlags,
  stopByte,
  times,
} from './wire.table';
import { exhibition40Drawing, uno12Drawing } from './wiring';

type Codes = Record<string, { readonly code: number; readonly doc: string }>;
type Messages = Record<string, MessageSpec>;

/** The lists of the table as the header names them, with the heading that the page gives them. */
const lists: readonly { readonly name: string; readonly title: string; readonly codes: Codes; readonly wide?: true }[] =
  [
    { name: 'State', title: 'States', codes: states },
    { name: 'Fault', title: 'Faults', codes: faults },
    { name: 'ResetCause', title: 'Reset causes', codes: resetCauses },
    { name: 'Refusal', title: 'Refusals (NAK)', codes: refusals },
    { name: 'Event', title: 'Events', codes: events },
    { name: 'Press', title: 'What a press did', codes: presses },
    { name: 'Mcu', title: 'Microcontrollers', codes: mcus },
    { name: 'Output', title: 'Outputs', codes: outputs },
    { name: 'Feature', title: 'Features (bits of HELLO)', codes: features },
    { name: 'Flag', title: 'Flags (bits of STATUS)', codes: statusFlags },
    { name: 'Time', title: 'Times in ms', codes: times, wide: true },
  ];

const bytes = { u8: 1, u16: 2, u32: 4, bytes: 0 } as const;

/** `servo.down` as C++ names it: servoDown. */
const identifier = (name: string) => name.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());
const hex = (value: number, digits: number) => `0x${value.toString(16).toUpperCase().padStart(digits, '0')}`;

function enumText(name: string, type: string, entries: readonly (readonly [string, string, string?])[]): string {
  const lines = entries.map(([entry, value, doc]) => `  ${entry} = ${value},${doc ? `  // ${doc}` : ''}`);
  return `namespace ${name} {\nenum : ${type} {\n${lines.join('\n')}\n};\n}\n`;
}

function fixedLength(fields: readonly FieldSpec[]): number {
  return fields.reduce((sum, { type }) => sum + bytes[type], 0);
}

function messagesText(name: string, messages: Messages): string {
  const codes = Object.entries(messages).map(([message, { code }]) => [message, hex(code, 2)] as const);
  const sizes = Object.entries(messages).map(([message, { fields }]) => [message, `${fixedLength(fields)}`] as const);
  const last = (codes.at(-1) ?? ['', ''])[0];
  return [
    enumText(name, 'uint8_t', codes),
    `/** Bytes of a ${name}'s fields without its trailing list. */\n${enumText(`${name}Length`, 'uint8_t', sizes)}`,
    `constexpr uint8_t last${name} = ${name}::${last};\n`,
  ].join('\n');
}

/** Lengths by message code, so that the firmware checks them in one place. */
function lengthTable(messages: Messages): string {
  const rows = Object.entries(messages)
    .sort(([, a], [, b]) => a.code - b.code)
    .map(([name, { fields }]) => {
      const open = fields.some(({ type }) => type === 'bytes');
      return `    ${fixedLength(fields)}${open ? ' | lengthOpen' : ''},  // ${name}`;
    });
  return `constexpr uint8_t lengthOpen = 0x80;  // a list of bytes follows the fixed fields\nconst uint8_t hostLengths[] PROGMEM = {\n${rows.join('\n')}\n};\n`;
}

/** A limit that is smaller on the Uno, in C++. */
const maximum = ({ max, maxOnUno }: SettingSpec) =>
  maxOnUno === undefined ? `${max}` : `onUno ? ${maxOnUno} : ${max}`;

function settingsText(): string {
  const ids = settings.map(({ id, name, doc }) => [identifier(name), `${id}`, doc] as const);
  const indexed: readonly IndexedSettingSpec[] = indexedSettings;
  const indexedIds = indexed.map(
    ({ id, name, per, doc }) => [identifier(`${per}.${name}`), `${id}`, `each ${per}: ${doc}`] as const,
  );
  const range = (spec: SettingSpec, initial: number) =>
    `    {${spec.min}, ${maximum(spec)}, ${initial}, ${spec.step ?? 1}},  // ${spec.name}`;
  const ranges = [
    ...settings.map((spec: SettingSpec) => range(spec, spec.initial)),
    ...indexed.map((spec) => range(spec, spec.special?.value ?? spec.initial)),
  ];
  settings.forEach(({ id }: SettingSpec, index) => {
    if (id !== index + 1) throw new Error(`setting ids must count from 1: ${id} stands at place ${index + 1}`);
  });
  return `${enumText('Setting', 'uint8_t', [...ids, ...indexedIds])}
#if defined(LOOM_MEGA) || defined(__AVR_ATmega2560__)
constexpr bool onUno = false;
#else
constexpr bool onUno = true;
#endif
constexpr uint8_t settingCount = ${settings.length};
constexpr uint8_t firstIndexedSetting = ${indexed[0].id};
constexpr uint8_t indexedSettingCount = ${indexed.length};
struct SettingSpec {
  uint16_t min, max;
  uint16_t initial;  // of a heddle's setting the one that may lie outside of the range
  uint8_t step;
};
/** By id - 1, and behind them those of each heddle and board by id - firstIndexedSetting. */
extern const SettingSpec settingSpecs[settingCount + indexedSettingCount];
/** One behind the other, each with its end, by id - 1. */
extern const char settingNames[];
constexpr uint8_t exceptionCount = ${exceptionCount};

#ifdef LOOM_WIRE_TABLES  // only wire_tables.cpp has them, because each copy takes room
const SettingSpec settingSpecs[settingCount + indexedSettingCount] PROGMEM = {
${ranges.join('\n')}
};
const char settingNames[] PROGMEM =
${settings.map(({ name }) => `    "${name}\\0"`).join('\n')};
#endif
`;
}

function pinMapText([name, map]: [string, PinMap]): string {
  const none = 0xff;
  const pins: [string, number][] = [
    ['treadle', map.treadle],
    ['back', map.back],
    ['estop', map.estop],
    ['hands', map.hands],
    ['oe', map.oe ?? none],
    ['sda', map.i2c?.[0] ?? none],
    ['scl', map.i2c?.[1] ?? none],
    ['shiftData', map.shift?.[0] ?? none],
    ['shiftClock', map.shift?.[1] ?? none],
    ['shiftLatch', map.shift?.[2] ?? none],
    ['ledData', map.leds[0]],
    ['ledClock', map.leds[1]],
  ];
  const lines = pins.map(([pin, value]) => `constexpr uint8_t ${pin} = ${value === none ? 'noPin' : value};`);
  if (map.servos.length > 0) {
    lines.push(`constexpr uint8_t servoCount = ${map.servos.length};`);
    lines.push(`const uint8_t servos[servoCount] PROGMEM = {${map.servos.join(', ')}};`);
  }
  return `/** ${map.doc} */\nnamespace ${identifier(name)} {\n${lines.join('\n')}\n}\n`;
}

/** firmware/src/core/wire.gen.h */
export function headerText(): string {
  const parts = [
    `// What host and board say to each other. Generated from protocol/wire.table.ts by \`npm run generate\`: do not edit.
#pragma once
#include <stdint.h>
#include "flash.h"

constexpr uint8_t protocolVersion = ${protocolVersion};
constexpr uint8_t loomSysex = ${hex(loomSysex, 2)};
constexpr uint8_t stopByte = ${hex(stopByte, 2)};
constexpr uint16_t helloSeed = ${hex(helloSeed, 4)};
constexpr uint8_t noPin = 0xFF;
`,
    messagesText('HostMessage', hostMessages),
    lengthTable(hostMessages),
    messagesText('BoardMessage', boardMessages),
    ...lists.map(({ name, codes, wide }) =>
      enumText(
        name,
        wide ? 'uint16_t' : 'uint8_t',
        Object.entries(codes).map(([entry, { code, doc }]) => [identifier(entry), `${code}`, doc] as const),
      ),
    ),
    settingsText(),
    ...Object.entries<PinMap>(pinMaps).map(pinMapText),
  ];
  return parts.join('\n');
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function messagesPage(messages: Messages): string {
  return Object.entries(messages)
    .map(([name, { code, doc, fields }]) => {
      const rows = fields.map((field) => [`\`${field.name}\``, field.type, field.doc]);
      return `### ${name} \`${hex(code, 2)}\`\n\n${doc}\n${rows.length > 0 ? `\n${table(['field', 'type', 'meaning'], rows)}\n` : ''}`;
    })
    .join('\n');
}

function pinMapPage([name, map]: [string, PinMap]): string {
  const analog = map.mcu === 'atmega328p' ? 14 : 54;
  const pin = (number: number) => (number >= analog ? `A${number - analog}` : `${number}`);
  const pins = (numbers: readonly number[] | null) => numbers?.map(pin).join(', ') || '–';
  const rows: [string, string][] = [
    ['servos', pins(map.servos)],
    ['treadle', pin(map.treadle)],
    ['back treadle', pin(map.back)],
    ['e-stop', pin(map.estop)],
    ['hands-in switch', pin(map.hands)],
    ['output enable', map.oe === null ? '–' : pin(map.oe)],
    ['SDA, SCL', pins(map.i2c)],
    ['74HC595 data, clock, latch', pins(map.shift)],
    ['LED data, clock', pins(map.leds)],
  ];
  return `### ${name}\n\n${map.doc}\n\n${table(['what', 'pins'], rows)}\n`;
}

const largest = ({ max, maxOnUno }: SettingSpec) => (maxOnUno === undefined ? `${max}` : `${max} (Uno ${maxOnUno})`);

function settingsPage(): string {
  const all = settings.map((spec: SettingSpec) => {
    const { id, name, min, initial, unit, doc } = spec;
    return [id, `\`${name}\``, min, largest(spec), initial, unit || '–', doc];
  });
  const each = indexedSettings.map((spec: IndexedSettingSpec) => {
    const { id, name, per, min, special, initial, unit, doc } = spec;
    const also = special ? `; ${special.value} = ${special.doc}` : '';
    return [id, `\`${name}\``, per, min, largest(spec), initial, unit || '–', doc + also];
  });
  return `## Settings

${table(['id', 'name', 'from', 'to', 'at first', 'unit', 'meaning'], all)}

### Of each heddle, of each board

${table(['id', 'name', 'of each', 'from', 'to', 'at first', 'unit', 'meaning'], each)}

At most ${exceptionCount} heddles may have an output or an LED that does not follow the rule.
`;
}

/** docs/wire.md */
export function pageText(): string {
  return [
    `<!-- Generated from protocol/wire.table.ts by \`npm run generate\`: do not edit. -->

# The wire

Protocol version ${protocolVersion}. A loom message is a Firmata sysex: \`F0 ${hex(loomSysex, 2).slice(2)}\`, the body packed 7-in-8 with the least
significant bits first, \`F7\`. A body from the host is code, sequence number, fields, CRC-16; a body from the board is
code, fields, CRC-16. Numbers are little-endian. The CRC is CRC-16/MCRF4XX, seeded with ${hex(helloSeed, 4)} for HELLO and with the session
for everything else. The byte \`${hex(stopByte, 2)}\` stops at once, wherever it stands.

Sequence numbers count modulo 256 from that of HELLO. A message that was acknowledged is acknowledged again when it comes
again, and not executed again. A refused message changed nothing: the next one may carry its number or the one after.`,
    `## From the host\n\n${messagesPage(hostMessages)}`,
    `## From the board\n\n${messagesPage(boardMessages)}`,
    ...lists.map(
      ({ title, codes }) =>
        `## ${title}\n\n${table(
          ['number', 'name', 'meaning'],
          Object.entries(codes).map(([name, { code, doc }]) => [code, name, doc]),
        )}\n`,
    ),
    settingsPage(),
    `## Pins\n\n${Object.entries<PinMap>(pinMaps).map(pinMapPage).join('\n')}`,
  ].join('\n\n');
}

/** Every generated file, by its path from the package's root. */
export const generated: Readonly<Record<string, () => string>> = {
  'firmware/src/core/wire.gen.h': headerText,
  'docs/wire.md': pageText,
  'docs/drawings/uno-12.svg': uno12Drawing,
  'docs/drawings/exhibition-40.svg': exhibition40Drawing,
};

if (require.main === module) {
  const check = process.argv.includes('--check');
  for (const [path, text] of Object.entries(generated)) {
    const file = join(__dirname, '..', path);
    if (!check) writeFileSync(file, text());
    else if (readFileSync(file, 'utf8') !== text()) {
      console.error(`${path} is stale: run npm run generate`);
      process.exitCode = 1;
    }
  }
}
