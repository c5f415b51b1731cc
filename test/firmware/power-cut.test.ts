/** Power may fail at every byte that the settings write: afterwards they are the old ones or the new ones, never a mixture. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../host/paths';
import { indexedSettings, settings, statusFlags } from '../../protocol/wire.table';
import { LoomOnABench } from './loom-on-a-bench';

/** What a byte that was being written is left with. */
const torn = [0x00, 0xff, 0xa5, 0x5b] as const;
const id = (name: string) => [...settings, ...indexedSettings].find((one) => one.name === name)?.id ?? 0;

type Edit = readonly [setting: string, index: number, value: number];
const before: readonly Edit[] = [
  ['servo.up', 0, 1804],
  ['heddles', 0, 24],
  ['up', 3, 2000],
  ['output', 5, 40],
  ['clock', 1, 25_400],
];
const edits: readonly Edit[] = [
  ['move.k', 0, 3],
  ['move.settle', 0, 515],
  ['up', 3, 1500],
  ['down', 4, 996],
  ['output', 5, 41],
  ['led', 6, 0xffff],
  ['clock', 0, 24_960],
];

function change(loom: LoomOnABench, list: readonly Edit[]): void {
  for (const [name, index, value] of list) loom.must('SET', { setting: id(name), index, value });
}

/** Every setting in effect, by name. */
function everything(loom: LoomOnABench): Record<string, readonly number[]> {
  const all: Record<string, readonly number[]> = {};
  for (const { name, id: setting } of settings) all[name] = [loom.value({ setting, index: 0 })];
  for (const { name, id: setting } of indexedSettings) {
    const values = [0, 16].flatMap((index) => {
      const answer = loom.ask('GET', { setting, index });
      return answer.name === ('VALUES' as string)
        ? [...(answer.fields as unknown as { values: Uint8Array }).values]
        : [];
    });
    all[name] = values;
  }
  return all;
}

function started(eeprom: Uint8Array): LoomOnABench {
  const loom = new LoomOnABench({ eeprom });
  loom.hello();
  return loom;
}

/** Settings of a board, saved. */
function saved(list: readonly Edit[], on: Uint8Array = new Uint8Array(1024).fill(0xff)): Uint8Array {
  const loom = started(on);
  loom.run(50); // a new board writes its id
  change(loom, list);
  loom.must('SAVE', {});
  return loom.uno.eeprom.slice();
}

/** Boards whose other bank is empty, and whole: the settings before the one before. */
const boards = { once: saved(before), twice: saved(before, saved([['move.settle', 0, 600]])) };
const versionOf = (eeprom: Uint8Array) => started(eeprom).hello().settings;

class Cut extends Error {}

/** Does `act` until so many bytes have been begun, then takes the power away. @returns false when there were fewer */
function cutAt(loom: LoomOnABench, bytes: number, left: number, act: () => void): boolean {
  const { counts } = loom.uno;
  const last = counts.writes + bytes;
  loom.lookMs = 0.2; // ten times shorter than a byte takes
  loom.watch = () => {
    if (counts.writes >= last) throw new Cut();
  };
  try {
    act();
    return false;
  } catch (reason) {
    if (!(reason instanceof Cut)) throw reason;
  }
  loom.watch = null;
  loom.lookMs = 20;
  loom.uno.powerCut(left);
  loom.run(60);
  return true;
}

describe.each(['once', 'twice'] as const)(
  'a power cut while settings that were saved %s are changed and saved',
  (times) => {
    const old = boards[times];
    const after = saved(edits, old);
    const [oldVersion, newVersion] = [old, after].map(versionOf);
    const [oldValues, newValues] = [old, after].map((eeprom) => everything(started(eeprom)));

    it('is told from none: what is changed and not saved differs from both', () => {
      expect(newValues).not.toEqual(oldValues);
      const loom = started(old);
      change(loom, edits.slice(0, 3));
      expect([oldVersion, newVersion]).not.toContain(loom.hello().settings);
      change(loom, edits.slice(3));
      expect(loom.hello().settings).toBe(newVersion);
    });

    it.each(torn)('leaves the old settings or the new ones at every byte, the last of them left at %i', (left) => {
      const seen = new Set<number>();
      let cuts = 0;
      for (let bytes = 1; ; bytes++) {
        const loom = started(old);
        const changed = () => {
          change(loom, edits);
          loom.must('SAVE', {});
        };
        if (!cutAt(loom, bytes, left, changed)) break;
        cuts++;
        const version = loom.hello().settings;
        seen.add(version);
        expect([oldVersion, newVersion], `cut at byte ${bytes}`).toContain(version);
        if (bytes % 8) continue;
        expect(everything(loom), `cut at byte ${bytes}`).toEqual(version === oldVersion ? oldValues : newValues);
        // Whatever was left, the settings can be changed and saved again.
        changed();
        loom.uno.powerCut();
        expect(loom.run(60).hello().settings).toBe(newVersion);
        expect(loom.uno.counts).toMatchObject({ readsWhileWriting: 0, writesWhileWriting: 0 });
      }
      expect(cuts).toBeGreaterThan(20);
      expect(seen).toContain(oldVersion);
      // The mark is the last byte: left as it should be, all of it has been saved.
      if (left === 0xa5) expect(seen).toContain(newVersion);
    });
  },
);

