/** Are the settings what they were? The answer after flashing, and the copy that is never lost with them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BoardFacts } from '../../host/board/driver';
import { compare } from '../../host/flash/flash';
import type { Answering } from '../../host/flash/on-board';
import { unfinishedWeaves } from '../../host/flash/open-weaves';
import { keepImage, keptImages } from '../../host/maker/kept';
import { settingNamed } from '../../host/maker/names';
import { Journal } from '../../host/weave/journal';

let home: string;
const outer = process.env.LOOM_HOME;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'loom-flash-'));
  process.env.LOOM_HOME = home;
});
afterEach(() => {
  if (outer === undefined) delete process.env.LOOM_HOME;
  else process.env.LOOM_HOME = outer;
  rmSync(home, { recursive: true, force: true });
});

/** A board with this pulse for lifted heddles. */
function board(up: number, boardId = 7): Answering {
  const image = {
    boardId,
    mcu: 'atmega328p',
    firmware: '0.1',
    date: new Date(1e12 + up).toISOString(),
    version: up,
    values: [{ setting: settingNamed('servo.up').id, index: 0, value: up }],
  };
  const facts: BoardFacts = {
    ...{ kind: 'serial', port: '/dev/x', mcu: 'atmega328p', firmware: '0.1', boardId, heddles: 40 },
    ...{ outputs: 'pca9685', leds: 40, settingsVersion: up, reset: 'reset' },
    place: { state: 'idle', weave: 0, step: 0, rowCrc: 0 },
  };
  return { facts, image };
}

describe('after flashing', () => {
  it('settings that are the same are kept as a copy', () => {
    expect(compare(board(1800), board(1800), [])).toMatchObject({ compared: 'before', changes: [] });
    expect(keptImages().map(({ file }) => file.origin.version)).toEqual([1800]);
  });

  it('lost ones are named, and do not take the place of the copy that can restore them', () => {
    keepImage(board(1800).image);
    const { changes } = compare(board(1700), board(1800), keptImages());
    expect(changes.map(({ setting, was, becomes }) => [setting.name, was, becomes])).toEqual([
      ['servo.up', 1800, 1700],
    ]);
    expect(keptImages().map(({ file }) => file.origin.version)).toEqual([1800]);
  });

  it('a board that could not be asked before is held against the copy kept of it, not of another', () => {
    keepImage(board(1800).image);
    keepImage(board(1900, 8).image);
    expect(compare(board(1700), null, keptImages())).toMatchObject({ compared: 'kept copy', changes: [{ was: 1800 }] });
    expect(compare(board(1700, 9), null, keptImages())).toMatchObject({ compared: null, changes: [] });
  });
});

describe('an unfinished weave', () => {
  it('is mentioned with its pick, a damaged journal is not', async () => {
    expect(unfinishedWeaves()).toEqual([]);
    const journal = new Journal(join(home, 'weaves', 'x--y', 'journal.ndjson'));
    await journal.start();
    await journal.append(
      { what: 'begin', weave: 1, dataset: 'x', title: 'X', profile: 'y', picks: 20, clothSha256: 'a'.repeat(64) },
      { what: 'told', step: 1, pick: 1, crc: 5 },
      { what: 'open', step: 1, pick: 1, crc: 5, by: 'board' },
    );
    await journal.stop();
    mkdirSync(join(home, 'weaves', 'z--y'));
    writeFileSync(join(home, 'weaves', 'z--y', 'journal.ndjson'), 'not a line\nof a journal\n');
    expect(unfinishedWeaves()).toEqual([
      expect.stringMatching(/at pick 1 of 20 .*x--y.*loom weave --resume will ask you/),
    ]);
  });
});