describe('a power cut while settings are saved for the first time', () => {
  it('leaves the board as it was at first, or with what was saved', () => {
    const firstVersion = versionOf(boards.once);
    const blank = started(new Uint8Array(1024).fill(0xff)).run(50);
    const { settings: atFirst } = blank.hello();
    for (let bytes = 1; bytes < 400; bytes++) {
      const loom = started(blank.uno.eeprom);
      const cut = cutAt(loom, bytes, bytes & 1 ? 0x00 : 0xff, () => {
        change(loom, before);
        loom.must('SAVE', {});
      });
      if (!cut) {
        expect(bytes).toBeGreaterThan(40);
        return expect(loom.hello().settings).toBe(firstVersion);
      }
      expect(loom.hello().settings, `cut at byte ${bytes}`).toBe(atFirst);
    }
  });
});

describe('settings of layout 1, as version 0.1 saved them', () => {
  const fixture = readFileSync(join(packageRoot, 'test/firmware/fixtures/settings-layout-1.hex'), 'utf8');
  const image = new Uint8Array(1024).fill(0xff);
  image.set(Buffer.from(fixture.replace(/\s/g, ''), 'hex'));
  const values: Record<string, number> = {
    ...{ outputs: 0, heddles: 24, leds: 30, 'servo.down': 1204, 'servo.up': 1796, 'move.k': 5, 'move.settle': 240 },
    ...{ 'servo.rest': 9000, 'press.min': 450, 'estop.fitted': 0, baud: 0, 'led.level': 9, 'console.release': 25 },
  };
  const expectThem = (loom: LoomOnABench) => {
    loom.hello();
    for (const { name, id: setting, initial } of settings)
      expect(loom.value({ setting, index: 0 }), name).toBe(values[name] ?? initial);
    for (const { id: setting, special } of indexedSettings.slice(0, 2) as { id: number; special?: { value: number } }[])
      expect(loom.value({ setting, index: 23 })).toBe(special?.value);
  };

  it('are taken over, with the board’s id, and nothing is unsaved', () => {
    const loom = new LoomOnABench({ eeprom: image }).run(600);
    expectThem(loom);
    expect(loom.hello().boardId).toBe(2203853556);
    expect(loom.status.flags & (1 << statusFlags.unsaved.code)).toBe(0);
    loom.uno.powerCut();
    const { writes } = loom.uno.counts;
    expectThem(loom.run(60));
    expect(loom.uno.counts).toMatchObject({ writes, readsWhileWriting: 0, writesWhileWriting: 0 });
  });

  it.each(torn)('survive a power cut at every byte of it, the last of them left at %i', (left) => {
    for (let bytes = 1; ; bytes++) {
      const loom = new LoomOnABench({ eeprom: image });
      const { counts } = loom.uno;
      for (let steps = 0; steps < 3000 && counts.writes < bytes; steps++) loom.uno.run(0.2);
      if (counts.writes < bytes) {
        expect(bytes).toBeGreaterThan(30);
        break;
      }
      loom.uno.powerCut(left);
      expectThem(loom.run(600));
    }
  });

  it('give way to the table when they are damaged', () => {
    const spoilt = image.slice();
    spoilt[20] ^= 1;
    const loom = started(spoilt);
    for (const { id: setting, initial } of settings) expect(loom.value({ setting, index: 0 })).toBe(initial);
  });
});
